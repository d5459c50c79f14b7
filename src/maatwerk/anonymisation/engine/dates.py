"""Exact dates: a day with its month, in digits, words, or with a slip in the month. A month with its year stays, and so does a
school year or a week number. Every repetition is bounded, so the patterns are linear in the text."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.reading import Reading, beginning_at

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_DAYS_OF_WEEK = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTH = (
    rf"(?:(?:{'|'.join(MONTHS)}|october|march)\b|(?:jan|feb|mrt|mar|apr|may|jun|jul|aug|sept|sep|okt|oct|nov|dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = rf"(?:(?:{'|'.join(_DAYS_OF_WEEK)}|(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\b\.?),?[ ]{{1,2}})"
_YEAR = r"(?:(?:19|20)\d{2}|'\d{2})\b"
_AFTER = rf"(?:(?:\s{{0,2}},?\s{{0,2}}|\s?[-./]\s?){_YEAR})?(?:\s{{1,2}}(?:jl|a\.s|jongstleden|aanstaande)\b\.?)?"
_UNITS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_SPOKEN = (
    rf"(?:(?:{_UNITS})entwintig|(?:een)?endertig|eenendertig|dertig|twintig|tien|elf|twaalf|dertien|veertien|vijftien|zestien"
    rf"|zeventien|achttien|negentien|{_UNITS}|eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde"
    r"|twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste|dertigste"
    rf"|(?:{_UNITS})entwintigste|eenendertigste)"
)
_SPOKEN_ENDS = ("ig", "ste", "de", "tien", "elf", "twaalf", *_UNITS.split("|"))
_WRITTEN = re.compile(
    rf"(?:(?<=\s)de\s)?(?:{_DAY}(?:e|ste|de)?\s?(?:,|en|t/m|tm|tot|op|naar|-|/|\+|of)\s?)?\b{_DAY}(?:e|ste|de)?(?:\s{{0,2}}|\s?[-./]\s?)(?:van\s)?{_MONTH}{_AFTER}",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"\b(?:de\s)?{_SPOKEN}\s(?:van\s)?(?:{'|'.join(MONTHS)})\b{_AFTER}(?:\stweeduizend\s?\w{{0,20}})?", re.IGNORECASE
)
_ENGLISH_ORDER = re.compile(rf"\b{_MONTH}\s{{1,2}}{_DAY}(?:st|nd|rd|th|,)\s{{0,2}}{_YEAR}", re.IGNORECASE)
_ORDINALS = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|\d{1,2}e)"
_BOTH_ORDINAL = re.compile(
    rf"\b(?:de\s)?(?:{_SPOKEN}|{_DAY}e)\svan\sde\s{_ORDINALS}\b(?=\s?(?:[.,;:!?)]|$|om\b|jl\b))", re.IGNORECASE
)
_MONTH_BEGINS = frozenset(
    ("jan", "feb", "mrt", "maa", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec")
)
_NUMERIC = re.compile(
    rf"(?<![A-Za-z\d.,/€])(?<!\d-){_DAY}\s?([-./])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:(?:19|20)\d{{2}}|'?\d{{2}})(?![\d/\-]|[.,]\d)"
)
_YEAR_FIRST = re.compile(rf"(?<![a-zA-Z\d.,/\-])(?:19|20)\d{{2}}([-./_])(?:0?[1-9]|1[0-2])\1{_DAY}(?![\d/\-]|[.,]\d)")
_GLUED = re.compile(
    r"(?<![\w.,\-/])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w\-/])"
)
_SHORT = re.compile(
    rf"(?<![\w/.,:€\-]){_DAY}(?P<sign>\s?[-/]\s?)(?:0?[1-9]|1[0-2])(?![\w€]|[/\-.,:]\d|\s?(?:uur|dagen|weken|keer|x|maal|%|deel|jaar|maanden)\b)"
)
_CUE = re.compile(
    r"(?:\b(?:dd|d\.d\.?|geb\.?|geboren|datum|op|per|voor|tot|t/m|sinds|vanaf|na|van|intake|gemeld|start|gesprek|overleg|evaluatie|afspraak"
    rf"|deadline):?\s{{1,2}}|\b{_WEEKDAY}|\n\s{{0,3}}(?:[-*]\s)?)$",
    re.IGNORECASE,
)
_FRACTIONS = frozenset(
    ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/1", "1/10", "5/6", "7/8", "3/8")
)
_NOT_A_DAY = re.compile(
    r"(?:groep|groepen|klas|klassen|week|weken|fase|niveau|leerjaar|havo|vwo|mavo|vmbo[\w-]{0,4}|cijfer|cijfers|score|visus|€)\s$",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\b(?:van|na|per|voor|tot|start)\s{1,2}$", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAY}$", re.IGNORECASE)
_MISSPELT = re.compile(rf"\b{_DAY}\s([a-z]{{4,11}})\b(?:\s{_YEAR})?", re.IGNORECASE)


def exact_dates(reading: Reading) -> Iterator[Finding]:
    """Dates in every usual spelling; day and month without a year count after a cue, or with a slash that is no fraction."""
    text = reading.digits
    for start, end in _with_month(reading):
        yield Finding(_weekday(text, start), end, "datum", 0.97)
    for found in _BOTH_ORDINAL.finditer(text) if "van" in reading.places else ():
        if found.group().lower().startswith("de "):
            yield Finding(*found.span(), "datum", 0.75)
    starts = [start for start, _ in reading.figures]
    for pattern in (_NUMERIC, _YEAR_FIRST, _GLUED):
        for found in beginning_at(pattern, text, starts):
            if _may_be_day(text, found.start()):
                yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.97)
    for found in beginning_at(_SHORT, text, starts):
        if _counts(text, found):
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.85)
    for found in beginning_at(_MISSPELT, text, starts):
        low = found.group(1).lower().replace("rn", "m")
        if low not in lexicon().words and _nearly(low, MONTHS) and _may_be_day(text, found.start()):
            yield Finding(_weekday(text, found.start()), found.end(), "datum", 0.8)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether day and month without a year are a date."""
    start, end = found.span()
    fraction = found.group() in _FRACTIONS
    if found.group("sign") != "/" or fraction:
        cued = start == 0 or text[end : end + 1] == ":" or _CUE.search(text[max(0, start - 14) : start])
        if not cued or (fraction and _PART_OF.search(text, max(0, start - 6), start)):
            return False
    return _may_be_day(text, start)


