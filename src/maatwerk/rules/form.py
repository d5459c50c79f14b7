"""Answers against a form: every fault at once, in Dutch. An answer that isn't asked (its `als` is false) is dropped on filing.
`known` is what conditions may read that is the same for every case (`Scheme.constants`).

Shapes: text and choice str, date ISO str, number and money int (money in eurocents), yes/no bool, multiple choice and files
list of str, table and persons list of objects, person object.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from maatwerk.rules.bsn import find_bsns
from maatwerk.rules.computed import context, with_computed
from maatwerk.rules.conditions import holds
from maatwerk.rules.day_texts import is_day
from maatwerk.rules.marks import digits_of
from maatwerk.rules.questions import REFUSED
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import FieldDef

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_FILE = re.compile("[A-Za-z0-9._-]{1,100}")
MAX_TEXT, MAX_LONG_TEXT, MAX_ROWS, MAX_NUMBER = 500, 20_000, 100, 10**12


def check(
    fields: Mapping[str, FieldDef], answers: Mapping[str, Any], *, not_bsn: frozenset[str] = frozenset(), path: str = ""
) -> list[Reason]:
    """What is wrong with the answers that are given; what is missing is `missing`'s question."""
    reasons: list[Reason] = []
    for name, value in answers.items():
        place = f"{path}{name}"
        if name not in fields:
            reasons.append(
                Reason(
                    "onbekend_veld", f"Het veld {place[:80]!r} bestaat niet in dit formulier.", "Laat het weg.", place
                )
            )
        elif value is not None:
            reasons.extend(_check_one(fields[name], value, place, not_bsn))
    return reasons + both(fields, answers)


def both(fields: Mapping[str, FieldDef], answers: Mapping[str, Any]) -> list[Reason]:
    """Questions that are answered and refused at once."""
    refused = answers.get(REFUSED) if REFUSED in fields else None
    named = [name for name in refused if isinstance(name, str)] if isinstance(refused, list) else []
    return [
        Reason(
            "geweigerd",
            f"{fields[name].title}: hier staat een antwoord, en ook dat u het niet geeft.",
            f"Laat het antwoord leeg, of haal de vraag weg bij {REFUSED}.",
            name,
        )
        for name in named
        if name in fields and fields[name].may_refuse and not _empty(fields[name], answers.get(name))
    ]


def relevant(
    fields: Mapping[str, FieldDef],
    answers: Mapping[str, Any],
    case: Mapping[str, Any] | None = None,
    *,
    known: Mapping[str, Any],
) -> dict[str, Any]:
    """The answers to questions that are asked, with those that are computed; a question whose condition can't be judged yet
    counts as not asked.

    `case` holds the answers of the application when these are the fields of an act.
    """
    given = {name: filled for name, value in answers.items() if (filled := without_blanks(value)) is not None}
    if REFUSED in fields:
        given.setdefault(REFUSED, [])
    given = with_computed(fields, given, case, known)
    seen = context(given, case, known)
    return {name: value for name, value in given.items() if name in fields and holds(fields[name].condition, seen)}


