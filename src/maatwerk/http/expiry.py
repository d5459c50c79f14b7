"""Forgetting answers that were kept for a repeated request. Apart from keeping them: the ticker, which calls this, needs nothing
else of HTTP."""

from maatwerk import clock
from maatwerk.tenancy import Tx


async def forget_expired(tx: Tx) -> int:
    """Removes this tenant's keys that are older than a day; answers how many."""
    return await tx.execute(
        "DELETE FROM idempotency_key WHERE tenant_id = $1 AND expires_at <= $2", tx.tenant_id, clock.now()
    )
