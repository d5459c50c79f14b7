"""Where an entry lies and what room there is: a book, or the part of it that a case belongs to, and its envelope when it was
locked. What the case itself booked since then is told apart by what it had in the envelope at that moment.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple


class Pot(NamedTuple):
    """A book, and one of its parts when it has any (a municipality, a district, a school board)."""

    book: str
    part: str = ""


@dataclass(frozen=True)
class Room:
    """An envelope in the unit of its book: its ceiling (None: none is known), what all cases reserved and committed, which part
    of that is this case's own, and up to which threshold (a percentage) people were told."""

    ceiling: int | None = None
    reserved: int = 0
    committed: int = 0
    own_reserved: int = 0
    own_committed: int = 0
    told: int = 0

    def with_own(self, reserved: int, committed: int) -> "Room":
        """The same envelope when this case has this in it by now."""
        others = self.reserved - self.own_reserved, self.committed - self.own_committed
        return replace(
            self,
            reserved=others[0] + reserved,
            committed=others[1] + committed,
            own_reserved=reserved,
            own_committed=committed,
        )

    @property
    def free(self) -> int | None:
        """What this case may still commit: nobody's yet, or reserved for the case itself."""
        return None if self.ceiling is None else self.ceiling - self.reserved - self.committed + self.own_reserved
