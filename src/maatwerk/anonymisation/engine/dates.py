"""Exact dates: a day with its month, in digits, words, or with a slip in the month. A month with its year stays, and so does a
school year or a week number. Every repetition is bounded, so the patterns are linear in the text."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.date_shapes import (
    CUT_MONTH,
    DAY_AND_MONTH,
    DAYS_BEFORE,
    GLUED_WEEKDAY,
    IN_FIGURES,
    IN_WORDS,
    LONG_MONTHS,
    MISSPELT,
    MONTH_BEGINS,
    MONTH_FIRST,
    MONTHS,
    NUMERIC,
    SCANNED_DAY,
    WEEKDAY,
    WEEKDAYS,
    WITH_DOT,
    WRITTEN,
    YEAR_BEHIND,
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
_AS_LETTERS = str.maketrans("01", "ol")
_CUT_SHORT = frozenset(("jui", "jni", "jli", "uni", "uli", "mrrt", "mie"))
_SHORT_NAMES = frozenset(["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"])
_FRACTIONS = frozenset(
    (
        "24/7",
        "2/2",
        "3/3",
        "1/2",
        "1/3",
        "2/3",
        "1/4",
        "3/4",
        "1/5",
        "2/5",
        "3/5",
        "4/5",
        "1/1",
        "1/10",
        "5/6",
        "7/8",
        "3/8",
    )
)
_NOT_A_DAY = re.compile(
    r"(?:groep|groepen|gr|kl|lj|wk|nr|klas|klassen|week|weken|fase|niveau|leerjaar|havo|vwo|mavo|vmbo[\w-]{0,4}|blz\.?|b1z\.?|bladzijde|pagina|deel|versie|export|apgar|cijfer|cijfers|score|visus|€)\s$"
)
_STOPS = re.compile(r"[ ]?(?:$|[\n;.)])")
_DOT_CUE = re.compile(r"\b(?:dd|d\.d\.|geb|geboren|datum|per)[.:]{0,2}\s{1,2}$")
_PART_OF = re.compile(r"\b(?:van|na|per|voor|tot|start)\s{1,2}$")
_SCANNED_DAY_SIGNS = frozenset("lIOSBZ")
_WEEKDAY_BEFORE = re.compile(rf"\b(?:{WEEKDAY}(?:den?[ ])?|{GLUED_WEEKDAY})$")
_OTHER_BEFORE = re.compile(rf"\b{WEEKDAY}(?:op|en|of|tot|t/m)[ ]$")
_LONG_WORD_BEFORE = re.compile(r"\b([a-z01]{1,10})(?:\s([a-z01]{1,9}))?\s{0,2}$")


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
        low = found.group(1)
        word = low in lexicon().words and not found.group("year")
        shortened = found.group("year") and any(low[0] == name[0] and _nearly(low, (name,)) for name in _SHORT_NAMES)
        if (
            not word
            and (shortened or _is_month(low) or _is_month(low.replace("rn", "m")))
            and _may_be_day(text, found.start())
        ):
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.8)
    for found in beginning_at(CUT_MONTH, text, starts):
        end = _cut_month(found)
        if end:
            year = YEAR_BEHIND.match(text, end)
            yield Finding(_weekday(text, found.start()), year.end() if year else end, "datum", 0.8)


def _without_year(text: str, starts: list[int]) -> Iterator[Finding]:
    done = -10
    both = list(beginning_at(DAY_AND_MONTH, text, starts))
    habit = sum(found.group("sign") == "-" and _counts(text, found) for found in both) > 1
    for found in both:
        near = found.start() - done < 7 or (habit and found.group("sign") == "-")
        if _counts(text, found) or (near and _may_be_day(text, found.start())):
            done = found.end()
            more = DAYS_BEFORE.search(text, max(0, found.start() - 24), found.start())
            start = more.start() if more and _may_be_day(text, more.start()) else found.start()
            yield Finding(_weekday(text, start), found.end(), "datum", 0.85)
    for found in beginning_at(WITH_DOT, text, starts):
        before = text[max(0, found.start() - 14) : found.start()]
        if _DOT_CUE.search(before) or (int(found.group("month")) % 5 and _WEEKDAY_BEFORE.search(before)):
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.8)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether day and month without a year are a date: 14-3 cannot be a range."""
    start, end = found.span()
    fraction = found.group() in _FRACTIONS
    backwards = int(found.group("day")) > 12 and found.group("sign") == "-"
    if (found.group("sign") != "/" or fraction) and not backwards:
        cue = _CUE.search(text[max(0, start - 14) : start])
        cued = cue is not None or start == 0 or text[end : end + 1] == ":"
        cued = cued or (
            text[max(0, start - 2) : start] == ", "
            and text[start - 3 : start - 2].isalpha()
            and _STOPS.match(text, end) is not None
        )
        if not cued or (fraction and _PART_OF.search(text, max(0, start - 6), start)):
            return False
    return _may_be_day(text, start)


