"""Known numbers with a figure wrong, turned round or missing, written or dictated: who types a number over makes such slips."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import beginning_at
from maatwerk.anonymisation.engine.scanned import Figures

_ROW = re.compile(r"(?<![\d€])\d(?:[ .\-/]{0,2}\d){3,14}(?![\d%]|,\d|\s?(?:euro|eur|uur|jaar)\b)", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d{2}")
_LEAST = 5


def figures_only(numbers: tuple[str, ...]) -> tuple[str, ...]:
    """Of the known numbers those of figures alone, without what separates them."""
    bare = ("".join(filter(str.isdigit, number)) for number in numbers if "@" not in number)
    return tuple(number for number in bare if len(number) >= _LEAST)


def nearly_known(text: str, figures: Figures, known: tuple[str, ...]) -> Iterator[Finding]:
    """Rows of figures that are a known number but for one."""
    if not known:
        return
    for found in beginning_at(_ROW, text, (start for start, _ in figures)):
        digits = "".join(filter(str.isdigit, found.group()))
        if not _YEARS.fullmatch(digits) and is_nearly(digits, known):
            yield Finding(*found.span(), "nummer", 0.8)


def is_nearly(digits: str, known: tuple[str, ...]) -> bool:
    """Equal but for one figure; a short number keeps its length, since many amounts are as near to it."""
    for number in known:
        same = len(digits) == len(number) or (len(number) > 6 and abs(len(digits) - len(number)) == 1)
        if same and OSA.distance(digits, number, score_cutoff=1) <= 1:
            return True
    return False
