"""The own school and municipality with a slip of the pen, or broken by a scan: De Regenbog, Ridder kerk, NYMEGEN, R'dam. They stay, unless
the word is a name of the lists or as near to a known person's; what they are nearly called may also be somebody else, so a sure finding of one beats them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.broken import Whole, broken, whole
from maatwerk.anonymisation.engine.kinds import form, ordinary
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.persons import Person
from maatwerk.anonymisation.engine.phrases import loose
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.sounds import nearest, sound, targets

Names = tuple[tuple[str, ...], ...]
_LEAST = 5
_LONG = 9
_ARTICLES = frozenset(("de", "het", "t", "den"))
_OF = frozenset(("van", "der", "den", "v", "vd"))


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
    known, lists = None, lexicon()
    strange = [low for low in reading.places if len(low) >= _LEAST - 1 and low not in lists.words]
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
                if begin < 0 or end > len(reading.words) or not _is_one(reading, begin, words):
                    continue
                if len(words) > 1 or not lists.name(low) or _placed(reading, begin):
                    yield _with_article(reading, begin), end


def _placed(reading: Reading, index: int) -> bool:
    """Behind "in" or "te" a word that is a surname too is the place."""
    return index > 0 and reading.words[index - 1].low in lexicon().cues["towards-place"]


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
    if form(before.text).cue == "address" or (before.low == "van" and before.capital and not before.first):
        return False
    earlier = reading.words[begin - 2] if begin > 1 and before.low in _OF and not reading.all_capitals else None
    return earlier is None or not (
        form(earlier.text).cue == "address" or (earlier.capital and not ordinary(earlier.low))
    )


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
