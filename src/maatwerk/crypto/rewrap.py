"""A new KEK: every tenant's keys are wrapped again by the active one. It may stop at any point and be run again; what
the keys sealed stays as it is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from maatwerk.crypto.kek import Kek
from maatwerk.crypto.keys import wrapping
from maatwerk.crypto.ring import RING
from maatwerk.db import Transaction
from maatwerk.tenancy import named_scope, scope, tenant_ids

WAITING = """
    SELECT tenant_id, id, purpose, kek_id, wrapped FROM tenant_key
    WHERE kek_id <> $1 AND wrapped IS NOT NULL ORDER BY id FOR UPDATE
"""
REWRAP = "UPDATE tenant_key SET wrapped = $3, kek_id = $4 WHERE tenant_id = $1 AND id = $2"


@dataclass(frozen=True)
class Rewrapped:
    """How many keys of an owner had an older KEK; the owner is a tenant's code, or empty for people's own keys."""

    owner: str
    keys: int


async def rewrap() -> AsyncIterator[Rewrapped]:
    """Wraps owner by owner, each in one transaction, and tells of each when it has been committed.

    Raises Unreadable at the first key that no KEK of the file opens; owners before it are done.
    """
    owners: dict[str, UUID | None] = {"": None, **await tenant_ids()}
    for code, tenant_id in owners.items():
        async with named_scope("identity") if tenant_id is None else scope(tenant_id, None) as tx:
            count = await _rewrap_here(tx, RING.required())
        yield Rewrapped(code, count)


async def _rewrap_here(tx: Transaction, kek: Kek) -> int:
    rows = await tx.fetch(WAITING, kek.active)
    for row in rows:
        bound = wrapping(row["tenant_id"], row["id"], row["purpose"])
        secret = kek.unwrap(row["kek_id"], row["wrapped"], bound)
        await tx.execute(REWRAP, row["tenant_id"], row["id"], kek.wrap(secret, bound), kek.active)
    return len(rows)
