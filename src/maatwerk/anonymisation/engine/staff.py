"""People of the partnership itself, of whom only the full name is known. Few texts name them, so nothing looser than the full name or
a rare surname counts by itself: an ordinary word or a mere first name does only where something says that they are meant."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known, Person
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.placeholders import STAFF
from maatwerk.anonymisation.engine.reading import Reading, Word
from maatwerk.anonymisation.engine.variants import Variant, variants
from maatwerk.anonymisation.engine.word_class import finite

_CLOSE = 2


@dataclass(frozen=True)
class _Spelled:
    """The names of one list of people, however written; `letters` are initials by role."""

    variants: Mapping[tuple[str, ...], Variant]
    phrases: Phrases
    letters: Mapping[str, str]


class Staff:
    """The names as they are sought in several texts. A spelling that is `taken`, because a person of the case is called so too, is
    left to that person."""

    def __init__(self, known: Known, lexicon: Lexicon, taken: Container[tuple[str, ...]]) -> None:
        self._lexicon = lexicon
        self._small = lexicon.cues["particle"] | {"s"}
        self._taken = taken
        self._spelled = _spelled(known.staff)

    def found_in(self, reading: Reading) -> Iterator[Finding]:
        """Full names and rare surnames first: who is named so is also meant by the rest of the name."""
        found = self._spelled.phrases.found_in(reading)
        places = [place for place in found if self._words(reading, *place) not in self._taken]
        sure = {place for place in places if self._is_sure(reading, *place)}
        met = {role for place in sure for role in self._at(reading, *place).roles}
        for begin, end in places:
            variant = self._at(reading, begin, end)
            if (begin, end) in sure or self._is_meant(reading, begin, variant, met):
                who = variant.roles[0] if len(variant.roles) == 1 else ""
                confidence = 0.85 if variant.surname else 0.96
                span = reading.words[begin].start, reading.words[end - 1].end
                yield Finding(*span, "persoon", confidence, who, variant.surname)

    def _at(self, reading: Reading, begin: int, end: int) -> Variant:
        return self._spelled.variants[self._words(reading, begin, end)]

    def _words(self, reading: Reading, begin: int, end: int) -> tuple[str, ...]:
        return tuple(word.low for word in reading.words[begin:end])

    def _is_sure(self, reading: Reading, begin: int, end: int) -> bool:
        """A first name or initial with the surname, a surname with its particle, or one that is no ordinary word."""
        variant, words = self._at(reading, begin, end), reading.words[begin:end]
        kernel = [word for word in words if word.low not in self._small]
        whole = len(kernel) > 1 and not variant.surname
        if all(self._lexicon.ordinary(word.low) for word in kernel):
            return kernel[-1].capital and (
                whole or (variant.surname and words[0].low in self._lexicon.cues["particle"])
            )
        written = kernel[-1].capital or reading.without_capitals
        return whole or (variant.surname and written and not self._of_another(reading, begin, variant))

    def _is_meant(self, reading: Reading, index: int, variant: Variant, met: set[str]) -> bool:
        """Behind a form of address or a trade, or of somebody whom this text names in full."""
        word, before = reading.words[index], reading.words[index - 1] if index else None
        if before and len(reading.gap(index - 1)) <= _CLOSE and self._announces(before):
            return word.capital or reading.without_capitals
        if met.isdisjoint(variant.roles) or not word.capital:
            return False
        follower = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
        return not word.first or not self._lexicon.ordinary(word.low) or finite(follower)

    def _announces(self, word: Word) -> bool:
        cues = self._lexicon.cues
        return (
            word.low in cues["address"]
            or word.low in cues["role"]
            or word.low.endswith(self._lexicon.endings["role-ending"])
        )

    def _of_another(self, reading: Reading, begin: int, variant: Variant) -> bool:
        """Whether an initial stands before the surname that none of them has."""
        before = reading.words[begin - 1] if begin else None
        if before is None or len(before.text) != 1 or not before.capital:
            return False
        return before.low not in {self._spelled.letters.get(role) for role in variant.roles}


@lru_cache(maxsize=64)
def _spelled(names: tuple[str, ...]) -> _Spelled:
    """Kept, because the cases of a partnership share their people and spelling them out takes longer than reading a text."""
    lists = lexicon()
    persons = tuple(person_of(name, f"{STAFF} {n}", lists) for n, name in enumerate(names))
    small = lists.cues["particle"] | {"s"}
    found = {words: variant for words, variant in variants(persons, lists).items() if set(words) - small}
    return _Spelled(found, Phrases(found), {p.role: phrase(p.first)[0][0] for p in persons if p.first})


def person_of(name: str, role: str, lexicon: Lexicon) -> Person:
    """A full name in its parts. Forms of address are left out; the surname begins at a particle or a double name, else it is
    the last word."""
    words = [word for word in name.split() if not set(phrase(word)) <= lexicon.cues["title"]]
    particles = lexicon.cues["particle"]
    begin = next(
        (n for n, word in enumerate(words) if n and ("-" in word or phrase(word)[0] in particles)),
        max(len(words) - 1, 1),
    )
    end = begin
    while end < len(words) - 1 and phrase(words[end])[0] in particles:
        end += 1
    return Person(role, " ".join(words[:begin]), " ".join(words[begin:end]), " ".join(words[end:]))
