"""Computed answers: CEL over the answers that stand above them. Nobody fills them in; they are made anew at every act that
gives answers and kept with it, so that whoever reads the case sees what was decided upon.
"""

from collections.abc import Mapping
from typing import Any

from maatwerk.rules.conditions import evaluate, holds
from maatwerk.rules.day_texts import is_day
from maatwerk.rules.scheme import FieldDef

LONGEST = 2_000  # characters of a computed text

_TYPES: Mapping[str, type] = {"getal": int, "bedrag": int, "tekst": str, "datum": str, "ja_nee": bool}


def filled_in(fields: Mapping[str, FieldDef], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a person gave."""
    return {name: value for name, value in answers.items() if name not in fields or fields[name].kind != "berekend"}


def with_computed(
    fields: Mapping[str, FieldDef], answers: Mapping[str, Any], case: Mapping[str, Any] | None, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of a form, or of an act within a `case`, with what follows from them. Only answers that are asked and stand
    above a computed one count; what they can't give is absent."""
    given = filled_in(fields, answers)
    if not any(field.kind == "berekend" for field in fields.values()):
        return given
    above: dict[str, Any] = {}
    for name, field in fields.items():
        if field.kind != "berekend":
            if name in given and holds(field.condition, context(given, case, known)):
                above[name] = given[name]
            continue
        asked = holds(field.condition, context(given, case, known))
        value = evaluate(field.formula, context(above, case, known)) if asked else None
        if type(value) is _TYPES[field.outcome_kind] and _fits(field.outcome_kind, value):
            above[name] = given[name] = value
    return given


def _fits(kind: str, value: Any) -> bool:
    """Whether it is a day where one is asked, and no text that grew: what is computed is computed with again."""
    return not isinstance(value, str) or (len(value) <= LONGEST and (kind != "datum" or is_day(value)))


def context(
    answers: Mapping[str, Any], case: Mapping[str, Any] | None, known: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """What the conditions of questions read: `known` is the same for every case."""
    return {**known, "aanvraag": answers if case is None else case, "deze": answers}