def _cut_month(found: re.Match[str]) -> int:
    """The end of a month's name that a scan cut in two or three, or gave figures for letters; 0 when there is none."""
    name = ""
    for part in ("one", "two", "three"):
        name += (found.group(part) or "").translate(_AS_LETTERS)
        if name in LONG_MONTHS or name.replace("rn", "m") in LONG_MONTHS:
            return found.end(part)
        if part == "two" and name in _SHORT_NAMES and found.group("one") not in lexicon().words:
            return found.end(part)
    return 0


def _is_month(low: str) -> bool:
    """Nearly a month's name, or broken off."""
    if len(low) < 4:
        return low in _CUT_SHORT
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
            if found and not _may_be_day(where, found.start()):  # gr 3, 12 nov
                found = pattern.search(where, found.start() + 1, last)
            if found and found.start() <= word.start < found.end() and _may_be_day(where, found.start()):
                done = found.start() + len(found.group().rstrip())
                yield found.start(), done
                break


def _spellings(reading: Reading, text: str, month: int) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that can hold what stands before and behind the name of this month."""
    start, end = reading.words[month].start, reading.words[month].end
    if any(map(str.isdigit, text[max(0, start - 14) : start])):
        yield WRITTEN, text
    said = reading.words[max(0, month - 4) : month]
    if any(word.low.removesuffix("n") in ORDINALS or word.low in CARDINALS for word in said):
        yield IN_WORDS, reading.low
    if any(map(str.isdigit, text[end : end + 10])):
        yield MONTH_FIRST, text
    written = figures_of(reading)[0]
    if not _SCANNED_DAY_SIGNS.isdisjoint(written[max(0, start - 5) : start]):
        yield SCANNED_DAY, written


def _may_be_day(text: str, start: int) -> bool:
    return not _NOT_A_DAY.search(text[max(0, start - 12) : start])


def _weekday(text: str, start: int) -> int:
    """Where a weekday before the date begins, misspelt perhaps."""
    right = _WEEKDAY_BEFORE.search(text, max(0, start - 20), start)
    if right:
        other = _OTHER_BEFORE.search(text, max(0, right.start() - 20), right.start())
        return other.start() if other else right.start()
    window = text[max(0, start - 20) : start]
    before = _LONG_WORD_BEFORE.search(window)
    if not before:
        return start
    one, two = (before.group(number) or "" for number in (1, 2))
    cut = (one + two).translate(_AS_LETTERS)
    if cut in WEEKDAYS:
        return start - len(before.group())
    last = (two or one).translate(_AS_LETTERS)
    if last in WEEKDAYS or (len(last) > 4 and last not in lexicon().words and _nearly(last, WEEKDAYS)):
        return start - len(before.group()) + (len(one) + 1 if two else 0)
    return start


def _nearly(word: str, names: tuple[str, ...]) -> bool:
    return any(OSA.distance(word, name, score_cutoff=1 + (len(name) > 6)) <= 1 + (len(name) > 6) for name in names)
