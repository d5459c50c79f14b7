"""Faults of a tenant.toml: it is readable, names the partnership, gives budgets to books that its schemes have, and its school
calendar can be. The rest are settings that each part reads for itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import placed, read_toml
from maatwerk.rules.positions import lines_of
from maatwerk.rules.scheme import BookDef, Scheme
from maatwerk.rules.tenant_calendar import MEND, read_calendar

_PERIODS: Final = {"schooljaar": re.compile(r"(\d{4})-(\d{4})"), "kalenderjaar": re.compile(r"\d{4}")}
_EXAMPLES: Final = {"schooljaar": "2026-2027", "kalenderjaar": "2026"}


def tenant_faults(text: str, schemes: Sequence[Scheme] = (), *, needs_region: bool = False) -> tuple[Fault, ...]:
    """Every fault, with its line; `schemes` are those of the same folder, empty when one of them could not be read.
    `needs_region`: a scheme of this partnership counts by school holidays."""
    raw, fault = read_toml(text)
    if fault is not None:
        return (fault,)
    found = [
        Fault(key, f"hier hoort de {what} van het partnerschap te staan.", f'schrijf {key} = "...".')
        for key, what in (("code", "korte naam"), ("naam", "naam"))
        if not isinstance(raw.get(key), str) or not raw[key].strip()
    ]
    found += _listed(raw, "budget", schemes)
    calendar, faults = read_calendar(raw)
    if needs_region and calendar is None and not faults:
        faults = (Fault("vakantieregio", "een regeling telt hier met schoolvakanties.", MEND),)
    found += faults
    return placed(tuple(found), lines_of(text)) if found else ()


def _listed(raw: Mapping[str, Any], table: str, schemes: Sequence[Scheme]) -> Iterator[Fault]:
    items = raw.get(table, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield Fault(table, "hier hoort een lijst van tabellen te staan.", f"schrijf [[{table}]].")
        return
    for index, item in enumerate(items):
        yield from _budget(f"{table}.{index}", item, schemes)


def _budget(here: str, item: Mapping[str, Any], schemes: Sequence[Scheme]) -> Iterator[Fault]:
    for key in ("regeling", "boek", "periode"):
        if not isinstance(item.get(key), str):
            yield Fault(f"{here}.{key}", f"een budget heeft een {key} nodig.", f'schrijf {key} = "...".')
    ceiling, part = item.get("plafond"), item.get("deel", "")
    if type(ceiling) is not int or ceiling < 0:
        yield Fault(
            f"{here}.plafond", "een plafond is een geheel getal, in hele eurocenten.", "schrijf plafond = 15_000_000."
        )
    if not isinstance(part, str):
        yield Fault(f"{here}.deel", "een deel is een tekst.", 'schrijf deel = "...", zoals op het formulier.')
    for unknown in sorted(item.keys() - {"regeling", "boek", "periode", "plafond", "deel"}):
        yield Fault(f"{here}.{unknown}", f"de sleutel {unknown[:60]!r} is onbekend.", "haal haar weg.")
    versions = [scheme for scheme in schemes if scheme.code == item.get("regeling")]
    if schemes and not versions:
        codes = ", ".join(dict.fromkeys(scheme.code for scheme in schemes))
        yield Fault(f"{here}.regeling", "deze regeling staat niet in deze map.", f"kies uit: {codes}.")
    books = [scheme.books[item["boek"]] for scheme in versions if item.get("boek") in scheme.books]
    if versions and not books:
        mend = f"kies uit: {', '.join(versions[-1].books) or 'geen'}."
        yield Fault(f"{here}.boek", "dit boek staat niet in die regeling.", mend)
    if books:
        yield from _of_book(here, item, books[-1])


def _of_book(here: str, item: Mapping[str, Any], book: BookDef) -> Iterator[Fault]:
    if bool(item.get("deel")) != bool(book.per):
        message = "dit boek heeft een budget per deel." if book.per else "dit boek heeft geen delen."
        yield Fault(f"{here}.deel", message, "voeg deel toe." if book.per else "haal deel weg.")
    form = _PERIODS.get(book.period)
    found = form.fullmatch(str(item.get("periode"))) if form else None
    if form and (found is None or (found.lastindex == 2 and int(found[1]) + 1 != int(found[2]))):
        yield Fault(f"{here}.periode", f"dit is geen {book.period}.", f'schrijf "{_EXAMPLES[book.period]}".')
