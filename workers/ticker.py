"""The ticker: turns due timers into work, makes the mails about accounts, chains the audit trail, forgets what was done long ago and destroys keys that were replaced.
`python -m workers.ticker`. Two tickers at once do no harm."""

import time
from datetime import datetime, timedelta
from functools import partial

from maatwerk import audit, clock, fitness, logs, startup, tenancy
from maatwerk.crypto import Unreadable
from maatwerk.crypto.keys import IDENTITY
from maatwerk.crypto.rotating import finish, of_owner
from maatwerk.http.expiry import forget_expired
from maatwerk.outbox import dispatch_scope, forget_done
from maatwerk.people.actions.mail_accounts import mail_accounts
from maatwerk.schemes.dry_runs import forget_runs
from maatwerk.settings import Settings
from maatwerk.timers import tick
from workers.running import Bell, rounds, run

POLL = 0.5
CHAIN_EVERY = 5.0
FORGET_EVERY = 6 * 3600.0
KEPT = timedelta(days=30)


class Rounds:
    """What is due in a round; how often it sweeps does not follow a clock that is moved."""

    def __init__(self) -> None:
        self._chain_from = self._forget_from = 0.0

    async def __call__(self) -> float:
        async with dispatch_scope() as tx:
            done = await tick(tx)
        done += await mail_accounts()
        moment = time.monotonic()
        if moment >= self._chain_from:
            await chain_all()
            self._chain_from = moment + CHAIN_EVERY
        if moment >= self._forget_from:
            await forget_all(clock.now() - KEPT)
            await finish_rotations()
            self._forget_from = moment + FORGET_EVERY
        return 0.0 if done else POLL


async def chain_all() -> int:
    """Links every tenant's pending audit entries and tells how many."""
    total = 0
    for tenant_id in (await tenancy.tenant_ids()).values():
        while linked := await audit.chain(tenant_id):
            total += linked
    return total


async def forget_all(before: datetime) -> int:
    """Deletes what every tenant has no more use for: rows of the outbox that were done before a moment, dry runs asked for
    before it, and the answers kept for repeated requests."""
    total = 0
    for tenant_id in (await tenancy.tenant_ids()).values():
        async with tenancy.scope(tenant_id, None) as tx:
            total += await forget_done(tx, before) + await forget_expired(tx) + await forget_runs(tx, before)
    return total


async def finish_rotations() -> None:
    """Destroys every data key that was replaced and that nothing names any more; one that can't go stays, and is logged."""
    for tenant_id in (None, *(await tenancy.tenant_ids()).values()):
        try:
            await finish(tenant_id, of_owner(tenant_id, startup.sealed_places()))
        except Unreadable as error:
            logs.failure("key.stays", error, tenant_id=tenant_id or IDENTITY)


async def ticker(settings: Settings, bell: Bell) -> None:
    """Ticks until the bell says stop."""
    startup.refuse(await fitness.faults(settings))
    async with startup.running(settings, dispatch=True):
        await rounds(bell, "ticker", Rounds())


if __name__ == "__main__":
    run("ticker", partial(ticker, Settings.from_environment()))
