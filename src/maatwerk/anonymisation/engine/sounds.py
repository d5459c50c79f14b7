"""When two spellings are one name: a slip of the pen, the same sound in Dutch spelling, a pet name."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_PET_ENDINGS = ("ie", "je", "y", "tje", "ke", "sje", "i", "o", "a", "ey", "pje")
_SAME_SOUND = (
    ("sch", "s"), ("ij", "i"), ("ei", "i"), ("y", "i"), ("ie", "i"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"),
    ("ou", "u"), ("au", "u"), ("oe", "u"), ("dj", "j"), ("tj", "j"), ("sj", "s"), ("sh", "s"), ("ch", "g"), ("kh", "g"),
    ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("h", ""), ("d", "t"), ("ae", "a"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")


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
    if word[0] != name[0] and len(name) < 6:
        return False
    if len(name) < 4 and not word.startswith(name[:2]):
        return False
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed


def sounds_alike(word: str, name: str) -> bool:
    """The same sound, for names of four letters and more."""
    return (
        len(name) > 3 and len(word) > 3 and (sound(word) == sound(name) or sound(word.removesuffix("s")) == sound(name))
    )


def pet_name(word: str, name: str) -> bool:
    """Begins as the name does and ends as pet names do, or is the name broken off in front or at the end."""
    stem = min(len(name), 3)
    if word.startswith(name[:stem]) and len(word) <= len(name) + 4:
        if name.startswith(word):
            return len(word) > 2 and len(name) - len(word) > 1
        return word.removesuffix("s").endswith(_PET_ENDINGS) and len(word) <= stem + 5
    tail = re.sub(r"(?:tje|je)s?$", "", word)
    return len(tail) > 3 and len(name) > 6 and name.endswith(tail)
