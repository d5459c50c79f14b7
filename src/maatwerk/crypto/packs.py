"""A pack's key, wrapped once per seat: one seat's wrapping says nothing to another. Whoever calls `open_pack_key` has
checked the assignment first and logs the reading; this is not end-to-end encryption."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from maatwerk import clock
from maatwerk.crypto.keys import LENGTH, Erased, opened, opening_key, tenant_key
from maatwerk.crypto.sealing import Context, Key, bind, seal, unseal
from maatwerk.db import Transaction, new_id
from maatwerk.rules.refusals import Conflict, NotFound


def wrap_for_seat(outer: Key, tenant_id: UUID, seat: str) -> Key:
    """The key that wraps for one seat, derived from the tenant's key."""
    info = bind("seat", tenant_id, seat)
    return Key(outer.id, HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=info).derive(outer.secret))


def for_seat_of(outer: Key, tenant_id: UUID, row: Mapping[str, Any]) -> Key:
    """The key that wraps in one row of pack_key."""
    return wrap_for_seat(outer, tenant_id, row["seat"])


def _place(tx: Transaction, pack_id: UUID, seat: str) -> Context:
    return Context(tx.tenant_id, "pack_key", "wrapped", f"{pack_id}/{seat}")


async def new_pack_key(tx: Transaction, case_id: UUID, pack_id: UUID, seats: Sequence[str]) -> Key:
    """Makes the key of a pack and wraps it for each seat. Raises Conflict when the pack has one for such a seat."""
    outer, key = await tenant_key(tx), Key(new_id(), secrets.token_bytes(LENGTH))
    plain = key.id.bytes + key.secret
    wrapped = [seal(wrap_for_seat(outer, tx.tenant_id, seat), _place(tx, pack_id, seat), plain) for seat in seats]
    made = await tx.execute(
        "INSERT INTO pack_key (tenant_id, pack_id, seat, case_id, id, tenant_key_id, wrapped, created_at)"
        " SELECT $1, $2, seat, $3, $4, $5, wrapped, $8 FROM unnest($6::text[], $7::bytea[]) AS s (seat, wrapped)"
        " ON CONFLICT (tenant_id, pack_id, seat) DO NOTHING",
        *(tx.tenant_id, pack_id, case_id, key.id, outer.id, list(seats), wrapped, clock.now()),
    )
    if made != len(seats):
        raise Conflict.because("pack_key_exists", "Dit pakket heeft al een sleutel voor deze stoel.")
    return key


async def open_pack_key(tx: Transaction, pack_id: UUID, seat: str) -> Key:
    """The key of a pack for one seat. Raises NotFound when the pack is not for that seat, Erased when destroyed."""
    row = await tx.fetchrow(
        "SELECT id, wrapped FROM pack_key WHERE tenant_id = $1 AND pack_id = $2 AND seat = $3",
        *(tx.tenant_id, pack_id, seat),
    )
    if row is None:
        raise NotFound.because("pack_not_for_seat", "Dit pakket bestaat niet voor deze stoel.")
    if row["wrapped"] is None:
        raise Erased.because("gewist", "Dit pakket is gewist.")
    outer = wrap_for_seat(await opening_key(tx, row["wrapped"]), tx.tenant_id, seat)
    return opened(row["id"], unseal(outer, _place(tx, pack_id, seat), row["wrapped"]))


async def destroy_pack_key(tx: Transaction, pack_id: UUID) -> None:
    """Destroys the key of a pack for every seat, for good."""
    await tx.execute(
        "UPDATE pack_key SET wrapped = NULL, destroyed_at = $3"
        " WHERE tenant_id = $1 AND pack_id = $2 AND wrapped IS NOT NULL",
        *(tx.tenant_id, pack_id, clock.now()),
    )
