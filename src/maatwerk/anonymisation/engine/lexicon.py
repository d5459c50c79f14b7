"""What is a word, a name, a place: the open lists in data/, read once. Being in a list proves nothing by itself."""

import gc
import gzip
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import fold

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Lexicon:
    """All entries folded to plain lower-case letters; phrases are tuples of words."""

    words: frozenset[str]
    in_order: tuple[str, ...]
    informal: frozenset[str]
    foreign: frozenset[str]
    first_names: frozenset[str]
    surnames: frozenset[str]
    frequent: dict[str, str]
    names: frozenset[str]
    terms: frozenset[str]
    abbreviations: frozenset[str]
    weak: frozenset[str]
    proper: frozenset[str]
    things: frozenset[str]
    named_things: Phrases
    nicknames: dict[str, frozenset[str]]
    roles: dict[str, str]
    also_called: dict[str, frozenset[str]]
    places: Phrases
    providers: Phrases
    provider_words: frozenset[str]
    protected: Phrases
    cues: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]

    def ordinary(self, word: str) -> bool:
        """An ordinary Dutch word, also one of speech and chats, or a compound of two or three of them."""
        return word in self.words or word in self.informal or (7 < len(word) < 50 and self._compound(word, 2))

    def shortened(self, word: str) -> bool:
        """Whether an ordinary word begins so: bereikb, toegev."""
        at = bisect_left(self.in_order, word)
        return at < len(self.in_order) and self.in_order[at].startswith(word)

    def slip(self, word: str) -> bool:
        """Whether one letter left out, put in or swapped with its neighbour gives an ordinary word: verzok, moederr, heirover."""
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        less = (head + tail[1:] for head, tail in cuts if tail)
        swapped = (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
        more = (head + letter + tail for head, tail in cuts for letter in "aeioudlnrst")
        return any(each in self.words for forms in (less, swapped, more) for each in forms)

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
    """The lists, loaded at the first call (about a tenth of a second). They stay as long as the process does, so what collects garbage
    need not walk them time and again: not while they are read, and not afterwards."""
    collects = gc.isenabled()
    gc.disable()
    try:
        lists = _read()
        gc.freeze()
    finally:
        if collects:
            gc.enable()
    return lists


def _read() -> Lexicon:
    cues, short = _kinds("cues.txt"), _lines("abbreviations.txt")
    things = [phrase(thing) for line in _lines("things.txt") for thing in line.split(",")]
    first_names = frozenset((*_lines("firstnames.txt"), *_lines("firstnames-own.txt"), *_packed("firstnames-more")))
    words = _packed("words")
    informal = {word for line in _lines("informal.txt") for word in line.split() if word.isalpha()}
    return Lexicon(
        words=frozenset(words),
        in_order=tuple(words),
        informal=frozenset(informal - first_names),
        foreign=frozenset(_packed("foreign")),
        first_names=first_names,
        surnames=frozenset((*_lines("surnames.txt"), *_lines("surnames-own.txt"), *_packed("surnames-more"))),
        frequent=_bands(),
        names=frozenset(_packed("propernames")),
        terms=frozenset(
            word for line in (*_lines("protected.txt"), *short) for word in phrase(line) if len(phrase(line)) == 1
        ),
        abbreviations=frozenset(
            (*short, *(fold(line) for line in _raw_lines("protected.txt") if line.isupper() and len(line) < 5))
        ),
        weak=frozenset(short),
        proper=frozenset(_lines("proper.txt")),
        things=frozenset(words[0] for words in things if len(words) == 1),
        named_things=Phrases(things),
        nicknames=_kinds("nicknames.txt", both_ways=True),
        roles={word: role for role, words in _kinds("roles.txt").items() for word in words},
        also_called=_kinds("also-called.txt", both_ways=True, apart=";"),
        places=_phrases("places.txt"),
        providers=_phrases("providers.txt"),
        provider_words=frozenset(name[0] for name in map(phrase, _lines("providers.txt")) if len(name) == 1),
        protected=Phrases(phrase(line) for line in (*_lines("protected.txt"), *short)),
        cues=cues,
        endings={kind: tuple(words) for kind, words in cues.items()},
    )


@lru_cache(maxsize=4096)
def phrase(text: str) -> tuple[str, ...]:
    """A phrase as its words in plain lower-case letters; digits and marks separate."""
    return tuple(_LETTERS.findall(fold(text)))


def _file(name: str) -> bytes:
    return resources.files("maatwerk.anonymisation.engine").joinpath("data", name).read_bytes()


def _packed(name: str) -> list[str]:
    """Words in plain lower-case letters, one a line."""
    return gzip.decompress(_file(f"{name}.txt.gz")).decode("ascii").split()


def _bands() -> dict[str, str]:
    """How frequent a word is in Dutch: 3 very, 2 quite, 1 rather."""
    lines = gzip.decompress(_file("frequencies.txt.gz")).decode("ascii").splitlines()
    return {word: line[0] for line in lines for word in line[2:].split()}


def _raw_lines(name: str) -> list[str]:
    lines = _file(name).decode("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _lines(name: str) -> list[str]:
    return [fold(line) for line in _raw_lines(name)]


def _phrases(name: str) -> Phrases:
    return Phrases(phrase(line) for line in _lines(name))


def _kinds(name: str, *, both_ways: bool = False, apart: str | None = None) -> dict[str, frozenset[str]]:
    """Lines of a kind, a colon and words; both ways, each word leads to its kind too."""
    found: dict[str, set[str]] = {}
    for line in _lines(name):
        kind, _, rest = line.partition(":")
        words = [word.strip() for word in rest.split(apart)]
        found.setdefault(kind.strip(), set()).update(words)
        for word in words if both_ways else ():
            found.setdefault(word, set()).add(kind.strip())
    return {kind: frozenset(words) for kind, words in found.items()}
