"""Small groups: school, age and home municipality together may point at one pupil, though none of them does alone (R36-37).
Few known pupils prove nothing about how many there are, so without a figure of the population few means a warning."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

THRESHOLD = 10
SMALL_GROUP = "kleine_groep"
MESSAGE = "school + leeftijd + gemeente: kleine groep"
OFFERS: Mapping[str, str] = {
    "leeftijdsband": "leeftijdsband in plaats van leeftijd",
    "schooltype": "sector in plaats van school",
}


@dataclass(frozen=True)
class Cell:
    """Pupils who look the same to a reader: of one school, one age in years, one home municipality."""

    school: str
    age: int
    municipality: str


@dataclass(frozen=True)
class Risk:
    """`codes` is empty when the group is large enough. `known` pupils of the partnership, `population` when it gave one."""

    codes: tuple[str, ...]
    known: int
    population: int | None
    threshold: int


def assess(known: int, population: int | None, threshold: int = THRESHOLD) -> Risk:
    """Warns unless the population, or without one the known pupils alone, reach the threshold."""
    large = (known if population is None else population) >= threshold
    return Risk(() if large else (SMALL_GROUP,), known, population, threshold)


def population(figures: Iterable[Mapping[str, Any]], cell: Cell) -> int | None:
    """How many pupils a cell has by the partnership's own figures; None when they do not tell.

    A figure has school, gemeente, leeftijd and aantal; a cell that no figure names is unknown, not empty.
    """
    wanted = (cell.school.casefold(), cell.municipality.casefold(), cell.age)
    counts = [
        figure["aantal"]
        for figure in figures
        if (str(figure.get("school")).casefold(), str(figure.get("gemeente")).casefold(), figure.get("leeftijd"))
        == wanted
        and isinstance(figure.get("aantal"), int)
    ]
    return sum(counts) if counts else None


def coarsen(text: str, cell: Cell, coarse: frozenset[str]) -> str:
    """A redacted text without what the chosen coarsenings took out of the fields: the school's name, the exact age."""
    if "schooltype" in coarse and cell.school:
        text = re.sub(rf"(?<!\w){re.escape(cell.school)}(?!\w)", "[school]", text, flags=re.IGNORECASE)
    if "leeftijdsband" in coarse:
        text = re.sub(rf"(?<![\w.,€]){cell.age}(?=[ -]?(?:jaar|jarige?|jr)\b)", "[leeftijd]", text, flags=re.IGNORECASE)
    return text
