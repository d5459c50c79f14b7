"""Whom schools think involved, by the names that they gave: sealed with the case's key, because people write more than was
asked. An open suspicion keeps off everybody whom the name may mean, until the ondersteuner has said what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from maatwerk.cases.case import Case
from maatwerk.crypto import Context, Key, unseal
from maatwerk.rules.involvement import Part
from maatwerk.tenancy import Tx

Verdict = Literal["", "bevestigd", "verworpen"]
OF_CASES = """
    SELECT id, case_id, name, what, reported_at, verdict, membership_id FROM suspicion
    WHERE tenant_id = $1 AND case_id = ANY($2) ORDER BY reported_at, id
"""


@dataclass(frozen=True)
class Suspicion:
    """A name and how its bearer is thought to be involved; `membership_id` is of whom it turned out to be."""

    id: UUID
    case_id: UUID
    name: str = field(repr=False)
    what: Part
    reported_at: datetime
    verdict: Verdict
    membership_id: UUID | None


async def suspicions(tx: Tx, cases: Sequence[Case]) -> list[Suspicion]:
    """Every suspicion in these cases, settled ones too, in order; of an erased case none can be read."""
    keys = {case.id: case.key for case in cases if case.key is not None}
    rows = await tx.fetch(OF_CASES, tx.tenant_id, list(keys))
    return [_opened(tx, keys[row["case_id"]], row) for row in rows]


def _opened(tx: Tx, key: Key, row: Any) -> Suspicion:
    return Suspicion(**{**dict(row), "name": unseal(key, place(tx, row["id"]), row["name"]).decode()})


def place(tx: Tx, suspicion_id: UUID) -> Context:
    """Where a name is sealed."""
    return Context(tx.tenant_id, "suspicion", "name", suspicion_id)
