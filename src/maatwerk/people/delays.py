"""Guessing gets slower: after five failures for one account from one network, each next try waits twice as long, up to a
quarter of an hour. Nobody is locked out for good, and an account that does not exist waits just the same."""

from datetime import timedelta

from maatwerk import clock
from maatwerk.crypto import index_value
from maatwerk.http.problems import TooSoon
from maatwerk.tenancy import Tx

FREE = 5
LONGEST = 900
FORGOTTEN = timedelta(days=1)
TOLD = "Er is te vaak geprobeerd in te loggen"

CHARGE = """
    INSERT INTO login_attempt AS a (account, network, failures, next_at, last_at) VALUES ($1, $2, 1, $3::timestamptz - interval '1 minute', $3)
    ON CONFLICT (account, network) DO UPDATE SET
        failures = CASE WHEN a.last_at < $4 THEN 1 ELSE a.failures + 1 END,
        next_at = CASE WHEN a.last_at < $4 OR a.failures + 1 < $5 THEN $3::timestamptz - interval '1 minute'
            ELSE $3 + least(power(2, least(a.failures + 1 - $5, 20)), $6) * interval '1 second' END,
        last_at = $3
    WHERE a.next_at <= $3
    RETURNING failures
"""


async def charge(tx: Tx, address: str, network: str, *, free: int = FREE, told: str = TOLD) -> None:
    """Counts a try before it is judged, so that many at once are counted too; `free` of them wait for nothing.

    Raises TooSoon (429), with `told` as its beginning, while the account has to wait; such a try is not counted.
    """
    account, now = await _account(tx, address), clock.now()
    if await tx.fetchval(CHARGE, account, network, now, now - FORGOTTEN, free, LONGEST) is not None:
        return
    next_at = await tx.fetchval(
        "SELECT next_at FROM login_attempt WHERE account = $1 AND network = $2", account, network
    )
    wait = int((next_at - now).total_seconds()) + 1 if next_at else 1
    raise TooSoon.within(wait, "te_snel", f"{told}. Wacht {wait} seconden.")


async def forgive(tx: Tx, address: str, network: str) -> None:
    """Forgets the failures after a success, and everybody's of more than a day ago."""
    await tx.execute(
        "DELETE FROM login_attempt WHERE (account = $1 AND network = $2) OR last_at < $3",
        *(await _account(tx, address), network, clock.now() - FORGOTTEN),
    )


async def _account(tx: Tx, address: str) -> bytes:
    return await index_value(tx, "login_attempt", "account", address)
