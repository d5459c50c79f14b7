"""Known persons as initials only: A.v.H., PB, O.I. One letter of theirs alone is in `known`; one letter of a
stranger counts behind a word that announces a person."""

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import form
from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading

_DOTTED = re.compile(r"(?<![\w.])(?:[A-Za-z]{1,2}\. ?){2,6}(?!\w)")
_TWO_STOPS = re.compile(r"\. ?[A-Za-z]{1,2}\.")
_CAPITALS = re.compile(r"(?<![\w.@/\-])(?:[A-Z]{2,4}|[A-Z][vdtl]{1,3}[A-Z])(?![\w@]|[/\-]\w)")
_DOUBLE = re.compile(r"(?<![\w.@/\-])([A-Z])\.?-([A-Z])(?![\w\-])\.?")
_GROUP = re.compile(r"(?:[A-Za-z]{1,2}\.)+")
_LETTER = re.compile(r"(?<![\w.\-/])[A-Z](?=\.(?!\w))")
_BEFORE_LETTER = frozenset((" ", ". ", ": ", ", ", " van ", " v. "))
_NO_CUE = frozenset(("st", "mr"))


def initials_of(known: Known) -> dict[str, str]:
    """Letters and whose they are: of the first names, and of first and last name with or without particles."""
    found: dict[str, str] = {}
    for person in known.persons:
        first, particle, last = (_letters(name) for name in (person.first, person.particle, person.last))
        for letters in (first + last, first[:1] + last, first[:1] + particle + last, first + particle + last, first):
            if len(letters) > 1 and person.first:
                found.setdefault(letters, person.role)
    return found


def family_letters(known: Known) -> frozenset[str]:
    """How surnames are shortened behind a first name: B, dB, vdL."""
    found: set[str] = set()
    for person in known.persons:
        particle, last = _letters(person.particle), _letters(person.last)
        found |= {*last, last, particle + last, particle + last[:1]}
    return frozenset(found - {""})


def initials(reading: Reading, known: Mapping[str, str]) -> Iterator[Finding]:
    """Letters with full stops; capitals without them only when they are no term."""
    if not known:
        return
    for found in _DOTTED.finditer(reading.plain) if _TWO_STOPS.search(reading.plain) else ():
        yield from _dotted(found, known)
    for found in _DOUBLE.finditer(reading.plain) if "-" in reading.plain else ():
        letters = f"{found[1]}{found[2]}".lower()
        if letters in known:
            yield Finding(*found.span(), "persoon", 0.8, known[letters])
    if reading.all_capitals:
        return
    lists = lexicon()
    for low in known.keys() & reading.places.keys():
        if low in lists.words or (low in lists.terms and low not in lists.weak):
            continue
        for word in (reading.words[at] for at in reading.places[low]):
            if len(low) < 5 and _CAPITALS.match(reading.plain, word.start):
                yield Finding(word.start, word.end, "persoon", 0.6, known[low])


def announced_letters(reading: Reading) -> Iterator[Finding]:
    """One capital with a full stop behind a word that announces a person: mw. B., familie D., de ouders van N."""
    for at in sorted(at for letter in ascii_lowercase for at in reading.places.get(letter, ())):
        word = reading.words[at]
        if not (word.capital and at and _LETTER.match(reading.plain, word.start)):
            continue
        before = at - 2 if at > 1 and reading.words[at - 1].low in ("van", "v") else at - 1
        if reading.plain[reading.words[before].end : word.start] not in _BEFORE_LETTER:
            continue
        if form(reading.words[before].text).cue in ("address", "role") and reading.words[before].low not in _NO_CUE:
            yield Finding(word.start, word.end + 1, "persoon", 0.7)


def _dotted(found: re.Match[str], known: Mapping[str, str]) -> Iterator[Finding]:
    """The longest row of letters that are a known person's: what stands before it may be the end of a sentence."""
    groups = [(found.start() + group.start(), group.group()) for group in _GROUP.finditer(found.group())]
    for first in range(len(groups)):
        for last in range(len(groups), first, -1):
            letters = "".join(group for _, group in groups[first:last]).replace(".", "").lower()
            if letters in known and groups[first][1][0].isupper():
                start, (begin, end) = groups[first][0], groups[last - 1]
                yield Finding(start, begin + len(end), "persoon", 0.8, known[letters])
                return


def _letters(name: str) -> str:
    return "".join(word[0] for word in phrase(name))
