"""How many pupils look the same to reviewers, as far as anybody counted: by the partnership's dated counts, else by cases of the past
year. Counted whenever it is shown; a pack keeps only keyed indexes of how its pupil looks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from maatwerk import clock
from maatwerk.anonymisation.queries import known_in_cell
from maatwerk.cases.case import Case
from maatwerk.crypto import index_value
from maatwerk.rules.ages import age_on
from maatwerk.rules.consent import birth_date
from maatwerk.rules.smallcells import (
    OFFERS,
    THRESHOLD,
    UNKNOWN_AGE,
    Cell,
    Risk,
    assess,
    choices,
    holding_on,
    seen_as,
)
from maatwerk.rules.tenant_entries import PopulationEntry, PupilCount, entries
from maatwerk.tenancy import Tx, tenant_settings


async def measure(tx: Tx, case: Case, offered: Iterable[str]) -> Risk:
    """The group as it is, and after every choice that the scheme offers."""
    settings, today = await tenant_settings(tx), clock.today()
    threshold = settings.get("kleine_groep_onder", THRESHOLD)
    cell = cell_of(case, today)
    if cell is None:
        return Risk((), threshold, ())
    indexes = await cells_of(tx, case)
    known = {
        choice: await known_in_cell(tx, key_of(choice), indexes[key_of(choice)], case) for choice in choices(offered)
    }
    counted, _ = entries(PopulationEntry, "bevolking", settings)
    sectors = {entry.get("naam"): entry.get("sector") for entry in settings.get("organisatie", [])}
    entry = holding_on(counted, today)
    told = entry and replace(entry, counts=tuple(_with_sector(row, sectors) for row in entry.counts))
    return assess(cell, known, told, threshold, today)


async def cells_of(tx: Tx, case: Case) -> dict[str, str]:
    """The keyed index of how the pupil looks, by what is shown coarser; empty when something of it is unknown."""
    cell = cell_of(case, clock.today())
    if cell is None:
        return {}
    return {
        key_of(choice): (await index_value(tx, "pack", "cell", "|".join(seen_as(cell, choice)))).hex()
        for choice in choices(OFFERS)
    }


def key_of(choice: Iterable[str]) -> str:
    """What is shown coarser, as one word."""
    return "+".join(choice)


def cell_of(case: Case, on: date) -> Cell | None:
    """School, age and municipality of an individual pupil; None when one of them is unknown."""
    known = known_of_pupil(case, on)
    return known if known.school and known.age != UNKNOWN_AGE and known.municipality else None


def known_of_pupil(case: Case, on: date) -> Cell:
    """As much of a cell as is known: what a text may not say once a reader gets it coarser."""
    birth = birth_date(case.scheme, case.answers)
    found = {field.kind: str(case.answers.get(name) or "") for name, field in case.scheme.form.items()
             if field.kind in ("school", "gemeente")}  # fmt: skip
    age = age_on(birth, on) if birth is not None and birth <= on else UNKNOWN_AGE
    return Cell(found.get("school", ""), age, found.get("gemeente", ""), str(case.answers.get("sector") or ""))


def _with_sector(row: PupilCount, sectors: dict[str, str]) -> PupilCount:
    return row if row.sector else replace(row, sector=sectors.get(row.school) or "")
