"""Faults of lists, tariffs and funding: names that don't exist, rows that can never apply, what a funding needs to be one."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from maatwerk.rules.decoding import Fault
from maatwerk.rules.entitlements import FundingDef, RateDef, RateRow
from maatwerk.rules.funding import LINE
from maatwerk.rules.scheme import Scheme

_WHOLE = re.compile(r"\s*(-?\d+)\s*")
_LARGEST = 10**12
_DAY = timedelta(days=1)


def money_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of what amounts are made of; their expressions are checked with the others."""
    for name, listed in scheme.lists.items():
        here = f"lijst.{name}.waarden"
        if not listed.items:
            yield Fault(here, "een lijst zonder waarden laat niemand toe.", "voeg waarden toe, of haal de lijst weg.")
        for item in sorted({item for item in listed.items if listed.items.count(item) > 1}):
            yield Fault(here, f"'{item[:60]}' staat er twee keer in.", "noem elke waarde een keer.")
        if any(item.strip() != item or not item for item in listed.items):
            yield Fault(
                here, "een waarde is leeg, of begint of eindigt met een spatie.", "schrijf haar zoals in het antwoord."
            )
    for name, rate in scheme.rates.items():
        yield from _rate(f"tarief.{name}.rijen", rate)
        if rate.table and not any(funding.table == rate.table for funding in scheme.fundings.values()):
            message = "dit tarief geldt per regel, en geen bekostiging leest de regels van deze tabel."
            yield Fault(f"tarief.{name}.tabel", message, "noem de tabel van een bekostiging, of haal tabel weg.")
    for name, funding in scheme.fundings.items():
        yield from _funding(scheme, f"bekostiging.{name}", funding)


def _rate(here: str, rate: RateDef) -> Iterator[Fault]:
    if not rate.rows:
        yield Fault(here, "een tarief heeft minstens een rij nodig.", "voeg { bedrag = 10000 } toe.")
    for index, row in enumerate(rate.rows):
        place = f"{here}.{index}"
        if not 0 <= row.amount <= _LARGEST:
            yield Fault(f"{place}.bedrag", "dit bedrag kan niet.", "geef hele eurocenten, vanaf 0.")
        if _last(row) < _first(row):
            yield Fault(
                f"{place}.tot", "deze rij eindigt voor zij begint.", "maak tot later dan vanaf; tot telt zelf mee."
            )
        elif _is_covered(row, [each for each in rate.rows[:index] if each.condition in ("", row.condition)]):
            message = "deze rij geldt nooit: eerdere rijen gelden al op al haar dagen."
            yield Fault(place, message, "zet haar hoger, of geef de eerdere rij een als of een tot.")


def _first(row: RateRow) -> date:
    return row.first or date.min


def _last(row: RateRow) -> date:
    return row.last or date.max


def _is_covered(row: RateRow, earlier: Sequence[RateRow]) -> bool:
    """Whether rows that apply before it leave it no day."""
    free = _first(row)
    for each in sorted(earlier, key=_first):
        if _first(each) <= free <= _last(each):
            if _last(each) >= _last(row):
                return True
            free = _last(each) + _DAY
    return False


def _funding(scheme: Scheme, here: str, funding: FundingDef) -> Iterator[Fault]:
    table = scheme.form.get(funding.table)
    if not funding.table and not funding.fixed:
        message = "hier staat niet wat wordt bekostigd."
        yield Fault(here, message, "voeg tabel toe (een tabel met kosten), of vast (een bedrag).")
    if funding.table and (table is None or table.kind != "tabel"):
        yield Fault(
            f"{here}.tabel",
            f"'{funding.table[:60]}' is geen tabel van het formulier.",
            "noem een veld van soort tabel.",
        )
        return
    columns = table.columns if table else {}
    if table and not funding.line and ("bedrag" not in columns or columns["bedrag"].kind not in ("bedrag", "getal")):
        message = f"deze tabel heeft geen kolom voor {LINE}."
        yield Fault(f"{here}.regel", message, "schrijf met regel wat een regel kost, zoals regel.uren * regel.tarief.")
    for key, value in (("regel", funding.line), ("grenzen", funding.limits), ("btw", funding.vat)):
        if value and not table:
            yield Fault(f"{here}.{key}", "zonder tabel zijn er geen regels.", "voeg tabel toe.")
    if table and funding.vat and not any(column.vat == "exclusief" for column in columns.values()):
        message = "in deze tabel is geen bedrag exclusief btw."
        yield Fault(f"{here}.btw", message, 'schrijf bij de kolom btw = "exclusief", of haal btw hier weg.')
    if funding.cofunder and not funding.share:
        yield Fault(
            f"{here}.aandeel", "een medefinancier betaalt de rest van een aandeel.", "voeg aandeel toe, zoals 60."
        )
    if funding.maximum and not funding.message:
        yield Fault(f"{here}.melding", "wie tegen het maximum loopt, hoort waarom.", "voeg melding toe.")
    if funding.message and not funding.maximum:
        yield Fault(f"{here}.melding", "deze melding hoort bij een maximum.", "voeg maximum toe, of haal melding weg.")
    yield from _numbers(here, funding)


def _numbers(here: str, funding: FundingDef) -> Iterator[Fault]:
    for key, text in (("aandeel", funding.share), ("btw", funding.vat)):
        if (number := _WHOLE.fullmatch(text)) and not 0 <= int(number[1]) <= 100:
            yield Fault(
                f"{here}.{key}", "een percentage ligt tussen 0 en 100.", "schrijf een getal van 0 tot en met 100."
            )
    amounts = {"vast": funding.fixed, "eigen_bijdrage": funding.own, "maximum": funding.maximum}
    amounts |= {f"grenzen.{index}.maximum": limit.maximum for index, limit in enumerate(funding.limits)}
    for key, text in amounts.items():
        if (number := _WHOLE.fullmatch(text)) and int(number[1]) < 0:
            yield Fault(f"{here}.{key}", "dit bedrag is kleiner dan nul.", "schrijf een bedrag vanaf 0, in eurocenten.")
