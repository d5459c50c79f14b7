"""The part of a book that an entry lies in: an envelope per municipality, district or board. Which parts an act can touch must be
known before it is judged, because their envelopes are locked first; so `deel` is a plain path or a text, never a calculation.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.computed import with_computed
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import BookDef, EffectDef, FieldDef, Scheme

NEW: Final = ("reserveren", "vastleggen")
BOOKINGS: Final = (*NEW, "vrijgeven", "betalen", "vaststellen")
PATH: Final = re.compile(r"(aanvraag|deze|regel)\.([a-z][a-z0-9_]*)")
QUOTED: Final = re.compile(r"'([^'\\]+)'|\"([^\"\\]+)\"")


def named(book: BookDef, given: Any) -> str:
    """The part that an answer names: written as the scheme writes it when it knows the part, "" when nothing was given."""
    text = " ".join(given.split()) if isinstance(given, str) else ""
    return next((part for part in book.parts if part.casefold() == text.casefold()), text)


def declared(scheme: Scheme) -> dict[Pot, int | None]:
    """Every pot that the scheme itself names, with its ceiling."""
    found: dict[Pot, int | None] = {}
    for name, book in scheme.books.items():
        found |= {Pot(name, part): ceiling for part, ceiling in book.parts.items()}
        if not book.is_divided:
            found[Pot(name)] = book.ceiling
    return found


def left(scheme: Scheme, pot: Pot, amount: int | None) -> Room:
    """The room of an envelope of which only is known what it has left: under its ceiling, or to its floor."""
    book, ceiling = scheme.books[pot.book], declared(scheme).get(pot)
    if amount is None:
        return Room()
    if ceiling is None and book.floor is not None:
        return Room(committed=book.floor - amount)
    ceiling = amount if ceiling is None else max(ceiling, amount)
    return Room(ceiling, committed=ceiling - amount)


def is_known(book: BookDef, pot: Pot, room: Mapping[Pot, Room]) -> bool:
    """Whether money may lie there: the scheme names the part or leaves them open, or there is an envelope for it."""
    return not book.is_divided or pot.part in book.parts or book.other_parts == "toelaten" or pot in room


def effects_after(scheme: Scheme, kind: str = "") -> Iterator[EffectDef]:
    """The effects that an act can have: its own, those of a step that it ends or of one that is skipped. Without `kind` those
    of what happens by itself."""
    if kind:
        yield from scheme.acts[kind].effects
    for step in scheme.steps.values():
        for outcome, on in step.on.items():
            if kind in step.acts or outcome == "overgeslagen":
                yield from on.effects


def books_touched(scheme: Scheme, kind: str) -> list[str]:
    """The books on which an act may book: by itself, by ending its step or skipping another, or by going back."""
    if scheme.acts[kind].reopens:
        return list(scheme.books)
    return sorted({effect.book for effect in effects_after(scheme, kind) if effect.book})


def pots(scheme: Scheme, kind: str, answers: Mapping[str, Any], fields: Mapping[str, Any]) -> list[Pot]:
    """Every pot in which an act with these fields can book something new, `answers` being those of the case until now; without
    `kind` where something that happens by itself can."""
    known, uses_form = scheme.constants, kind and PALETTE[scheme.acts[kind].behaviour].uses_form
    filled = with_computed(scheme.form, {**answers, **fields}, None, known) if uses_form else answers
    if kind and not uses_form:
        fields = with_computed(scheme.acts[kind].fields, fields, answers, known)
    wanted = [effect for effect in effects_after(scheme, kind) if effect.book in scheme.books]
    if kind and scheme.acts[kind].reopens:
        wanted += [EffectDef(kind="vastleggen", book=book) for book in scheme.books]
    return sorted({Pot(e.book, part) for e in wanted for part in _parts(scheme.books[e.book], e, filled, fields)})


def _parts(book: BookDef, wanted: EffectDef, answers: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterable[str]:
    if not book.is_divided:
        return ("",)
    path, quoted = PATH.fullmatch(wanted.part), QUOTED.fullmatch(wanted.part)
    if quoted:
        values: list[Any] = [quoted[1] or quoted[2]]
    elif path and path[1] == "regel":
        values = [row.get(path[2]) for row in rows_of(wanted, answers, fields)]
    else:
        values = [(fields if path and path[1] == "deze" else answers).get(path[2] if path else book.per)]
    return [part for value in values if (part := named(book, value))]


def columns_of(scheme: Scheme, table: str, act: str = "") -> Mapping[str, FieldDef]:
    """The columns of a table of the act, else of the form; none for what is no table."""
    field = (scheme.acts[act].fields if act else {}).get(table, scheme.form.get(table))
    return field.columns if field is not None and field.kind == "tabel" else {}


def rows_of(wanted: EffectDef, answers: Mapping[str, Any], fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows for each of which an effect happens: of a table of the act itself, else of the form."""
    rows = fields.get(wanted.each, answers.get(wanted.each)) if wanted.each else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
