"""The app is lost: another is set up with the password and a recovery code, or the secret from an administrator's mail, in two steps as
a newcomer does. Whatever of it is wrong, and whether the account exists, the answer is the same, and so are the delays."""

from maatwerk import clock, logs
from maatwerk.http.problems import Unauthenticated
from maatwerk.people import account_mail, accounts, delays, passwords, second_step, totp
from maatwerk.people.recovery_codes import renew_codes
from maatwerk.people.scopes import identity_scope
from maatwerk.people.second_step import Step
from maatwerk.people.sessions import end_others
from maatwerk.rules.refusals import Reason, Refused


async def begin_renewal(address: str, password: str, given: str, network: str) -> str:
    """The otpauth URL of a new secret, which waits for its first code. Raises Unauthenticated, TooSoon."""
    account, _ = await _checked(address, password, given, network)
    secret = totp.new_totp_secret()
    async with identity_scope(account.person_id) as tx:
        await accounts.put_credential(tx, account.person_id, "next_totp", secret)
    return totp.enrolment_url(secret, account.address)


async def finish_renewal(address: str, password: str, given: str, code: str, network: str) -> list[str]:
    """Puts the new app in place, ends every session and answers new recovery codes, to be shown once.

    Raises Unauthenticated, TooSoon, and Refused when the code is not one of the new app.
    """
    account, step = await _checked(address, password, given, network)
    async with identity_scope() as tx:
        secret = await accounts.credential(tx, account.person_id, "next_totp")
    counter = totp.matching_counter(secret, code, clock.now()) if secret else None
    if secret is None or counter is None:
        raise _wrong_code()
    async with identity_scope(account.person_id) as tx:
        if not await second_step.use(tx, account.person_id, step, for_app=True):
            raise _refused()
        await accounts.put_credential(tx, account.person_id, "totp", secret, counter)
        await accounts.drop_credential(tx, account.person_id, "next_totp")
        codes = await renew_codes(tx, account.person_id)
        await end_others(tx, account.person_id, None)
        await delays.forgive(tx, account.address, network)
        await account_mail.ask(tx, "app_gewijzigd", account.address)
    logs.event("account.app_renewed", actor_id=account.person_id, code=step.kind)
    return codes


async def _checked(address: str, password: str, given: str, network: str) -> tuple[accounts.Account, Step]:
    async with identity_scope() as tx:
        await delays.charge(tx, accounts.address_of(address), network)
    async with identity_scope() as tx:
        account = await accounts.find(tx, address, without_app=True)
        step = await second_step.step_of(tx, account, given, second_step.WITHOUT_APP)
    right = await passwords.matches(account.hashed if account else passwords.NOBODY, password)
    if account is None or not right or step is None:
        raise _refused()
    return account, step


def _refused() -> Unauthenticated:
    reason = Reason(
        "herstellen_mislukt",
        "Het adres, het wachtwoord of de herstelcode klopt niet.",
        "Een herstelcode werkt één keer. Hebt u er geen meer, vraag dan uw beheerder om uw app los te maken.",
    )
    return Unauthenticated((reason,))


def _wrong_code() -> Refused:
    return Refused.because(
        "app_code",
        "De code van de nieuwe app klopt niet.",
        mend="Vul de zes cijfers in die de app nu toont.",
        field="code",
    )
