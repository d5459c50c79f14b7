"""Changing one's password: with the present one and a code, at the pace of logging in, and it ends every other session."""

from maatwerk.http.caller import Caller
from maatwerk.people import account_mail, accounts, delays, passwords
from maatwerk.people.actions.log_in import check, refused
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import end_others


async def set_password(caller: Caller, current: str, code: str, new: str, network: str) -> None:
    """Raises Invalid for a weak password, Unauthenticated when the present one or the code is wrong, TooSoon."""
    async with identity_scope(caller.person_id) as tx:
        account = await accounts.of_person(tx, caller.person_id)
    if account is None:
        raise refused()
    passwords.refuse_weak(new, about=(account.address,))
    _, counter = await check(account.address, current, code, network)
    hashed = await passwords.hash_password(new)
    async with identity_scope(caller.person_id) as tx:
        if not await accounts.use_counter(tx, caller.person_id, counter):
            raise refused()
        await accounts.put_credential(tx, caller.person_id, "password", hashed)
        await delays.forgive(tx, account.address, network)
        await end_others(tx, caller.person_id, caller.session_id)
        await account_mail.ask(tx, "wachtwoord_gewijzigd", account.address)
