"""The escalation ladder at work: on which level a case is, who sit there, what its outcome is worth, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass

from maatwerk.rules.clocks import Clock
from maatwerk.rules.cooperation import LevelDef
from maatwerk.rules.history import History
from maatwerk.rules.scheme import Scheme


@dataclass(frozen=True)
class Rung:
    """A case on a ladder: level `number` of `count`, whether its step is open now, and the level after it (None: it is the last).
    `clock` is the term of this level, when it runs."""

    id: str
    title: str
    number: int
    count: int
    level: LevelDef
    is_open: bool
    next: LevelDef | None
    clock: Clock | None

    @property
    def words(self) -> str:
        """`niveau 2 van 3`."""
        return f"niveau {self.number} van {self.count}"


def rungs(scheme: Scheme, history: History, running: Mapping[str, Clock]) -> tuple[Rung, ...]:
    """Where the case is on every ladder that it has set foot on: the highest level that opened."""
    found = []
    for name, ladder in scheme.ladders.items():
        reached = [n for n, level in enumerate(ladder.levels) if history.steps[level.step].opened_on is not None]
        if not reached:
            continue
        at = reached[-1]
        level, coming = ladder.levels[at], ladder.levels[at + 1 : at + 2]
        is_open = history.steps[level.step].status == "open"
        rung = Rung(name, ladder.title, at + 1, len(ladder.levels), level, is_open, next(iter(coming), None),
                    running.get(level.clock))  # fmt: skip
        found.append(rung)
    return tuple(found)
