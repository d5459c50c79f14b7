"""A known name that a scanner or a line end broke: R uth  Te sfay, Jo-⏎nas, Te5s d e Koning. Signs that scans mix up count as one. A
break is a blank, a hyphen or a line end, never another mark; a name of fewer than five letters needs more to show that it is one."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.lexicon import phrase
from maatwerk.anonymisation.engine.persons import Person
from maatwerk.anonymisation.engine.reading import Reading

_ALIKE = (
    ("0", "o"), ("1", "l"), ("i", "l"), ("|", "l"), ("5", "s"), ("8", "b"), ("3", "e"), ("6", "g"), ("9", "g"), ("2", "s"),
    ("z", "s"),
)  # fmt: skip
_TABLE = str.maketrans({sign: "s" if letter == "z" else letter for sign, letter in _ALIKE})
_SEPARATORS = (" ", "\n", "\r", "\t", "-")
_BREAK = r"(?:[ \t]{1,3}|-|-?[ \t]{0,2}\r?\n[ \t]{0,24})?"
_LETTERS = {"l": "[li1|]", "o": "[o0]", "s": "[s5z2]", "b": "[b8]", "e": "[e3]", "g": "[g69]", "m": f"(?:m|r{_BREAK}n)"}
_PIECES = re.compile(r"[^\s\-]+")
_SURELY = 7
_ENOUGH = 5


class Whole(NamedTuple):
    """A name as it should stand, whose it is, whether it begins with a first name, and how it reads with its breaks and its mixed up
    signs gone."""

    words: tuple[str, ...]
    role: str
    given: bool
    spaced: str
    bare: str


def whole(words: tuple[str, ...], role: str = "", *, given: bool = False) -> Whole:
    """The name of these words."""
    spaced = " ".join(words).translate(_TABLE).replace("rn", "m")
    return Whole(words, role, given, spaced, spaced.replace(" ", ""))


def wholes(persons: Iterable[Person]) -> tuple[Whole, ...]:
    """The names of the persons that may be broken: each part, and what of the full name stands together."""
    found: dict[tuple[str, ...], Whole] = {}
    for person in persons:
        first, nick, particle, last = (
            phrase(name) for name in (person.first, person.nickname, person.particle, person.last)
        )
        parts = [(part,) for part in (*first, *nick, *last) if len(part) > 2]
        several = [first + last, first + particle + last, particle + last, last + first]
        for words in (*parts, *(words for words in several if len(words) > 1)):
            shared = words in found and found[words].role != person.role
            if len("".join(words)) > 2:
                given = words[0] in (*first, *nick)
                found[words] = whole(words, "familienaam" if shared else person.role, given=given)
    return tuple(found.values())


def broken(reading: Reading, names: Iterable[Whole]) -> Iterator[tuple[int, int, Whole]]:
    """Where one of the names stands with a break or a sign mixed up, in the offsets of the reading."""
    low = reading.low
    spaced = _alike(low)
    bare = spaced
    for sign in _SEPARATORS:
        bare = bare.replace(sign, "")
    bare = bare.replace("rn", "m")
    for name in names:
        here = bare.count(name.bare)
        if here and (here > spaced.count(name.spaced) or here > low.count(" ".join(name.words))):
            for found in _pattern(name.bare).finditer(low):
                if _is_one(reading, found.start(), found.group(), name):
                    yield found.start(), found.end(), name


def _alike(text: str) -> str:
    for sign, letter in _ALIKE:
        text = text.replace(sign, letter)
    return text.replace("rn", "m")


@lru_cache(maxsize=4096)
def _pattern(bare: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])" + _BREAK.join(_LETTERS.get(letter, re.escape(letter)) for letter in bare) + r"(?![^\W_])"
    )


def _is_one(reading: Reading, start: int, text: str, name: Whole) -> bool:
    """Whether what spells the name is no row of words by themselves."""
    pieces = tuple(_PIECES.findall(text))
    capital = reading.plain[start].isupper()
    if pieces == name.words or sum(map(str.isdigit, text)) * 2 > len(text):
        return False
    if len(name.words) == 1 and not capital and ordinary(name.words[0]):
        return any(map(str.isdigit, text)) and len(pieces) == 1
    torn = [piece for piece in pieces if piece not in name.words]
    strange = any(len(piece) == 1 or not ordinary(piece) for piece in torn)
    if len(pieces) <= len(name.words):
        return not any(map(ordinary, torn))
    begun = capital and not any(map(str.isupper, reading.plain[start + 1 : start + len(text)]))
    if len(name.bare) < _ENOUGH:
        return begun and strange and (len(name.bare) > 3 or "\n" in text)
    surely = len(name.bare) >= _SURELY and (begun or len(torn) < len(pieces))
    return strange or surely or "\n" in text
