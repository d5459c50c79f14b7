"""Days without a month's name: zaterdag de twaalfde, op de 14e, de tweede van de vierde, dinsdag 14 om tien uur. An ordinal counts
things too (de 14e keer), so what follows decides; the first three are ranks unless a weekday or a month's number is beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.numerals import CARDINALS, ORDINALS, YEARS
from maatwerk.anonymisation.engine.reading import Reading

_WEEKDAYS = (
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ma", "di", "wo", "do", "vr", "za", "zo", "maondig", "maondag",
    "dinsdig", "goonsdig", "vriedig", "zaoterdig", "zundig", "moandei", "tiisdei", "woansdei", "tongersdei", "freed", "sneon", "snein",
)  # fmt: skip
_DAY_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_WEEKDAYS)})\b\.?,?(?:[ ]|[ ](?:ochtend|ochtends|middag|avond|nacht)[ ])(?:den?[ ])?$"
)
_PREPOSITION_BEFORE = re.compile(r"\b(?:op|per|vanaf|tot|tot en met|t/m|tm|sinds|voor|na|rond|van)[ ]den?[ ]$")
_FIGURE = re.compile(r"(?P<day>[12]?\d|3[01])(?P<ending>e|ste|den|de|en)?(?![\w:/]|[.,-]\d|%)")
_OF = re.compile(
    r"[ ]van[ ](?:(?:de|deze|vorige|volgende|komende)[ ]maand\b|de[ ](?P<month>[a-z]{5,8}|\d{1,2}e)\b(?![ ][a-z]{3})"
    r"|de[ ](?P<dated>[a-z]{5,8}|\d{1,2}e)\b(?=[ ](?:tweeduizend|negentienhonderd|19\d\d|20\d\d)))|[ ](?:dezer|jongstleden)\b"
)
_YEAR = re.compile(r"[ ]?,?[ ](?P<year>(?:19|20)\d{2}(?!\d)|[a-z]{11,32})(?:[ ](?P<more>[a-z]{3,18}))?")
_ENDS = re.compile(
    r"\s{0,2}(?:$|[.,;:!?()\]\n\"'|¤-]|(?:om|bij|met|is|was|komt|kwam|en|of|in|op|kan|kon|heeft|had|hebben|ben|zijn|wordt|werd|gaat|ging|wil"
    r"|dan|want|maar|dat|die|naar|voor|tot|nog|ook|weer|hij|zij|ze|ik|we|er|niet|een|gaan|gingen|komen|kwamen|begint|begon|moet|moest|mag|terug|weg|langs|thuis|jl|dezer|gezien|gebeld|gesproken|gehad|geweest|s)\b)"
)
_STOPS = re.compile(r"\s{0,2}(?:$|[.,;!?)\n])")
_CLOCK = re.compile(r"[ ](?:om|van)[ ](?:\d{1,2}|[a-z]{3,9})(?:[.:]\d\d|[ ]uur|u\b)")
_LONG_WEEKDAY = re.compile(r"\b[a-z]{5,11}[ ](?:de[ ])?$")

_COMING = re.compile(
    r"\b(?:kom|komt|komen|kwam|kwamen|ga|gaat|gaan|ging|gingen|vertrekt|vertrekken|vertrok|vlieg|vliegt|vliegen|terug)"
    r"[ ](?:(?:hij|zij|ze|ik|we|wij)[ ])?de[ ]$"
)

_BACK = 32


def days(reading: Reading) -> Iterator[Finding]:
    """Dates of which the month has no name."""
    text = reading.digits.lower()
    for low in sorted(ORDINALS.keys() & reading.places.keys()):
        for at in reading.places[low]:
            word = reading.words[at]
            yield from _ordinal(reading.low, word.start, word.end, ORDINALS[low])
    weekdays = reading.starts_of(_WEEKDAYS)
    for start, _ in reading.figures:
        found = _FIGURE.match(text, start)
        if found and found.group("ending"):
            yield from _ordinal(text, start, found.end(), int(found.group("day")))
        elif found and found.group("day") != "0" and _near(weekdays, start):
            yield from _after_weekday(text, start, found.end(), int(found.group("day")))


def _near(weekdays: list[int], start: int) -> bool:
    """Whether one of them begins not far before."""
    return bisect_left(weekdays, start - _BACK) < bisect_left(weekdays, start)


def _ordinal(text: str, start: int, end: int, day: int) -> Iterator[Finding]:
    """An ordinal up to 31, after a weekday, after "op de", or before the number of a month."""
    of = _of(text, end)
    weekday = _DAY_BEFORE.search(text, max(0, start - _BACK), start)
    if not 0 < day < 32 or not (of or _ENDS.match(text, end)):
        return
    if of or weekday:
        stop = _year(text, of or end)
        yield Finding(weekday.start() if weekday else _article(text, start), stop, "datum", 0.85)
    elif day > 12 and text[max(0, start - 3) : start] == "de " and _STOPS.match(text, end):
        yield Finding(start - 3, end, "datum", 0.6)
    elif day > 3 and (
        _PREPOSITION_BEFORE.search(text, max(0, start - 16), start)
        or (day > 12 and _CLOCK.match(text, end))
        or _COMING.search(text, max(0, start - _BACK), start)
    ):
        yield Finding(_article(text, start), end, "datum", 0.7)


def _after_weekday(text: str, start: int, end: int, day: int) -> Iterator[Finding]:
    """Dinsdag 14: a small number after a weekday is rather an hour or how many, unless the hour follows."""
    weekday = _DAY_BEFORE.search(text, max(0, start - _BACK), start)
    if not weekday:
        return
    least = 7 if _LONG_WEEKDAY.search(text, max(0, start - 16), start) else 12
    logged = weekday.start() == 0 or text[weekday.start() - 1] == "\n"
    if _CLOCK.match(text, end) or ((day > least or logged) and _ENDS.match(text, end)):
        yield Finding(weekday.start(), end, "datum", 0.75)


def _of(text: str, end: int) -> int:
    """Where "van de vierde" or "van deze maand" ends; 0 when it does not follow."""
    found = _OF.match(text, end)
    if not found:
        return 0
    month = found.group("month") or found.group("dated")
    if month is None:
        return found.end()
    number = int(month[:-1]) if month[0].isdigit() else ORDINALS.get(month, 0)
    return found.end() if 0 < number < 13 else 0


def _year(text: str, end: int) -> int:
    """The end of a year in figures or words, or the same place."""
    found = _YEAR.match(text, end)
    if not found:
        return end
    year, more = found.group("year"), found.group("more") or ""
    if year == "tweeduizend" and more in CARDINALS:
        return found.end()
    return found.end("year") if year.isdigit() or year in YEARS else end


def _article(text: str, start: int) -> int:
    return start - 3 if text[max(0, start - 3) : start] == "de " else start
