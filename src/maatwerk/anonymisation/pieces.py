"""Which texts and files of a case may reach reviewers at all: only those that a rule of disclosure names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from maatwerk.rules.acts import Act
from maatwerk.rules.disclosure import WRITTEN, field_at
from maatwerk.rules.scheme import DisclosureDef, FieldDef, Scheme

CLOSED = ("persoon", "personen", "bestand", "tabel")


@dataclass(frozen=True)
class Piece:
    """A text with its place: `kosten.0.omschrijving` in the form, `antwoorden.antwoord@7` in act 7."""

    kind: Literal["tekst", "handeling"]
    path: str
    text: str


def reader_of(scheme: Scheme) -> str:
    """The role that reads the pack; "" when the scheme has none. There is one: it is checked when a scheme loads."""
    return next((rule.audience for rule in anonymous_rules(scheme)), "")


def seat_of_role(role: str) -> str:
    """What stands in the place of a seat, for a role that reads the pack and sits on none."""
    return f"rol:{role}"


def anonymous_rules(scheme: Scheme) -> tuple[DisclosureDef, ...]:
    """The rules for readers who may not learn who the pupil is, whatever step they are for."""
    return tuple(rule for rule in scheme.disclosures if rule.treatment == "anoniem")


def pieces(scheme: Scheme, answers: Mapping[str, Any], acts: Sequence[Act]) -> list[Piece]:
    """Every text to be redacted, in the order of the rules; each place once, empty ones left out."""
    found: dict[str, Piece] = {}
    for rule in anonymous_rules(scheme):
        for path in rule.texts:
            for place, text in _form_texts(scheme, answers, path):
                found.setdefault(place, Piece("tekst", place, text))
        for path in rule.act_texts:
            for place, text in _act_texts(acts, path):
                found.setdefault(place, Piece("handeling", place, text))
    return [piece for piece in found.values() if piece.text.strip()]


def attachment_ids(scheme: Scheme, answers: Mapping[str, Any]) -> dict[UUID, str]:
    """The files that answers name, with their field. A signed consent is evidence for the partnership and stays there."""
    if not any(rule.attachments for rule in anonymous_rules(scheme)):
        return {}
    signed = {consent.form for consent in scheme.consents.values()}
    named = [
        (identifier, name)
        for name, field in scheme.form.items()
        if field.kind == "bestand" and name not in signed
        for identifier in answers.get(name) or ()
    ]
    return {UUID(identifier): name for identifier, name in named if _is_id(identifier)}


def open_columns(field: FieldDef) -> tuple[str, ...]:
    """The columns of a table that go along as they are beside its texts: amounts, dates, choices."""
    return tuple(
        name
        for name, column in field.columns.items()
        if column.kind not in (*WRITTEN, *CLOSED) and column.privacy not in ("direct", "vrije_tekst")
    )


def _form_texts(scheme: Scheme, answers: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    field, part = field_at(scheme, path)
    name = path.partition(".")[0]
    value = answers.get(name)
    if field is None or value is None:
        return
    if field.kind == "tabel" and isinstance(value, list):
        for number, row in enumerate(value):
            for column, definition in field.columns.items():
                if definition.kind in WRITTEN and isinstance(row.get(column), str):
                    yield f"{name}.{number}.{column}", row[column]
    elif part and isinstance(value, Mapping) and isinstance(value.get(part), str):
        yield path, value[part]
    elif not part and isinstance(value, str):
        yield path, value


def _act_texts(acts: Sequence[Act], path: str) -> Iterator[tuple[str, str]]:
    kind, _, field = path.partition(".")
    for act in acts:
        if act.kind == kind and isinstance(act.fields.get(field), str):
            yield f"{path}@{act.seq}", act.fields[field]


def _is_id(text: object) -> bool:
    try:
        return str(UUID(str(text))) == str(text)
    except ValueError:
        return False
