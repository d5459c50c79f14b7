"""Phrases of several words found in a text, whatever stands between their words: space, line break, dash, dot."""

from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.reading import Reading

_LOOSE = frozenset(" \t\n\r\u00a0.-_'/,")


class Phrases:
    """An index by first word; the longest phrase wins."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)
        for group in self._by_first.values():
            group.sort(key=len, reverse=True)

    def at(self, reading: Reading, index: int) -> tuple[str, ...]:
        """The longest phrase that begins at this word; empty when none does."""
        for phrase in self._by_first.get(reading.words[index].low, ()):
            if _matches(reading, index, phrase):
                return phrase
        return ()

    def found_in(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Ranges of word numbers, first and one past the last, not overlapping."""
        index = 0
        while index < len(reading.words):
            length = len(self.at(reading, index))
            if length:
                yield index, index + length
            index += length or 1


def _matches(reading: Reading, index: int, phrase: tuple[str, ...]) -> bool:
    if index + len(phrase) > len(reading.words):
        return False
    for step in range(1, len(phrase)):
        if reading.words[index + step].low != phrase[step] or not loose(reading.gap(index + step - 1)):
            return False
    return True


def loose(gap: str) -> bool:
    """Whether a gap may stand between the words of one name."""
    return len(gap) <= 3 and all(character in _LOOSE for character in gap)
