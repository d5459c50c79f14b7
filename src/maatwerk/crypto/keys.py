"""A tenant's keys and a case's key: made, unwrapped, destroyed. Destroying a case's key is the erasure of what it
sealed: reading then raises Erased, which is an answer and not a fault. Seal with `tenant_key`, unseal with `opening_key`."""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto.ring import RING, Purpose
from maatwerk.crypto.sealing import Context, Key, Unreadable, bind, key_id_of, seal, unseal
from maatwerk.db import NoTenant, Transaction, new_id
from maatwerk.rules.refusals import Conflict, Refused

IDENTITY = UUID(int=0)
LENGTH = 32

READ = """
    SELECT id, purpose, kek_id, wrapped, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) AS uncommitted
    FROM tenant_key WHERE tenant_id = $1
"""
ACTIVE = f"{READ} AND purpose = $2 AND retired_at IS NULL"
NAMED = f"{READ} AND id = $2"
CASES = "SELECT case_id, id, wrapped FROM case_key WHERE tenant_id = $1 AND case_id = ANY($2) AND wrapped IS NOT NULL"
DESTROY_CASE = """
    UPDATE case_key SET wrapped = NULL, destroyed_at = $3
    WHERE tenant_id = $1 AND case_id = $2 AND wrapped IS NOT NULL
"""
DESTROY_PACKS = """
    UPDATE pack_key SET wrapped = NULL, destroyed_at = $3
    WHERE tenant_id = $1 AND case_id = $2 AND wrapped IS NOT NULL
"""


class Erased(Refused):
    """What is asked for was destroyed on purpose (HTTP 410)."""


def wrapping(owner: UUID, key_id: UUID, purpose: str) -> bytes:
    """What the wrapping of a tenant's key is bound to."""
    return bind("tenant_key", owner, key_id, purpose)


def _owner(tx: Transaction) -> UUID:
    """The tenant, or the nil UUID in the identity scope; row-level security refuses every other scope."""
    try:
        return tx.tenant_id
    except NoTenant:
        return IDENTITY


async def tenant_key(tx: Transaction, purpose: Purpose = "data") -> Key:
    """The tenant's active key for sealing (`data`), or the root for blind indexes (`index`); made at first use, remembered a
    minute."""
    owner = _owner(tx)
    known = RING.recall(owner, purpose)
    if known is not None:
        return known
    row = await tx.fetchrow(ACTIVE, owner, purpose)
    return await make_tenant_key(tx, owner, purpose) if row is None else _unwrapped(owner, row, purpose)


async def opening_key(tx: Transaction, blob: bytes) -> Key:
    """The tenant's data key that a sealed value names, active or older. Raises Unreadable when it is none of this tenant's,
    Erased when it was destroyed."""
    owner, key_id = _owner(tx), key_id_of(blob)
    known = RING.recall(owner, key_id)
    if known is not None:
        return known
    row = await tx.fetchrow(NAMED, owner, key_id)
    if row is None:
        raise Unreadable("sealed with a key that this tenant does not have")
    return _unwrapped(owner, row, key_id)


def _unwrapped(owner: UUID, row: Any, which: Purpose | UUID) -> Key:
    """A key from its row. One that this transaction itself made is not remembered: were it to roll back, others would seal with
    a lost key."""
    if row["wrapped"] is None:
        raise _erased()
    secret = RING.required().unwrap(row["kek_id"], row["wrapped"], wrapping(owner, row["id"], row["purpose"]))
    key = Key(row["id"], secret)
    return key if row["uncommitted"] else RING.remember(owner, which, key)


async def make_tenant_key(tx: Transaction, owner: UUID, purpose: Purpose) -> Key:
    """Makes the active key; when another transaction was first, reads that one. Not remembered: this may roll back."""
    kek, key = RING.required(), Key(new_id(), secrets.token_bytes(LENGTH))
    wrapped = kek.wrap(key.secret, wrapping(owner, key.id, purpose))
    made = await tx.execute(
        "INSERT INTO tenant_key (tenant_id, id, purpose, kek_id, wrapped, created_at) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (tenant_id, purpose) WHERE retired_at IS NULL DO NOTHING",
        *(owner, key.id, purpose, kek.active, wrapped, clock.now()),
    )
    return key if made else await tenant_key(tx, purpose)


async def new_case_key(tx: Transaction, case_id: UUID) -> Key:
    """Makes the key of a case. Raises Conflict when the case has one, destroyed or not."""
    outer, key = await tenant_key(tx), Key(new_id(), secrets.token_bytes(LENGTH))
    wrapped = seal(outer, _case(tx, case_id), key.id.bytes + key.secret)
    made = await tx.execute(
        "INSERT INTO case_key (tenant_id, case_id, id, tenant_key_id, wrapped, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, case_id) DO NOTHING",
        *(tx.tenant_id, case_id, key.id, outer.id, wrapped, clock.now()),
    )
    if not made:
        raise Conflict.because("case_key_exists", "Deze zaak heeft al een sleutel.")
    return key


async def case_key(tx: Transaction, case_id: UUID) -> Key:
    """The key of a case. Raises Erased when it was destroyed or never was."""
    found = (await case_keys(tx, [case_id])).get(case_id)
    if found is None:
        raise _erased()
    return found


async def case_keys(tx: Transaction, case_ids: Sequence[UUID]) -> dict[UUID, Key]:
    """The keys of some cases, without those that were destroyed or never were."""
    found = {}
    for row in await tx.fetch(CASES, tx.tenant_id, case_ids):
        outer = await opening_key(tx, row["wrapped"])
        plain = unseal(outer, _case(tx, row["case_id"]), row["wrapped"])
        found[row["case_id"]] = opened(row["id"], plain)
    return found


async def destroy_case_key(tx: Transaction, case_id: UUID) -> None:
    """Destroys the key of a case and of its packs, for good; doing it twice changes nothing."""
    await tx.execute(DESTROY_CASE, tx.tenant_id, case_id, clock.now())
    await tx.execute(DESTROY_PACKS, tx.tenant_id, case_id, clock.now())


def opened(key_id: UUID, plain: bytes) -> Key:
    """The key from what was wrapped: its id and its secret. Raises Unreadable when the row names another id."""
    if plain[:16] != key_id.bytes:
        raise Unreadable("the row names another key than it wraps")
    return Key(key_id, plain[16:])


def _case(tx: Transaction, case_id: UUID) -> Context:
    return Context(tx.tenant_id, "case_key", "wrapped", case_id)


def _erased() -> Refused:
    return Erased.because("gewist", "Deze gegevens zijn gewist.")
