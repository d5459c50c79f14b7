"""Where words stand in a text by themselves: a thousand of them in one reading of it, in any case and with any space between. Of two
that overlap the first that was asked for is the one that stands there."""

import re
from bisect import bisect, insort
from collections.abc import Callable, Iterable
from typing import NamedTuple

_RUN = re.compile(r"\w+")


class Spot(NamedTuple):
    """[first, last) of a text, and which of the words that were asked for stands there."""

    first: int
    last: int
    rank: int


class Spotter:
    """Finds words, or several in a row; each is read once, however many texts are searched."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_run: dict[str, list[tuple[int, int, re.Pattern[str]]]] = {}
        self._others: list[tuple[int, re.Pattern[str]]] = []
        for rank, word in enumerate(word for word in words if word.split()):
            spoken = " ".join(word.split())
            found, run = _standing(spoken), _RUN.search(spoken)
            if run is None or " " in spoken[: run.start()]:
                self._others.append((rank, found))
            else:
                self._by_run.setdefault(_alike(run.group()), []).append((rank, run.start(), found))

    def spots(self, text: str, free: Callable[[int, int], bool] = lambda first, last: True) -> list[Spot]:
        """The places in order, none of which overlaps another; only those that are `free`."""
        found = [Spot(*match.span(), rank) for rank, pattern in self._others for match in pattern.finditer(text)]
        for run in _RUN.finditer(text) if self._by_run else ():
            for rank, before, pattern in self._by_run.get(_alike(run.group()), ()):
                match = pattern.match(text, run.start() - before) if run.start() >= before else None
                if match is not None:
                    found.append(Spot(*match.span(), rank))
        return _apart(spot for spot in found if free(spot.first, spot.last))


def same_word(text: str) -> str:
    """A marked word as it is compared with others: without case or kind of space, as a spotter finds it."""
    return _alike(" ".join(text.split()))


def _apart(found: Iterable[Spot]) -> list[Spot]:
    taken: list[Spot] = []
    for spot in sorted(found, key=lambda spot: (spot.rank, spot.first)):
        place = bisect(taken, spot)
        before, after = taken[place - 1 : place], taken[place : place + 1]
        if not any(each.last > spot.first for each in before) and not any(each.first < spot.last for each in after):
            insort(taken, spot)
    return taken


def _standing(spoken: str) -> re.Pattern[str]:
    between = r"\s+".join(map(re.escape, spoken.split()))
    return re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE)


def _alike(run: str) -> str:
    """The same for every run that a pattern without case takes for the same; it has one i more than a casefolded text."""
    return run.casefold().replace("i̇", "i").replace("ı", "i")
