"""Streets with their numbers, and places. The home municipality is kept elsewhere; a place that is a word needs a cue."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import Reading

_HOUSE = re.compile(
    r" {1,2}\d{1,4}(?:[ \-/]{0,3}(?:bis|hs|huis|boven|I{1,3}|[a-z]|\d{1,3})\b)?(?![\d:.,]\d|%| ?€|\d)", re.IGNORECASE
)
_SHORT_ENDINGS = ("str", "ln", "plnts")
_LIVES = frozenset(("adres", "woont", "wonend", "wonende", "woonde", "woonachtig", "verhuisd"))
_POSTCODE_NEXT = re.compile(r"[,\s]{1,4}[1-9]\d{3}\s{0,3}[A-Z]{2}\b|[,\s]{1,4}¤", re.IGNORECASE)


def addresses(reading: Reading, known: Known, lexicon: Lexicon) -> Iterator[Finding]:
    """Streets: known, or by their ending, or by what follows: a house number with a letter, a postcode."""
    home = Phrases([phrase(known.street)])
    houses = dict(_houses(reading))
    own: set[int] = set()
    for index in home.openings(reading):
        last = index + max(len(home.at(reading, index)), 1) - 1
        house = houses.get(last)
        if home.at(reading, index) and (reading.words[last].capital or house or reading.small(index)):
            own.add(index)
            yield Finding(reading.words[index].start, house.end() if house else reading.words[last].end, "adres", 0.95)
    for index in sorted({*houses, *_streets(reading, lexicon)} - own):
        house = houses.get(index)
        if house is None or _has_house(reading, index, house, lexicon):
            begin = _begin(reading, index, lexicon)
            end = house.end() if house else reading.words[index].end
            yield Finding(reading.words[begin].start, end, "adres", 0.85)


def _houses(reading: Reading) -> Iterator[tuple[int, re.Match[str]]]:
    """The words behind which a house number stands, and that number."""
    ends = [word.end for word in reading.words]
    for start, _ in reading.figures:
        index = bisect_right(ends, start) - 1
        house = _HOUSE.match(reading.plain, ends[index]) if index >= 0 and start - ends[index] < 3 else None
        if house:
            yield index, house


def _streets(reading: Reading, lexicon: Lexicon) -> list[int]:
    """The words that are surely a street, number or not."""
    sure = lexicon.endings["street-ending-sure"]
    return [
        at
        for at, word in enumerate(reading.words)
        if word.capital and not word.first and len(word.low) > 6 and word.low.endswith(sure)
    ]


def _has_house(reading: Reading, index: int, house: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the word before a house number names a street."""
    word = reading.words[index]
    if _POSTCODE_NEXT.match(reading.plain, house.end()) and (word.capital or reading.small(index)):
        return len(word.low) > 2
    if len(word.low) > 6 and word.low.endswith(lexicon.endings["street-ending-sure"]):
        return True
    if len(word.low) > 5 and word.low.endswith(_SHORT_ENDINGS) and not lexicon.ordinary(word.low):
        return True
    if word.low in lexicon.endings["street-ending-sure"] and index and reading.words[index - 1].capital:
        return True
    said = {each.low for each in reading.words[max(0, index - 5) : index]}
    if word.capital and not lexicon.cues["never"].intersection((word.low,)) and said & _LIVES:
        return True
    return word.capital and len(word.low) > 5 and word.low.endswith(lexicon.endings["street-ending"])


def _begin(reading: Reading, index: int, lexicon: Lexicon) -> int:
    """The first word of a street of several words: Prins Hendrikkade, Laan van de Vrede."""
    begin = index
    while begin and index - begin < 5:
        before = reading.words[begin - 1]
        whole = begin == index and reading.words[index].low in lexicon.endings["street-ending-sure"]
        belongs = before.low in lexicon.cues["street-lead"] or (before.capital and (whole or not before.first))
        if reading.gap(begin - 1) not in (" ", ". ", "-") or not belongs:
            break
        begin -= 1
    while begin < index and not reading.words[begin].capital:
        begin += 1
    return begin


def places(reading: Reading, known: Known, lexicon: Lexicon) -> Iterator[Finding]:
    """Places in the list of the country's places, and the pupil's own."""
    own, home = phrase(known.town), phrase(known.municipality)
    for begin, end in lexicon.places.found_in(reading):
        words = tuple(word.low for word in reading.words[begin:end])
        if words != home and _means_place(reading, begin, end, lexicon):
            yield Finding(reading.words[begin].start, reading.words[end - 1].end, "plaats", 0.85)
    for begin, end in Phrases([own]).found_in(reading) if own != home else ():
        if reading.words[end - 1].capital or reading.small(begin):
            yield Finding(reading.words[begin].start, reading.words[end - 1].end, "plaats", 0.95)


def _person_before(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """As in "jeugdarts Van Alphen": the particle has a capital, or a form of address or initial precedes it."""
    if reading.words[index].capital and not reading.words[index].first:
        return True
    before = reading.words[index - 1] if index else None
    return before is not None and (before.low in lexicon.cues["title"] or (len(before.text) == 1 and before.capital))


def _means_place(reading: Reading, begin: int, end: int, lexicon: Lexicon) -> bool:
    """A capital, and no other meaning unless a word such as "in" or "naar" precedes."""
    first, last = reading.words[begin], reading.words[end - 1]
    if reading.gap(end - 1).startswith("-") or (begin and reading.gap(begin - 1) == "-"):
        return False
    if (
        begin
        and reading.words[begin - 1].low in lexicon.cues["particle"]
        and _person_before(reading, begin - 1, lexicon)
    ):
        return False
    cued = begin > 0 and reading.words[begin - 1].low in lexicon.cues["place"] and reading.gap(begin - 1) == " "
    if end - begin > 1:
        return last.capital or reading.small(begin)
    word, name = first.low in lexicon.words, lexicon.name(first.low)
    if first.capital:
        return cued or not (word or name)
    return len(first.low) > 3 and not word and reading.small(begin) and (cued or not name)
