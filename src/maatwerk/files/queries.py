"""Reading kept files. Whoever calls this has checked that the caller may see the case, and logs the reading."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maatwerk.crypto import Key, case_key
from maatwerk.files import chunks, keeping
from maatwerk.files.kinds import MetadataField
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.tenancy import Tx

LISTING = """
    SELECT id, field, purpose, name, media_type, size, state, blocks, remarks, uploaded_by, uploaded_at, audience, act_seq
    FROM file WHERE tenant_id = $1 AND case_id = $2 AND removed_at IS NULL ORDER BY id
"""
PRESENT = """
    SELECT id, field FROM file
    WHERE tenant_id = $1 AND case_id = $2 AND id = ANY($3) AND purpose = 'bijlage' AND removed_at IS NULL
"""
DIGESTS = """
    SELECT file_id, sha256(string_agg(convert_to(variant, 'UTF8') || sha256(sealed), ''::bytea ORDER BY variant, n)) AS digest
    FROM file_chunk WHERE tenant_id = $1 AND file_id = ANY($2) AND variant <> 'origineel' GROUP BY file_id
"""
ONE = """
    SELECT case_id, state, name, metadata, media_type FROM file
    WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL
"""


@dataclass(frozen=True)
class StoredFile:
    """A kept file as a list shows it; `name` is the uploader's and may name a child."""

    id: UUID
    field: str
    purpose: keeping.Purpose
    name: str = dataclasses.field(repr=False)
    media_type: str
    size: int
    state: keeping.State
    blocks: tuple[str, ...]
    remarks: tuple[str, ...]
    uploaded_by: UUID | None
    uploaded_at: datetime
    audience: str | None = None
    act_seq: int | None = None


async def listing(tx: Tx, case_id: UUID) -> Sequence[StoredFile]:
    """The files of a case in the order in which they came, removed ones left out. Raises Erased."""
    rows = await tx.fetch(LISTING, tx.tenant_id, case_id)
    if not rows:
        return []
    key = await case_key(tx, case_id)
    return [_stored(tx, key, row) for row in rows]


async def present(tx: Tx, case_id: UUID, file_ids: Collection[UUID]) -> dict[UUID, str]:
    """Which of these are attachments of the case, each with the field for which it came."""
    rows = await tx.fetch(PRESENT, tx.tenant_id, case_id, list(file_ids))
    return {row["id"]: row["field"] for row in rows}


async def digests(tx: Tx, file_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """A digest of the clean copy and text of each file, as they are kept: over the sealed pieces, so nothing is opened."""
    if not file_ids:
        return {}
    return {row["file_id"]: row["digest"] for row in await tx.fetch(DIGESTS, tx.tenant_id, list(file_ids))}


async def content(tx: Tx, file_id: UUID, variant: chunks.Variant) -> bytes:
    """One variant of a file. Raises NotFound, Erased, and Conflict for what is in quarantine or may not leave."""
    row, key = await _one(tx, file_id)
    if row["state"] == "in_quarantaine":
        raise Conflict.because("in_quarantaine", "Dit bestand wacht op de controle op virussen.")
    found = await chunks.read(tx, key, file_id, variant)
    if found is None and row["state"] == "geblokkeerd":
        raise Conflict.because("bestand_geblokkeerd", "Dit bestand kan niet worden vrijgegeven.")
    if found is None:
        raise NotFound.because("bestand_onbekend", "Dit bestand bestaat niet in deze vorm.")
    return found


async def text(tx: Tx, file_id: UUID) -> str:
    """The text that a reader of the clean variant sees; empty for a scan, a picture and a letter of ours."""
    _, key = await _one(tx, file_id)
    return (await chunks.read(tx, key, file_id, "tekst") or b"").decode()


async def metadata(tx: Tx, file_id: UUID) -> tuple[MetadataField, ...]:
    """What the original carries beside its content (author, company, comments); the clean variant has none of it."""
    row, key = await _one(tx, file_id)
    return keeping.metadata_of(tx, key, file_id, row["metadata"])


async def awaiting_scan(tx: Tx, file_id: UUID) -> bytes | None:
    """The original of a file in quarantine, for the scanner alone; None when it is there no longer or was judged."""
    row = await tx.fetchrow(ONE, tx.tenant_id, file_id)
    if row is None or row["state"] != "in_quarantaine":
        return None
    return await chunks.read(tx, await case_key(tx, row["case_id"]), file_id, "origineel")


async def _one(tx: Tx, file_id: UUID) -> tuple[Any, Key]:
    row = await tx.fetchrow(ONE, tx.tenant_id, file_id)
    if row is None:
        raise NotFound.because("bestand_onbekend", "Dit bestand bestaat niet.")
    return row, await case_key(tx, row["case_id"])


def _stored(tx: Tx, key: Key, row: Any) -> StoredFile:
    plain = dict(row) | {"name": keeping.name_of(tx, key, row["id"], row["name"])}
    return StoredFile(**plain | {"blocks": tuple(row["blocks"]), "remarks": tuple(row["remarks"])})
