"""Moments: the one grammar for when a step opens and a clock starts, stops, is suspended or satisfied.

`begin` · `stap.<id>.<uitkomst>` · `stap.<id>.geopend` · `handeling.<id>` · `handeling.<id>.<datumveld>` ·
`formulier.<datumveld>` · `termijn.<id>.verstreken` · `toestemming.<id>.<stand>` · `product.<id>`.
"""

from maatwerk.rules.consent import STATES
from maatwerk.rules.scheme import FieldDef, Scheme


def is_dated(moment: str) -> bool:
    """Whether a moment is a day that somebody filled in, rather than the day of an act."""
    kind, _, rest = moment.partition(".")
    return kind == "formulier" or (kind == "handeling" and "." in rest)


def moment_fault(scheme: Scheme, moment: str) -> str:
    """Why this moment can't happen in the scheme; '' when it can."""
    parts = moment.split(".")
    if moment == "begin":
        return ""
    kind, rest = parts[0], parts[1:]
    check = {
        "stap": _step, "handeling": _act, "formulier": _form, "termijn": _clock, "toestemming": _consent,
        "product": _product,
    }.get(kind)  # fmt: skip
    if check is None or not rest:
        return "dit moment bestaat niet; schrijf bijvoorbeeld stap.<stap>.<uitkomst> of handeling.<handeling>."
    return check(scheme, rest)


def _step(scheme: Scheme, rest: list[str]) -> str:
    if rest[0] not in scheme.steps:
        return f"de stap '{rest[0]}' bestaat niet."
    if len(rest) != 2 or rest[1] not in (*scheme.outcomes(rest[0]), "geopend"):
        return (
            f"de stap '{rest[0]}' kent deze uitkomst niet; kies uit: {', '.join(scheme.outcomes(rest[0]))} of geopend."
        )
    return ""


def _act(scheme: Scheme, rest: list[str]) -> str:
    if rest[0] not in scheme.acts:
        return f"de handeling '{rest[0]}' bestaat niet."
    return _date_field(scheme.acts[rest[0]].fields, rest[1:]) if len(rest) > 1 else ""


def _form(scheme: Scheme, rest: list[str]) -> str:
    return _date_field(scheme.form, rest)


def _clock(scheme: Scheme, rest: list[str]) -> str:
    known = rest[0] in scheme.clocks and rest[1:] == ["verstreken"]
    return "" if known else f"schrijf termijn.<termijn>.verstreken; bekend zijn: {', '.join(scheme.clocks) or 'geen'}."


def _consent(scheme: Scheme, rest: list[str]) -> str:
    known = rest[0] in scheme.consents and len(rest) == 2 and rest[1] in STATES
    return "" if known else "schrijf toestemming.<id>.<stand> met een bestaande toestemming en stand."


def _product(scheme: Scheme, rest: list[str]) -> str:
    known = ", ".join(scheme.products) or "geen"
    return "" if len(rest) == 1 and rest[0] in scheme.products else f"schrijf product.<id>; bekend zijn: {known}."


def _date_field(fields: dict[str, FieldDef], rest: list[str]) -> str:
    if len(rest) != 1 or rest[0] not in fields:
        return f"het veld '{'.'.join(rest)}' bestaat niet."
    return "" if fields[rest[0]].holds_a_day else f"het veld '{rest[0]}' is geen datum."
