"""Writing a pack and its items, with the warning for small groups. The caller holds the locks of case and pack."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.anonymisation.items import Item, sealed
from maatwerk.anonymisation.queries import Pack, known_in_cell, last_asked, round_of
from maatwerk.cases.case import Case
from maatwerk.crypto import Key, index_value
from maatwerk.db import new_id
from maatwerk.rules.ages import age_on
from maatwerk.rules.consent import birth_date
from maatwerk.rules.smallcells import THRESHOLD, Cell, Risk, assess, population
from maatwerk.tenancy import Tx, tenant_settings

INSERT = """
    INSERT INTO pack (tenant_id, id, case_id, round, asked_by_seq, state, coarsening, cell, risk, basis, made_at)
    VALUES ($1, $2, $3, $4, $5, 'klaar', '[]', $6, $7, $8, $9)
"""
UPDATE = """
    UPDATE pack SET asked_by_seq = $3, cell = $4, risk = $5, basis = $6, made_at = $7, seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""
GONE = "DELETE FROM pack_item WHERE tenant_id = $1 AND pack_id = $2 AND released_at IS NULL AND NOT id = ANY($3)"
PUT = """
    INSERT INTO pack_item
        (tenant_id, id, pack_id, case_id, position, kind, path, file_id, sealed, blocks, state, mended_by, seen_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (tenant_id, id) DO UPDATE SET position = excluded.position, sealed = excluded.sealed,
        blocks = excluded.blocks, state = excluded.state, mended_by = excluded.mended_by, seen_by = excluded.seen_by
    WHERE pack_item.released_at IS NULL
"""


async def keep_pack(tx: Tx, case: Case, pack: Pack | None, items: list[Item], basis: bytes) -> UUID:
    """The pack's id, now that it holds exactly these items beside what was released; `basis` is what they were made of."""
    assert case.key is not None
    cell, risk = await _risk(tx, case)
    asked, now = last_asked(case.acts), clock.now()
    pack_id = pack.id if pack else new_id()
    if pack is None:
        values = (case.id, round_of(case.acts), asked, cell, msgspec.to_builtins(risk), basis, now)
        await tx.execute(INSERT, tx.tenant_id, pack_id, *values)
    else:
        await tx.execute(UPDATE, tx.tenant_id, pack_id, asked, cell, msgspec.to_builtins(risk), basis, now)
    await tx.execute(GONE, tx.tenant_id, pack_id, [item.id for item in items])
    await put_items(tx, case.key, case.id, pack_id, [item for item in items if not item.released])
    return pack_id


async def put_items(tx: Tx, key: Key, case_id: UUID, pack_id: UUID, items: list[Item]) -> None:
    """Writes items as they are now; what was released is final."""
    rows: list[tuple[object, ...]] = [
        (tx.tenant_id, item.id, pack_id, case_id, item.position, item.kind, item.path, item.file_id,
         sealed(tx.tenant_id, key, item), list(item.blocks), item.state, item.mended_by, item.seen_by)
        for item in items
    ]  # fmt: skip
    await tx.executemany(PUT, rows)


async def _risk(tx: Tx, case: Case) -> tuple[bytes | None, Risk]:
    """The keyed index of the pupil's cell, and how small it looks."""
    settings = await tenant_settings(tx)
    threshold = settings.get("kleine_groep_onder", THRESHOLD)
    cell = cell_of(case, clock.today())
    if cell is None:
        return None, Risk((), 0, None, threshold)
    index = await index_value(tx, "pack", "cell", f"{cell.school}|{cell.age}|{cell.municipality}")
    figures: list[dict[str, Any]] = settings.get("bevolking", [])
    return index, assess(await known_in_cell(tx, index, case), population(figures, cell), threshold)


def cell_of(case: Case, on: date) -> Cell | None:
    """School, age and municipality of an individual pupil; None when one of them is unknown."""
    birth = birth_date(case.scheme, case.answers)
    found = {field.kind: str(case.answers.get(name) or "") for name, field in case.scheme.form.items()
             if field.kind in ("school", "gemeente")}  # fmt: skip
    if birth is None or birth > on or not found.get("school") or not found.get("gemeente"):
        return None
    return Cell(found["school"], age_on(birth, on), found["gemeente"])
