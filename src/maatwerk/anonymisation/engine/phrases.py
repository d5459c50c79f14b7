"""Phrases of several words found in a text, whatever stands between their words: space, line break, dash, dot."""

from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.reading import Reading

_LOOSE = frozenset(" \t\n\r\u00a0.-_'/,&")


class Phrases:
    """An index by first and second word; the longest phrase wins."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        several = []
        for phrase in phrases:
            if phrase:
                groups = self._by_first.get(phrase[0])
                if groups is None:
                    groups = self._by_first[phrase[0]] = {}
                second = phrase[1] if len(phrase) > 1 else ""
                if second in groups:
                    groups[second].append(phrase)
                    several.append(groups[second])
                else:
                    groups[second] = [phrase]
        for group in several:
            group.sort(key=len, reverse=True)

    def at(self, reading: Reading, index: int) -> tuple[str, ...]:
        """The longest phrase that begins at this word; empty when none does."""
        groups = self._by_first.get(reading.lows[index])
        if groups is None:
            return ()
        following = reading.lows[index + 1]
        for phrase in groups.get(following, ()) if following else ():
            if _matches(reading, index, phrase):
                return phrase
        return groups[""][0] if "" in groups else ()

    def found_in(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Ranges of word numbers, first and one past the last, not overlapping."""
        done = 0
        for index in self.openings(reading):
            length = len(self.at(reading, index)) if index >= done else 0
            if length:
                done = index + length
                yield index, done

    def singles(self) -> list[str]:
        """The phrases of one word."""
        return sorted(first for first, groups in self._by_first.items() if "" in groups)

    def openings(self, reading: Reading) -> list[int]:
        """The numbers of the words with which a phrase may begin, by its first two words."""
        found, lows = [], reading.lows
        for first in self._by_first.keys() & reading.places.keys():
            groups, places = self._by_first[first], reading.places[first]
            found += places if "" in groups else [at for at in places if lows[at + 1] in groups]
        return sorted(found)


def _matches(reading: Reading, index: int, phrase: tuple[str, ...]) -> bool:
    if index + len(phrase) > len(reading.words):
        return False
    for step in range(1, len(phrase)):
        if reading.lows[index + step] != phrase[step] or not loose(reading.gap(index + step - 1)):
            return False
    return True


def loose(gap: str) -> bool:
    """Whether a gap may stand between the words of one name."""
    return len(gap) <= 3 and all(character in _LOOSE for character in gap)
