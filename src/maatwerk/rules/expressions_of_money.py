"""The expressions of computed answers, tariffs and funding, each against what it may read. A tariff or funding reads the case
itself only, so that a step may depend on it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cel_expr_python import cel

from maatwerk.rules.conditions import is_unusual, paths
from maatwerk.rules.decoding import Fault
from maatwerk.rules.entitlements import FundingDef
from maatwerk.rules.scheme import FieldDef, Scheme
from maatwerk.rules.typing_of_forms import FORM, FUNDING, RATE, Messages, Place

if TYPE_CHECKING:
    from maatwerk.rules.expressions import Checking

_RESULTS: Final = {"getal": "INT", "bedrag": "INT", "tekst": "STRING", "datum": "STRING", "ja_nee": "BOOL"}
_PERCENT = re.compile(r"\bprocent\([^()]*(?:\([^()]*\)[^()]*)*,\s*(-?\d{1,15})\s*\)")


def money_expressions(seen: "Checking") -> Iterator[Fault]:
    """A fault for each expression of them that does not compile or gives another type."""
    scheme = seen.scheme
    for name, field in scheme.form.items():
        if field.kind == "berekend" and field.formula:
            yield from _formula(seen, f"formulier.{name}", scheme.form, name)
    for name, act in scheme.acts.items():
        for field_id, field in act.fields.items():
            if field.kind == "berekend" and field.formula:
                yield from _formula(seen, f"handeling.{name}.velden.{field_id}", act.fields, field_id, name)
    for name, rate in scheme.rates.items():
        table = rate.table if is_table(scheme, rate.table) else ""
        yield from seen.amount(
            f"tarief.{name}.peildag", rate.day, Place(seen.messages, RATE, table=table), cel.Type.STRING
        )
        for index, row in enumerate(rate.rows):
            yield from seen.condition(f"tarief.{name}.rijen.{index}.als", row.condition, RATE, table=table)
    for name, funding in scheme.fundings.items():
        yield from _funding(seen, f"bekostiging.{name}", funding)


def _formula(seen: "Checking", here: str, fields: Mapping[str, FieldDef], name: str, act: str = "") -> Iterator[Fault]:
    """It reads what stands above it. That is seen from the names in it: messages of its own for every formula cost as much as all
    the rest of loading, so only one that can't be read so, or takes the answers as a whole, gets them."""
    field, root, names = fields[name], "deze" if act else "aanvraag", list(fields)
    above = names[: names.index(name)]
    messages, read = seen.messages, paths(field.formula)
    if is_unusual(field.formula) or root in read:
        own = {each: fields[each] for each in above}
        scheme = seen.scheme
        acts = {**scheme.acts, act: replace(scheme.acts[act], fields=own)} if act else scheme.acts
        messages = Messages(replace(scheme, acts=acts) if act else replace(scheme, form=own))
    mend = "een berekening leest alleen antwoorden die erboven staan; let ook op uitkomst_soort."
    expected: Any = getattr(cel.Type, _RESULTS[field.outcome_kind])
    for fault in seen.amount(f"{here}.berekening", field.formula, Place(messages, FORM, act), expected):
        yield replace(fault, mend=mend)
    for path in read if messages is seen.messages else ():
        below = path.partition(".")[2].partition(".")[0]
        if path.startswith(f"{root}.") and below in names and below not in above:
            yield Fault(f"{here}.berekening", f"'{path[:80]}' staat niet boven deze berekening.", mend)


def _funding(seen: "Checking", here: str, funding: FundingDef) -> Iterator[Fault]:
    yield from seen.condition(f"{here}.als", funding.condition, FUNDING)
    case = Place(seen.messages, FUNDING)
    for key, text in (
        ("vast", funding.fixed), ("eigen_bijdrage", funding.own), ("aandeel", funding.share), ("maximum", funding.maximum),
    ):  # fmt: skip
        yield from seen.amount(f"{here}.{key}", text, case, cel.Type.INT)
    if not is_table(seen.scheme, funding.table):
        return
    rows = Place(seen.messages, FUNDING, table=funding.table)
    for key, text in (("regel", funding.line), ("btw", funding.vat)):
        yield from seen.amount(f"{here}.{key}", text, rows, cel.Type.INT)
    for index, limit in enumerate(funding.limits):
        place = f"{here}.grenzen.{index}"
        yield from seen.condition(f"{place}.als", limit.condition, FUNDING, table=funding.table)
        reads = rows if limit.over == "regel" else case
        yield from seen.amount(f"{place}.maximum", limit.maximum, reads, cel.Type.INT)


def is_table(scheme: Scheme, name: str) -> bool:
    """Whether a question of the form has lines."""
    return name in scheme.form and scheme.form[name].kind == "tabel"


def percent_fault(text: str) -> str:
    """Why a percentage that is written out can't be one, or ""."""
    wrong = next((number for number in _PERCENT.findall(text) if not 0 <= int(number) <= 100), "")
    return f"procent(..., {wrong}) kan niet: een percentage ligt tussen 0 en 100." if wrong else ""
