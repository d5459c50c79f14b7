"""Exact dates: a day with its month, in digits, words, or with a slip in the month. A month with its year stays, and so does a
school year or a week number. Every repetition is bounded, so the patterns are linear in the text."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.date_shapes import (
    DAY_AND_MONTH,
    IN_FIGURES,
    IN_WORDS,
    MISSPELT,
    MONTH_BEGINS,
    MONTH_FIRST,
    MONTHS,
    NUMERIC,
    WEEKDAY,
    WEEKDAYS,
    WRITTEN,
)
from maatwerk.anonymisation.engine.day_words import days
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.numerals import CARDINALS, ORDINALS
from maatwerk.anonymisation.engine.reading import Reading, beginning_at
from maatwerk.anonymisation.engine.scanned import figures_of

_CUE = re.compile(
    r"(?:\b(?:dd|d\.d\.?|geb\.?|geboren|datum|op|per|voor|tot|t/m|sinds|vanaf|na|van|intake|gemeld|start|gesprek|overleg|evaluatie|afspraak"
    rf"|deadline):?\s{{1,2}}|\b{WEEKDAY}|[\n|]\s{{0,3}}(?:[-*]\s)?)$"
)
_FRACTIONS = frozenset(
    ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/1", "1/10", "5/6", "7/8", "3/8")
)
_NOT_A_DAY = re.compile(
    r"(?:groep|groepen|klas|klassen|week|weken|fase|niveau|leerjaar|havo|vwo|mavo|vmbo[\w-]{0,4}|cijfer|cijfers|score|visus|€)\s$"
)
_PART_OF = re.compile(r"\b(?:van|na|per|voor|tot|start)\s{1,2}$")
_WEEKDAY_BEFORE = re.compile(rf"\b{WEEKDAY}$")
_LONG_WORD_BEFORE = re.compile(r"\b([a-z]{6,10})\s$")


def exact_dates(reading: Reading) -> Iterator[Finding]:
    """Dates in every usual spelling; day and month without a year count after a cue, or where they can be no fraction and no range."""
    written, figures = figures_of(reading)
    text = written.lower()
    for start, end in _with_month(reading, text):
        yield Finding(_weekday(text, start), end, "datum", 0.97)
    starts = [start for start, _ in figures]
    likely = [start for start in starts if IN_FIGURES.match(text, start)]
    for pattern in NUMERIC:
        for found in beginning_at(pattern, text, likely):
            if _may_be_day(text, found.start()):
                yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.97)
    yield from days(reading)
    yield from _without_year(text, likely)
    for found in beginning_at(MISSPELT, text, starts):
        low = found.group(1).replace("rn", "m")
        word = low in lexicon().words and not found.group("year")
        if not word and _is_month(low) and _may_be_day(text, found.start()):
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.8)


def _without_year(text: str, starts: list[int]) -> Iterator[Finding]:
    done = -10
    for found in beginning_at(DAY_AND_MONTH, text, starts):
        if _counts(text, found) or (found.start() - done < 7 and _may_be_day(text, found.start())):
            done = found.end()
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.85)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether day and month without a year are a date: 14-3 cannot be a range."""
    start, end = found.span()
    fraction = found.group() in _FRACTIONS
    backwards = int(found.group("day")) > 12 and found.group("sign") == "-"
    if (found.group("sign") != "/" or fraction) and not backwards:
        cued = start == 0 or text[end : end + 1] == ":" or _CUE.search(text[max(0, start - 14) : start])
        if not cued or (fraction and _PART_OF.search(text, max(0, start - 6), start)):
            return False
    return _may_be_day(text, start)


def _is_month(low: str) -> bool:
    """Nearly a month's name, or broken off."""
    return _nearly(low, MONTHS) or any(month.startswith(low) for month in MONTHS)


def _with_month(reading: Reading, text: str) -> Iterator[tuple[int, int]]:
    """Dates with the month in letters, sought only around what begins as a month does."""
    done = 0
    near = sorted([at for low, places in reading.places.items() if low[:3] in MONTH_BEGINS for at in places])
    for at in near:
        word = reading.words[at]
        begin, last = max(done, word.start - 48), word.start + 48
        for pattern, where in _spellings(reading, text, at):
            over = (found for found in pattern.finditer(where, begin, last) if found.end() > word.start)
            found = next(over, None)
            if found and found.start() <= word.start and _may_be_day(where, found.start()):
                done = found.start() + len(found.group().rstrip())
                yield found.start(), done
                break


def _spellings(reading: Reading, text: str, month: int) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that can hold what stands before and behind the name of this month."""
    start, end = reading.words[month].start, reading.words[month].end
    if any(map(str.isdigit, text[max(0, start - 14) : start])):
        yield WRITTEN, text
    said = reading.words[max(0, month - 4) : month]
    if any(word.low in ORDINALS or word.low in CARDINALS for word in said):
        yield IN_WORDS, reading.low
    if any(map(str.isdigit, text[end : end + 10])):
        yield MONTH_FIRST, text


def _may_be_day(text: str, start: int) -> bool:
    return not _NOT_A_DAY.search(text[max(0, start - 12) : start])


def _weekday(text: str, start: int) -> int:
    """Where a weekday before the date begins, misspelt perhaps."""
    window = text[max(0, start - 14) : start]
    right = _WEEKDAY_BEFORE.search(window)
    if right:
        return start - len(right.group())
    before = _LONG_WORD_BEFORE.search(window)
    if before and before.group(1) not in lexicon().words and _nearly(before.group(1), WEEKDAYS):
        return start - len(before.group())
    return start


def _nearly(word: str, names: tuple[str, ...]) -> bool:
    return any(OSA.distance(word, name, score_cutoff=1 + (len(name) > 6)) <= 1 + (len(name) > 6) for name in names)
