"""What reviewers read: sheets and attachments, sealed with the pack's key. A first release makes one sheet with everything,
a later one a sheet with what came since."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from maatwerk.crypto import Context, Key, seal, unseal
from maatwerk.tenancy import Tx

INSERT = "INSERT INTO pack_content (tenant_id, pack_id, n, item_id, sealed) VALUES ($1, $2, $3, $4, $5)"
LAST = "SELECT coalesce(max(n), -1) FROM pack_content WHERE tenant_id = $1 AND pack_id = $2"
SHEETS = """
    SELECT n, sealed FROM pack_content WHERE tenant_id = $1 AND pack_id = $2 AND item_id IS NULL ORDER BY n
"""
ATTACHMENT = "SELECT n, sealed FROM pack_content WHERE tenant_id = $1 AND pack_id = $2 AND item_id = $3"


class Answer(msgspec.Struct, frozen=True):
    """A redacted text of an act, such as the school's answer to a question."""

    seq: int
    act: str
    field: str
    text: str


class Attachment(msgspec.Struct, frozen=True):
    """A clean copy under a generated name; `size` in bytes. Of one that is `typeset` its redacted text is kept, see typeset.py,
    and nobody knows yet how large its PDF will be."""

    id: UUID
    name: str
    media_type: str
    size: int | None
    typeset: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """`fields` by path as the scheme opens them, `texts` by path redacted, `tables` by field with redacted texts."""

    fields: Mapping[str, Any] = {}
    texts: Mapping[str, str] = {}
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = {}
    answers: Sequence[Answer] = ()
    attachments: Sequence[Attachment] = ()


async def next_number(tx: Tx, pack_id: UUID) -> int:
    """The place of the next content; the caller holds the pack's lock."""
    last: int = await tx.fetchval(LAST, tx.tenant_id, pack_id)
    return last + 1


async def write(tx: Tx, key: Key, pack_id: UUID, n: int, plain: bytes, item_id: UUID | None = None) -> None:
    """Seals and keeps a sheet, or an attachment's bytes."""
    await tx.execute(INSERT, tx.tenant_id, pack_id, n, item_id, seal(key, _place(tx, pack_id, n), plain))


async def sheets(tx: Tx, key: Key, pack_id: UUID) -> list[Sheet]:
    """Every sheet in order of release."""
    rows = await tx.fetch(SHEETS, tx.tenant_id, pack_id)
    return [msgspec.json.decode(unseal(key, _place(tx, pack_id, row["n"]), row["sealed"]), type=Sheet) for row in rows]


async def attachment(tx: Tx, key: Key, pack_id: UUID, item_id: UUID) -> bytes | None:
    """The clean copy or the redacted text, or None when nothing of that id was released in this pack."""
    row = await tx.fetchrow(ATTACHMENT, tx.tenant_id, pack_id, item_id)
    return None if row is None else unseal(key, _place(tx, pack_id, row["n"]), row["sealed"])


def _place(tx: Tx, pack_id: UUID, n: int) -> Context:
    return Context(tx.tenant_id, "pack_content", "sealed", f"{pack_id}/{n}")
