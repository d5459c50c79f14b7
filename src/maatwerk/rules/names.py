"""Names of persons as plain words, so that the same name compares equal however it was typed. Equal names are not equal
persons: who relies on this asks a human."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

NAME_PARTS = ("voornaam", "tussenvoegsel", "achternaam")


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents; digits and signs separate."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn").casefold()
    return tuple("".join(c if c.isalpha() else " " for c in bare).split())


def full_name(person: Mapping[str, Any]) -> str:
    """First name, particle and surname of a person of a form, as far as they are given."""
    return " ".join(str(person[part]).strip() for part in NAME_PARTS if person.get(part))


def mentions(text: str, name: str) -> bool:
    """Whether a text holds all words of a name, one after another; a single word is no full name and is never found."""
    wanted = words(name)
    return len(wanted) > 1 and f" {' '.join(wanted)} " in f" {' '.join(words(text))} "


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
