"""What must stay. Hard: own school and its board, partnerships, ages, amounts, what the scheme protects. Soft: terms that only a cue or a
known name beats."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.initials import initials_of
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.nearly_own import nearly_own
from maatwerk.anonymisation.engine.numerals import CARDINALS
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import Reading, beginning_at

_AMOUNT = re.compile(r"(?:€|\b(?i:eur))\s?\d[\d.,]{0,12}-?")
_QUANTITY = re.compile(
    r"\b\d[\d.,]{0,12}\s?(?:(?i:euro|uur|jaar|jr|jarige|dagen|weken|maanden|mnd|minuten|min|procent|mg|mcg|ml|cc|gram|kg|cm|mm)\b|%)"
)
_COUNTED = ("jaar", "jarige", "uur", "dagen", "weken", "maanden", "minuten", "keer", "euro")
_CLASS = re.compile(r"[1-6](?:[HVTGBKLMA]{2,3}|vd|hv|th|bk|kb|gt|mh)\d?[a-z]?(?![\w])")
_CODE = re.compile(r"(?<![\w.@/])[A-Z]{2,5}\d{1,2}(?![\w@])")
_NOUGHTS = ("oo", "ooo")
_PARTNERSHIP = re.compile(r"\b(?i:swv|samenwerkingsverband)(?: (?:de|het|van)\b| [A-Z][\w-]{1,30}){1,4}")
_LEVEL = re.compile(
    r"\b(?i:groep|klas|leerjaar|niveau|vmbo(?:-[a-z]{1,6})?|havo|vwo|mbo)[ -]\d\b|\b(?i:gr|grp|groep|kl|klas)\.?[ ]?\d[A-Za-z]{0,3}\d?\b"
)
_EURO = re.compile("€")
_LEVELS = ("groep", "klas", "gr", "grp", "kl", "leerjaar", "niveau", "vmbo", "havo", "vwo", "mbo")
_PARTNERSHIPS = ("swv", "samenwerkingsverband")
_ARTICLES = frozenset(("de", "het", "t"))
_SURE = 0.9
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Kept:
    """Half-open spans of the reading, in order, apart from each other. `nearly`: what is the own school or municipality but for a slip."""

    hard: Spans
    soft: Spans
    nearly: Spans = ()

    def allows(self, finding: Finding, *, only_hard: bool) -> bool:
        """Whether a rule may take this: it must reach beyond what is hard, and not begin with what is soft: Tom Down has that surname."""
        if _within(self.hard, finding):
            return False
        return only_hard or not (_touched(self.hard, finding) or _begun(self.soft, finding))

    def apart(self, finding: Finding) -> Iterator[Finding]:
        """What of a finding lies outside the spans that are nearly the own school or municipality; all of a sure known person, and of
        an institution or address of more words."""
        sure = finding.who and finding.confidence >= _SURE
        if not self.nearly or sure or (finding.label in ("instelling", "adres") and not _within(self.nearly, finding)):
            yield finding
            return
        start, first = finding.start, max(0, bisect_left(self.nearly, (finding.start, 0)) - 1)
        for at in range(first, bisect_left(self.nearly, (finding.end, 0))):
            begin, end = self.nearly[at]
            if end > start:
                if begin > start:
                    yield finding._replace(start=start, end=begin)
                start = max(start, end)
        if start < finding.end:
            yield finding._replace(start=start)


class Protected:
    """What a case must keep, given its school and municipality and the terms that are protected; sought in each of its texts."""

    def __init__(self, known: Known, lexicon: Lexicon) -> None:
        self._known, self._lexicon = known, lexicon
        self._surnames = {word for person in known.persons for word in phrase(f"{person.first} {person.last}")}
        self._town = phrase(known.municipality)
        others = lexicon.also_called.get(" ".join(self._town), ())
        towns = [self._town, *(phrase(other) for other in others)]
        self._towns = Phrases(towns)
        own = [
            name
            for name in school_names(known.school, lexicon)
            if len(name) > 1 or name == phrase(known.school) or self._surnames.isdisjoint(name)
        ]
        own += [*short_form(known.school, lexicon), *board_names(known.board)]
        particles = lexicon.cues["particle"]
        wanted = [words for words in map(phrase, known.protected) if {*words} - particles - self._surnames]
        self._own = Phrases((*own, *wanted))
        self._names = tuple(own), tuple(towns)

    def kept_of(self, reading: Reading) -> Kept:
        """The spans of one reading."""
        hard = [*_fixed(reading), *_written_figures(reading, self._lexicon)]
        hard += _spans(reading, self._own.found_in(reading))
        for begin, end in self._towns.found_in(reading):
            before = reading.words[begin - 1].low if begin else ""
            cued = before in self._lexicon.cues["towards-place"]
            if end - begin > 1 or self._town[0] not in self._surnames or cued:
                hard += _spans(reading, [(begin, end)])
        terms = [found for found in self._lexicon.protected.found_in(reading) if not self._is_name(reading, *found)]
        hard += _spans(reading, [(begin, end) for begin, end in terms if end - begin > 1])
        things = [found for found in self._lexicon.named_things.found_in(reading) if self._is_thing(reading, *found)]
        nearly = nearly_own(reading, *self._names, self._known.persons)
        return Kept(_merged(hard), _merged(_spans(reading, [*terms, *things])), _merged([*nearly]))

    def _is_thing(self, reading: Reading, begin: int, end: int) -> bool:
        """What is also made of names of persons (Bart Smit, Elsa en Anna) is a thing only behind a word that says so."""
        lists, lows = self._lexicon, [word.low for word in reading.words[begin:end]]
        named = all(
            lists.name(low) or low in lists.names or low in lists.cues["particle"] or low == "en" for low in lows
        )
        return not named or any(low in lists.cues["thing-cue"] for low in reading.lows[max(0, begin - 5) : begin])

    def _is_name(self, reading: Reading, begin: int, end: int) -> bool:
        """Ab is no AB: an abbreviation that is also somebody's name is one in capitals only. And PS may be somebody of the case."""
        word = reading.words[begin]
        if end - begin > 1 or not word.capital or word.low not in self._lexicon.abbreviations:
            return False
        if word.text.isupper():
            return word.low in self._lexicon.weak and word.low in initials_of(self._known)
        return self._lexicon.name(word.low) or (len(word.low) == 2 and not reading.all_capitals)


