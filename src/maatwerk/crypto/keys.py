"""A tenant's keys and a case's key: made, unwrapped, destroyed. Destroying a case's key is the erasure of what it
sealed: reading then raises Erased, which is an answer and not a fault."""

import secrets
import time
from typing import Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto.kek import Kek
from maatwerk.crypto.sealing import Context, Key, Unreadable, bind, seal, unseal
from maatwerk.db import NoTenant, Transaction, new_id
from maatwerk.rules.refusals import Conflict, Refused

IDENTITY = UUID(int=0)
LENGTH = 32
REMEMBER = 60.0
Purpose = Literal["data", "index"]

READ_TENANT = """
    SELECT id, kek_id, wrapped, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) AS uncommitted
    FROM tenant_key WHERE tenant_id = $1 AND purpose = $2
"""
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


class KeyRing:
    """The KEK of this process and the tenant keys it opened in the last minute."""

    def __init__(self) -> None:
        self.kek: Kek | None = None
        self._opened: dict[tuple[UUID, Purpose], tuple[float, Key]] = {}

    def use(self, kek: Kek | None) -> None:
        """Sets the KEK and forgets every opened key."""
        self.kek = kek
        self.forget()

    def forget(self) -> None:
        """Forgets every opened key, so that the next use reads the database."""
        self._opened.clear()

    def required(self) -> Kek:
        """The KEK; raises RuntimeError before it was loaded."""
        if self.kek is None:
            raise RuntimeError("the KEK has not been loaded")
        return self.kek

    def recall(self, owner: UUID, purpose: Purpose) -> Key | None:
        until, key = self._opened.get((owner, purpose), (0.0, None))
        return key if time.monotonic() < until else None

    def remember(self, owner: UUID, purpose: Purpose, key: Key) -> Key:
        if len(self._opened) >= 512:
            self._opened.clear()
        self._opened[owner, purpose] = (time.monotonic() + REMEMBER, key)
        return key


RING = KeyRing()


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
    """The tenant's key for sealing (`data`) or for blind indexes (`index`); made at first use, remembered a minute.

    A key that this transaction itself made is not remembered: were it to roll back, others would seal with a lost key.
    """
    owner = _owner(tx)
    known = RING.recall(owner, purpose)
    if known is not None:
        return known
    row = await tx.fetchrow(READ_TENANT, owner, purpose)
    if row is None:
        return await _new_tenant_key(tx, owner, purpose)
    if row["wrapped"] is None:
        raise _erased()
    secret = RING.required().unwrap(row["kek_id"], row["wrapped"], wrapping(owner, row["id"], purpose))
    key = Key(row["id"], secret)
    return key if row["uncommitted"] else RING.remember(owner, purpose, key)


async def _new_tenant_key(tx: Transaction, owner: UUID, purpose: Purpose) -> Key:
    """Makes the key; when another transaction was first, reads that one. Not remembered: this may roll back."""
    kek, key = RING.required(), Key(new_id(), secrets.token_bytes(LENGTH))
    wrapped = kek.wrap(key.secret, wrapping(owner, key.id, purpose))
    made = await tx.execute(
        "INSERT INTO tenant_key (tenant_id, id, purpose, kek_id, wrapped, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, purpose) DO NOTHING",
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
    row = await tx.fetchrow(
        "SELECT id, wrapped FROM case_key WHERE tenant_id = $1 AND case_id = $2", tx.tenant_id, case_id
    )
    if row is None or row["wrapped"] is None:
        raise _erased()
    return opened(row["id"], unseal(await tenant_key(tx), _case(tx, case_id), row["wrapped"]))


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
