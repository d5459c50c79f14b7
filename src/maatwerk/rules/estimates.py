"""What was expected of a book beforehand, and for how many pupils a case has something committed in an envelope. A group counts its
pupils when money is committed; what happens to the group afterwards changes the grant of nobody, so it changes no count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance
from maatwerk.rules.scheme import BookDef, EstimateDef, Scheme


def estimate_of(book: BookDef, part: str = "") -> EstimateDef | None:
    """What was expected of a book, or of one of its parts, in every period."""
    return book.part_estimates.get(part, book.estimate)


def planned(book: BookDef) -> list[int]:
    """The expected amounts, one per pupil, of all parts that the scheme names; empty without an estimate."""
    found = [estimate_of(book, part) for part in book.parts or book.part_estimates or ("",)]
    return [each.average for each in found if each is not None for _ in range(each.pupils)]


def pupils_of(scheme: Scheme, answers: Mapping[str, Any]) -> int | None:
    """Whom a case is about, counted; None when its answers don't tell (any more)."""
    if scheme.subject.kind == "individu":
        return 1
    named = answers.get(scheme.subject.field) if scheme.subject.kind == "groep" else None
    return len(named) if isinstance(named, list) and named else None


@dataclass(frozen=True)
class Share:
    """What one case has in an envelope, and for how many pupils its commitments there are; None: nobody knows."""

    balance: Balance = Balance()
    pupils: int | None = 0

    @property
    def counted(self) -> int:
        """What is committed for pupils whose number is known."""
        return 0 if self.pupils is None else self.balance.committed

    def posted(self, effect: Effect, pupils: int | None) -> "Share":
        """With an entry of before; `pupils` is by how many that changed their number."""
        number = None if pupils is None else (self.pupils or 0) + pupils
        return Share(self.balance.with_entry(effect), number)

    def after(self, effect: Effect, pupils: int | None) -> "Share":
        """With a new entry of a case that is about so many pupils: who has nothing left does not count."""
        balance = self.balance.with_entry(effect)
        if balance.committed <= 0:
            return Share(balance, 0)
        begins = effect.kind == "vastleggen" or self.balance.committed <= 0
        return Share(balance, (pupils or self.pupils or None) if begins else self.pupils)

    def moved(self, after: "Share") -> int | None:
        """By how many pupils an entry changed the number; None when it is not known."""
        return None if after.pupils is None else after.pupils - (self.pupils or 0)
