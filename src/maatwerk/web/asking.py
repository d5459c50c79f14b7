"""The questions of a scheme as a form for people: with what was answered, what was typed, and what is wrong beside each. What is
typed comes back in the same shapes (answering.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.files.queries import StoredFile
from maatwerk.rules.computed import context, with_computed
from maatwerk.rules.conditions import holds
from maatwerk.rules.scheme import FieldDef

MARK = "v."
SPARE_ROWS = 2
PARTS: Mapping[str, str] = {
    "voornaam": "Voornaam",
    "tussenvoegsel": "Tussenvoegsel",
    "achternaam": "Achternaam",
    "geboortedatum": "Geboortedatum",
    "adres": "Straat en huisnummer",
    "postcode": "Postcode",
    "plaats": "Woonplaats",
    "telefoon": "Telefoon",
    "email": "Mailadres",
    "functie": "Functie",
    "leerlingnummer": "Leerlingnummer",
    "hoedanigheid": "Wie bent u?",
}
NEEDED = ("voornaam", "achternaam", "geboortedatum")
YES_NO = {"ja": "Ja", "nee": "Nee"}
FEW = 7
Choices = Callable[[str, FieldDef], Mapping[str, str]]


@dataclass(frozen=True)
class Choice:
    value: str
    title: str
    checked: bool


@dataclass(frozen=True)
class Question:
    """An input with everything around it; `name` is also its id. `look` says what it looks like."""

    name: str
    look: str
    title: str
    hint: str = ""
    required: bool = False
    told: str = ""
    value: str = ""
    choices: Sequence[Choice] = ()
    parts: Sequence["Question"] = ()
    rows: Sequence[Sequence["Question"]] = ()
    files: Sequence[StoredFile] = ()
    group: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a form is made from: the answers so far, what was typed (by name, when it has to be mended), and what is wrong."""

    act: str
    answers: Mapping[str, Any]
    typed: Mapping[str, Any]
    told: Mapping[str, str]
    files: Mapping[UUID, StoredFile]
    choices: Choices


def asked(
    fields: Mapping[str, FieldDef],
    all_fields: Mapping[str, FieldDef],
    answers: Mapping[str, Any],
    case: Mapping[str, Any] | None,
    known: Mapping[str, Any],
) -> dict[str, FieldDef]:
    """Those of the fields that are asked, as far as the answers tell."""
    seen = context(with_computed(all_fields, answers, case, known), case, known)
    return {
        name: field for name, field in fields.items() if not field.condition or holds(field.condition, seen) is True
    }


def questions(fields: Mapping[str, FieldDef], sheet: Sheet) -> list[Question]:
    return [_question(name, MARK + name, field, sheet.answers.get(name), sheet) for name, field in fields.items()]


def _question(own: str, name: str, field: FieldDef, value: Any, sheet: Sheet) -> Question:
    about: dict[str, Any] = {
        "name": name,
        "title": field.title,
        "hint": field.help,
        "required": sheet.act in field.required,
        "told": sheet.told.get(name, ""),
        "group": field.group,
    }
    match field.kind:
        case "keuze" | "meerkeuze" | "ja_nee" | "verklaring":
            return Question(**about, **_chosen(own, name, field, value, sheet))
        case "persoon":
            return Question(**about, look="persoon", parts=_parts(name, field, value or {}, sheet))
        case "personen" | "tabel":
            rows = value if isinstance(value, list) else []
            filled = max(len(rows), _typed_rows(name, sheet.typed))
            made = [
                _row(f"{name}.{i}", field, rows[i] if i < len(rows) else {}, sheet) for i in range(filled + SPARE_ROWS)
            ]
            return Question(**about, look="regels", rows=made)
        case "bestand":
            ids = [str(each) for each in value or ()]
            return Question(
                **about, look="bestand", files=[each for key, each in sheet.files.items() if str(key) in ids]
            )
        case "lange_tekst":
            return Question(**about, look="lang", value=_typed(name, sheet, str(value or "")))
        case "datum":
            return Question(**about, look="datum", value=_typed(name, sheet, _as_typed(value)))
        case "getal":
            return Question(**about, look="getal", value=_typed(name, sheet, "" if value is None else str(value)))
        case "bedrag":
            shown = "" if value is None else f"{value / 100:.2f}".replace(".", ",")
            return Question(**about, look="bedrag", value=_typed(name, sheet, shown))
        case _:
            return Question(**about, look="tekst", value=_typed(name, sheet, str(value or "")))


def _chosen(own: str, name: str, field: FieldDef, value: Any, sheet: Sheet) -> dict[str, Any]:
    if field.kind == "verklaring":
        found = _typed_list(name, sheet, ["ja"] if value is True else [])
        return {"look": "verklaring", "choices": [Choice("ja", field.title, "ja" in found)]}
    if field.kind == "ja_nee":
        titles: Mapping[str, str] = YES_NO
        found = _typed_list(name, sheet, [] if value is None else ["ja" if value else "nee"])
    else:
        titles = sheet.choices(own, field)
        found = _typed_list(
            name, sheet, [str(each) for each in (value if isinstance(value, list) else [value] if value else [])]
        )
    many = field.kind == "meerkeuze"
    look = "meerkeuze" if many else "keuze" if len(titles) <= FEW else "lijst"
    return {"look": look, "choices": [Choice(each, title, each in found) for each, title in titles.items()]}


def _parts(name: str, field: FieldDef, value: Mapping[str, Any], sheet: Sheet) -> list[Question]:
    return [
        Question(
            name=f"{name}.{part}",
            look="datum" if part == "geboortedatum" else "tekst",
            title=PARTS[part],
            required=sheet.act in field.required and part in NEEDED,
            told=sheet.told.get(f"{name}.{part}", ""),
            value=_typed(
                f"{name}.{part}",
                sheet,
                _as_typed(value.get(part)) if part == "geboortedatum" else str(value.get(part) or ""),
            ),
        )
        for part in field.parts
    ]


def _row(name: str, field: FieldDef, value: Mapping[str, Any], sheet: Sheet) -> list[Question]:
    if field.kind == "personen":
        return _parts(name, field, value, sheet)
    return [_question(own, f"{name}.{own}", column, value.get(own), sheet) for own, column in field.columns.items()]


def _as_typed(day: Any) -> str:
    """A day as people write it."""
    return "-".join(reversed(str(day).split("-"))) if day else ""


def _typed(name: str, sheet: Sheet, kept: str) -> str:
    found = sheet.typed.get(name, kept) if sheet.typed else kept
    return found if isinstance(found, str) else kept


def _typed_list(name: str, sheet: Sheet, kept: list[str]) -> list[str]:
    if not sheet.typed:
        return kept
    found = sheet.typed.get(name, [])
    return [found] if isinstance(found, str) else [str(each) for each in found]


def _typed_rows(name: str, typed: Mapping[str, Any]) -> int:
    numbers = [
        key.removeprefix(f"{name}.").partition(".")[0]
        for key, value in typed.items()
        if key.startswith(f"{name}.") and value
    ]
    return max((int(number) + 1 for number in numbers if number.isdecimal() and len(number) < 3), default=0)
