"""Names of persons as plain words, so that the same name compares equal however it was typed. Equal names are not equal
persons: who relies on this asks a human."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
NAME_PARTS = ("voornaam", "tussenvoegsel", "achternaam")
ALIKE = 0.8
_TELLS_NOTHING = frozenset(
    [
        "de",
        "den",
        "der",
        "het",
        "ten",
        "ter",
        "te",
        "van",
        "von",
        "la",
        "le",
        "mevrouw",
        "mevr",
        "mw",
        "meneer",
        "mijnheer",
        "heer",
        "dhr",
        "juf",
        "meester",
        "drs",
        "dr",
        "ir",
        "ing",
        "mr",
        "prof",
    ]
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents; digits and signs separate."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")
    return tuple(_WORD.findall(text.casefold()))


def plain(text: str) -> str:
    """The words with one space around each, to look for names in."""
    return f" {' '.join(words(text))} "


def full_name(person: Mapping[str, Any]) -> str:
    """First name, particle and surname of a person of a form, as far as they are given."""
    return " ".join(str(person[part]).strip() for part in NAME_PARTS if person.get(part))


def mentions(plain_text: str, name: str) -> bool:
    """Whether a text, made plain, holds all words of a name in a row; one word is no full name and is never found."""
    return len(words(name)) > 1 and plain(name) in plain_text


def telling(text: str) -> list[str]:
    """The words of a name by which somebody is known: without initials, particles and forms of address, ij written as y."""
    return [word.replace("ij", "y") for word in words(text) if len(word) > 1 and word not in _TELLS_NOTHING]


def may_mean(written: str, name: str) -> bool:
    """Whether a name as somebody remembers it may mean who is called `name`: the last word of one is in the other, give or take a
    slip of the pen. Wide on purpose, for what keeps somebody away only until a person has looked."""
    one, other = telling(written), telling(name)
    return bool(one and other) and (_among(one[-1], other) or _among(other[-1], one))


def _among(word: str, others: Sequence[str]) -> bool:
    return any(word == other or SequenceMatcher(None, word, other).ratio() >= ALIKE for other in others)


def texts_in(value: Any) -> Iterator[str]:
    """Every text within answers, each person of a form as one full name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        if any(part in value for part in NAME_PARTS):
            yield full_name(value)
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)
