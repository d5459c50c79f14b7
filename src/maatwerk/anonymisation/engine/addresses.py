"""Streets with their numbers. A word that ends as a street does is one; another needs a number and a postcode, a place or a cue."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading, beginning_at
from maatwerk.anonymisation.engine.streets import (
    after_told,
    cut_street,
    home_street,
    houses,
    spoken_house,
    street_word,
    told,
)
from maatwerk.anonymisation.engine.towns import places

__all__ = ["addresses", "places"]

_POSTCODE_NEXT = re.compile(r"[,\s]{1,4}[1-9]\d{3}\s{0,3}[A-Z] ?[A-Z]\b", re.IGNORECASE)
_POSTBUS = re.compile(r"\bpostbus(?: nr\.?)? \d{1,6}\b", re.IGNORECASE)
_DISTRICT = re.compile(r"\bwijk \d{1,3},? ?(?:nr|no|nummer)\.? ?\d{1,4}\b", re.IGNORECASE)
_STREET_OF = re.compile(
    r"(?:Straat|Laan|Plein|Weg|Kade|Hof|Pad)(?: (?:van|der|des|de|den|het|naar)){1,2}(?: (?:(?:de|den|der|van) ){0,2}[A-Z][a-z\-]{1,24}){1,3} \d{1,4}[a-z]?\b"
)
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
    yield from _dictated(reading, surely, lexicon)
    yield from _named_only(reading, strange, lexicon)
    for box in _POSTBUS.finditer(reading.plain) if "postbus" in reading.places else ():
        yield Finding(*box.span(), "adres", 0.85)
    for found_there in (
        *beginning_at(_DISTRICT, reading.digits, reading.starts_of(("wijk",))),
        *beginning_at(
            _STREET_OF, reading.digits, reading.starts_of(("straat", "laan", "plein", "weg", "kade", "hof", "pad"))
        ),
    ):
        yield Finding(*found_there.span(), "adres", 0.9)
    for start, stop in told(reading, found, lexicon):
        yield Finding(start, stop, "adres", 0.9)


def _streets(reading: Reading, surely: list[str]) -> list[int]:
    """The words that are surely a street, number or not."""
    numbers = [at for low in surely if len(low) > 6 for at in reading.places[low]]
    return [at for at in numbers if reading.words[at].capital and not reading.words[at].first]


def _dictated(reading: Reading, surely: list[str], lexicon: Lexicon) -> Iterator[Finding]:
    """Kerkstraat twaalf."""
    for low in surely:
        for index in reading.places[low]:
            house = spoken_house(reading, index) if street_word(reading, index, lexicon) else None
            if house and (low not in lexicon.words or (_opened(reading, index) and after_told(reading, house.end()))):
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


def _opened(reading: Reading, index: int) -> bool:
    """Aan de, op de, in het: before a street that is a word too."""
    return (
        index > 1
        and reading.words[index - 1].low in ("de", "het")
        and reading.words[index - 2].low in ("aan", "op", "in")
    )


def _has_house(reading: Reading, index: int, house: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the word before a house number names a street."""
    word = reading.words[index]
    if (
        word.low in lexicon.cues["no-street"]
        or word.low in lexicon.cues["address"]
        or word.low in lexicon.cues["never"]
    ):
        return False
    if (word.capital or careless(reading, index)) and _place_next(reading, index, house.end(), lexicon):
        return len(word.low) > 2
    if street_word(reading, index, lexicon) or cut_street(reading, index, lexicon):
        return True
    if len(word.low) < 6 or not word.low.endswith(lexicon.endings["street-ending"]):
        return False
    before = reading.words[index - 1].low if index else ""
    return word.capital or (before in _BEFORE_STREET and careless(reading, index) and not lexicon.ordinary(word.low))


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
        named = before in _BEFORE_STREET and low not in lexicon.cues["street-ending"]
        return named or (reading.words[index].capital and len(low) > 3 and not lexicon.ordinary(low))
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
        if reading.gap(begin - 1) not in (" ", "  ", ". ", "-", ".") or not (
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
