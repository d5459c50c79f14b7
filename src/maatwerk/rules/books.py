"""Books: append-only entries in a unit, folded to what is reserved, committed, settled and paid. An entry is never changed: going
back adds entries that undo.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from maatwerk.rules.acts import Act, Effect
from maatwerk.rules.money import euro
from maatwerk.rules.rooms import Pot
from maatwerk.rules.scheme import BookDef

BOOK_SUMS: Final = ("gereserveerd", "vastgelegd", "betaald", "overschrijding", "vastgesteld", "verleend")


@dataclass(frozen=True)
class Balance:
    """What one case holds on a book, in its unit: `over` is what its commitments went past the ceiling, `settled` what was
    fixed afterwards (Awb 4:46) and `returned` what then went back, so that `granted` still tells what was granted."""

    reserved: int = 0
    committed: int = 0
    paid: int = 0
    over: int = 0
    settled: int = 0
    returned: int = 0

    @property
    def granted(self) -> int:
        return self.committed + self.returned

    def with_entry(self, effect: Effect) -> "Balance":
        amount = effect.amount
        match effect.kind:
            case "reserveren":
                return replace(self, reserved=self.reserved + amount)
            case "vastleggen":
                left = max(self.reserved - amount, 0)
                return replace(self, reserved=left, committed=self.committed + amount, over=self.over + effect.over)
            case "vrijgeven":
                held = min(self.reserved, amount)
                freed = amount - held
                over = max(self.over - freed, 0)
                return replace(self, reserved=self.reserved - held, committed=self.committed - freed, over=over)
            case "vaststellen":
                return replace(self, settled=self.settled + amount)
            case "teruggeven":
                over = max(self.over - max(amount, 0), 0)
                return replace(self, committed=self.committed - amount, returned=self.returned + amount, over=over)
            case "terugdraaien":
                return replace(self, committed=self.committed - amount, over=self.over + effect.over)
            case "betalen":
                return replace(self, paid=self.paid + amount)
        return self

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: "Balance") -> "Balance":
        return Balance(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))


def pot_of(effect: Effect) -> Pot:
    return Pot(effect.book, effect.part)


def with_entries(held: Mapping[Pot, Balance], effects: Iterable[Effect]) -> dict[Pot, Balance]:
    """What a case holds in each pot after the effects that book something."""
    found = dict(held)
    for effect in effects:
        if effect.book:
            found[pot_of(effect)] = found.get(pot_of(effect), Balance()).with_entry(effect)
    return found


def totals(held: Mapping[Pot, Balance]) -> dict[str, Balance]:
    """What a case holds per book, its parts together."""
    found: dict[str, Balance] = {}
    for pot, balance in held.items():
        found[pot.book] = found.get(pot.book, Balance()) + balance
    return found


def reversals(acts: Sequence[Act], steps: frozenset[str]) -> tuple[Effect, ...]:
    """The entries that undo what acts within `steps` booked since each was last undone, for an act that goes back."""
    held: dict[Pot, Balance] = {}
    moved: dict[tuple[str, Pot], Balance] = {}
    for act in acts:
        result, before = act.consequences, held
        held = with_entries(held, result.effects)
        if result.reopened:
            moved = {at: balance for at, balance in moved.items() if at[0] not in result.reopened}
            continue
        for pot in {pot_of(effect): None for effect in result.effects if effect.book}:
            at = (result.step, pot)
            moved[at] = moved.get(at, Balance()) + (held[pot] - before.get(pot, Balance()))
    undone: dict[Pot, Balance] = {}
    for (step, pot), balance in moved.items():
        if step in steps:
            undone[pot] = undone.get(pot, Balance()) + balance
    return tuple(effect for pot, balance in undone.items() for effect in _undoing(pot, balance, held[pot]))


def _undoing(pot: Pot, moved: Balance, held: Balance) -> Iterable[Effect]:
    """Never more than the case still holds: another act may have freed some of it since."""
    granted = min(moved.granted, held.granted)
    wanted = (
        ("reserveren", -min(moved.reserved, held.reserved), 0),
        ("vaststellen", -min(moved.settled, held.settled), 0),
        ("teruggeven", -min(moved.returned, held.returned), 0),
        ("terugdraaien", granted, -min(moved.over, held.over)),
    )
    for kind, amount, over in wanted:
        if amount or over:
            yield Effect(kind, pot.book, amount, over, part=pot.part)


def title_of(book: BookDef, part: str) -> str:
    return f"{book.title} ({part})" if part else book.title


def in_unit(unit: str, amount: int) -> str:
    """`€ 28.500,00`, or `3 traject`."""
    return euro(amount) if unit == "eurocent" else f"{amount} {unit}"


def case_context(found: Mapping[str, Balance], books: Iterable[str]) -> dict[str, dict[str, int]]:
    """`zaak.<boek>` for conditions; every book of the scheme is there."""
    return {name: sums_of(found.get(name, Balance())) for name in books}


def sums_of(held: Balance) -> dict[str, int]:
    """The sums of a balance by their Dutch names."""
    return dict(
        zip(BOOK_SUMS, (held.reserved, held.committed, held.paid, held.over, held.settled, held.granted), strict=True)
    )
