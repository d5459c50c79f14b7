"""Reading packs with their items. Whoever calls has the right to see originals, and logs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.anonymisation.items import Item, opened
from maatwerk.cases.case import Case
from maatwerk.crypto import Key
from maatwerk.rules.acts import Act
from maatwerk.tenancy import Tx

PACK = """
    SELECT id, case_id, round, asked_by_seq, state, coarsening, basis, made_at, released_at, seq
    FROM pack
    WHERE tenant_id = $1 AND case_id = $2 AND round = $3
"""
ITEMS = """
    SELECT id, position, kind, path, file_id, sealed, blocks, state, mended_by, seen_by, released_at FROM pack_item
    WHERE tenant_id = $1 AND pack_id = $2 ORDER BY position, id
"""
BLOCKED = """
    SELECT count(*) FROM pack_item
    WHERE tenant_id = $1 AND pack_id = $2 AND state = 'geblokkeerd' AND released_at IS NULL
"""
KNOWN = """
    WITH alike AS (
        SELECT s.person_index FROM pack p
        JOIN support_case c ON c.tenant_id = p.tenant_id AND c.id = p.case_id
        JOIN subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
        WHERE p.tenant_id = $1 AND p.cells ->> $5 = $2 AND p.made_at > $3)
    SELECT count(DISTINCT a.person_index) FROM alike a WHERE a.person_index <> (
        SELECT s.person_index FROM subject s WHERE s.tenant_id = $1 AND s.id = $4)
"""
TOUCH = "UPDATE pack SET seq = seq + 1 WHERE tenant_id = $1 AND id = $2 RETURNING seq"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Pack:
    """The pack of one round. `seq` is its ETag; `asked_by_seq` the last act that asked for texts it has; `basis` what it was made
    of (sources.py)."""

    id: UUID
    case_id: UUID
    round: int
    asked_by_seq: int
    state: str
    coarsening: Sequence[str]
    basis: bytes | None
    made_at: datetime
    released_at: datetime | None
    seq: int


def round_of(acts: Sequence[Act]) -> int:
    """How often this case has come to review: each act that goes back begins a new round."""
    return 1 + sum(1 for act in acts if act.consequences.reopened)


def last_asked(acts: Sequence[Act]) -> int:
    """The last act that asked for a pack, 0 when none did."""
    asking = [act.seq for act in acts if any(effect.kind == "pakket" for effect in act.consequences.effects)]
    return max(asking, default=0)


def is_asked(acts: Sequence[Act]) -> bool:
    """Whether a pack was asked for in the present round."""
    back = [act.seq for act in acts if act.consequences.reopened]
    return last_asked(acts) >= max(back, default=1)


async def pack_of(tx: Tx, case: Case, *, lock: bool = False) -> Pack | None:
    """The pack of the case's present round, or None as long as it was not made."""
    row = await tx.fetchrow(PACK + (" FOR UPDATE" if lock else ""), tx.tenant_id, case.id, round_of(case.acts))
    return Pack(**dict(row)) if row else None


async def latest_before(tx: Tx, case: Case) -> Pack | None:
    """The pack of an earlier round, from which mends are taken over."""
    row = await tx.fetchrow(
        PACK.replace("round = $3", "round < $3 ORDER BY round DESC LIMIT 1"), tx.tenant_id, case.id, round_of(case.acts)
    )
    return Pack(**dict(row)) if row else None


async def items_of(tx: Tx, key: Key, pack_id: UUID) -> list[Item]:
    """Every item in the order of the form."""
    return [_item(tx, key, row) for row in await tx.fetch(ITEMS, tx.tenant_id, pack_id)]


async def blocked(tx: Tx, pack_id: UUID) -> int:
    """How many items still hold the release back."""
    count: int = await tx.fetchval(BLOCKED, tx.tenant_id, pack_id)
    return count


async def touch(tx: Tx, pack_id: UUID) -> int:
    """The pack's new version, after a change of its items; the caller holds its lock."""
    seq: int = await tx.fetchval(TOUCH, tx.tenant_id, pack_id)
    return seq


async def known_in_cell(tx: Tx, shown: str, index: str, case: Case) -> int:
    """How many pupils with this index of how they look when `shown` is coarser, the case's own included, had a pack in the past year. A pupil of two cases, linked or
    not, is one; who has no index is not counted, so that doubt warns."""
    others: int = await tx.fetchval(KNOWN, tx.tenant_id, index, clock.now() - YEAR, case.subject_id, shown)
    return others + 1


def _item(tx: Tx, key: Key, row: Any) -> Item:
    return Item(
        id=row["id"],
        position=row["position"],
        kind=row["kind"],
        path=row["path"],
        file_id=row["file_id"],
        content=opened(tx.tenant_id, key, row["id"], row["sealed"]),
        blocks=tuple(row["blocks"]),
        state=row["state"],
        mended_by=row["mended_by"],
        seen_by=row["seen_by"],
        released=row["released_at"] is not None,
    )
