"""Values of a scheme in plain Dutch, with ids as the titles that the scheme itself gives them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from maatwerk.rules import comparing_words as words
from maatwerk.rules.calendar import MONTHS
from maatwerk.rules.decoding import key_of
from maatwerk.rules.entitlements import RateRow
from maatwerk.rules.lengths import Length
from maatwerk.rules.money import euro
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import BookDef, EstimateDef, FieldDef, GateDef, Scheme, TextDef

LONG, CONTEXT = 100, 4


def table(scheme: Scheme, key: str) -> Mapping[str, Any]:
    """A table of the scheme by its Dutch key."""
    return next((getattr(scheme, item.name) for item in fields(scheme) if key_of(item) == key), {})


def name_of(item_id: str, item: Any) -> str:
    """What people call an entry of a table: its title, or its id as words."""
    if isinstance(item, TextDef):
        return item.subject
    title = "" if isinstance(item, GateDef) else getattr(item, "title", "")
    return title or item_id.replace("_", " ").capitalize()


def titled(scheme: Scheme, key: str, item_id: str) -> str:
    """An id that names something in a table, as its title."""
    found = table(scheme, key).get(item_id)
    return f"'{name_of(item_id, found)}'" if found is not None else f"'{item_id}'"


def said(scheme: Scheme, holder: Any, key: str, value: Any) -> str:
    """The value under a Dutch key of a part of the scheme."""
    place = f"{type(holder).__name__}.{key}"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, int):
        return euro(value) if _is_money(scheme, holder, key) else str(value)
    if isinstance(value, tuple):
        parts = [said(scheme, holder, key, part) for part in value]
        return _joined(parts, " tot " if key == "schorst" and value and isinstance(value[0], str) else " en ")
    return _text(scheme, place, key, str(value))


def _text(scheme: Scheme, place: str, key: str, value: str) -> str:
    if place in words.MOMENTS:
        return moment(scheme, value)
    if place in words.LENGTHS:
        return _length(value)
    if place in words.REFERENCES:
        return titled(scheme, words.REFERENCES[place], value)
    return f"“{' '.join(value.split())}”" if key in words.WRITTEN else f"'{value.replace('_', ' ')}'"


def moment(scheme: Scheme, name: str) -> str:
    """A moment in the grammar of rules/moments.py."""
    kind, _, rest = name.partition(".")
    item, _, more = rest.partition(".")
    if kind == "begin":
        return "het begin"
    title = titled(scheme, kind, item)
    if kind == "handeling":
        return f"{title} ({more.replace('_', ' ')})" if more else title
    if more in ("geopend", "verstreken"):
        return f"{title} {'begint' if more == 'geopend' else 'verstrijkt'}"
    return f"{title} is {more.replace('_', ' ')}" if more else f"de dag bij {title}"


def apart(before: str, after: str) -> tuple[str, str]:
    """Two long texts as the words in which they differ, with some words around them."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    old, new = before.split(), after.split()
    start = end = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return _cut(old, start, end), _cut(new, start, end)


def _cut(parts: list[str], start: int, end: int) -> str:
    first, last = max(0, start - CONTEXT), len(parts) - max(0, end - CONTEXT)
    lead, trail = "“… " if first else "", " …”" if last < len(parts) else ""
    return f"{lead}{' '.join(parts[first:last])}{trail}"


def _length(value: str) -> str:
    try:
        return Length.parse(value).in_words()
    except Refused:
        return f"'{value}'"


def _is_money(scheme: Scheme, holder: Any, key: str) -> bool:
    if isinstance(holder, BookDef):
        return holder.unit == "eurocent" and key in ("plafond", "vloer")
    if isinstance(holder, EstimateDef):
        units = {
            book.unit for book in scheme.books.values() if holder in (book.estimate, *book.part_estimates.values())
        }
        return key == "gemiddelde" and units == {"eurocent"}
    if isinstance(holder, RateRow):
        return True
    return isinstance(holder, FieldDef) and holder.kind == "bedrag" and key in ("minimum", "maximum")


def _joined(parts: list[str], last: str) -> str:
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts) or "niets"


def is_part(value: Any) -> bool:
    """Whether a value is a part of a scheme with keys of its own."""
    return is_dataclass(value) and not isinstance(value, type)
