"""Cases as an outline shows them to somebody: those that he may follow, as far as his role knows them; and rows of files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.rules.outline_tree import Entry
from maatwerk.tenancy import Tx

VERSIONS = """
    SELECT id FROM scheme_version WHERE tenant_id = $1 AND code = $2 AND published_at IS NOT NULL ORDER BY id
"""
CASES = """
    SELECT DISTINCT ON (c.id) c.id,
        coalesce(c.standing #>> ARRAY['verteld', a.role, 'fase'], c.phase) AS phase,
        coalesce(c.standing #>> ARRAY['verteld', a.role, 'gesloten'], c.closed) AS closed,
        CASE WHEN c.standing #> ARRAY['verteld', a.role] IS NULL THEN c.standing -> 'termijnen' END AS clocks
    FROM unnest($3::text[], $4::uuid[]) AS k (role, owner_id)
    JOIN case_audience a ON a.tenant_id = $1 AND a.role = k.role AND a.owner_id = k.owner_id
    JOIN support_case c ON c.tenant_id = a.tenant_id AND c.id = a.case_id
    WHERE c.scheme_version_id = ANY($2) AND c.filed_on IS NOT NULL
    ORDER BY c.id, c.standing #> ARRAY['verteld', a.role] IS NULL DESC
"""
TRAITS = """
    SELECT case_id, name, value FROM case_trait WHERE tenant_id = $1 AND case_id = ANY($2) ORDER BY case_id, name, place
"""
SAID = """
    SELECT DISTINCT t.value FROM case_trait t JOIN support_case c ON c.tenant_id = t.tenant_id AND c.id = t.case_id
    JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id
    WHERE t.tenant_id = $1 AND s.code = $2 AND t.name = $3
"""
IMPORTED = """
    SELECT r.row_key, r.case_id, r.number, r.answers, c.closed FROM imported_row r
    JOIN support_case c ON c.tenant_id = r.tenant_id AND c.id = r.case_id
    WHERE r.tenant_id = $1 AND r.scheme_code = $2 ORDER BY r.number
"""
COUNTING = ("loopt", "geschorst", "verstreken")


@dataclass(frozen=True)
class Imported:
    """A row of a file that became a case: what it said when it was last taken in, and how the case ended."""

    key: str
    case_id: UUID
    number: str
    answers: Mapping[str, Any]
    closed: str


async def version_ids(tx: Tx, code: str) -> list[UUID]:
    """Every version of a scheme that was ever published."""
    return [row["id"] for row in await tx.fetch(VERSIONS, tx.tenant_id, code)]


async def entries(tx: Tx, caller: Caller, versions: Iterable[UUID], today: date) -> list[Entry]:
    """The cases under these versions that the caller may follow."""
    pairs = [(role, owner) for role in sorted(caller.works_as) for owner in caller.owners]
    roles, owners = [role for role, _ in pairs], [owner for _, owner in pairs]
    rows = await tx.fetch(CASES, tx.tenant_id, list(versions), roles, owners)
    traits: dict[UUID, dict[str, list[str]]] = {row["id"]: {} for row in rows}
    for row in await tx.fetch(TRAITS, tx.tenant_id, list(traits)):
        traits[row["case_id"]].setdefault(row["name"], []).append(row["value"])
    return [_entry(row, traits[row["id"]], today) for row in rows]


def _entry(row: Any, traits: Mapping[str, list[str]], today: date) -> Entry:
    """A term that was not met when its last day passed makes a case late until it is closed or the term is stopped."""
    counting = [] if row["closed"] else [each for each in row["clocks"] or () if each["stand"] in COUNTING]
    due = min((date.fromisoformat(each["einde"]) for each in counting), default=None)
    late = any(date.fromisoformat(each["verstrijkt"]) <= today for each in counting)
    return Entry(row["id"], row["phase"], row["closed"], traits, due, late)


async def said(tx: Tx, code: str, field: str) -> set[str]:
    """Every answer to a question in the cases of a scheme, whoever may follow them: headings that are not empty, numbers in use."""
    return {row["value"] for row in await tx.fetch(SAID, tx.tenant_id, code, field)}


async def imported(tx: Tx, code: str) -> dict[str, Imported]:
    """The rows that became cases of a scheme, by the digest of what they are known by."""
    rows = await tx.fetch(IMPORTED, tx.tenant_id, code)
    return {row["row_key"]: Imported(row["row_key"], *row_of(row)) for row in rows}


def row_of(row: Any) -> tuple[UUID, str, Mapping[str, Any], str]:
    return row["case_id"], row["number"], row["answers"], row["closed"]
