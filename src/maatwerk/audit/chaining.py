"""The chain over the audit trail, per tenant and epoch: each hash covers an entry and the hash before it. One writer
appends it after COMMIT; a tenant that was restored from a backup starts a new epoch."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.crypto.sealing import bind
from maatwerk.db import Transaction
from maatwerk.tenancy import scope

BATCH = 500

PENDING = """
    SELECT e.tenant_id, e.seq, e.at, e.actor_id, e.what, e.object_kind, e.object_id, e.ground, e.details
    FROM audit_pending p JOIN audit_entry e USING (tenant_id, seq)
    WHERE p.tenant_id = $1 ORDER BY p.seq LIMIT $2
"""
LAST = """
    SELECT epoch, position, hash FROM audit_link WHERE tenant_id = $1 ORDER BY epoch DESC, position DESC LIMIT 1
"""
LINK = """
    INSERT INTO audit_link (tenant_id, epoch, position, seq, hash)
    SELECT $1, $2, l.position, l.seq, l.hash FROM unnest($3::bigint[], $4::bigint[], $5::bytea[])
        AS l (position, seq, hash)
"""


@dataclass(frozen=True)
class Head:
    """The end of a tenant's chain."""

    epoch: int
    position: int
    hash: bytes


def genesis(tenant_id: UUID, epoch: int) -> bytes:
    """What the first link of an epoch has for the hash before it."""
    return hashlib.sha256(bind("audit", tenant_id, str(epoch))).digest()


def digest(entry: Any, previous: bytes) -> bytes:
    """The hash of an entry, a row with every column of audit_entry, after the hash `previous`."""
    details = json.dumps(entry["details"], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    names = ("tenant_id", "seq", "actor_id", "what", "object_kind", "object_id", "ground")
    values = ["-" if entry[name] is None else f"+{entry[name]}" for name in names]
    return hashlib.sha256(bind(*values, entry["at"].isoformat(), details, previous)).digest()


async def head(tx: Transaction) -> Head:
    """The end of this tenant's chain, or the beginning of the first epoch."""
    row = await tx.fetchrow(LAST, tx.tenant_id)
    return Head(*row.values()) if row else Head(1, 0, genesis(tx.tenant_id, 1))


async def chain(tenant_id: UUID) -> int:
    """Links what is pending, at most 500 entries, and tells how many; 0 also while another writer is busy."""
    async with scope(tenant_id, None) as tx:
        if not await tx.fetchval("SELECT pg_try_advisory_xact_lock(36, hashtext($1))", str(tenant_id)):
            return 0
        entries = await tx.fetch(PENDING, tenant_id, BATCH)
        if entries:
            await _append(tx, entries)
        return len(entries)


async def _append(tx: Transaction, entries: list[Any]) -> None:
    last = await head(tx)
    seqs, hashes, previous = [entry["seq"] for entry in entries], [], last.hash
    for entry in entries:
        previous = digest(entry, previous)
        hashes.append(previous)
    positions = list(range(last.position + 1, last.position + 1 + len(entries)))
    await tx.execute(LINK, tx.tenant_id, last.epoch, positions, seqs, hashes)
    await tx.execute("DELETE FROM audit_pending WHERE tenant_id = $1 AND seq = ANY($2)", tx.tenant_id, seqs)


async def start_epoch(tx: Transaction) -> int:
    """Begins a new epoch for this tenant, after it was restored; answers its number."""
    epoch = (await head(tx)).epoch + 1
    await tx.execute(LINK, tx.tenant_id, epoch, [0], [-epoch], [genesis(tx.tenant_id, epoch)])
    return epoch
