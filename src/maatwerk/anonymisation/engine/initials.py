"""Known persons as initials only: A.v.H., PB, O.I. One letter alone is in `known`."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading

_DOTTED = re.compile(r"(?<![\w.])(?:[A-Za-z]{1,2}\. ?){2,6}(?!\w)")
_TWO_STOPS = re.compile(r"\. ?[A-Za-z]{1,2}\.")
_CAPITALS = re.compile(r"(?<![\w.@/\-])[A-Z]{2,4}(?![\w@]|[/\-]\w)")


def initials_of(known: Known) -> dict[str, str]:
    """Letters and whose they are: of the first names, and of first and last name with or without particles."""
    found: dict[str, str] = {}
    for person in known.persons:
        first, particle, last = (_letters(name) for name in (person.first, person.particle, person.last))
        for letters in (first + last, first[:1] + last, first[:1] + particle + last, first + particle + last, first):
            if len(letters) > 1 and person.first:
                found.setdefault(letters, person.role)
    return found


def initials(reading: Reading, known: Mapping[str, str]) -> Iterator[Finding]:
    """Letters with full stops; capitals without them only when they are no term."""
    if not known:
        return
    for found in _DOTTED.finditer(reading.plain) if _TWO_STOPS.search(reading.plain) else ():
        letters = "".join(found.group().lower().split()).replace(".", "")
        if letters in known and not found.group()[0].islower():
            yield Finding(found.start(), found.start() + len(found.group().rstrip()), "persoon", 0.8, known[letters])
    if reading.all_capitals:
        return
    lists = lexicon()
    for low in known.keys() & reading.places.keys():
        if low in lists.words or (low in lists.terms and low not in lists.weak):
            continue
        for word in (reading.words[at] for at in reading.places[low]):
            if word.text.isupper() and len(low) < 5 and _CAPITALS.match(reading.plain, word.start):
                yield Finding(word.start, word.end, "persoon", 0.6, known[low])


def _letters(name: str) -> str:
    return "".join(word[0] for word in phrase(name))
