"""What people typed into a form of questions, as answers of the scheme: each in its shape, or said to be wrong in words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.datastructures import UploadFile

from maatwerk.rules.day_texts import day_of
from maatwerk.rules.form import MAX_ROWS
from maatwerk.rules.scheme import FieldDef
from maatwerk.web.asking import MARK
from maatwerk.web.fields import Fault, cents_of

_DAY = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9]{1,12}")


class Typed:
    """A form that was sent: `answers` by field (None takes one away), and what could not be read."""

    def __init__(self, fields: Mapping[str, FieldDef], sent: Mapping[str, Any]) -> None:
        self.sent = {name: value for name, value in sent.items() if name.startswith(MARK) and not _is_file(value)}
        self.faults: list[Fault] = []
        self.answers = {
            name: self._answer(MARK + name, field) for name, field in fields.items() if field.kind != "bestand"
        }

    def _answer(self, name: str, field: FieldDef) -> Any:
        match field.kind:
            case "meerkeuze":
                return self._list(name) or None
            case "verklaring":
                return True if "ja" in self._list(name) else None
            case "ja_nee":
                return {"ja": True, "nee": False}.get(self._text(name))
            case "persoon":
                return self._person(name, field) or None
            case "personen" | "tabel":
                return self._rows(name, field) or None
            case "datum":
                return self._day(name, field.title)
            case "getal":
                return self._number(name, field.title)
            case "bedrag":
                return self._amount(name, field.title)
            case _:
                return self._text(name) or None

    def _rows(self, name: str, field: FieldDef) -> list[dict[str, Any]]:
        found = []
        for number in range(MAX_ROWS):
            row = f"{name}.{number}"
            if not any(key.startswith(f"{row}.") and value for key, value in self.sent.items()):
                continue
            if field.kind == "personen":
                found.append(self._person(row, field))
                continue
            answers = {own: self._answer(f"{row}.{own}", column) for own, column in field.columns.items()}
            found.append({own: value for own, value in answers.items() if value is not None})
        return [row for row in found if row]

    def _person(self, name: str, field: FieldDef) -> dict[str, str]:
        parts: dict[str, str] = {part: self._text(f"{name}.{part}") for part in field.parts if part != "geboortedatum"}
        if "geboortedatum" in field.parts:
            parts["geboortedatum"] = self._day(f"{name}.geboortedatum", "Geboortedatum") or ""
        return {part: value for part, value in parts.items() if value}

    def _day(self, name: str, title: str) -> str | None:
        text = self._text(name)
        if not text:
            return None
        try:
            if match := _DAY.fullmatch(text):
                text = date(int(match[3]), int(match[2]), int(match[1])).isoformat()
            return day_of(text).isoformat()
        except ValueError:
            self.faults.append(Fault(name, f"{title}: schrijf dag, maand en jaar, zoals 14-03-2011."))
            return None

    def _number(self, name: str, title: str) -> int | None:
        text = self._text(name)
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return int(text)
        self.faults.append(Fault(name, f"{title}: vul een heel getal in, zoals 12."))
        return None

    def _amount(self, name: str, title: str) -> int | None:
        text = self._text(name)
        if not text:
            return None
        if (cents := cents_of(text)) is not None:
            return cents
        self.faults.append(Fault(name, f"{title}: vul een bedrag in, zoals 1.250,00."))
        return None

    def _text(self, name: str) -> str:
        value = self.sent.get(name, "")
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""

    def _list(self, name: str) -> list[str]:
        value = self.sent.get(name, [])
        return [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]


def uploads(fields: Mapping[str, FieldDef], sent: Mapping[str, Any]) -> dict[str, list[UploadFile]]:
    """The files that were chosen, by field; an input without a file sends one without a name."""
    found: dict[str, list[UploadFile]] = {}
    for name, field in fields.items():
        value = sent.get(MARK + name) if field.kind == "bestand" else None
        given = value if isinstance(value, list) else [value]
        if chosen := [each for each in given if isinstance(each, UploadFile) and each.filename]:
            found[name] = chosen
    return found


def _is_file(value: Any) -> bool:
    return isinstance(value, UploadFile) or (
        isinstance(value, list) and any(isinstance(each, UploadFile) for each in value)
    )
