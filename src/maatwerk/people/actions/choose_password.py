"""Choosing a new password with the secret from the mail. That is the first step only: the second is asked as at logging in, at the
same pace, and afterwards every session has ended."""

from maatwerk import logs
from maatwerk.people import account_mail, accounts, delays, passwords, recovery, second_step
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import end_others
from maatwerk.rules.refusals import NotFound, Refused


async def choose_password(token: str, new: str, given: str, network: str) -> None:
    """`given` is a code of the app, a recovery code, or the secret of an app that an administrator took away.

    Raises NotFound for a token that is worth nothing (any more), Invalid for a weak password, Refused, TooSoon.
    """
    account = await _holder(token)
    passwords.refuse_weak(new, about=(account.address,))
    async with identity_scope() as tx:
        await delays.charge(tx, account.address, network)
    async with identity_scope() as tx:
        step = await second_step.step_of(tx, account, given, second_step.ANY)
    if step is None:
        raise _refused()
    hashed = await passwords.hash_password(new)
    async with identity_scope(account.person_id) as tx:
        if not await recovery.spend(tx, account.person_id, token, "wachtwoord"):
            raise _unknown()
        if not await second_step.use(tx, account.person_id, step, for_app=False):
            raise _refused()
        await accounts.put_credential(tx, account.person_id, "password", hashed)
        await end_others(tx, account.person_id, None)
        await delays.forgive(tx, account.address, network)
        await account_mail.ask(tx, "wachtwoord_gewijzigd", account.address)
    logs.event("account.password_chosen", actor_id=account.person_id, code=step.kind)


async def _holder(token: str) -> accounts.Account:
    async with identity_scope() as tx:
        person_id = await recovery.holder_of(tx, token, "wachtwoord")
        account = person_id and await accounts.of_person(tx, person_id, without_app=True)
    if not account:
        raise _unknown()
    return account


def _unknown() -> Refused:
    return NotFound.because(
        "wachtwoord_code",
        "Deze code is niet (meer) geldig.",
        mend="Vraag opnieuw een mail om een wachtwoord te kiezen.",
    )


def _refused() -> Refused:
    return Refused.because(
        "tweede_stap",
        "De code van de app of de herstelcode klopt niet.",
        mend="Een code werkt één keer; wacht zo nodig op de volgende, of gebruik een andere herstelcode.",
        field="code",
    )