def _with_month(reading: Reading) -> Iterator[tuple[int, int]]:
    """Dates with the month in letters, sought only around what begins as a month does."""
    done = 0
    near = sorted(at for low, places in reading.places.items() if low[:3] in _MONTH_BEGINS for at in places)
    for at in near:
        word = reading.words[at]
        begin, last = max(done, word.start - 34), word.start + 37
        for pattern, text in _spellings(reading, at):
            over = (found for found in pattern.finditer(text, begin, last) if found.end() > word.start)
            found = next(over, None)
            if found and found.start() <= word.start and _may_be_day(text, found.start()):
                done = found.start() + len(found.group().rstrip())
                yield found.start(), done
                break


def _spellings(reading: Reading, month: int) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns that can hold what stands before and behind the name of this month."""
    start, end = reading.words[month].start, reading.words[month].end
    before = reading.digits[max(0, start - 10) : start]
    if any(map(str.isdigit, before)):
        yield _WRITTEN, reading.digits
    said = reading.words[max(0, month - 2) : month]
    if any(word.low.endswith(_SPOKEN_ENDS) for word in said):
        yield _IN_WORDS, reading.plain
    if any(map(str.isdigit, reading.digits[end : end + 5])):
        yield _ENGLISH_ORDER, reading.digits


def _may_be_day(text: str, start: int) -> bool:
    return not _NOT_A_DAY.search(text[max(0, start - 12) : start])


def _weekday(text: str, start: int) -> int:
    """Where a weekday before the date begins, misspelt perhaps."""
    window = text[max(0, start - 14) : start]
    right = _WEEKDAY_BEFORE.search(window)
    if right:
        return start - len(right.group())
    before = re.search(r"\b([a-z]{6,10})\s$", window, re.IGNORECASE)
    if before and before.group(1).lower() not in lexicon().words and _nearly(before.group(1).lower(), _DAYS_OF_WEEK):
        return start - len(before.group())
    return start


def _nearly(word: str, names: tuple[str, ...]) -> bool:
    return any(OSA.distance(word, name, score_cutoff=1 + (len(name) > 7)) <= 1 + (len(name) > 7) for name in names)
