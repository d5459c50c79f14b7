"""The own school and municipality with a slip of the pen, or broken by a scan: De Regenbog, Ridder kerk, NYMEGEN, R'dam. They stay, unless
the word is as near to a known person's name; what they are nearly called may also be somebody else, so a sure finding of one beats them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.broken import Whole, broken, whole
from maatwerk.anonymisation.engine.kinds import form
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.persons import Person
from maatwerk.anonymisation.engine.phrases import loose
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.sounds import nearest, sound, targets

Names = tuple[tuple[str, ...], ...]
_LEAST = 5
_LONG = 9
_ARTICLES = frozenset(("de", "het", "t", "den"))


def nearly_own(
    reading: Reading, schools: Names, towns: Names, persons: tuple[Person, ...]
) -> Iterator[tuple[int, int]]:
    """Spans of the reading, in any order."""
    names = (*schools, *towns)
    for start, end, _ in broken(reading, _wholes(names)):
        yield start, end
    for begin, end in _slips(reading, names, persons):
        yield reading.words[begin].start, reading.words[end - 1].end
    yield from _shortened(reading, towns)


@lru_cache(maxsize=256)
def _wholes(names: Names) -> tuple[Whole, ...]:
    return tuple(whole(words) for words in names if len("".join(words)) >= _LEAST)


def _slips(reading: Reading, names: Names, persons: tuple[Person, ...]) -> Iterator[tuple[int, int]]:
    """Ranges of words that are one of the names but for a slip in a word of five letters or more."""
    known, listed = None, lexicon().words
    strange = [low for low in reading.places if len(low) >= _LEAST - 1 and low not in listed]
    for words in names:
        lead = next((at for at, word in enumerate(words) if len(word) >= _LEAST), None)
        if lead is None:
            continue
        exact = [words[lead]] if len(words) > 1 and words[lead] in reading.places else []
        for low in (*exact, *_alike(strange, words[lead])):
            known = targets(persons) if known is None else known
            if nearest(low, known):
                continue
            for at in reading.places[low]:
                begin, end = at - lead, at - lead + len(words)
                if begin >= 0 and end <= len(reading.words) and _is_one(reading, begin, words):
                    yield _with_article(reading, begin), end


def _alike(lows: Iterable[str], name: str) -> list[str]:
    """The words that are this one but for a slip."""
    most = 2 if len(name) >= _LONG else 1
    ends = name[0], name[-1]
    return [
        low
        for low in lows
        if (low[0] == ends[0] or low[-1] == ends[1])
        and abs(len(low) - len(name)) <= most
        and low != name
        and _near(low, name)
    ]


@lru_cache(maxsize=20_000)
def _near(low: str, name: str) -> bool:
    if low == name:
        return True
    most = 2 if len(name) >= _LONG else 1
    return low not in lexicon().words and (
        OSA.distance(low, name, score_cutoff=most) <= most or sound(low) == sound(name)
    )


def _is_one(reading: Reading, begin: int, words: tuple[str, ...]) -> bool:
    here = reading.words[begin : begin + len(words)]
    if tuple(word.low for word in here) == words:
        return False
    if not all(_same(word.low, name) for word, name in zip(here, words, strict=True)):
        return False
    if not all(loose(reading.gap(at)) for at in range(begin, begin + len(words) - 1)):
        return False
    before = reading.words[begin - 1] if begin else None
    if before is None or len(reading.gap(begin - 1)) > 2:
        return True
    surname = before.low == "van" and before.capital and not before.first
    return not surname and form(before.text).cue != "address"


def _same(low: str, name: str) -> bool:
    return _near(low, name) if len(name) >= _LEAST else low == name


def _with_article(reading: Reading, begin: int) -> int:
    return begin - 1 if begin and reading.words[begin - 1].low in _ARTICLES and loose(reading.gap(begin - 1)) else begin


def _shortened(reading: Reading, towns: Names) -> Iterator[tuple[int, int]]:
    """R'dam: the first letter, an apostrophe, the end."""
    for town in towns:
        for at in reading.places.get(town[0][0], ()) if len(town) == 1 and len(town[0]) > _LEAST else ():
            after = reading.words[at + 1] if at + 1 < len(reading.words) else None
            if after and len(after.low) > 2 and reading.gap(at) == "'" and town[0].endswith(after.low):
                yield reading.words[at].start, after.end
