"""Places: the country's, the pupil's own, and what an address, a header or a verb of living says is one. The home municipality is kept
elsewhere; a place that is a word or a name too needs such a cue."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.lexicon import lexicon as lists
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import Reading, beginning_at
from maatwerk.anonymisation.engine.scanned import figures_of

_POSTCODE = re.compile(r"[1-9]\d{3}(?P<space>\s{0,2})(?P<letters>[a-z] ?[a-z])[,\s]{1,3}(?=[a-z'])", re.IGNORECASE)
_NOT_LETTERS = frozenset(
    ("in", "te", "op", "en", "de", "is", "of", "om", "er", "ik", "je", "we", "ze", "na", "al", "zo")
)
_TOWARDS = frozenset(("in", "te", "uit", "naar", "vanuit"))
_DASHES = frozenset(("-", " "))
_SLIPS = 6


def places(reading: Reading, known: Known, lexicon: Lexicon) -> Iterator[Finding]:
    """Places in the list of the country's places, the pupil's own, and those that stand where a place must."""
    own, home = phrase(known.town), phrase(known.municipality)
    for begin, end in lexicon.places.found_in(reading):
        words = tuple(word.low for word in reading.words[begin:end])
        if words != home and _means_place(reading, begin, end, lexicon):
            part = _district(reading, end, lexicon)
            before = reading.words[begin - 1].low if begin else ""
            sure = part > end or (end - begin > 1 and before in _TOWARDS)  # Bergen op Zoom, whatever Zoom is
            yield _found(reading, begin, part, 0.9 if sure else 0.85)
    parted = home and home[0] in reading.places and lexicon.cues["district"] & reading.places.keys()
    for begin, end in (
        Phrases([home]).found_in(reading) if parted else ()
    ):  # of the own municipality a part is nearer than it
        part = _district(reading, end, lexicon)
        if part > end and reading.words[end - 1].capital:
            yield _found(reading, begin, part, 0.9)
    for begin, end in Phrases([own]).found_in(reading) if own != home else ():
        if reading.words[end - 1].capital or careless(reading, begin):
            yield _found(reading, begin, end, 0.95)
    for begin in _expected(reading, lexicon):
        end = _end(reading, begin, lexicon)
        if end > begin and tuple(word.low for word in reading.words[begin:end]) != home:
            yield _found(reading, begin, end, 0.85)
    yield from _misspelt(reading, "".join(home), lexicon)
    if figures_of(reading)[0] != reading.raw:
        yield from _cut(reading, "".join(home), lexicon)


def _found(reading: Reading, begin: int, end: int, confidence: float) -> Finding:
    return Finding(reading.words[begin].start, reading.words[end - 1].end, "plaats", confidence)


def _district(reading: Reading, end: int, lexicon: Lexicon) -> int:
    """Rotterdam-Zuid: the end of a place with its part."""
    part = reading.words[end] if end < len(reading.words) else None
    joined = part is not None and part.low in lexicon.cues["district"] and reading.gap(end - 1) == "-"
    return end + joined


def _expected(reading: Reading, lexicon: Lexicon) -> Iterator[int]:
    """The words that stand behind a postcode, or behind a header such as woonplaats."""
    for found in beginning_at(_POSTCODE, reading.digits, (start for start, end in reading.figures if end - start == 4)):
        capitals = found.group("letters").isupper() or not found.group("space")
        if capitals or found.group("letters").lower() not in _NOT_LETTERS:
            index = bisect_left(reading.starts, found.end())
            if index < len(reading.starts):
                yield index
    for low in sorted(lexicon.cues["place-header"] & reading.places.keys()):
        for at in reading.places[low]:
            gap = reading.gap(at)
            if gap.strip() == ":" and "\n" not in gap and at + 1 < len(reading.words):
                yield at + 1


def _end(reading: Reading, begin: int, lexicon: Lexicon) -> int:
    """One past the last word of the place that must begin here: of the list, in capitals, or one that no list explains."""
    listed = len(lexicon.places.at(reading, begin))
    if listed:
        return begin + listed
    end = begin
    while end < len(reading.words) and end - begin < 3 and reading.words[end].capital:
        if (end > begin and reading.gap(end - 1) not in _DASHES) or reading.gap(end).startswith(":"):
            break
        if reading.words[end].low in lexicon.cues["never"]:
            break
        end += 1
    low = reading.words[begin].low
    return begin + 1 if end == begin and len(low) > 3 and not ordinary(low) and careless(reading, begin) else end


def _misspelt(reading: Reading, home: str, lexicon: Lexicon) -> Iterator[Finding]:
    """In Tilbrug: nearly a place, behind a word that a place follows, and nothing else."""
    before = lexicon.cues["place"] | lexicon.cues["place-next"] | lexicon.cues["place-dialect"]
    for low in sorted(before & reading.places.keys()):
        for at in reading.places[low]:
            word = reading.words[at + 1] if at + 1 < len(reading.words) else None
            if word is None or reading.gap(at) != " " or len(word.low) < _SLIPS or ordinary(word.low):
                continue
            if lexicon.name(word.low) or not (word.capital or careless(reading, at)) or _near(word.low, home):
                continue
            if _nearest_place(word.low):
                yield Finding(word.start, word.end, "plaats", 0.75)


def _cut(reading: Reading, home: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Barend recht: a place that a scan cut in two."""
    towns = _by_letter()
    for at in range(len(reading.words) - 1):
        word, other = reading.words[at], reading.words[at + 1]
        if (
            word.capital
            and not other.capital
            and reading.gap(at) == " "
            and not (ordinary(word.low) and ordinary(other.low))
        ):
            whole = word.low + other.low
            if whole != home and whole in towns.get(whole[0], ()):
                yield Finding(word.start, other.end, "plaats", 0.8)


