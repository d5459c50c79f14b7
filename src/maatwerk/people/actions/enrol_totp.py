"""Another authenticator app: the new secret waits until a code of it proves that the app has it; the old one works until
then. It asks for the password and a code of the old app, ends every other session and gives new recovery codes."""

from maatwerk import clock
from maatwerk.http.caller import Caller
from maatwerk.people import account_mail, accounts, delays, totp
from maatwerk.people.actions.log_in import check, refused
from maatwerk.people.recovery_codes import renew_codes
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import end_others
from maatwerk.rules.refusals import Conflict


async def begin_totp(caller: Caller, password: str, code: str, network: str) -> str:
    """The otpauth URL of a new secret. Raises Unauthenticated, TooSoon."""
    async with identity_scope(caller.person_id) as tx:
        account = await accounts.of_person(tx, caller.person_id)
    if account is None:
        raise refused()
    _, counter = await check(account.address, password, code, network)
    secret = totp.new_totp_secret()
    async with identity_scope(caller.person_id) as tx:
        if not await accounts.use_counter(tx, caller.person_id, counter):
            raise refused()
        await delays.forgive(tx, account.address, network)
        await accounts.put_credential(tx, caller.person_id, "next_totp", secret)
    return totp.enrolment_url(secret, account.address)


async def confirm_totp(caller: Caller, code: str, network: str) -> list[str]:
    """Puts the new secret in the place of the old one and answers recovery codes, to be shown once.

    Raises Conflict when none waits, Unauthenticated, TooSoon.
    """
    async with identity_scope(caller.person_id) as tx:
        account = await accounts.of_person(tx, caller.person_id)
        secret = await accounts.credential(tx, caller.person_id, "next_totp")
        if account is None or secret is None:
            raise Conflict.because("niets_begonnen", "U bent niet begonnen een app in te stellen.")
        await delays.charge(tx, account.address, network)
    counter = totp.matching_counter(secret, code, clock.now())
    if counter is None:
        raise refused()
    async with identity_scope(caller.person_id) as tx:
        await accounts.drop_credential(tx, caller.person_id, "next_totp")
        await accounts.put_credential(tx, caller.person_id, "totp", secret, counter)
        await delays.forgive(tx, account.address, network)
        await end_others(tx, caller.person_id, caller.session_id)
        await account_mail.ask(tx, "app_gewijzigd", account.address)
        return await renew_codes(tx, caller.person_id)
