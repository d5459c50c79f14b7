"""The log of readings: who looked at what of a pupil and on which ground, for the privacy officer. A refused try is a row too;
it must be written in a scope of its own, because the refusal rolls back the one it happened in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.audit.recording import record
from maatwerk.db import Transaction, new_id
from maatwerk.db.facts import is_kind, plain_fact

INSERT = """
    INSERT INTO access_log (tenant_id, id, at, membership_id, case_id, what, ground, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
SELECT = """
    SELECT id, at, membership_id, case_id, what, ground, details FROM access_log
    WHERE tenant_id = $1 AND ($2::uuid IS NULL OR case_id = $2) AND ($3::uuid IS NULL OR id < $3)
    ORDER BY id DESC LIMIT $4
"""


@dataclass(frozen=True)
class Reading:
    """A row of the log; `details` holds codes and ids."""

    id: UUID
    at: datetime
    membership_id: UUID | None
    case_id: UUID
    what: str
    ground: str
    details: Mapping[str, Any]


async def log_reading(
    tx: Transaction,
    *,
    membership_id: UUID | None,
    case_id: UUID,
    what: str,
    ground: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Logs a reading here and in the audit trail. `ground` is a sentence of the scheme, never of a person.

    Raises TypeError for a detail that is no code, id, number or moment.
    """
    if not is_kind(what):
        raise TypeError("what was done is a code")
    facts = {name: plain_fact(name, value) for name, value in (details or {}).items()}
    await tx.execute(INSERT, tx.tenant_id, new_id(), clock.now(), membership_id, case_id, what, ground, facts)
    await record(tx, what, "zaak", case_id, details=facts)


async def readings(tx: Transaction, case_id: UUID | None, after: UUID | None, limit: int) -> list[Reading]:
    """The log, the latest first; of one case when asked."""
    return [Reading(**dict(row)) for row in await tx.fetch(SELECT, tx.tenant_id, case_id, after, limit)]
