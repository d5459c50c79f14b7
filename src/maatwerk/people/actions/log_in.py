"""Logging in: password and code together, one answer for everything that is wrong. An account that does not exist costs
the same hash, waits the same delays and gets the same words."""

from maatwerk import clock
from maatwerk.http.problems import Unauthenticated
from maatwerk.people import accounts, delays, passwords, totp
from maatwerk.people.queries import tenants_of
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import MADE_BY, NewSession, open_session
from maatwerk.rules.refusals import Reason


async def log_in(address: str, password: str, code: str, network: str) -> NewSession:
    """A new session; with the only tenant chosen when there is just one.

    Raises Unauthenticated (401) and, after too many failures, TooSoon (429).
    """
    account, counter = await check(address, password, code, network)
    async with identity_scope(account.person_id) as tx:
        if not await accounts.use_counter(tx, account.person_id, counter):
            raise refused()
        await delays.forgive(tx, account.address, network)
        tenants = await tenants_of(tx, account.person_id)
        chosen = tenants[0].id if len(tenants) == 1 else None
        return await open_session(tx, account.person_id, made_by=MADE_BY, chosen=chosen)


async def check(address: str, password: str, code: str, network: str) -> tuple[accounts.Account, int]:
    """The account and the TOTP step, when address, password and code belong together. Opens and closes its own scope."""
    async with identity_scope() as tx:
        await delays.charge(tx, accounts.address_of(address), network)
        account = await accounts.find(tx, address)
    right = await passwords.matches(account.hashed if account else passwords.NOBODY, password)
    counter = totp.matching_counter(account.totp if account else totp.NOBODY, code, clock.now())
    if account is None or not right or counter is None:
        raise refused()
    return account, counter


def refused() -> Unauthenticated:
    """The one refusal."""
    return Unauthenticated(
        (
            Reason(
                "inloggen_mislukt",
                "Het adres, het wachtwoord of de code klopt niet.",
                "Een code werkt één keer; wacht zo nodig op de volgende.",
            ),
        )
    )
