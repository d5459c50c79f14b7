"""New recovery codes for who is logged in and has his app: they replace the older ones and are shown once."""

from maatwerk.http.caller import Caller
from maatwerk.people import account_mail, accounts, delays
from maatwerk.people.actions.log_in import check, refused
from maatwerk.people.recovery_codes import renew_codes
from maatwerk.people.scopes import identity_scope


async def make_recovery_codes(caller: Caller, password: str, code: str, network: str) -> list[str]:
    """Ten codes. Raises Unauthenticated when password or code is wrong, TooSoon."""
    async with identity_scope(caller.person_id) as tx:
        account = await accounts.of_person(tx, caller.person_id)
    if account is None:
        raise refused()
    _, counter = await check(account.address, password, code, network)
    async with identity_scope(caller.person_id) as tx:
        if not await accounts.use_counter(tx, caller.person_id, counter):
            raise refused()
        await delays.forgive(tx, account.address, network)
        await account_mail.ask(tx, "herstelcodes_gemaakt", account.address)
        return await renew_codes(tx, caller.person_id)
