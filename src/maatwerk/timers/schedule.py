"""Setting a case's deadline: the one moment at which it has to be looked at again, whatever the reasons are."""

from datetime import datetime
from uuid import UUID

from maatwerk.db import Transaction

SET = """
    INSERT INTO timer (tenant_id, case_id, due_at) VALUES ($1, $2, $3)
    ON CONFLICT (tenant_id, case_id) DO UPDATE SET due_at = excluded.due_at
    WHERE timer.due_at IS DISTINCT FROM excluded.due_at
"""


async def schedule(tx: Transaction, case_id: UUID, due_at: datetime | None) -> None:
    """The ticker posts `cases.tick` for this case at `due_at`; None means never. The last call counts."""
    await tx.execute(SET, tx.tenant_id, case_id, due_at)
