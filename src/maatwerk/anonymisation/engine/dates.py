"""Exact dates: a day with its month. A month with its year stays, and so does a school year or a week number."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import Reading

_MONTH = (
    r"(?:(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b"
    r"|(?:jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|(?:ma|di|wo|do|vr|za|zo)\b\.?),?[ ]{1,2})"
_YEAR = r"(?:(?:19|20)\d{2}|'\d{2})\b"
_WRITTEN = re.compile(
    rf"\b{_WEEKDAY}?(?:de\s)?(?:{_DAY}(?:e|ste|de)?\s?(?:,|en|t/m|tot|-|/|\+|of)\s?)?\b{_DAY}(?:e|ste|de)?\s{{0,2}}(?:van\s)?"
    rf"{_MONTH}(?:\s{{0,2}},?\s{{0,2}}{_YEAR}|\s{{1,2}}jl\b\.?)?",
    re.IGNORECASE,
)
_ENGLISH_ORDER = re.compile(rf"\b{_MONTH}\s{{1,2}}{_DAY}(?:st|nd|rd|th|,)\s{{0,2}}{_YEAR}", re.IGNORECASE)
_NUMERIC = re.compile(
    rf"(?<![\w.,/€\-])(?:{_WEEKDAY})?{_DAY}\s?([-./])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:(?:19|20)\d{{2}}|'?\d{{2}})(?![\d/\-]|[.,]\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"(?<![\w.,/\-])(?:19|20)\d{{2}}([-./])(?:0?[1-9]|1[0-2])\1{_DAY}(?![\d/\-]|[.,]\d)")
_GLUED = re.compile(
    r"(?<![\w.,\-/])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w\-/])"
)
_SHORT = re.compile(
    rf"(?:\b{_WEEKDAY}|(?<=dd )|(?<=d\.d\. )|(?<=geb\. )|(?<=geboren )|(?<=datum: )|(?<=datum )){_DAY}\s?[-/]\s?(?:0?[1-9]|1[0-2])(?![\d/\-.,]\d|\d)",
    re.IGNORECASE,
)
_NOT_A_DAY = re.compile(
    r"(?:groep|klas|week|weken|fase|niveau|leerjaar|havo|vwo|mavo|vmbo[\w-]{0,4}|€)\s$", re.IGNORECASE
)


def exact_dates(reading: Reading) -> Iterator[Finding]:
    """Dates in every usual spelling; a day without a month only counts after a weekday or a word for a date."""
    text = reading.plain
    for pattern in (_WRITTEN, _ENGLISH_ORDER, _NUMERIC, _YEAR_FIRST, _GLUED, _SHORT):
        for found in pattern.finditer(text):
            if not _NOT_A_DAY.search(text[max(0, found.start() - 12) : found.start()]):
                yield Finding(found.start(), len(found.group().rstrip()) + found.start(), "datum", 0.97)