def _fixed(reading: Reading) -> Iterator[tuple[int, int]]:
    """Amounts, ages, hours, classes, partnerships: sought only where a figure or one of their words begins."""
    text = reading.digits
    euros = sorted((*(found.start() for found in _EURO.finditer(text)), *reading.starts_of(("eur",))))
    for pattern, starts in (
        (_AMOUNT, euros),
        (_QUANTITY, [start for start, _ in reading.figures]),
        (_CLASS, [start for start, end in reading.figures if end - start == 1]),
        (_LEVEL, reading.starts_of(_LEVELS)),
        (_PARTNERSHIP, reading.starts_of(_PARTNERSHIPS)),
    ):
        for found in beginning_at(pattern, text, starts):
            yield found.span()


def _written_figures(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Elf jaar, the noughts that a scan took for letters (5OO mg), and tests, classes and codes such as NT2."""
    for unit in _COUNTED:
        for at in reading.places.get(unit, ()):
            if at and reading.gap(at - 1) == " " and reading.words[at - 1].low in CARDINALS:
                yield reading.words[at - 1].start, reading.words[at].end
    for noughts in _NOUGHTS:
        for at in reading.places.get(noughts, ()):
            start, end = reading.words[at].start, reading.words[at].end
            if any(map(str.isdigit, reading.digits[max(0, start - 2) : end + 1])):
                yield start, end
    for start, end in reading.figures if not reading.all_capitals else ():
        if end - start < 3 and start > 1 and reading.raw[start - 2 : start].isupper():
            begin = start - 2
            while begin and start - begin < 5 and reading.raw[begin - 1].isupper():
                begin -= 1
            found = _CODE.match(reading.raw, begin)
            if found and not lexicon.name(reading.raw[begin:start].lower()):
                yield found.span()


def _within(spans: Spans, finding: Finding) -> bool:
    at = bisect_left(spans, (finding.start + 1, 0)) - 1
    return at >= 0 and finding.end <= spans[at][1]


def _touched(spans: Spans, finding: Finding) -> bool:
    at = bisect_left(spans, (finding.end, 0)) - 1
    return at >= 0 and spans[at][1] > finding.start


def _begun(spans: Spans, finding: Finding) -> bool:
    """Whether the finding begins within one of the spans, or ends within one and holds nothing more than a letter before it."""
    at = bisect_left(spans, (finding.end, 0)) - 1
    while at >= 0 and spans[at][1] > finding.start:
        if spans[at][0] < finding.start + 2:
            return True
        at -= 1
    return False


def _merged(spans: list[tuple[int, int]]) -> Spans:
    """In order, overlapping ones made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def school_names(school: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The name as given, without the words for its kind before or behind it, without its article, and the short name of one long
    word."""
    kinds = lexicon.cues["school-kind"] | lexicon.cues["school"]
    name = phrase(school)
    names = [name]
    while len(name) > 1 and (name[0] in kinds or name[0].endswith("school")):
        name = name[1:]
        names.append(name)
    while len(name) > 1 and (name[-1] in kinds or name[-1].endswith("school")):
        name = name[:-1]
        names.append(name)
    if len(name) > 1 and name[0] in _ARTICLES:
        names.append(name[1:])
    if len(name) == 1:
        names += [("het", name[0].removesuffix(end)) for end in sorted(kinds) if name[0].endswith(end)]
    without = tuple(word for word in names[0] if word not in _ARTICLES)
    if 1 < len(without) < len(names[0]):
        names.append(without)
    letters = name if len(name) == 1 and len(name[0]) == 3 and not lexicon.ordinary(name[0]) else None
    return [name for name in names if len("".join(name)) > 3 or name == letters == names[0]]


def short_form(school: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The first letters of a school of three words or more, unless they are a word."""
    letters = "".join(word[0] for word in phrase(school))
    return [(letters,)] if len(letters) > 2 and not lexicon.ordinary(letters) else []


def board_names(board: str) -> list[tuple[str, ...]]:
    """With and without what kind of legal person it is."""
    name = phrase(board)
    return [name, name[1:]] if name[:1] in (("stichting",), ("vereniging",)) and len(name) > 1 else [name]


def _spans(reading: Reading, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(reading.words[begin].start, reading.words[end - 1].end) for begin, end in ranges]
