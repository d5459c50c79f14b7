"""Books: append-only entries in a unit, folded to what is reserved, committed and paid; the policy decides at a commitment."""

from collections.abc import Mapping
from dataclasses import dataclass

from maatwerk.rules.acts import Act, Effect
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import BookDef


@dataclass(frozen=True)
class Balance:
    """What one case holds on a book, in its unit."""

    reserved: int = 0
    committed: int = 0
    paid: int = 0

    def with_entry(self, effect: Effect) -> "Balance":
        match effect.kind:
            case "reserveren":
                return Balance(self.reserved + effect.amount, self.committed, self.paid)
            case "vastleggen":
                return Balance(max(self.reserved - effect.amount, 0), self.committed + effect.amount, self.paid)
            case "vrijgeven":
                held = min(self.reserved, effect.amount)
                return Balance(self.reserved - held, self.committed - (effect.amount - held), self.paid)
            case "betalen":
                return Balance(self.reserved, self.committed, self.paid + effect.amount)
        return self


def balances(acts: list[Act]) -> dict[str, Balance]:
    """Book -> what the case holds on it, from the stored consequences."""
    found: dict[str, Balance] = {}
    for act in acts:
        for effect in act.consequences.effects:
            if effect.book:
                found[effect.book] = found.get(effect.book, Balance()).with_entry(effect)
    return found


def reversals(acts: list[Act], steps: frozenset[str]) -> tuple[Effect, ...]:
    """The entries that undo what acts within `steps` booked, for an act that goes back."""
    sums: dict[str, int] = {}
    for act in acts:
        for effect in act.consequences.effects:
            if effect.kind in ("vastleggen", "vrijgeven") and effect.book and act.consequences.step in steps:
                sign = 1 if effect.kind == "vastleggen" else -1
                sums[effect.book] = sums.get(effect.book, 0) + sign * effect.amount
    return tuple(Effect("vrijgeven", book=book, amount=amount) for book, amount in sums.items() if amount)


def verdict(book: BookDef, amount: int, room: int | None) -> tuple[int, Reason | None]:
    """(by how much the ceiling is passed, refusal) for a commitment of `amount` with `room` left (None: no ceiling known)."""
    if room is None or amount <= room:
        return 0, None
    over = amount - max(room, 0)
    if book.policy == "hard":
        return over, Reason(
            "plafond",
            f"{book.title}: er is onvoldoende ruimte voor dit besluit.",
            "Pas het bedrag aan of verhoog het budget.",
            "",
        )
    return over, None


def case_context(found: Mapping[str, Balance], books: Mapping[str, BookDef]) -> dict[str, dict[str, int]]:
    """`zaak.<boek>` for conditions; every book of the scheme is there."""
    return {
        name: {
            "gereserveerd": found.get(name, Balance()).reserved,
            "vastgelegd": found.get(name, Balance()).committed,
            "betaald": found.get(name, Balance()).paid,
        }
        for name in books
    }
