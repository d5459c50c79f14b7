"""Faults of a tenant.toml: it is readable, names the partnership, gives budgets and dates to books and meetings that its schemes have,
and its school calendar, care providers and counts of pupils can be. The rest are settings that each part reads for itself."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from maatwerk.rules.care_providers import read_providers
from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import placed, read_toml
from maatwerk.rules.positions import lines_of
from maatwerk.rules.scheme import BookDef, Scheme
from maatwerk.rules.tenant_calendar import MEND, read_calendar, read_own
from maatwerk.rules.tenant_entries import BudgetEntry, MeetingEntry, PopulationEntry, entries

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
    calendar, faults = read_calendar(raw)
    if needs_region and calendar is None and not faults:
        faults = (Fault("vakantieregio", "een regeling telt hier met schoolvakanties.", MEND),)
    faults = (*faults, *_own_of_schools(raw.get("organisatie", []), known_region=calendar is not None))
    budgets, of_budgets = entries(BudgetEntry, "budget", raw)
    meetings, of_meetings = entries(MeetingEntry, "vergadering", raw)
    populations, of_populations = entries(PopulationEntry, "bevolking", raw)
    found += [*faults, *of_budgets, *of_meetings, *of_populations, *_populations(populations), *read_providers(raw)[1]]
    for index, budget in enumerate(budgets):
        found += _budget(f"budget.{index}", budget, schemes)
    for index, meeting in enumerate(meetings):
        found += _meeting(f"vergadering.{index}", meeting, schemes)
    return placed(tuple(found), lines_of(text)) if found else ()


def _own_of_schools(organisations: Any, *, known_region: bool) -> Iterator[Fault]:
    rows = organisations if isinstance(organisations, list) else []
    for index, entry in enumerate(rows):
        here = f"organisatie.{index}.eigen_vakantie"
        if not isinstance(entry, dict) or "eigen_vakantie" not in entry:
            continue
        yield from read_own(entry["eigen_vakantie"], here)[1]
        if entry.get("soort") != "school":
            yield Fault(here, "alleen een school heeft vakanties.", 'schrijf soort = "school", of haal ze weg.')
        if not known_region:
            yield Fault("vakantieregio", "vakanties van een school horen bij een vakantieregio.", MEND)


def _scheme(here: str, code: str, schemes: Sequence[Scheme]) -> Iterator[Fault]:
    codes = dict.fromkeys(scheme.code for scheme in schemes)
    if schemes and code not in codes:
        yield Fault(f"{here}.regeling", "deze regeling staat niet in deze map.", f"kies uit: {', '.join(codes)}.")


def _meeting(here: str, entry: MeetingEntry, schemes: Sequence[Scheme]) -> Iterator[Fault]:
    yield from _scheme(here, entry.scheme, schemes)
    if not entry.dates:
        yield Fault(f"{here}.data", "hier horen de data te staan.", "schrijf data = [2026-09-10, 2026-10-08].")
    versions = [scheme for scheme in schemes if scheme.code == entry.scheme]
    known = dict.fromkeys(name for scheme in versions for name in scheme.meetings)
    if versions and entry.meeting not in known:
        mend = f"kies uit: {', '.join(known) or 'geen'}."
        yield Fault(f"{here}.vergadering", "deze vergadering staat niet in die regeling.", mend)


def _populations(found: Sequence[PopulationEntry]) -> Iterator[Fault]:
    days = [entry.on for entry in found]
    for index, entry in enumerate(found):
        here = f"bevolking.{index}"
        if entry.on in days[:index]:
            yield Fault(f"{here}.peildatum", "deze peildatum staat er al.", "voeg de aantallen samen.")
        if not entry.origin.strip():
            yield Fault(f"{here}.bron", "hier hoort wie er telde.", 'schrijf bron = "DUO, leerlingen per vestiging".')
        for number, row in enumerate(entry.counts):
            if row.count < 0 or not 0 <= row.age <= 30:
                mend = "schrijf een leeftijd van 0 tot en met 30, en een aantal van 0 of meer."
                yield Fault(f"{here}.aantallen.{number}", "deze leeftijd of dit aantal kan niet.", mend)


def _budget(here: str, entry: BudgetEntry, schemes: Sequence[Scheme]) -> Iterator[Fault]:
    yield from _scheme(here, entry.scheme, schemes)
    if entry.ceiling < 0:
        yield Fault(f"{here}.plafond", "een plafond is niet negatief.", "schrijf plafond = 15_000_000.")
    versions = [scheme for scheme in schemes if scheme.code == entry.scheme]
    books = [scheme.books[entry.book] for scheme in versions if entry.book in scheme.books]
    if versions and not books:
        mend = f"kies uit: {', '.join(versions[-1].books) or 'geen'}."
        yield Fault(f"{here}.boek", "dit boek staat niet in die regeling.", mend)
    if books:
        yield from _of_book(here, entry, books[-1])


def _of_book(here: str, entry: BudgetEntry, book: BookDef) -> Iterator[Fault]:
    if bool(entry.part) != book.is_divided:
        message = "dit boek heeft een budget per deel." if book.is_divided else "dit boek heeft geen delen."
        yield Fault(f"{here}.deel", message, "voeg deel toe." if book.is_divided else "haal deel weg.")
    form = _PERIODS.get(book.period)
    found = form.fullmatch(entry.period) if form else None
    if form and (found is None or (found.lastindex == 2 and int(found[1]) + 1 != int(found[2]))):
        yield Fault(f"{here}.periode", f"dit is geen {book.period}.", f'schrijf "{_EXAMPLES[book.period]}".')
