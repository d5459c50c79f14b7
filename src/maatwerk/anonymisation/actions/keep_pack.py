"""Writing a pack and its items, and by what equal pupils are counted. The caller holds the locks of case and pack."""

from uuid import UUID

from maatwerk import clock
from maatwerk.anonymisation.items import Item, sealed
from maatwerk.anonymisation.meter import cells_of
from maatwerk.anonymisation.queries import Pack, last_asked, round_of
from maatwerk.cases.case import Case
from maatwerk.crypto import Key
from maatwerk.db import new_id
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO pack (tenant_id, id, case_id, round, asked_by_seq, state, coarsening, cells, basis, made_at)
    VALUES ($1, $2, $3, $4, $5, 'klaar', '[]', $6, $7, $8)
"""
UPDATE = """
    UPDATE pack SET asked_by_seq = $3, cells = $4, basis = $5, made_at = $6, seq = seq + 1
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
    cells = await cells_of(tx, case)
    asked, now = last_asked(case.acts), clock.now()
    pack_id = pack.id if pack else new_id()
    if pack is None:
        values = (case.id, round_of(case.acts), asked, cells, basis, now)
        await tx.execute(INSERT, tx.tenant_id, pack_id, *values)
    else:
        await tx.execute(UPDATE, tx.tenant_id, pack_id, asked, cells, basis, now)
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