@lru_cache(maxsize=4_096)
def _nearest_place(low: str) -> bool:
    return any(_near(low, place) for place in _by_letter().get(low[0], ()))


def _near(low: str, place: str) -> bool:
    return abs(len(low) - len(place)) < 2 and OSA.distance(low, place, score_cutoff=1) <= 1


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in lists().places.singles():
        if len(place) >= _SLIPS:
            found.setdefault(place[0], []).append(place)
    return found


def _person_before(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """As in "jeugdarts Van Alphen": the particle has a capital, or a form of address or initial precedes it."""
    if reading.words[index].capital and not reading.words[index].first:
        return True
    before = reading.words[index - 1] if index else None
    return before is not None and (before.low in lexicon.cues["title"] or (len(before.text) == 1 and before.capital))


def _means_place(reading: Reading, begin: int, end: int, lexicon: Lexicon) -> bool:
    """A capital, and no other meaning unless a word such as "in" or "naar" precedes."""
    first, last = reading.words[begin], reading.words[end - 1]
    if (_district(reading, end, lexicon) == end and reading.gap(end - 1).startswith("-")) or (
        begin and reading.gap(begin - 1) == "-"
    ):
        return False
    if (
        begin
        and reading.words[begin - 1].low in lexicon.cues["particle"]
        and _person_before(reading, begin - 1, lexicon)
    ):
        return False
    before = reading.words[begin - 1].low if begin and reading.gap(begin - 1) == " " else ""
    cued = any(before in lexicon.cues[kind] for kind in ("place", "place-next", "place-dialect"))
    if end - begin > 1:
        return first.capital or last.capital or careless(reading, begin)
    word, name = first.low in lexicon.words, lexicon.name(first.low)
    if first.capital:
        return cued or not (word or name)
    if word:
        if first.low in lexicon.cues["place-sure"] and (before in _TOWARDS or before in lexicon.cues["place-dialect"]):
            return careless(reading, begin)
        rare = lexicon.frequent.get(first.low, "") < "2"
        return rare and before in _TOWARDS and _lives(reading, begin - 1, lexicon) and careless(reading, begin)
    if name:
        return cued and len(first.low) > 2 and careless(reading, begin)
    return len(first.low) > 3 and (cued or careless(reading, begin))


def _lives(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether a word of living or moving stands a few words before."""
    for at in range(index - 1, max(-1, index - 5), -1):
        if reading.gap(at) != " ":
            return False
        if reading.words[at].low in lexicon.cues["residence"]:
            return True
    return False
