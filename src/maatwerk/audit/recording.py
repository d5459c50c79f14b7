"""Writing to the audit trail, in the transaction of the deed. Entries are not chained here, so that nobody waits for
another; one writer does that after COMMIT."""

from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.db import Transaction
from maatwerk.db.facts import is_kind, plain_fact

RECORD = """
    WITH entry AS (
        INSERT INTO audit_entry (tenant_id, at, actor_id, what, object_kind, object_id, ground, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING tenant_id, seq)
    INSERT INTO audit_pending (tenant_id, seq) SELECT tenant_id, seq FROM entry
"""


async def record(
    tx: Transaction,
    what: str,
    object_kind: str,
    object_id: UUID | None = None,
    *,
    ground: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Notes that this scope's actor did `what` to an object, and on which ground; all are codes and ids.

    Raises TypeError for a detail or a code that might be personal: such text is sealed elsewhere and named here.
    """
    if not all(is_kind(code) for code in (what, object_kind, ground or "-")):
        raise TypeError("an audit entry holds codes, not text")
    facts = {name: plain_fact(name, value) for name, value in (details or {}).items()}
    await tx.execute(RECORD, tx.tenant_id, clock.now(), tx.actor_id, what, object_kind, object_id, ground, facts)
