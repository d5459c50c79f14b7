"""What people decided in packs, as counts by layer and label; never a word of a text. It tells where the engine is too shy or too eager."""

from collections import Counter
from collections.abc import Iterable

from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.marks import BY_HAND, DOUBT, GONE, POINTED_OUT, Mark
from maatwerk.tenancy import Tx

REMOVED, RESTORED, CONFIRMED = "weggehaald", "teruggezet", "bevestigd"
ADD = """
    INSERT INTO anonymisation_count (tenant_id, layer, label, verdict, times) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant_id, layer, label, verdict) DO UPDATE SET times = anonymisation_count.times + excluded.times
"""


def corrections(items: Iterable[Item]) -> Counter[tuple[str, str, str]]:
    """How often (layer, label, verdict) occurs. What a person wrote himself counts as taken out by hand."""
    found: Counter[tuple[str, str, str]] = Counter()
    for item in items:
        for mark in item.content.marks:
            if mark.decision or mark.kind == BY_HAND:
                found[mark.layer.partition("+")[0] or BY_HAND, mark.kind, _verdict(mark)] += 1
    return found


async def count(tx: Tx, items: Iterable[Item]) -> None:
    """Adds what was decided of items that go out now; once for each, because what is out is final."""
    for (layer, label, verdict), number in sorted(corrections(items).items()):
        await tx.execute(ADD, tx.tenant_id, layer, label, verdict, number)


def _verdict(mark: Mark) -> str:
    if mark.kind == BY_HAND:
        return REMOVED
    if mark.kind in (DOUBT, POINTED_OUT):
        return REMOVED if mark.decision == GONE else CONFIRMED
    return CONFIRMED if mark.decision == GONE else RESTORED
