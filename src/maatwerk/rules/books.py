"""Books: append-only entries in a unit, folded to what is reserved, committed and paid; the policy decides at a commitment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from maatwerk.rules.acts import Act, Effect
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import BookDef


@dataclass(frozen=True)
class Balance:
    """What one case holds on a book, in its unit; `over` is what its commitments went past the ceiling."""

    reserved: int = 0
    committed: int = 0
    paid: int = 0
    over: int = 0

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
            case "betalen":
                return replace(self, paid=self.paid + amount)
        return self


def reversals(acts: list[Act], steps: frozenset[str]) -> tuple[Effect, ...]:
    """The entries that undo what acts within `steps` booked since each was last undone, for an act that goes back."""
    booked: dict[tuple[str, str], int] = {}
    for act in acts:
        result = act.consequences
        if result.reopened:
            booked = {place: amount for place, amount in booked.items() if place[0] not in result.reopened}
            continue
        for effect in result.effects:
            if effect.kind in ("vastleggen", "vrijgeven") and effect.book:
                sign = 1 if effect.kind == "vastleggen" else -1
                place = (result.step, effect.book)
                booked[place] = booked.get(place, 0) + sign * effect.amount
    sums: dict[str, int] = {}
    for (step, book), amount in booked.items():
        sums[book] = sums.get(book, 0) + (amount if step in steps else 0)
    return tuple(Effect("vrijgeven", book=book, amount=amount) for book, amount in sums.items() if amount)


def verdict(book: BookDef, amount: int, room: int | None) -> tuple[int, Reason | None]:
    """(by how much the ceiling is passed, refusal) for a commitment of `amount` with `room` left (None: no ceiling known)."""
    if room is None or amount <= room:
        return 0, None
    over = amount - max(room, 0)
    if book.policy != "hard":
        return over, None
    message = f"{book.title}: er is onvoldoende ruimte voor dit besluit."
    return over, Reason("plafond", message, "Pas het bedrag aan of verhoog het budget.", "")


def at_limit(book: BookDef, amount: int, room: int | None) -> tuple[Effect, ...]:
    """What a book asks when a commitment goes past its ceiling, or brings it to its floor or further."""
    follow = book.on_limit
    reached = room is not None and (amount >= room if book.policy == "vloer" else amount > room)
    if not reached:
        return ()
    task = (Effect("taak", title=follow.task, audience=follow.role),) if follow.task else ()
    notice = (Effect("melding", text=follow.text, audience=follow.role),) if follow.text else ()
    return (*task, *notice)


def case_context(found: Mapping[str, Balance], books: Mapping[str, BookDef]) -> dict[str, dict[str, int]]:
    """`zaak.<boek>` for conditions; every book of the scheme is there."""
    return {
        name: {
            "gereserveerd": found.get(name, Balance()).reserved,
            "vastgelegd": found.get(name, Balance()).committed,
            "betaald": found.get(name, Balance()).paid,
            "overschrijding": found.get(name, Balance()).over,
        }
        for name in books
    }
