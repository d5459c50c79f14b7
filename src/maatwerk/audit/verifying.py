"""Reading the audit chain back. It names the first row that is not what was chained; an owner of the database who
rewrites the whole chain is caught only by a head that was noted elsewhere, so the head is told too."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.audit.chaining import Head, digest, genesis
from maatwerk.db import Transaction
from maatwerk.tenancy import scope

BATCH = 2000

LINKS = """
    SELECT l.epoch, l.position, l.seq AS linked, l.hash, e.seq IS NULL AS missing,
           e.tenant_id, e.seq, e.at, e.actor_id, e.what, e.object_kind, e.object_id, e.ground, e.details
    FROM audit_link l LEFT JOIN audit_entry e ON e.tenant_id = l.tenant_id AND e.seq = l.seq
    WHERE l.tenant_id = $1 AND (l.epoch, l.position) > ($2, $3) ORDER BY l.epoch, l.position LIMIT $4
"""
UNLINKED = """
    SELECT e.seq FROM audit_entry e
    WHERE e.tenant_id = $1
      AND NOT EXISTS (SELECT FROM audit_link l WHERE l.tenant_id = e.tenant_id AND l.seq = e.seq)
      AND NOT EXISTS (SELECT FROM audit_pending p WHERE p.tenant_id = e.tenant_id AND p.seq = e.seq)
    ORDER BY e.seq LIMIT 1
"""


@dataclass(frozen=True)
class Verdict:
    """What reading the chain found: how many links hold, its end, what waits, and the first broken row if any."""

    links: int
    head: Head
    pending: int
    broken_seq: int | None = None
    fault: str = ""


async def verify(tenant_id: UUID) -> Verdict:
    """Reads one tenant's whole chain; `fault` is Dutch."""
    async with scope(tenant_id, None, read_only=True) as tx:
        pending = await tx.fetchval("SELECT count(*) FROM audit_pending WHERE tenant_id = $1", tenant_id)
        count, last = 0, Head(1, 0, genesis(tenant_id, 1))
        while rows := await tx.fetch(LINKS, tenant_id, last.epoch, last.position, BATCH):
            for row in rows:
                if fault := _fault(row, last, tenant_id):
                    return Verdict(count, last, pending, row["linked"], fault)
                count, last = count + 1, Head(row["epoch"], row["position"], row["hash"])
        return await _unlinked(tx, Verdict(count, last, pending))


def _fault(row: Any, last: Head, tenant_id: UUID) -> str:
    """Why this link does not follow on the last one, or nothing."""
    if row["epoch"] == last.epoch + 1 and row["position"] == 0:
        return "" if row["hash"] == genesis(tenant_id, row["epoch"]) else "het begin van een nieuw tijdvak klopt niet"
    if row["epoch"] != last.epoch or row["position"] != last.position + 1:
        return "hiervoor ontbreekt een schakel"
    if row["missing"]:
        return "de regel is verwijderd"
    return "" if row["hash"] == digest(row, last.hash) else "de regel of haar schakel is veranderd"


async def _unlinked(tx: Transaction, verdict: Verdict) -> Verdict:
    """An entry that is neither linked nor waiting was slipped in, or its link was taken away."""
    seq = await tx.fetchval(UNLINKED, tx.tenant_id)
    if seq is None:
        return verdict
    fault = "de regel hoort niet bij de keten"
    return Verdict(verdict.links, verdict.head, verdict.pending, seq, fault)
