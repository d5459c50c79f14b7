"""Another data key for a tenant, or for people's accounts: it seals from now on, what the older one sealed is sealed anew page by page,
and the older one is destroyed when nothing names it any more. It may stop at any point; doing it again goes on.

Blind indexes hang on a root of their own (purpose `index`) and stay as they are.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto.keys import IDENTITY, make_tenant_key, opening_key, tenant_key
from maatwerk.crypto.ring import RING
from maatwerk.crypto.sealed import Sealed
from maatwerk.crypto.sealing import key_id_of, seal, unseal
from maatwerk.tenancy import Tx, named_scope, scope

PAGE = 500
# A process remembers the older key for a minute, and no transaction of ours lasts for minutes (db/engine.py).
SETTLING = timedelta(minutes=10)

STANDING = """
    SELECT id, retired_at FROM tenant_key WHERE tenant_id = $1 AND purpose = 'data' AND destroyed_at IS NULL
    ORDER BY id FOR UPDATE
"""
RETIRE = "UPDATE tenant_key SET retired_at = $2 WHERE tenant_id = $1 AND purpose = 'data' AND retired_at IS NULL"
DESTROY = """
    UPDATE tenant_key SET wrapped = NULL, destroyed_at = $2
    WHERE tenant_id = $1 AND purpose = 'data' AND retired_at <= $3 AND destroyed_at IS NULL
"""


async def begin(tenant_id: UUID | None) -> bool:
    """Makes a new active key, unless an older one still waits to be destroyed; False when there is no key at all."""
    async with _opened(tenant_id) as tx:
        owner = tenant_id or IDENTITY
        rows = await tx.fetch(STANDING, owner)
        if rows and not any(row["retired_at"] for row in rows):
            await tx.execute(RETIRE, owner, clock.now())
            await make_tenant_key(tx, owner, "data")
    RING.forget()
    return bool(rows)


async def reseal(tenant_id: UUID | None, place: Sealed) -> int:
    """Seals anew what older keys sealed in one table; answers how many rows it found."""
    found, after = 0, None
    while True:
        async with _opened(tenant_id) as tx:
            older = [row["id"].bytes for row in await tx.fetch(STANDING, tenant_id or IDENTITY) if row["retired_at"]]
            rows = await tx.fetch(_page(place, after), older, *(after or ())) if older else []
            for row in rows:
                await _reseal_row(tx, tenant_id or IDENTITY, place, row, older)
        if not rows:
            return found
        found, after = found + len(rows), tuple(rows[-1][name] for name in place.record)


async def finish(tenant_id: UUID | None, places: Sequence[Sealed]) -> datetime | None:
    """Destroys the older key, once no process can seal with it and nothing names it; else answers from when on it may be
    tried. None when there is no older key (any more)."""
    async with _opened(tenant_id) as tx:
        retired = [row["retired_at"] for row in await tx.fetch(STANDING, tenant_id or IDENTITY) if row["retired_at"]]
    if not retired:
        return None
    settled: datetime = max(retired) + SETTLING
    if clock.now() < settled:
        return settled
    while sum([await reseal(tenant_id, place) for place in places]):
        pass
    async with _opened(tenant_id) as tx:
        await tx.execute(DESTROY, tenant_id or IDENTITY, clock.now(), max(retired))
    RING.forget()
    return None


def of_owner(tenant_id: UUID | None, places: Sequence[Sealed]) -> list[Sealed]:
    """The places where an owner's key seals; None are people's accounts."""
    return [place for place in places if place.of_people == (tenant_id is None)]


async def _reseal_row(tx: Tx, owner: UUID, place: Sealed, row: Any, older: Sequence[bytes]) -> None:
    """Column by column, and only where the value is still the one that was read."""
    outer = await tenant_key(tx)
    for column in place.columns:
        blob = row[column]
        if blob is None or key_id_of(blob).bytes not in older:
            continue
        context = place.context(owner, column, row)
        plain = unseal(place.derive(await opening_key(tx, blob), owner, row), context, blob)
        fresh = seal(place.derive(outer, owner, row), context, plain)
        names = {place.key_column: outer.id} if place.key_column else {}
        await tx.execute(_update(place, column), blob, fresh, *(row[name] for name in place.record), *names.values())


def _page(place: Sealed, after: tuple[Any, ...] | None) -> str:
    """The next rows in which a column begins with the name of an older key (sealing.py, Layout)."""
    record = ", ".join(place.record)
    named = " OR ".join(f"substring({column} FROM 3 FOR 16) = ANY($1::bytea[])" for column in place.columns)
    onward = f"AND ({record}) > ({', '.join(f'${n}' for n in range(2, len(place.record) + 2))})" if after else ""
    return (
        f"SELECT {record}, {', '.join(place.columns)} FROM {place.table} WHERE ({named}) {onward}"  # noqa: S608 - ours
        f" ORDER BY {record} LIMIT {PAGE}"
    )


def _update(place: Sealed, column: str) -> str:
    last = len(place.record) + 2
    record = " AND ".join(f"{name} = ${n}" for n, name in enumerate(place.record, 3))
    names = f", {place.key_column} = ${last + 1}" if place.key_column else ""
    return f"UPDATE {place.table} SET {column} = $2{names} WHERE {column} = $1 AND {record}"  # noqa: S608 - ours


def _opened(tenant_id: UUID | None) -> Tx:
    return named_scope("identity") if tenant_id is None else scope(tenant_id, None)
