"""Sealing a value so that it opens only in its own place: AES-256-GCM, bound to tenant, table, column, record and key.
A blob names its key, and no other key is ever tried on it.

Layout: version (1) | algorithm (1) | key id (16) | nonce (12) | ciphertext and tag.
"""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
AES_256_GCM = b"\x01"
HEAD = 2 + 16
NONCE = 12
TAG = 16


class Unreadable(Exception):
    """A blob that does not open here: changed, moved, cut, or sealed with another key. Never an answer to a user."""


@dataclass(frozen=True)
class Key:
    """A key and its id; the secret never shows."""

    id: UUID
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Context:
    """The place of a sealed value. `record_id` is the record's id, or text that names it within the table."""

    tenant_id: UUID
    table: str
    column: str
    record_id: UUID | str


def bind(*parts: UUID | str | bytes) -> bytes:
    """The parts, each preceded by its length in four bytes, so that no two lists read the same."""
    raw = [part.bytes if isinstance(part, UUID) else part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def _bound(context: Context, key_id: UUID) -> bytes:
    place = (context.tenant_id, context.table, context.column, str(context.record_id))
    return bind(VERSION, AES_256_GCM, *place, key_id)


def seal(key: Key, context: Context, plain: bytes) -> bytes:
    """The blob of `plain` for this place."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(key.secret).encrypt(nonce, plain, _bound(context, key.id))
    return VERSION + AES_256_GCM + key.id.bytes + nonce + sealed


def unseal(key: Key, context: Context, blob: bytes) -> bytes:
    """What was sealed in this place with this key. Raises Unreadable otherwise."""
    if len(blob) < HEAD + NONCE + TAG or blob[:2] != VERSION + AES_256_GCM:
        raise Unreadable("not a sealed value")
    if key_id_of(blob) != key.id:
        raise Unreadable("sealed with another key")
    nonce, rest = blob[HEAD : HEAD + NONCE], blob[HEAD + NONCE :]
    try:
        return AESGCM(key.secret).decrypt(nonce, rest, _bound(context, key.id))
    except InvalidTag as error:
        raise Unreadable("changed, or sealed for another place") from error


def key_id_of(blob: bytes) -> UUID:
    """The id of the key that sealed the blob. Raises Unreadable for something too short to be one."""
    if len(blob) < HEAD:
        raise Unreadable("not a sealed value")
    return UUID(bytes=blob[2:HEAD])
