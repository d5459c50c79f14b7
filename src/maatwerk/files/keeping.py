"""Writing a file's row and pieces: the one place where name, digest and metadata are sealed, each in its own column."""

import hashlib
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.crypto import Context, Key, seal, unseal
from maatwerk.files.kinds import MetadataField
from maatwerk.tenancy import Tx

State = Literal["klaar", "geblokkeerd", "in_quarantaine"]
Purpose = Literal["bijlage", "brief"]

INSERT = """
    INSERT INTO file (tenant_id, id, case_id, field, purpose, media_type, size, name, digest, metadata, state, blocks,
        remarks, uploaded_by, uploaded_at, audience, act_seq)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What a file's row says, before sealing."""

    case_id: UUID
    field: str
    purpose: Purpose
    name: str
    media_type: str
    state: State
    metadata: Sequence[MetadataField] = ()
    blocks: Sequence[str] = ()
    remarks: Sequence[str] = ()
    uploaded_by: UUID | None = None
    audience: str | None = None
    act_seq: int | None = None


async def insert(tx: Tx, key: Key, file_id: UUID, about: Described, content: bytes) -> None:
    """Writes the row; the pieces are written by chunks.py."""
    metadata = msgspec.json.encode(about.metadata)
    await tx.execute(
        INSERT,
        *(tx.tenant_id, file_id, about.case_id, about.field, about.purpose, about.media_type, len(content)),
        seal(key, place(tx, "name", file_id), about.name.encode()),
        seal(key, place(tx, "digest", file_id), hashlib.sha256(content).digest()),
        seal(key, place(tx, "metadata", file_id), metadata),
        *(about.state, list(about.blocks), list(about.remarks), about.uploaded_by, clock.now()),
        *(about.audience, about.act_seq),
    )


def name_of(tx: Tx, key: Key, file_id: UUID, sealed: bytes) -> str:
    """The name that the uploader gave."""
    return unseal(key, place(tx, "name", file_id), sealed).decode()


def metadata_of(tx: Tx, key: Key, file_id: UUID, sealed: bytes) -> tuple[MetadataField, ...]:
    """The metadata that the original carries."""
    plain = unseal(key, place(tx, "metadata", file_id), sealed)
    return msgspec.json.decode(plain, type=tuple[MetadataField, ...])


def place(tx: Tx, column: str, file_id: UUID) -> Context:
    """Where a column of a file's row is sealed."""
    return Context(tx.tenant_id, "file", column, file_id)
