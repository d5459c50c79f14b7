"""Care institutions: by the list, or by a word such as "praktijk" with a name beside it. Those of the tenant are in `known_names`."""

import re
from collections.abc import Iterator, Sequence

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import Form, ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading, beginning_at
from maatwerk.anonymisation.engine.referrals import Referrals

_ACRONYM = re.compile(
    r"\b(?:JB[A-Z]{1,2}|[A-Z]?UMC[A-Z]{0,2}|[A-Z][a-z][A-Z]{2}|GGZ-[A-Z]{2,4}|GG[Zz][A-Z])\b(?![-@.]\w)"
)
_FUNCTION = frozenset(
    [
        "de",
        "het",
        "een",
        "die",
        "dat",
        "deze",
        "dit",
        "van",
        "voor",
        "met",
        "bij",
        "naar",
        "in",
        "op",
        "aan",
        "en",
        "of",
        "ik",
        "hij",
        "zij",
        "ze",
        "we",
        "wij",
    ]
)
_ARTICLES = frozenset(("de", "het", "t"))
_INNER = frozenset(("de", "het", "t", "van", "der", "den", "v", "d", "voor", "met", "en"))


def institutions(reading: Reading, forms: Sequence[Form], known: Known, lexicon: Lexicon) -> Iterator[Finding]:
    """Names of the lists and names made with a head (Praktijk Zon) or a tail (Noord Ziekenhuis)."""
    for begin, end in lexicon.providers.found_in(reading):
        if _means_provider(reading, begin, end, lexicon):
            yield Finding(reading.words[begin].start, _with_figure(reading, end), "instelling", 0.9)
    for index, part in [(at, form.institution) for at, form in enumerate(forms) if form.institution]:
        word = reading.words[index]
        if part == "head":
            end = _after_head(reading, index, lexicon)
            if end > index + 1:
                yield Finding(word.start, reading.words[end - 1].end, "instelling", 0.9)
        elif word.capital:
            begin = _before_tail(reading, index)
            if begin < index:
                yield Finding(reading.words[begin].start, word.end, "instelling", 0.85)
    yield from _loosely(reading, forms, lexicon)
    yield from Referrals(reading, known, lexicon).found()


def _loosely(reading: Reading, forms: Sequence[Form], lexicon: Lexicon) -> Iterator[Finding]:
    """Heads that stand alone as often as with a name, tails behind a strange word, and acronyms of jeugdbescherming and hospitals."""
    for low in sorted(lexicon.cues["institution-head-more"] & reading.places.keys()):
        for index in reading.places[low]:
            end = _after_head(reading, index, lexicon)
            named = end > index + 1 and (reading.words[end - 1].capital or reading.words[index + 1].low in _ARTICLES)
            if named and reading.gap(index) in (" ", " '"):
                yield Finding(reading.words[index].start, reading.words[end - 1].end, "instelling", 0.9)
    for low in sorted(lexicon.cues["institution-tail"] & reading.places.keys()):
        for index in reading.places[low]:
            word, before = reading.words[index], reading.words[max(0, index - 1)]
            capitals = before.capital and word.capital and reading.gap(index - 1) in (" ", "-")
            strange = len(before.low) > 2 and not (ordinary(before.low) or lexicon.name(before.low))
            if index and capitals and strange:
                yield Finding(before.start, word.end, "instelling", 0.8)
    shouted = (reading.starts[at] for at, form in enumerate(forms) if form.shape in ("A", "X"))
    for found in beginning_at(_ACRONYM, reading.plain, shouted):
        yield Finding(*found.span(), "instelling", 0.75)


def _means_provider(reading: Reading, begin: int, end: int, lexicon: Lexicon) -> bool:
    """One in capitals, with a figure, or made of two words counts. Another that is an ordinary word or a first name needs a capital and
    a word such as "bij" before it; in small letters a rare word and careless writing, or one that only a name is made of."""
    first, last = reading.words[begin], reading.words[end - 1]
    if end - begin > 1:
        return first.capital or last.capital or careless(reading, begin)
    if reading.gap(end - 1).startswith("-"):
        return False
    low = first.low
    shouted = first.capitals and not reading.all_capitals
    if shouted or (reading.plain[first.end : first.end + 1].isdigit() and (first.capital or careless(reading, begin))):
        return True
    if first.capital and len(low) > 6 and low not in lexicon.words and low not in lexicon.first_names:
        return True
    if not (lexicon.ordinary(low) or low in lexicon.first_names or len(low) < 4):
        return first.capital or careless(reading, begin)
    cued = begin > 0 and reading.words[begin - 1].low in lexicon.cues["towards-institution"]
    if len(low) < 4:
        return False
    if first.capital:
        return not first.first and cued
    if low in lexicon.words or low in lexicon.first_names:
        return cued and low not in lexicon.frequent and careless(reading, begin)
    return cued or careless(reading, begin)


def _with_figure(reading: Reading, end: int) -> int:
    """The end of a name with the figure that is glued to it: Lijn5."""
    stop = reading.words[end - 1].end
    while reading.plain[stop : stop + 1].isdigit():
        stop += 1
    return stop


def _after_head(reading: Reading, index: int, lexicon: Lexicon) -> int:
    """One past the last word of the name behind a head: capitals, in a text without capitals one or two words."""
    end = index + 1
    while end < len(reading.words) and end - index < 6 and reading.gap(end - 1) in (" ", "-", " '", " & "):
        word = reading.words[end]
        small = word.low in _ARTICLES or (end > index + 1 and word.low in _INNER)
        if word.capital and (word.low in _ARTICLES or word.low not in lexicon.cues["never"]):
            end += 1
        elif small and end + 1 < len(reading.words) and reading.words[end + 1].capital:
            end += 2
        else:
            break
    if end == index + 1 and reading.small(index):
        return _small_letters(reading, index, lexicon)
    return end


def _small_letters(reading: Reading, index: int, lexicon: Lexicon) -> int:
    """In a text without capitals: up to two words until one that names nothing, or an article and whatever noun follows: a head without
    an article of its own and then another noun is a name."""
    before = reading.words[index - 1].low if index else ""
    if before in lexicon.cues["determiner"] and len(reading.words[index].low) < 11:
        return index
    end, names = index + 1, 0
    stops = [lexicon.cues[name] for name in ("never", "verb", "particle")]
    while end < len(reading.words) and names < 2 and reading.gap(end - 1) == " ":
        low = reading.words[end].low
        article = low in _ARTICLES and end == index + 1
        behind = [_FUNCTION] if reading.words[end - 1].low in _ARTICLES else stops
        if not article and any(low in names for names in behind):
            break
        names += low not in _ARTICLES
        end += 1
    return end if names else index


def _before_tail(reading: Reading, index: int) -> int:
    begin = index
    while begin and reading.gap(begin - 1) in (" ", "-") and index - begin < 3:
        before = reading.words[begin - 1]
        if not before.capital or (before.first and begin - 1 and before.low not in _ARTICLES):
            break
        begin -= 1
    return begin
