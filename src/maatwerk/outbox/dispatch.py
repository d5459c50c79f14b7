"""What the relay sees of the outbox: ids and moments of every tenant, through a database role of its own. Claiming a
row moves its next_at past a lease, so that whatever happens to the message, the row comes back until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from maatwerk import clock
from maatwerk.db import DISPATCH, Transaction, new_id

LEASE = timedelta(seconds=20)
BATCH = 100

CLAIM = """
    WITH due AS (
        SELECT tenant_id, id FROM outbox
        WHERE done_at IS NULL AND dead_at IS NULL AND next_at <= $1
        ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    UPDATE outbox SET next_at = $3 FROM due
    WHERE outbox.tenant_id = due.tenant_id AND outbox.id = due.id
    RETURNING outbox.tenant_id, outbox.id
"""
EARLIEST = "SELECT min(next_at) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL"
POST = """
    INSERT INTO outbox (tenant_id, id, handler, message, payload, posted_at, next_at)
    SELECT r.tenant_id, r.id, $3, $4, r.payload, $6, $6
    FROM unnest($1::uuid[], $2::uuid[], $5::jsonb[]) AS r (tenant_id, id, payload)
"""


@dataclass(frozen=True)
class Waiting:
    """A row to be delivered; this and nothing else goes to the broker."""

    tenant_id: UUID
    outbox_id: UUID


def dispatch_scope() -> Transaction:
    """A transaction of the dispatching role: named columns of outbox and timer, of every tenant."""
    return DISPATCH.open("RESET ALL; BEGIN")


async def claim(tx: Transaction, *, limit: int = BATCH) -> list[Waiting]:
    """Claims rows that are due, the longest waiting first; rows that a worker is busy with are passed over."""
    moment = clock.now()
    rows = await tx.fetch(CLAIM, moment, limit, moment + LEASE)
    return [Waiting(row["tenant_id"], row["id"]) for row in rows]


async def earliest(tx: Transaction) -> datetime | None:
    """When the next row is due, or None when nothing waits."""
    moment: datetime | None = await tx.fetchval(EARLIEST)
    return moment


async def post_as_dispatch(
    tx: Transaction, handler: str, message: str, facts: Sequence[tuple[UUID, dict[str, str]]]
) -> None:
    """Writes a row for `handler` per (tenant, payload) and wakes the relay at COMMIT."""
    tenants, payloads = [tenant for tenant, _ in facts], [payload for _, payload in facts]
    await tx.execute(POST, tenants, [new_id() for _ in facts], handler, message, payloads, clock.now())
    await tx.fetch("SELECT pg_notify('maatwerk_outbox', '')")
