"""Making a task, in the transaction of what asks for it."""

from datetime import date
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO task (tenant_id, id, case_id, owner_id, kind, title, role, membership_id, seat, done_by_act,
        due_on, created_at, source_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (tenant_id, source_key) DO NOTHING RETURNING id
"""


async def create(
    tx: Tx,
    *,
    case_id: UUID | None,
    title: str,
    role: str | None = None,
    membership_id: UUID | None = None,
    seat: str | None = None,
    done_by_act: str = "",
    due_on: date | None = None,
    source_key: str,
    kind: str = "taak",
    owner_id: UUID | None = None,
) -> UUID | None:
    """Makes a task of a member, a seat or a role (the first that is given, in that order); None when it exists already.

    `title` is Dutch and names no pupil. `owner_id` says whose it is within the role (rules/belonging.py): without it
    everybody's who has the role, and nobody's who is a coordinator. With
    `done_by_act` only that kind of act completes it.
    """
    moment = clock.now()
    made: UUID | None = await tx.fetchval(
        INSERT,
        *(tx.tenant_id, new_id(), case_id, owner_id, kind, title, role, membership_id, seat),
        *(done_by_act or None, due_on, moment, source_key),
    )
    return made
