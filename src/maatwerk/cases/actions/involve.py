"""Declaring that a member has, or had, a part in a case or its pupil: who is involved can't review (R36-40)."""

from datetime import datetime
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.http.caller import Caller
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO involvement (tenant_id, case_id, membership_id, what, declared_by, declared_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, case_id, membership_id) DO UPDATE SET what = excluded.what
"""


async def involve(tx: Tx, caller: Caller, case_id: UUID, membership_id: UUID, what: str) -> None:
    """Records the involvement; doing it twice changes only its description."""
    await tx.execute(INSERT, tx.tenant_id, case_id, membership_id, what, caller.membership_id, clock.now())
    await audit.record(tx, what="betrokkene.gemeld", object_kind="zaak", object_id=case_id)


async def involved(tx: Tx, case_id: UUID) -> list[tuple[UUID, str, datetime]]:
    """Who was declared to be involved: member, how, when."""
    rows = await tx.fetch(
        "SELECT membership_id, what, declared_at FROM involvement WHERE tenant_id = $1 AND case_id = $2 ORDER BY declared_at",
        *(tx.tenant_id, case_id),
    )
    return [(row["membership_id"], row["what"], row["declared_at"]) for row in rows]
