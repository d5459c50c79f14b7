"""When two spellings are one name: a slip of the pen, the same sound in Dutch spelling, a pet name."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.lexicon import phrase
from maatwerk.anonymisation.engine.persons import Person

_PET_ENDINGS = ("ie", "je", "y", "tje", "ke", "sje", "i", "o", "a", "ey", "pje")
_SAME_SOUND = (
    ("sch", "s"), ("ij", "i"), ("ei", "i"), ("y", "i"), ("ie", "i"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"),
    ("ou", "u"), ("au", "u"), ("oe", "u"), ("dj", "j"), ("tj", "j"), ("sj", "s"), ("sh", "s"), ("ch", "g"), ("kh", "g"),
    ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("h", ""), ("d", "t"), ("ae", "a"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_SMALL_ENDINGS = ("je", "jes")
_SMALL = re.compile(r"(?:tje|je)s?$")


class Target(NamedTuple):
    """A known name, whose it is, whether it is a first name, and how it sounds when it is long enough to tell."""

    name: str
    role: str
    given: bool
    sound: str


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """A key that spellings of the same sound share."""
    for spelled, heard in _SAME_SOUND:
        name = name.replace(spelled, heard)
    return _DOUBLE.sub(r"\1", name)


def slip(word: str, name: str) -> bool:
    """Within one slip, two in long names; short names must keep their first letter."""
    allowed = 0 if len(name) < 2 else 1 if len(name) < 7 else 2
    if abs(len(word) - len(name)) > allowed:
        stripped = word[:-1]
        return word.endswith("s") and len(name) > 4 and OSA.distance(stripped, name, score_cutoff=1) <= 1
    if word[0] != name[0] and len(name) < 5:
        return len(name) > 3 and word == name[1] + name[0] + name[2:]
    if len(name) < 4 and not word.startswith(name[:2]):
        return False
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed


def nearest(word: str, names: Iterable[Target]) -> tuple[float, str] | None:
    """How likely a word is one of the names all the same, and whose; None when it is not."""
    length, begin, tail = len(word), word[:3], _SMALL.sub("", word) if word.endswith(_SMALL_ENDINGS) else word
    heard = (sound(word), sound(word.removesuffix("s")), sound(tail)) if length > 3 else ()
    for name, role, given, key in names:
        if word == name:
            continue
        close = abs(length - len(name)) < 3 and (word[0] == name[0] or len(name) > 4 or word[1] == name[0])
        if (close and slip(word, name)) or (key and key in heard):
            return 0.75, role
        if given and (begin == name[:3] or name.endswith(tail) or len(name) < 3) and pet_name(word, name):
            return 0.65, role
    return None


def targets(persons: Iterable[Person]) -> list[Target]:
    """The names against which a word is compared."""
    found: list[Target] = []
    for person in persons:
        first, last = phrase(person.first), phrase(person.last)
        found += [_target(name, person.role, True) for name in sorted({"".join(first), *first}) if len(name) > 1]
        surnames = {"".join(phrase(person.particle) + last), *last}
        found += [_target(name, person.role, False) for name in sorted(surnames) if len(name) > 3]
    return found


def _target(name: str, role: str, given: bool) -> Target:
    return Target(name, role, given, sound(name) if len(name) > 3 else "")


def pet_name(word: str, name: str) -> bool:
    """Begins as the name does and ends as pet names do, or is the name broken off in front or at the end."""
    stem = min(len(name), 3)
    if word.startswith(name[:stem]) and len(word) <= len(name) + 4:
        if name.startswith(word):
            return len(word) > 2 and len(name) - len(word) > 1
        return word.removesuffix("s").endswith(_PET_ENDINGS) and len(word) <= stem + 5
    tail = _SMALL.sub("", word)
    return len(tail) > 3 and len(name) > 6 and name.endswith(tail)
