"""Streets with their numbers. A word that ends as a street does is one; another needs a number and a postcode, a place or a cue."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.streets import cut_street, home_street, houses, spoken_house, street_word, told
from maatwerk.anonymisation.engine.towns import places

__all__ = ["addresses", "places"]

_POSTCODE_NEXT = re.compile(r"[,\s]{1,4}[1-9]\d{3}\s{0,3}[A-Z] ?[A-Z]\b", re.IGNORECASE)
_POSTBUS = re.compile(r"\bpostbus(?: nr\.?)? \d{1,6}\b", re.IGNORECASE)
_LEADS = frozenset(("v", "d", "vd", "jac", "joh", "mgr", "gen", "ger"))
_TAKEN_NEXT = re.compile(r"[,\s]{1,4}¤")
_BEFORE_STREET = frozenset(("de", "het", "op", "aan", "adres", "in", "te"))


def addresses(reading: Reading, known: Known, lexicon: Lexicon) -> Iterator[Finding]:
    """Streets: known, or by their ending, or by what follows: a house number with a letter, a postcode, a place."""
    found = houses(reading)
    endings = lexicon.endings["street-ending-sure"]
    surely = [low for low in reading.places if low.endswith(endings)]
    own: set[int] = set()
    for begin, end in home_street(reading, known.street):
        house = found.get(end - 1) or spoken_house(reading, end - 1)
        if reading.words[end - 1].capital or house or careless(reading, begin):
            own.update(range(begin, end))
            yield Finding(
                reading.words[begin].start, house.end() if house else reading.words[end - 1].end, "adres", 0.95
            )
    for index in sorted({*found, *_streets(reading, surely)} - own):
        house = found.get(index)
        if house is None or _has_house(reading, index, house, lexicon):
            begin = _begin(reading, index, lexicon)
            if begin == index and house and not street_word(reading, index, lexicon):
                begin -= _with_article(reading, index)
            end = house.end() if house else reading.words[index].end
            sure = house is None or street_word(reading, index, lexicon) or begin < index
            yield Finding(reading.words[begin].start, end, "adres", 0.9 if sure else 0.85)
    strange = [low for low in surely if low not in lexicon.words]
    yield from _dictated(reading, strange, lexicon)
    yield from _named_only(reading, strange, lexicon)
    for box in _POSTBUS.finditer(reading.plain) if "postbus" in reading.places else ():
        yield Finding(*box.span(), "adres", 0.85)
    for start, stop in told(reading, found, lexicon):
        yield Finding(start, stop, "adres", 0.9)


def _streets(reading: Reading, surely: list[str]) -> list[int]:
    """The words that are surely a street, number or not."""
    numbers = [at for low in surely if len(low) > 6 for at in reading.places[low]]
    return [at for at in numbers if reading.words[at].capital and not reading.words[at].first]


def _dictated(reading: Reading, strange: list[str], lexicon: Lexicon) -> Iterator[Finding]:
    """Kerkstraat twaalf."""
    for low in strange:
        for index in reading.places[low]:
            house = spoken_house(reading, index) if street_word(reading, index, lexicon) else None
            if house:
                yield Finding(reading.words[_begin(reading, index, lexicon)].start, house.end(), "adres", 0.9)


def _named_only(reading: Reading, strange: list[str], lexicon: Lexicon) -> Iterator[Finding]:
    """In de kerkstraat: in careless writing, without a number, when no list explains the word."""
    for low in strange:
        if len(low) > 7 and low not in lexicon.cues["no-street"]:
            for index in reading.places[low]:
                opened = index > 1 and reading.words[index - 1].low in ("de", "het", "t")
                before = reading.words[index - 2].low if opened else reading.words[index - 1].low if index else ""
                if before in ("in", "op", "aan") and not reading.words[index].capital and careless(reading, index):
                    yield Finding(reading.words[index].start, reading.words[index].end, "adres", 0.6)


def _has_house(reading: Reading, index: int, house: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the word before a house number names a street."""
    word = reading.words[index]
    if word.low in lexicon.cues["no-street"]:
        return False
    if (word.capital or careless(reading, index)) and _place_next(reading, index, house.end(), lexicon):
        return len(word.low) > 2
    if street_word(reading, index, lexicon) or cut_street(reading, index, lexicon):
        return True
    return word.capital and len(word.low) > 5 and word.low.endswith(lexicon.endings["street-ending"])


def _with_article(reading: Reading, index: int) -> bool:
    """De Wissel, het zonnehof: of a name that is no word for a street the article is a part."""
    before = reading.words[index - 1] if index else None
    return before is not None and before.low in ("de", "het") and reading.gap(index - 1) == " "


def _place_next(reading: Reading, index: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a postcode or a place follows the house number."""
    if _POSTCODE_NEXT.match(reading.plain, end):
        return True
    if _TAKEN_NEXT.match(reading.plain, end):
        before = reading.words[index - 1].low if index else ""
        low = reading.words[index].low
        return (before in _BEFORE_STREET and low not in lexicon.cues["street-ending"]) or not lexicon.ordinary(low)
    after = index + 1
    while after < len(reading.words) and reading.words[after].start < end:
        after += 1
    near = after < len(reading.words) and reading.plain[end : reading.words[after].start] in (", ", " ", " te ", " in ")
    if not near or not lexicon.places.at(reading, after):
        return False
    return reading.words[after].capital or (careless(reading, after) and not lexicon.ordinary(reading.words[after].low))


def _begin(reading: Reading, index: int, lexicon: Lexicon) -> int:
    """The first word of a street of several words: Prins Hendrikkade, Laan van de Vrede; in careless writing van goghstraat too."""
    begin = name = index - cut_street(reading, index, lexicon)
    while begin and index - begin < 5:
        before = reading.words[begin - 1]
        belongs = before.low in _LEADS or before.low in lexicon.cues["street-lead"]
        if reading.gap(begin - 1) not in (" ", ". ", "-", ".") or not (
            belongs or (before.capital and not before.first)
        ):
            break
        begin -= 1
    if begin < name and not reading.words[name].capital and careless(reading, index):
        return _without_way(reading, begin, name)
    while begin < name and not reading.words[begin].capital:
        begin += 1
    return begin


def _without_way(reading: Reading, begin: int, name: int) -> int:
    """In small letters: without the article before the name, and without "van de", which rather tells where from."""
    lows = [word.low for word in reading.words[begin:name]]
    if lows in (["van", "de"], ["van", "het"]):
        return name
    while begin < name and reading.words[begin].low in ("de", "het"):
        begin += 1
    return begin