def without_blanks(value: Any) -> Any:
    """The value without the parts that are None: an absent answer is absent, at every depth."""
    if isinstance(value, dict):
        return {name: without_blanks(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [without_blanks(part) for part in value if part is not None]
    return value


def missing(
    fields: Mapping[str, FieldDef],
    answers: Mapping[str, Any],
    act: str,
    case: Mapping[str, Any] | None = None,
    *,
    known: Mapping[str, Any],
) -> list[Reason]:
    """The questions that must have an answer at `act` and have none. One that somebody refused to answer has one."""
    return lacking(fields, answers, act, asking(answers, case, known))


def asking(
    answers: Mapping[str, Any], case: Mapping[str, Any] | None, known: Mapping[str, Any]
) -> Callable[[str], bool | None]:
    """Judges the conditions of questions under these answers: each once, however many acts need an answer to it."""
    return cache(partial(holds, context=context(answers, case, known)))


def lacking(
    fields: Mapping[str, FieldDef], answers: Mapping[str, Any], act: str, asks: Callable[[str], bool | None]
) -> list[Reason]:
    """The same, where `asks` judges the condition of a question."""
    refused = answers.get(REFUSED) or () if REFUSED in fields else ()
    found = []
    for name, definition in fields.items():
        asked = act in definition.required and name not in refused and asks(definition.condition)
        if asked and _empty(definition, answers.get(name)):
            found.append(Reason("ontbreekt", f"{definition.title}: nog niet ingevuld.", definition.help, name))
    return found


def _empty(definition: FieldDef, value: Any) -> bool:
    if value is None or value == "" or value == [] or value == {}:
        return True
    if definition.kind == "verklaring":
        return value is not True
    if definition.kind == "persoon":
        return not all(
            value.get(part) for part in definition.parts if part in ("voornaam", "achternaam", "geboortedatum")
        )
    return False


def _check_one(definition: FieldDef, value: Any, place: str, not_bsn: frozenset[str]) -> list[Reason]:
    match definition.kind:
        case "tekst" | "lange_tekst" | "school" | "gemeente":
            return _text(definition, value, place, not_bsn)
        case "datum":
            return [] if is_day(value) else [_wrong(place, definition, "een datum als 2024-09-02")]
        case "getal" | "bedrag":
            return _number(definition, value, place)
        case "ja_nee" | "verklaring":
            return [] if isinstance(value, bool) else [_wrong(place, definition, "ja of nee (true of false)")]
        case "keuze":
            known = isinstance(value, str) and value in definition.choices
            return [] if known else [_wrong(place, definition, "een van: " + ", ".join(definition.choices))]
        case "meerkeuze":
            known = isinstance(value, list) and all(
                isinstance(item, str) and item in definition.choices for item in value
            )
            if not known:
                return [_wrong(place, definition, "een lijst uit: " + ", ".join(definition.choices))]
            return _amount_of(definition, value, place)
        case "bestand":
            known = isinstance(value, list) and len(value) <= MAX_ROWS and all(_is_file(item) for item in value)
            return (
                _amount_of(definition, value, place) if known else [_wrong(place, definition, "een lijst van bijlagen")]
            )
        case "persoon":
            return _person(definition, value, place, not_bsn)
        case "personen" | "tabel":
            return _rows(definition, value, place, not_bsn)
        case "berekend":
            message = f"{definition.title}: dit wordt berekend; niemand vult het in."
            return [Reason("berekend", message, "Laat het weg.", place)]


def _text(definition: FieldDef, value: Any, place: str, not_bsn: frozenset[str]) -> list[Reason]:
    limit = MAX_LONG_TEXT if definition.kind == "lange_tekst" else MAX_TEXT
    if not isinstance(value, str) or _UNWRITABLE.search(value):
        return [_wrong(place, definition, "een tekst")]
    if len(value) > limit:
        return [_wrong(place, definition, f"een tekst van hooguit {limit} tekens")]
    if definition.max_words and len(value.split()) > definition.max_words:
        return [_wrong(place, definition, f"een tekst van hooguit {definition.max_words} woorden")]
    return bsn_reasons(value, place, not_bsn)


def bsn_reasons(text: str, place: str, not_bsn: frozenset[str] = frozenset()) -> list[Reason]:
    """A number that passes the BSN test may not stand in any text (UAVG 46), unless it was marked as no BSN with a reason."""
    found = [span for span in find_bsns(text) if digits_of(text[span.start : span.end]) not in not_bsn]
    if not found:
        return []
    return [
        Reason(
            "bsn",
            "Hier staat een nummer dat een burgerservicenummer kan zijn; dat mag deze dienst niet vastleggen.",
            "Verwijder het nummer, of markeer het als 'dit is geen BSN' met een reden.",
            place,
        )
    ]


def _number(definition: FieldDef, value: Any, place: str) -> list[Reason]:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MAX_NUMBER:
        return [
            _wrong(place, definition, "een geheel getal" + (" in eurocenten" if definition.kind == "bedrag" else ""))
        ]
    low = 0 if definition.minimum is None else definition.minimum
    if value < low or (definition.maximum is not None and value > definition.maximum):
        top = f" en hooguit {definition.maximum}" if definition.maximum is not None else ""
        return [_wrong(place, definition, f"een getal van minstens {low}{top}")]
    return []


def _amount_of(definition: FieldDef, given: list[Any], place: str) -> list[Reason]:
    """How many there may be, of what is given in plural; none at all is a question left open."""
    low, high = definition.minimum or 0, definition.maximum
    if not given or (len(given) >= low and (high is None or len(given) <= high)):
        return []
    top = "" if high is None else f"hooguit {high}" if not low else f" en hooguit {high}"
    return [_wrong(place, definition, f"{f'minstens {low}' if low else ''}{top}; het zijn er nu {len(given)}")]


def _person(definition: FieldDef, value: Any, place: str, not_bsn: frozenset[str]) -> list[Reason]:
    if not isinstance(value, dict):
        return [_wrong(place, definition, "een persoon met: " + ", ".join(definition.parts))]
    return check(_parts(definition.title, definition.parts), value, not_bsn=not_bsn, path=f"{place}.")


@lru_cache(maxsize=4096)
def _parts(title: str, parts: tuple[str, ...]) -> Mapping[str, FieldDef]:
    """What is asked of a person, as questions of their own."""
    return {
        part: FieldDef(kind="datum" if part == "geboortedatum" else "tekst", title=f"{title}, {part}") for part in parts
    }


def _rows(definition: FieldDef, value: Any, place: str, not_bsn: frozenset[str]) -> list[Reason]:
    if not isinstance(value, list) or len(value) > MAX_ROWS:
        return [_wrong(place, definition, f"een lijst van hooguit {MAX_ROWS} regels")]
    reasons = _amount_of(definition, value, place)
    for index, row in enumerate(value):
        if definition.kind == "personen":
            reasons.extend(_person(definition, row, f"{place}.{index}", not_bsn))
        elif not isinstance(row, dict):
            reasons.append(_wrong(f"{place}.{index}", definition, "een regel met: " + ", ".join(definition.columns)))
        else:
            reasons.extend(check(definition.columns, row, not_bsn=not_bsn, path=f"{place}.{index}."))
            reasons.extend(
                Reason(
                    "ontbreekt",
                    f"{definition.title}, regel {index + 1}: {column.title} ontbreekt.",
                    "",
                    f"{place}.{index}.{name}",
                )
                for name, column in definition.columns.items()
                if column.required and _empty(column, row.get(name))
            )
    return reasons


def _is_file(value: Any) -> bool:
    """Whether it may name a file (its id, or in a try-out its name); whether there is such a file the rules can't know."""
    return isinstance(value, str) and _FILE.fullmatch(value) is not None


def _wrong(place: str, definition: FieldDef, wanted: str) -> Reason:
    return Reason("onjuist", f"{definition.title}: dit antwoord past hier niet.", f"Geef {wanted}.", place)
