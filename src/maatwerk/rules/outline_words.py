"""A cell of a file as the answer to a question: choices are found by their words, money and days as people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from maatwerk.rules.day_texts import day_of
from maatwerk.rules.outline import ColumnDef
from maatwerk.rules.scheme import FieldDef

_BETWEEN: Final = re.compile(r"[\s,;/&()+]|\b(?:en|of)\b", re.IGNORECASE)
_MONEY: Final = re.compile(r"(?:€\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,10})(?:,(\d{2}))?")
_DUTCH_DAY: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_YES_NO: Final = {"ja": True, "nee": False}


@dataclass(frozen=True)
class Misread:
    """Why a cell is no answer, and what mends it."""

    message: str
    mend: str


def answer(field: FieldDef, column: ColumnDef, cell: str) -> Any:
    """What a cell answers to a question, Misread when it is no answer, None when it says nothing of it; the cell is not empty."""
    match field.kind:
        case "tekst" | "lange_tekst":
            return cell
        case "keuze" | "meerkeuze":
            return _chosen(field, column, cell)
        case "getal":
            return (
                int(cell)
                if re.fullmatch(r"\d{1,12}", cell)
                else Misread(f"'{cell[:60]}' is geen getal.", "Schrijf cijfers.")
            )
        case "bedrag":
            return _cents(cell)
        case "ja_nee":
            said = _YES_NO.get(cell.lower())
            return Misread(f"'{cell[:60]}' is geen ja of nee.", "Schrijf ja of nee.") if said is None else said
        case _:
            return _day(cell)


def _cents(cell: str) -> int | Misread:
    found = _MONEY.fullmatch(cell)
    if found is None:
        return Misread(
            f"'{cell[:60]}' is geen bedrag.",
            "Schrijf een bedrag als 1.240,00, of laat de cel leeg als het onbekend is.",
        )
    return int(found[1].replace(".", "")) * 100 + int(found[2] or 0)


def _day(cell: str) -> str | Misread:
    found = _DUTCH_DAY.fullmatch(cell)
    text = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else cell
    try:
        return day_of(text).isoformat()
    except ValueError:
        return Misread(f"'{cell[:60]}' is geen datum.", "Schrijf 2024-09-02 of 2-9-2024.")


def _chosen(field: FieldDef, column: ColumnDef, cell: str) -> Any:
    found, rest = _found(field, column, cell)
    left = " ".join(_BETWEEN.sub(" ", rest.replace("\0", " ")).split())
    names = ", ".join(field.choices.values())
    if left and not column.other_words:
        return Misread(f"'{left[:80]}' is hier geen bekend antwoord.", f"Kies uit: {names[:400]}.")
    if not found and column.other_words and field.kind == "meerkeuze":
        return None
    if not found:
        return Misread(f"'{cell[:80]}' zegt hier niets bekends.", f"Kies uit: {names[:400]}.")
    if field.kind == "meerkeuze":
        return [choice for choice in field.choices if choice in found]
    if len(found) > 1:
        said = ", ".join(field.choices[choice] for choice in found)
        return Misread(f"hier staat meer dan een antwoord: {said[:200]}.", "Laat er een staan.")
    return found[0]


def _found(field: FieldDef, column: ColumnDef, cell: str) -> tuple[list[str], str]:
    """(the choices that a cell names, in the order of the longest words; the cell without those words)."""
    found: dict[str, None] = {}
    for pattern, choices in _patterns(column, tuple(field.choices.items())):
        cell, times = pattern.subn("\0", cell)
        if times:
            found.update(dict.fromkeys(choices))
    return list(found), cell


@lru_cache(maxsize=512)
def _patterns(
    column: ColumnDef, choices: tuple[tuple[str, str], ...]
) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The words of a column, the longest first, each as a whole word in either case."""
    words = sorted(_words(column, choices), key=lambda pair: -len(pair[0]))
    return tuple((re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE), names) for text, names in words)


def _words(column: ColumnDef, choices: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for word in column.words:
        yield " ".join(word.text.split()), word.answers
    taken = {" ".join(word.text.split()).lower() for word in column.words}
    for name, title in choices:
        yield from ((text, (name,)) for text in {name, title} if text.strip() and text.lower() not in taken)
