"""Organisations whose names the tenant gave: care providers in every short form it knows of, and schools other than the pupil's."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known, Named
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.protect import school_names
from maatwerk.anonymisation.engine.reading import Reading

_SHORT = 4


class KnownNames:
    """`kinds` is for each spelling the word of its placeholder and the one name that all spellings stand for."""

    def __init__(self, known: Known, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.kinds, self._phrases = _spelled(known.institutions, known.schools)
        self._small = {phrase(n) for each in known.institutions for n in (each.name, *each.also) if n == n.lower()}

    def found_in(self, reading: Reading) -> Iterator[Finding]:
        """The names where they stand as names."""
        for begin, end in self._phrases.found_in(reading):
            if self._is_name(reading, begin, end):
                yield Finding(reading.words[begin].start, reading.words[end - 1].end, "instelling", 0.97)

    def _is_name(self, reading: Reading, begin: int, end: int) -> bool:
        """Ordinary words, and a few letters, need capitals that their place does not explain, unless they were given in small letters;
        in a text without capitals an ordinary word needs a word such as "bij" before it."""
        words, cues = reading.words[begin:end], self._lexicon.cues
        if tuple(word.low for word in words) in self._small:
            return True
        if (
            len(words) == 1
            and not words[0].capital
            and not reading.without_capitals
            and self._lexicon.ordinary(words[0].low)
        ):
            return False
        if not any(word.low in self._lexicon.words for word in words):
            return len(words) > 1 or len(words[0].low) >= _SHORT or words[0].capitals or reading.without_capitals
        if len(words) > 1:
            return reading.without_capitals or any(word.capital for word in words)
        before = reading.words[begin - 1].low if begin else ""
        if reading.without_capitals:
            return before in cues["towards-institution"]
        follower = reading.words[end].low if end < len(reading.words) else ""
        return words[0].capital and (not words[0].first or follower in cues["verb"])


@lru_cache(maxsize=64)
def _spelled(
    institutions: tuple[Named, ...], schools: tuple[str, ...]
) -> tuple[Mapping[tuple[str, ...], tuple[str, str]], Phrases]:
    """Kept, because the cases of a partnership share them."""
    kinds: dict[tuple[str, ...], tuple[str, str]] = {}
    for each in institutions:
        for name in (each.name, *each.also):
            kinds.setdefault(phrase(name), ("instelling", " ".join(phrase(each.name))))
    for school in schools:
        for words in school_names(school, lexicon()):
            kinds.setdefault(words, ("school", " ".join(phrase(school))))
    return kinds, Phrases(kinds)
