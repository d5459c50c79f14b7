"""Content as sealed pieces of 256 KiB. Each piece is bound to its file, variant, place and the number of pieces, so that a
lost or moved one makes the whole unreadable instead of shorter."""

from typing import Literal
from uuid import UUID

from maatwerk.crypto import Context, Key, seal, unseal
from maatwerk.tenancy import Tx

Variant = Literal["origineel", "schoon", "tekst"]

PIECE = 256 * 1024
INSERT = """
    INSERT INTO file_chunk (tenant_id, file_id, variant, n, sealed)
    SELECT $1, $2, $3, n - 1, sealed FROM unnest($4::bytea[]) WITH ORDINALITY AS piece (sealed, n)
"""
SELECT = "SELECT sealed FROM file_chunk WHERE tenant_id = $1 AND file_id = $2 AND variant = $3 ORDER BY n"
DELETE = "DELETE FROM file_chunk WHERE tenant_id = $1 AND file_id = $2"


async def write(tx: Tx, key: Key, file_id: UUID, variant: Variant, content: bytes) -> None:
    """Seals and keeps one variant of a file, in one round trip; empty content is one empty piece."""
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)] or [b""]
    sealed = [
        seal(key, _place(tx, file_id, variant, number, len(pieces)), piece) for number, piece in enumerate(pieces)
    ]
    await tx.execute(INSERT, tx.tenant_id, file_id, variant, sealed)


async def read(tx: Tx, key: Key, file_id: UUID, variant: Variant) -> bytes | None:
    """The variant, or None when it was not kept. Raises Unreadable when a piece is missing or was touched."""
    rows = await tx.fetch(SELECT, tx.tenant_id, file_id, variant)
    places = [_place(tx, file_id, variant, number, len(rows)) for number in range(len(rows))]
    pieces = [unseal(key, place, row["sealed"]) for place, row in zip(places, rows, strict=True)]
    return b"".join(pieces) if pieces else None


async def drop(tx: Tx, file_id: UUID) -> None:
    """Deletes every variant of a file."""
    await tx.execute(DELETE, tx.tenant_id, file_id)


def _place(tx: Tx, file_id: UUID, variant: Variant, number: int, count: int) -> Context:
    return Context(tx.tenant_id, "file_chunk", "sealed", f"{file_id}/{variant}/{number}/{count}")
