"""What is a word, a name, a place: the open lists in data/, read once. Being in a list proves nothing by itself."""

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources

from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import fold


@dataclass(frozen=True)
class Lexicon:
    """All entries folded to plain lower-case letters; phrases are tuples of words."""

    words: frozenset[str]
    first_names: frozenset[str]
    surnames: frozenset[str]
    proper: frozenset[str]
    places: Phrases
    providers: Phrases
    protected: Phrases
    cues: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]

    def ordinary(self, word: str) -> bool:
        """An ordinary Dutch word, or a compound of two or three of them."""
        return word in self.words or (7 < len(word) < 50 and self._compound(word, 2))

    def name(self, word: str) -> bool:
        return word in self.first_names or word in self.surnames

    def _compound(self, word: str, parts: int) -> bool:
        for cut in range(len(word) - 4, 3, -1):
            head, tail = word[:cut], word[cut:]
            if tail not in self.words and not (parts > 1 and len(tail) > 7 and self._compound(tail, parts - 1)):
                continue
            if head in self.words or (head.endswith("s") and len(head) > 4 and head[:-1] in self.words):
                return True
        return False


@cache
def lexicon() -> Lexicon:
    """The lists, loaded at the first call (about a tenth of a second)."""
    cues = _cues()
    return Lexicon(
        words=frozenset(gzip.decompress(_file("words.txt.gz")).decode("ascii").split()),
        first_names=frozenset((*_lines("firstnames.txt"), *_lines("firstnames-own.txt"))),
        surnames=frozenset((*_lines("surnames.txt"), *_lines("surnames-own.txt"))),
        proper=frozenset(_lines("proper.txt")),
        places=_phrases("places.txt"),
        providers=_phrases("providers.txt"),
        protected=_phrases("protected.txt"),
        cues=cues,
        endings={kind: tuple(words) for kind, words in cues.items()},
    )


def phrase(text: str) -> tuple[str, ...]:
    """A phrase as its words in plain lower-case letters; digits and marks separate."""
    return tuple("".join(c if c.isalpha() else " " for c in fold(text)).split())


def _file(name: str) -> bytes:
    return resources.files("maatwerk.anonymisation.engine").joinpath("data", name).read_bytes()


def _lines(name: str) -> list[str]:
    lines = _file(name).decode("utf-8").splitlines()
    return [fold(line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def _phrases(name: str) -> Phrases:
    return Phrases(phrase(line) for line in _lines(name))


def _cues() -> dict[str, frozenset[str]]:
    """`cues.txt`: lines of a kind, a colon and words."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines("cues.txt"):
        kind, _, words = line.partition(":")
        found[kind.strip()] = found.get(kind.strip(), frozenset()) | frozenset(words.split())
    return found
