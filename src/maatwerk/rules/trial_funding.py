"""What a trial says of product, tariffs, funding, computed answers and earlier cases, as data for `--json`."""

from collections.abc import Iterator, Mapping
from typing import Any

from maatwerk.rules.acts import Earlier
from maatwerk.rules.eligibility import Eligibility
from maatwerk.rules.funding import Cut, Funding, Line
from maatwerk.rules.questions import PRODUCT, REFUSED
from maatwerk.rules.rates import Rate
from maatwerk.rules.scheme import FieldDef, Scheme


def funding_data(
    scheme: Scheme, answers: Mapping[str, Any], found: Eligibility, earlier: tuple[Earlier, ...]
) -> dict[str, Any]:
    """The keys that only schemes with products, tariffs or funding fill."""
    asked = scheme.form
    return {
        "product": _product(scheme, answers.get(PRODUCT)),
        "berekend": [
            {"veld": name, "titel": asked[name].title, "soort": asked[name].outcome_kind, "waarde": found.answers.get(name)}
            for name in asked if asked[name].kind == "berekend"
        ],
        "nietGegeven": [
            {"veld": name, "titel": asked[name].title} for name in found.answers.get(REFUSED, ()) if name in asked
        ] if scheme.form.get(REFUSED) else [],
        "tarieven": [_rate(scheme, name, rate) for name, rate in found.rates],
        "bekostiging": [_funding(scheme, found.answers, funding) for funding in found.fundings],
        "eerder": [case.seen for case in earlier],
    }  # fmt: skip


def _product(scheme: Scheme, chosen: Any) -> dict[str, Any] | None:
    product = scheme.products.get(chosen) if isinstance(chosen, str) else None
    if product is None:
        return None
    return {"id": chosen, "titel": product.title, "intake": product.intake or scheme.intake, "bron": product.source}


def _rate(scheme: Scheme, name: str, rate: Rate | None) -> dict[str, Any]:
    definition = scheme.rates[name]
    return {
        "id": name,
        "titel": definition.title,
        "bedrag": rate.row.amount if rate else None,
        "rij": (rate.row.title or None) if rate else None,
        "peildag": rate.on.isoformat() if rate else None,
        "bron": (rate.row.source if rate else "") or definition.source,
    }


def _funding(scheme: Scheme, answers: Mapping[str, Any], found: Funding) -> dict[str, Any]:
    definition = scheme.fundings[found.id]
    table = scheme.form.get(definition.table)
    rows = answers.get(definition.table) or []
    return {
        "id": found.id,
        "titel": definition.title,
        "geldt": found.applies,
        "onduidelijk": found.unclear or None,
        "per": definition.per,
        "btw": [f"{definition.table}.{name}: {column.vat}" for name, column in _with_vat(table)],
        "regels": [_line(scheme, table, rows[line.number - 1], line) for line in found.lines],
        "vast": found.fixed,
        "gevraagd": found.asked,
        "inAanmerking": found.eligible,
        "eigenBijdrage": found.own,
        "aandeel": found.percent,
        "medefinancier": definition.cofunder,
        "medefinanciering": found.cofunded,
        "toekenbaar": None if found.unclear else found.total,
        "geweigerd": found.refused,
        "redenen": [_cut(cut) for cut in found.cuts],
        "bron": definition.source,
    }


def _with_vat(table: FieldDef | None) -> Iterator[tuple[str, FieldDef]]:
    return ((name, column) for name, column in (table.columns if table else {}).items() if column.vat)


def _line(scheme: Scheme, table: FieldDef | None, row: Mapping[str, Any], line: Line) -> dict[str, Any]:
    columns = table.columns if table else {}
    words = (row[name] for name, column in columns.items() if column.kind == "tekst" and isinstance(row.get(name), str))
    return {
        "nummer": line.number,
        "omschrijving": next(words, ""),
        "gevraagd": line.asked,
        "btw": line.vat,
        "toekenbaar": line.grantable,
        "geweigerd": line.is_refused,
        "redenen": [_cut(cut) for cut in line.cuts],
        "onduidelijk": line.unclear or None,
        "tarieven": [_rate(scheme, rate.id, rate) for rate in line.rates],
    }


def _cut(cut: Cut) -> dict[str, Any]:
    return {"bedrag": cut.amount, "melding": cut.message, "bron": cut.source}
