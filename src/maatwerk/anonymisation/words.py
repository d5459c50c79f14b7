"""The words that a partnership decided on for good: institutions to take out, words to leave. Data of the tenant; never a person's name,
because a word holds for every case, also that of a child who is called so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from maatwerk.tenancy import Tx

WordKind = Literal["weghalen", "laten_staan"]
REMOVE: Final = "weghalen"
KEEP: Final = "laten_staan"
MOST = 1_000
ALL = "SELECT id, kind, word, added_by, added_at FROM anonymisation_word WHERE tenant_id = $1 ORDER BY lower(word), id"
COUNTS = """
    SELECT layer, label, verdict, times FROM anonymisation_count WHERE tenant_id = $1 ORDER BY times DESC, layer, label, verdict
"""


@dataclass(frozen=True)
class TenantWord:
    """`added_by` is the membership of who decided it."""

    id: UUID
    kind: WordKind
    word: str
    added_by: UUID | None
    added_at: datetime


@dataclass(frozen=True)
class Correction:
    """How often people decided so of what a layer found under a label."""

    layer: str
    label: str
    verdict: str
    times: int


async def words_of(tx: Tx) -> list[TenantWord]:
    """Every word of the tenant, by the alphabet."""
    return [_word(row) for row in await tx.fetch(ALL, tx.tenant_id)]


async def tenant_words(tx: Tx) -> dict[WordKind, list[str]]:
    """The words by what becomes of them, for the engine."""
    found = await words_of(tx)
    return {kind: [each.word for each in found if each.kind == kind] for kind in (REMOVE, KEEP)}


async def corrections_of(tx: Tx) -> list[Correction]:
    """The counts of the tenant, the largest first."""
    return [Correction(**dict(row)) for row in await tx.fetch(COUNTS, tx.tenant_id)]


def _word(row: Any) -> TenantWord:
    return TenantWord(**dict(row))
