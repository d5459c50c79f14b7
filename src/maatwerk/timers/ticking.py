"""Turning due timers into work: the ticker claims them as the dispatching role and posts `cases.tick`. The handler
looks at the case again and sets the next moment, so that a tick too many does no harm."""

from maatwerk import clock
from maatwerk.db import Transaction
from maatwerk.outbox import post_as_dispatch

HANDLER = "cases.tick"
MESSAGE = "CaseBecameDue"
BATCH = 200

CLAIM = """
    WITH due AS (
        SELECT tenant_id, case_id FROM timer WHERE due_at <= $1
        ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
    UPDATE timer SET due_at = NULL FROM due
    WHERE timer.tenant_id = due.tenant_id AND timer.case_id = due.case_id
    RETURNING timer.tenant_id, timer.case_id
"""


async def tick(tx: Transaction, *, limit: int = BATCH) -> int:
    """Posts the timers that are due and tells how many; `tx` is a dispatch scope."""
    rows = await tx.fetch(CLAIM, clock.now(), limit)
    if rows:
        facts = [(row["tenant_id"], {"case_id": str(row["case_id"])}) for row in rows]
        await post_as_dispatch(tx, HANDLER, MESSAGE, facts)
    return len(rows)
