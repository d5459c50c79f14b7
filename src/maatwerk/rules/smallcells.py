"""Small groups: school, age and home municipality together may point at one pupil, though none of them does alone (R36-37).
Few known pupils prove nothing about how many there are, so without a count of the population few means a warning."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Final

from maatwerk.rules.disclosure import AGE_BAND, NO_MUNICIPALITY, SCHOOL_TYPE, age_band
from maatwerk.rules.tenant_entries import PopulationEntry

THRESHOLD = 10
UNKNOWN_AGE = -1
SMALL_GROUP = "kleine_groep"
MESSAGE = "school + leeftijd + gemeente: kleine groep"
OFFERS: Mapping[str, str] = {
    AGE_BAND: "leeftijdsband in plaats van leeftijd",
    SCHOOL_TYPE: "sector in plaats van school",
    NO_MUNICIPALITY: "zonder woongemeente",
}
_NUMBERS: Final = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
    "eenentwintig",
    "tweeentwintig",
    "drieentwintig",
    "vierentwintig",
    "vijfentwintig",
    "zesentwintig",
    "zevenentwintig",
]

_BEFORE_AN_AGE: Final = ("hij is", "zij is", "ze is", "is nu", "hij was", "zij was", "ze was", "wordt", "werd")
_OF_AN_AGE: Final = ("leeftijd", "leeftijd:", "jongen van", "meisje van", "kind van", "zoon van", "dochter van")


@dataclass(frozen=True)
class Cell:
    """Pupils who look the same to a reader: of one school, one age in years, one home municipality. What is unknown is empty,
    an age UNKNOWN_AGE."""

    school: str
    age: int
    municipality: str
    sector: str = ""


@dataclass(frozen=True)
class Count:
    """How many pupils look the same once something is shown coarser, and who says so: `bevolking` or `zaken`."""

    coarsening: tuple[str, ...]
    count: int
    source: str


@dataclass(frozen=True)
class Risk:
    """`counts` begins with the group as it is and has one for every choice after that. `on` and `origin` are those of the population,
    or of the day on which cases were counted."""

    codes: tuple[str, ...]
    threshold: int
    counts: tuple[Count, ...]
    on: date | None = None
    origin: str = ""


def choices(offered: Iterable[str]) -> list[tuple[str, ...]]:
    """Every way to show less, from nothing to all that is offered, in the order of the offers."""
    known = [name for name in OFFERS if name in set(offered)]
    return [chosen for size in range(len(known) + 1) for chosen in combinations(known, size)]


def seen_as(cell: Cell, coarse: Iterable[str]) -> tuple[str, str, str]:
    """(school, age, municipality) as a reader gets them."""
    chosen = set(coarse)
    return (
        cell.sector if SCHOOL_TYPE in chosen else cell.school,
        age_band(cell.age) if AGE_BAND in chosen else str(cell.age),
        "" if NO_MUNICIPALITY in chosen else cell.municipality,
    )


def assess(
    cell: Cell, known: Mapping[tuple[str, ...], int], entry: PopulationEntry | None, threshold: int, on: date
) -> Risk:
    """The group of a cell and what becomes of it, by the population when it tells of the cell, else by known pupils alone.
    `known` has a number for every choice."""
    told = population(entry, cell, ()) if entry else None
    if entry is None or told is None:
        counts = tuple(Count(choice, count, "zaken") for choice, count in known.items())
        return Risk(_codes(counts[0].count, threshold), threshold, counts, on)
    counts = tuple(Count(choice, population(entry, cell, choice) or told, "bevolking") for choice in known)
    return Risk(_codes(told, threshold), threshold, counts, entry.on, entry.origin)


def holding_on(entries: Iterable[PopulationEntry], day: date) -> PopulationEntry | None:
    """The counts that hold on a day: the latest of before it; None when there were none yet."""
    return max((entry for entry in entries if entry.on <= day), key=lambda entry: entry.on, default=None)


def population(entry: PopulationEntry, cell: Cell, coarse: Iterable[str]) -> int | None:
    """How many pupils look the same; None when no figure names any: then it is unknown, not nought."""
    wanted = _folded(seen_as(cell, coarse))
    same = [
        row.count
        for row in entry.counts
        if _folded(seen_as(Cell(row.school, row.age, row.municipality, row.sector), coarse)) == wanted
    ]
    return sum(same) if same else None


def coarsen(text: str, cell: Cell, coarse: frozenset[str]) -> str:
    """A redacted text without what the chosen coarsenings took out of the fields: the school's name as given, the exact age in figures
    or words, the home municipality."""
    if SCHOOL_TYPE in coarse and cell.school:
        text = _name(cell.school).sub("[school]", text)
    if AGE_BAND in coarse and cell.age != UNKNOWN_AGE:
        text = _age(cell.age).sub("[leeftijd]", text)
    if NO_MUNICIPALITY in coarse and cell.municipality:
        text = _name(cell.municipality).sub("[gemeente]", text)
    return text


def _codes(count: int, threshold: int) -> tuple[str, ...]:
    return () if count >= threshold else (SMALL_GROUP,)


def _folded(seen: tuple[str, str, str]) -> tuple[str, ...]:
    return tuple(each.strip().casefold() for each in seen)


@cache
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


@cache
def _age(age: int) -> re.Pattern[str]:
    """Where a text says how old the pupil is: now, before the birthday that has passed since it was written, or on the next."""
    spelled = "|".join(each for near in (age, age - 1, age + 1) for each in _spelled(near))
    told = "|".join(rf"(?<=\b{lead} )" for lead in _BEFORE_AN_AGE)
    named = "|".join(rf"(?<=\b{lead} )" for lead in _OF_AN_AGE)
    return re.compile(
        rf"(?<![\w.,€])(?:{spelled})(?:[.,]5)?(?=[ -]?(?:jaar|jarigen?|jr|lentes|e verjaardag|de verjaardag)\b)"
        rf"|(?<=\()(?:{spelled})(?=\))|(?:{told})(?:{spelled})(?=[ ]?(?:[.;!?)]|$))|(?:{named})(?:{spelled})\b(?![.,]?\d)",
        re.IGNORECASE,
    )


def _spelled(age: int) -> list[str]:
    """In figures and in letters."""
    words = [_NUMBERS[age].replace("tweeen", "twee[eë]n").replace("drieen", "drie[eë]n")] if age < len(_NUMBERS) else []
    return [str(age), *words] if age >= 0 else []
