"""Numbers that are dictated: nul zes twaalf vierendertig. A row of numerals is a phone by its nought and its ten digits; another row
counts only after a word that announces a number, with the letters of a postcode or a bank, or when nobody counts that long."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from maatwerk.anonymisation.engine.cued_numbers import cue_before
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.nearly_known import is_nearly
from maatwerk.anonymisation.engine.numerals import CARDINALS, YEARS
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.rules.bsn import is_bsn

_BETWEEN = re.compile(
    r"[ ,.\-/\n]{1,3}(?:(?:eh|ehm|uh|uhm|en|dan|daarna|streepje|streep|spatie|punt|komma|nog|ja)[ ,.\-]{1,3}){0,2}"
)
_TIMES = re.compile(r"\b(?:dubbel|dubbele|(?:twee|drie) (?:keer|maal|x)|tweemaal|driemaal|2x|3x)[ ,]{1,2}$")
_DOUBLING = frozenset(("dubbel", "dubbele", "keer", "maal", "x", "tweemaal", "driemaal"))
_PHONE_CUE = re.compile(
    r"\b(?:bel|bellen|belt|gebeld|tel|telefoon|telefoonnummer|nummer|mobiel|mobiele|bereikbaar|bereiken|appen|whatsapp)\b[^.\n]{0,24}$"
)
_LETTERS = re.compile(r"[ ,]{1,2}(?P<one>[a-z])[ ,.]{0,2}(?P<two>[a-z])(?!\w)")
_PREPOSITIONS = frozenset(
    ("om", "op", "in", "te", "en", "is", "of", "na", "er", "al", "zo", "ik", "je", "ze", "we", "de", "u", "ja")
)
_BANK = re.compile(
    r"\bn[ .]?l[ .,]{1,2}(?:\w{1,20}[ .,]{1,2}){1,3}(?:i ?n ?g ?b|r ?a ?b ?o|a ?b ?n ?a|s ?n ?s ?b|a ?s ?n ?b|t ?r ?i ?o|b ?u ?n ?q|k ?n ?a ?b|r ?b ?r ?b)[ .,]{1,3}$"
)
_DATE_CUE = re.compile(
    r"\b(?:geb|geboren|geboortedatum|verjaart|datum|(?P<loose>op|tot|vanaf|per|sinds|intake|tot en met)|(?P<weekday>maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag))\b[.:]?[ ]?(?:is |op )?$"
)
_COUNTED = re.compile(
    r"[ ](?:uur|keer|maal|jaar|maanden?|weken|dagen|minuten|euro|procent|kinderen|leerlingen|punten|lessen)\b"
)
_MOST = 24
_LONGEST = 13
_NUMERALS = CARDINALS | YEARS


class _Numeral(NamedTuple):
    start: int
    end: int
    digits: str
    word: bool


def spoken_numbers(reading: Reading, known: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Rows of numerals that name a date, a phone, a person's number, a postcode or an account."""
    words = [at for low in _NUMERALS.keys() & reading.places.keys() for at in reading.places[low]]
    for row in _rows(reading, _numerals(reading, words)) if words else ():
        digits = "".join([numeral.digits for numeral in row])
        if len(row) == 1 and len(digits) < 4:
            continue
        postcode = next(_postcode(reading, row, digits), None)
        if postcode:
            yield postcode
        elif is_nearly(digits, known):
            label = "telefoon" if digits.startswith("0") else "bsn" if is_bsn(digits) else "nummer"
            yield Finding(row[0].start, row[-1].end, label, 0.9)
        elif sum(numeral.word for numeral in row) > 1:
            yield from _named(reading, row)


def _numerals(reading: Reading, words: list[int]) -> list[_Numeral]:
    figures = [(start, end) for start, end in reading.figures if end - start <= _LONGEST]
    found = [_Numeral(start, end, reading.digits[start:end], False) for start, end in figures]
    for at in words:
        word = reading.words[at]
        found.append(_Numeral(word.start, word.end, _NUMERALS[word.low], True))
    return sorted(found)


def _rows(reading: Reading, numerals: list[_Numeral]) -> Iterator[list[_Numeral]]:
    """Numerals one after another; "dubbel vier" is two."""
    row: list[_Numeral] = []
    doubled = not _DOUBLING.isdisjoint(reading.places)
    for numeral in numerals:
        times = _TIMES.search(reading.low, max(0, numeral.start - 12), numeral.start) if doubled else None
        start = times.start() if times else numeral.start
        if row and times and row[-1].start >= start:
            row.pop()
        if row and _tens(row[-1], numeral) and reading.low[row[-1].end : start].strip(" -") == "en":
            row[-1] = _Numeral(row[-1].start, numeral.end, str(int(row[-1].digits) + int(numeral.digits)), True)
            continue
        if row and (len(row) == _MOST or not _BETWEEN.fullmatch(reading.low, row[-1].end, start)):
            yield row
            row = []
        row.append(numeral._replace(start=start, digits=numeral.digits * _count(times)) if times else numeral)
    if row:
        yield row


