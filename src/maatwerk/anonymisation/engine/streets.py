"""How people write a street and a house: shortened (Kerkstr., leeuwerikln 8hs), cut in two (Kerk straat), dictated (de wissel zestien)."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.numerals import CARDINALS
from maatwerk.anonymisation.engine.reading import Reading

_HOUSE = re.compile(
    r"\.? {0,2}(?:(?:nr|no|nummer|huisnr|huisnummer)\.? ?)?\d{1,4}(?:[ \-/]{0,3}(?:bis|hs|huis|boven|beneden|rood|zwart|I{1,3}|[a-z]|\d{1,3})\b)?(?![\d:.,]\d|%| ?€|\d)",
    re.IGNORECASE,
)
_SPOKEN_HOUSE = re.compile(
    r",? {1,2}(?:nummer )?(?P<number>[a-z]{3,24})(?: (?:[a-z]|bis|hs|rood|zwart|boven)\b)?", re.IGNORECASE
)
_AFTER_TOLD = re.compile(
    r"\s{0,2}(?:$|[.,;:!?)\n|¤/]|(?:in|te|en|bij|dus|maar|graag|nu|sinds|met|hoor|zegt)\b|[1-9]\d{3} ?[a-z]{2}\b)",
    re.IGNORECASE,
)
_SHORT_FORMS = (("straat", "str"), ("laan", "ln"), ("weg", "wg"), ("plein", "pln"), ("singel", "sngl"), ("burgemeester", "burg"), ("dokter", "dr"))  # fmt: skip
_OPENERS = frozenset(("op", "aan", "in", "is", "nu", "naar", "wordt", "adres", "was", "te", "niet", "woont", "klopt"))
_NUMBER_WORDS = frozenset(("nr", "no", "nummer", "huisnr", "huisnummer"))
Houses = dict[int, re.Match[str]]


def houses(reading: Reading) -> Houses:
    """The words behind which a house number in figures stands, and that number."""
    ends = reading.ends
    found: Houses = {}
    for start, _ in reading.figures:
        index = bisect_right(ends, start) - 1
        if index > 0 and reading.words[index].low in _NUMBER_WORDS:
            index -= 1
        house = _HOUSE.match(reading.digits, ends[index]) if index >= 0 and start - ends[index] < 16 else None
        if house and house.end() > start and (house.group()[0] in " ." or len(reading.words[index].low) > 6):
            found[index] = house
    return found


def spoken_house(reading: Reading, index: int) -> re.Match[str] | None:
    """A house number in words behind this word."""
    follower = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
    if follower not in CARDINALS and follower not in _NUMBER_WORDS:
        return None
    found = _SPOKEN_HOUSE.match(reading.plain, reading.words[index].end)
    return found if found and found.group("number").lower() in CARDINALS else None


def street_word(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether this word ends as streets do, in full or shortened, small letters or not."""
    low = reading.words[index].low
    if low in lexicon.cues["no-street"]:
        return False
    if len(low) > 6 and low.endswith(lexicon.endings["street-ending-sure"]):
        return True
    return len(low) > 4 and low.endswith(lexicon.endings["street-short"]) and not ordinary(low)


def after_told(reading: Reading, end: int) -> bool:
    """Whether an address may end here."""
    return _AFTER_TOLD.match(reading.plain, end) is not None


def cut_street(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Kerk straat, Prins Hendrik Ln: the ending is a word of its own behind a name."""
    word, before = reading.words[index], reading.words[index - 1] if index else None
    if word.low == "gr":  # rather a group: overdracht gr 8
        return False
    if before is None or reading.gap(index - 1) != " " or len(before.low) < 4:
        return False
    if word.low not in lexicon.cues["street-short"] and (
        word.low not in lexicon.cues["street-ending-sure"] or word.low == "weg"
    ):
        return False
    if before.low in lexicon.cues["never"] or before.low in lexicon.cues["determiner"]:
        return False
    return before.capital or careless(reading, index)


def told(reading: Reading, found: Houses, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Behind "het adres is" or "woont aan": the offsets of whatever stands before a house number there."""
    for low in sorted(lexicon.cues["address-cue"] & reading.places.keys()):
        for at in reading.places[low]:
            for last in range(at + 1, min(at + 13, len(reading.words))):
                gap = reading.gap(last - 1)
                if "\n" in gap or ". " in gap or ";" in gap:
                    break
                house = found.get(last) or spoken_house(reading, last)
                if house and _AFTER_TOLD.match(reading.plain, house.end()):
                    begin = _told_begin(reading, at, last, lexicon)
                    if begin:
                        yield reading.words[begin].start, house.end()
                    break


def _told_begin(reading: Reading, at: int, last: int, lexicon: Lexicon) -> int:
    """The first word of the street; 0 when this is none: in groep 8, al twaalf."""
    begin = last
    while begin > at + 1 and last - begin < 4 and reading.gap(begin - 1) in (" ", ". ", "-"):
        if reading.words[begin - 1].low in _OPENERS:
            break
        begin -= 1
    opened = begin == at + 1 or reading.words[begin - 1].low in _OPENERS or ":" in reading.gap(begin - 1)
    names = [reading.words[number].low for number in range(begin, last + 1)]
    names = [low for low in names if low not in ("de", "het", "t", "den", "der", "van")]
    if (
        not names
        or not opened
        or any(low in lexicon.cues["no-street"] or low in lexicon.cues["never"] for low in names)
    ):
        return 0
    article = reading.words[begin].low in ("de", "het") and begin < last and not reading.words[begin].capital
    named = article and (reading.words[begin + 1].capital or street_word(reading, last, lexicon))
    return begin + named


def home_street(reading: Reading, street: str) -> Iterator[tuple[int, int]]:
    """The numbers of the words that make the known street: first, and one past the last; cut in two, shortened or misspelt too."""
    whole = "".join(phrase(street))
    if len(whole) < 5:
        return
    forms = {whole} | {whole.replace(full, short) for full, short in _SHORT_FORMS if full in whole}
    begin = whole[:2]
    alike = [places for low, places in reading.places.items() if low[:2] == begin]
    for index in sorted(chain.from_iterable(alike)):
        joined = ""
        for end in range(index, min(index + 6, len(reading.words))):
            joined += reading.words[end].low
            if any(_same(joined, form) for form in forms):
                yield index, end + 1
                break
            if len(joined) > len(whole) or reading.gap(end) not in (" ", ". ", "-", "  "):
                break


def _same(joined: str, form: str) -> bool:
    allowed = 1 if len(form) > 7 else 0
    return OSA.distance(joined, form, score_cutoff=allowed) <= allowed
