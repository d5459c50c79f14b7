"""The expressions of computed answers, tariffs and funding, each against what it may read. A tariff or funding reads the case
itself only, so that a step may depend on it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cel_expr_python import cel

from maatwerk.rules.decoding import Fault
from maatwerk.rules.entitlements import FundingDef
from maatwerk.rules.scheme import FieldDef, Scheme
from maatwerk.rules.typing_of_forms import FORM, FUNDING, RATE, Messages

if TYPE_CHECKING:
    from maatwerk.rules.expressions import Checking

_RESULTS: Final = {"getal": "INT", "bedrag": "INT", "tekst": "STRING", "datum": "STRING", "ja_nee": "BOOL"}
_PERCENT = re.compile(r"\bprocent\([^()]*(?:\([^()]*\)[^()]*)*,\s*(-?\d{1,15})\s*\)")


def money_expressions(seen: "Checking") -> Iterator[Fault]:
    """A fault for each expression of them that does not compile or gives another type."""
    scheme = seen.scheme
    for name, field in scheme.form.items():
        if field.kind == "berekend" and field.formula:
            yield from _formula(seen, replace(scheme, form=_above(scheme.form, name)), f"formulier.{name}", field)
    for name, act in scheme.acts.items():
        for field_id, field in act.fields.items():
            if field.kind == "berekend" and field.formula:
                acts = {**scheme.acts, name: replace(act, fields=_above(act.fields, field_id))}
                place = f"handeling.{name}.velden.{field_id}"
                yield from _formula(seen, replace(scheme, acts=acts), place, field, name)
    for name, rate in scheme.rates.items():
        table = rate.table if is_table(scheme, rate.table) else ""
        yield from seen.amount(
            f"tarief.{name}.peildag", rate.day, seen.messages.env(RATE, table=table), cel.Type.STRING
        )
        for index, row in enumerate(rate.rows):
            yield from seen.condition(f"tarief.{name}.rijen.{index}.als", row.condition, RATE, table=table)
    for name, funding in scheme.fundings.items():
        yield from _funding(seen, f"bekostiging.{name}", funding)


def _above(fields: dict[str, FieldDef], name: str) -> dict[str, FieldDef]:
    names = list(fields)
    return {each: fields[each] for each in names[: names.index(name)]}


def _formula(seen: "Checking", above: Scheme, here: str, field: FieldDef, act: str = "") -> Iterator[Fault]:
    env = Messages(above).env(FORM, act)
    expected: Any = getattr(cel.Type, _RESULTS[field.outcome_kind])
    for fault in seen.amount(f"{here}.berekening", field.formula, env, expected):
        yield replace(
            fault, mend="een berekening leest alleen antwoorden die erboven staan; let ook op uitkomst_soort."
        )


def _funding(seen: "Checking", here: str, funding: FundingDef) -> Iterator[Fault]:
    yield from seen.condition(f"{here}.als", funding.condition, FUNDING)
    case = seen.messages.env(FUNDING)
    for key, text in (
        ("vast", funding.fixed), ("eigen_bijdrage", funding.own), ("aandeel", funding.share), ("maximum", funding.maximum),
    ):  # fmt: skip
        yield from seen.amount(f"{here}.{key}", text, case, cel.Type.INT)
    if not is_table(seen.scheme, funding.table):
        return
    rows = seen.messages.env(FUNDING, table=funding.table)
    for key, text in (("regel", funding.line), ("btw", funding.vat)):
        yield from seen.amount(f"{here}.{key}", text, rows, cel.Type.INT)
    for index, limit in enumerate(funding.limits):
        place = f"{here}.grenzen.{index}"
        yield from seen.condition(f"{place}.als", limit.condition, FUNDING, table=funding.table)
        env = rows if limit.over == "regel" else case
        yield from seen.amount(f"{place}.maximum", limit.maximum, env, cel.Type.INT)


def is_table(scheme: Scheme, name: str) -> bool:
    """Whether a question of the form has lines."""
    return name in scheme.form and scheme.form[name].kind == "tabel"


def percent_fault(text: str) -> str:
    """Why a percentage that is written out can't be one, or ""."""
    wrong = next((number for number in _PERCENT.findall(text) if not 0 <= int(number) <= 100), "")
    return f"procent(..., {wrong}) kan niet: een percentage ligt tussen 0 en 100." if wrong else ""