def _tens(unit: _Numeral, tens: _Numeral) -> bool:
    """Twee en twintig, said in three words."""
    return unit.word and tens.word and len(unit.digits) == 1 and len(tens.digits) == 2 and tens.digits[1] == "0"


def _count(times: re.Match[str]) -> int:
    return 3 if times.group()[0] in "d3" and times.group()[1] in "rx" else 2


def _named(reading: Reading, row: list[_Numeral]) -> Iterator[Finding]:
    digits = "".join(numeral.digits for numeral in row)
    before = reading.low[max(0, row[0].start - 48) : row[0].start]
    announced = _DATE_CUE.search(before)
    if announced and announced.group("loose") and not _day_and_month(reading, row):
        announced = None
    cue, bank = cue_before(before), _BANK.search(before)
    phone, date = _phone(row), _date(row, announced=announced is not None, short=not cue)
    if date:
        weekday = len(before) - announced.start() if announced and announced.group("weekday") else 0
        yield Finding(row[0].start - weekday, row[date - 1].end, "datum", 0.85)
    elif phone:
        yield Finding(row[phone[0]].start, row[phone[1]].end, "telefoon", 0.9)
    elif len(digits) > 9 and bank:
        yield Finding(row[0].start - len(before) + bank.start(), row[-1].end, "iban", 0.9)
    elif cue and len(digits) > (2 if _dictated(reading, row) else 3):
        yield Finding(row[0].start, row[-1].end, cue, 0.9)
    elif len(digits) in (8, 9) and is_bsn(digits):
        yield Finding(row[0].start, row[-1].end, "bsn", 0.9)
    elif len(digits) > 5 and _PHONE_CUE.search(before):
        yield Finding(row[0].start, row[-1].end, "telefoon", 0.8)
    elif len(digits) == 9 and digits[0] == "6" and len(row) > 3 and not _counting(row):
        yield Finding(row[0].start, row[-1].end, "telefoon", 0.7)
    elif len(row) > (3 if _dictated(reading, row) else 7) and not _counting(row):
        yield Finding(row[0].start, row[-1].end, "nummer", 0.7)


def _day_and_month(reading: Reading, row: list[_Numeral]) -> bool:
    """Op elf elf: two numerals in words that are no "two or three", and of nothing that is counted."""
    if len(row) == 3:
        return True
    if len(row) != 2 or not all(numeral.word for numeral in row) or _COUNTED.match(reading.low, row[1].end):
        return False
    return int(row[0].digits) != int(row[1].digits) - 1


def _date(row: list[_Numeral], *, announced: bool, short: bool) -> int:
    """One past the last numeral of a day, a month and a year; 0 when the row is no date. Without the year a word must announce it."""
    month = 2 if len(row) > 2 and row[1].digits == "0" else 1
    if len(row) <= month or not (0 < int(row[0].digits) < 32 and 0 < int(row[month].digits) < 13):
        return 0
    years = row[month + 1 : month + 3]
    if years and len(years[0].digits) == 4:
        return month + 2 + (years[0].digits == "2000" and len(years) > 1)
    if short and len(years) == 1 and 9 < int(years[0].digits) < 40 and not _counting(row):
        return month + 2
    if not announced or len(row) > month + 3:
        return 0
    return len(row)


def _phone(row: list[_Numeral]) -> tuple[int, int] | None:
    """The first and last numeral of what begins with a nought or a country: ten digits, or the whole rest when it is nearly that."""
    for begin, numeral in enumerate(row):
        if numeral.digits.startswith(("0", "31")):
            whole = 13 if numeral.digits.startswith("00") else 11 if numeral.digits.startswith("31") else 10
            sums = list(accumulate(len(one.digits) for one in row[begin:]))
            if whole - 3 < sums[-1] < whole + 3:
                return begin, len(row) - 1
            if whole in sums:
                return begin, begin + sums.index(whole)
    return None


def _dictated(reading: Reading, row: list[_Numeral]) -> bool:
    """Single figures in words with nothing but a blank between them: marks and counts have commas, or "en"."""
    blanks = all(reading.low[one.end : other.start] == " " for one, other in pairwise(row))
    return blanks and all(numeral.word and len(numeral.digits) == 1 for numeral in row)


def _counting(row: list[_Numeral]) -> bool:
    """One, two, three, or back."""
    steps = {int(after.digits) - int(before.digits) for before, after in pairwise(row)}
    return len(steps) == 1


def _postcode(reading: Reading, row: list[_Numeral], digits: str) -> Iterator[Finding]:
    """Vijfendertig elf a b: four digits and two letters."""
    letters = _LETTERS.match(reading.low, row[-1].end)
    if len(digits) != 4 or digits[0] == "0" or not letters:
        return
    apart = letters.end("one") < letters.start("two")
    if apart or letters.group("one") + letters.group("two") not in _PREPOSITIONS:
        yield Finding(row[0].start, letters.end(), "postcode", 0.85)
