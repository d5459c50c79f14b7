"""Dry runs as rows: how far each has come and what it found. In order of filing, so that a page of changes can go on from a case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx

RunState = Literal["wacht", "bezig", "klaar", "vervallen"]
COLUMNS = """
    id, scheme_version_id, digest, from_day, until_day, state, total, done, unchanged, changed, erased, last_day, last_id, asked_at,
    finished_at
"""
ONE = f"SELECT {COLUMNS} FROM dry_run WHERE tenant_id = $1 AND id = $2"  # noqa: S608 - ours
OF_VERSION = f"""
    SELECT {COLUMNS} FROM dry_run WHERE tenant_id = $1 AND scheme_version_id = $2 ORDER BY id DESC LIMIT 20
"""  # noqa: S608 - ours
GROUPS = """
    SELECT sort, count(*) AS count FROM dry_run_change WHERE tenant_id = $1 AND dry_run_id = $2
    GROUP BY sort ORDER BY count(*) DESC, sort LIMIT 200
"""
CHANGES = """
    SELECT d.case_id, coalesce(c.number, '') AS number, d.seq, d.act, d.title, d.sort, d.was, d.becomes, d.reasons
    FROM dry_run_change d LEFT JOIN support_case c ON c.tenant_id = d.tenant_id AND c.id = d.case_id
    WHERE d.tenant_id = $1 AND d.dry_run_id = $2 AND ($3::uuid IS NULL OR d.case_id > $3)
    ORDER BY d.case_id LIMIT $4
"""
FORGET = """
    DELETE FROM dry_run_change d USING dry_run r
    WHERE d.tenant_id = $1 AND r.tenant_id = $1 AND r.id = d.dry_run_id AND r.asked_at < $2
"""


@dataclass(frozen=True)
class Run:
    """A dry run; `vervallen` when the text was changed before it had ended."""

    id: UUID
    scheme_version_id: UUID
    digest: str
    from_day: date
    until_day: date
    state: RunState
    total: int
    done: int
    unchanged: int
    changed: int
    erased: int
    last_day: date | None
    last_id: UUID | None
    asked_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Found:
    """What would go otherwise in one case."""

    case_id: UUID
    number: str
    seq: int
    act: str
    title: str
    sort: str
    was: str
    becomes: str
    reasons: list[str]


async def run(tx: Tx, run_id: UUID, *, lock: bool = False) -> Run:
    """One dry run. Raises NotFound."""
    row = await tx.fetchrow(ONE + (" FOR UPDATE" if lock else ""), tx.tenant_id, run_id)
    if row is None:
        raise NotFound.because("proefdraai_onbekend", "Deze proefdraai bestaat niet.")
    return Run(**dict(row))


async def runs_of(tx: Tx, version_id: UUID) -> list[Run]:
    """The last dry runs of a version, the youngest first."""
    return [Run(**dict(row)) for row in await tx.fetch(OF_VERSION, tx.tenant_id, version_id)]


async def groups(tx: Tx, run_id: UUID) -> list[tuple[str, int]]:
    """(sentence, number of cases) of what was found so far, the most frequent first."""
    return [(row["sort"], row["count"]) for row in await tx.fetch(GROUPS, tx.tenant_id, run_id)]


async def changes(tx: Tx, run_id: UUID, after: UUID | None, limit: int) -> list[Found]:
    """The cases that would go otherwise, in the order in which they were opened."""
    return [Found(**dict(row)) for row in await tx.fetch(CHANGES, tx.tenant_id, run_id, after, limit)]


async def forget_runs(tx: Tx, before: datetime) -> int:
    """Deletes the runs of this tenant that were asked for before a moment, and tells how many."""
    await tx.execute(FORGET, tx.tenant_id, before)
    return await tx.execute("DELETE FROM dry_run WHERE tenant_id = $1 AND asked_at < $2", tx.tenant_id, before)
