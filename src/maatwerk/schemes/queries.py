"""Versions of schemes as they stand in the database, concepts too. A concept is seen by who may try schemes, and by nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from maatwerk.cases.schemes import unknown
from maatwerk.http.caller import Caller
from maatwerk.tenancy import Tx

State = Literal["concept", "voorgesteld", "gepubliceerd", "ingetrokken"]
CONCEPT: State = "concept"
PROPOSED: State = "voorgesteld"
PUBLISHED: State = "gepubliceerd"
WITHDRAWN: State = "ingetrokken"
TRYING = "regelingen.proberen"
MANAGING = "regelingen.beheren"

COLUMNS = """
    id, code, version, title, digest, source, state, seq, valid_from, valid_until, made_by, changed_at, proposed_by, proposed_at,
    published_by, published_at, withdrawn_by, withdrawn_at
"""
ONE = f"SELECT {COLUMNS} FROM scheme_version WHERE tenant_id = $1 AND id = $2"  # noqa: S608 - ours
WITHOUT_TEXT = COLUMNS.replace("source", "CASE WHEN $3 THEN source ELSE '' END AS source")
LIST = f"""
    SELECT {WITHOUT_TEXT} FROM scheme_version WHERE tenant_id = $1 AND ($2::text IS NULL OR state = $2)
    ORDER BY changed_at DESC, id DESC LIMIT 200
"""  # noqa: S608 - ours
SOME = f"SELECT {COLUMNS} FROM scheme_version WHERE tenant_id = $1 AND id = ANY($2) ORDER BY code, version"  # noqa: S608
SAME_NAME = """
    SELECT EXISTS (SELECT FROM scheme_version
        WHERE tenant_id = $1 AND code = $2 AND version = $3 AND published_at IS NOT NULL AND id <> $4)
"""


@dataclass(frozen=True)
class Stored:
    """A version. `made_by` is None for what an operator delivered; `valid_from` is that of the text until it is published."""

    id: UUID
    code: str
    version: str
    title: str
    digest: str
    source: str
    state: State
    seq: int
    valid_from: date
    valid_until: date | None
    made_by: UUID | None
    changed_at: datetime
    proposed_by: UUID | None
    proposed_at: datetime | None
    published_by: UUID | None
    published_at: datetime | None
    withdrawn_by: UUID | None
    withdrawn_at: datetime | None


async def stored(tx: Tx, caller: Caller, version_id: UUID, *, lock: bool = False) -> Stored:
    """A version that the caller may see; `lock` keeps others from changing it. Raises NotFound."""
    row = await tx.fetchrow(ONE + (" FOR UPDATE" if lock else ""), tx.tenant_id, version_id)
    if row is None or (row["published_at"] is None and not caller.may(TRYING)):
        raise unknown()
    return Stored(**dict(row))


async def listing(tx: Tx, state: State | None, *, texts: bool = False) -> list[Stored]:
    """The versions in a state, or all, the last changed first; at most two hundred, with an empty `source` unless asked for."""
    return [Stored(**dict(row)) for row in await tx.fetch(LIST, tx.tenant_id, state, texts)]


async def of_ids(tx: Tx, ids: Iterable[UUID]) -> list[Stored]:
    """These versions, by the code of their scheme and their name."""
    return [Stored(**dict(row)) for row in await tx.fetch(SOME, tx.tenant_id, list(ids))]


async def name_is_taken(tx: Tx, found: Stored) -> bool:
    """Whether another version of this scheme was published under this name."""
    return bool(await tx.fetchval(SAME_NAME, tx.tenant_id, found.code, found.version, found.id))
