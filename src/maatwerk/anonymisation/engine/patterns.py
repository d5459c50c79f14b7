"""Layer 2: numbers and addresses with a shape: phones, mail, bank accounts, postcodes, BSN, plates, file numbers. Every
repetition is bounded, so the patterns are linear in the text."""

import re
from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.cued_numbers import cued_numbers
from maatwerk.anonymisation.engine.dates import exact_dates
from maatwerk.anonymisation.engine.encoded import encoded
from maatwerk.anonymisation.engine.file_numbers import file_numbers
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.mails import mails
from maatwerk.anonymisation.engine.nearly_known import figures_only, nearly_known
from maatwerk.anonymisation.engine.reading import Reading, beginning_at, fold, squeezed
from maatwerk.anonymisation.engine.scanned import Figures, figures_of
from maatwerk.anonymisation.engine.spoken import spoken_numbers
from maatwerk.rules.bsn import find_bsns

_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?\(?31\)?[ .\-]{0,3}(?:\(0\)\s?)?[ \-]?[1-9]|\(?0 ?[1-9])(?:[ .\-/()=]{0,3}\d){7,8}(?!\d)"
    r"|(?<![\w+])06(?![-./ ]\d{1,2}[-./ ]\d{4}\n)(?:[ .\-/\n]{0,3}\d){8}(?!\d)"
    r"|(?<!\w)(?:\+|00)(?!31)[1-9]\d{0,2}(?:[ .\-/()]{0,3}\d){6,11}(?!\d)"
    r"|(?<![\w€])0[89]00(?:[ \-]?\d){4,7}(?![\d:])|(?<![\w€.,])14[ ]?0\d{2,3}(?![\w%]|[.,:]\d)"
)
_BROKEN_MOBILE = re.compile(r"(?<![\w+/\-])06(?:[:_]\d{8}|[ .\-/]{1,3}\d(?:[ .\-/]{0,2}\d){5,9})(?![\d:])")
_DATE_LIKE = re.compile(r"06([-./ ])\d{1,2}\1(?:(?:19|20)\d{2}|\d{2})(?!\d)")
_ANNOUNCED = re.compile(r"\d(?:[ .\-/]{0,2}\d){5,11}(?![\d%]|[.,]\d|[ ]?(?:euro|eur)\b)")
_PHONE_CUE = re.compile(
    r"\b(?:tel|telefoon|telefoonnummer|telnr|telefoonnr|bel|bellen|belde|gebeld|mobiel|mob|gsm|bereikbaar|whatsapp|app)\b\.?"
    r"(?:[ ][A-Za-z]{1,12}\.?){0,3}[ ]?[:=]?[ ]?[(]?$",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b([A-Z]{2}\d{2})((?:[ ]?[A-Z0-9]){11,30})(?![A-Z0-9])")
_DUTCH_IBAN = re.compile(
    r"\bNL[ .\-]{0,2}[\dOlISB]{2}[ .\-]{0,2}(?:[A-Z0][ ]?){4}[.\-]?(?:[ .\-\n]{0,2}[\dOlISBZ]){7,10}(?![\dA-Za-z])",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\w€\-/])(?<![^A-Za-z][.,])([1-9]\d{3})(\s{0,3})([A-Za-z] ?[A-Za-z])(?![\w'])")
_CUT_POSTCODE = re.compile(r"(?<![\w€.,\-/])[1-9](?:[ ]?\d){3}[ ]{0,3}[A-Z][ ]?[A-Z](?![\w'])")
_CUED_POSTCODE = re.compile(
    r"(?:postcode|postc|pcode|pc)[.:]{0,2}\s{0,3}(?:is\s)?(?P<code>[1-9](?:[ .\-]?\d){3}[ .\-]{0,3}[A-Z][ .\-]?[A-Z])(?!\w)",
    re.IGNORECASE,
)
_POSTCODES = ("postcode", "postc", "pcode", "pc")
_STOPS = re.compile(r"\s{0,2}(?:$|[.,;)\n])")
_PAIRS = re.compile(
    r"en|in|is|op|of|om|de|te|er|ik|je|we|ze|ww|pk|km|kg|mg|ml|cm|mm|na|zo|al|bo|vo|so|hij|u|cc|ha|tv|eu", re.IGNORECASE
)
_NINE_DIGITS = re.compile(r"\d(?:[ .\-]{0,2}\d){7,20}")
_PLATE_LIKE = re.compile(r"(?<![\w\-])[A-Za-z\d]{1,3}-[A-Za-z\d]{2,3}-[A-Za-z\d]{1,3}(?![\w\-])")
_PLATE = re.compile(
    r"[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}"
    r"|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]"
    r"|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d",
    re.IGNORECASE,
)
_PLATE_MIDDLE = re.compile(r"-[A-Za-z\d]{2,3}-")


def shaped(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Everything with a shape; `numbers` are literal strings of this case.

    All but a spoken one holds a figure, so the patterns are tried where the figures of the text begin and nowhere else.
    """
    yield from _literals(reading, numbers)
    yield from _formed(reading, numbers)
    yield from encoded(reading, lambda meant: (*_formed(meant, numbers), *exact_dates(meant)))


def _formed(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    text, figures = figures_of(reading)
    spelled = "at" in reading.places or "staart" in reading.low or "(a)" in reading.low
    if spelled or "@" in text:
        yield from mails(text, spelled=spelled)
    known = figures_only(numbers)
    yield from spoken_numbers(reading, known)
    if figures:
        yield from _all("telefoon", 0.97, beginning_at(_PHONE, text, _phone_starts(text, figures)))
        yield from _phones(text, figures)
        yield from _accounts(text, figures)
        yield from _plates(text)
        yield from _bsns(text)
        yield from cued_numbers(text, figures)
        yield from file_numbers(reading, text, lexicon())
        yield from nearly_known(text, figures, known)
        yield from _postcodes(text, figures, scanned=text != reading.raw)
        for found in beginning_at(_CUED_POSTCODE, text, reading.starts_of(_POSTCODES)):
            yield Finding(*found.span("code"), "postcode", 0.9)


def _all(label: str, confidence: float, matches: Iterable[re.Match[str]]) -> Iterator[Finding]:
    for found in matches:
        yield Finding(found.start(), found.start() + len(found.group().rstrip(".,;:)'\"")), label, confidence)


def _phones(text: str, figures: Figures) -> Iterator[Finding]:
    """Numbers with a figure too many or too few, or a local one without its area, behind a word that announces a phone."""
    starts = [start for start, _ in figures]
    for found in beginning_at(_BROKEN_MOBILE, text, starts):
        if not _DATE_LIKE.match(text, found.start()):
            yield Finding(*found.span(), "telefoon", 0.85)
    for found in beginning_at(_ANNOUNCED, text, starts):
        if _PHONE_CUE.search(text, max(0, found.start() - 48), found.start()):
            yield Finding(*found.span(), "telefoon", 0.85)


def _phone_starts(text: str, figures: Figures) -> Iterator[int]:
    for start, _ in figures:
        before = text[max(0, start - 2) : start]
        if before[:1] == "+" and len(before) > 1:
            yield start - 2
        if before[-1:] in ("+", "("):
            yield start - 1
        if text[start] == "0" or text.startswith("14", start):
            yield start


def _accounts(text: str, figures: Figures) -> Iterator[Finding]:
    starts = [
        start - back for start, _ in figures for back in (4, 3, 2) if start >= back and text[start - back].isalpha()
    ]
    yield from _all("iban", 0.95, beginning_at(_DUTCH_IBAN, text, starts))
    for found in beginning_at(_IBAN, text, starts):
        if _mod_97(found.group()):
            yield Finding(found.start(), found.end(), "iban", 0.99)


def _plates(text: str) -> Iterator[Finding]:
    for middle in _PLATE_MIDDLE.finditer(text):
        for start in range(max(0, middle.start() - 3), middle.start()):
            found = _PLATE_LIKE.match(text, start)
            if found and _PLATE.fullmatch(found.group()):
                yield Finding(found.start(), found.end(), "nummer", 0.9)


def _bsns(text: str) -> Iterator[Finding]:
    """Numbers that pass the 11-test, sought only around enough digits that are no phone."""
    done = 0
    for run in _NINE_DIGITS.finditer(text):
        phone = run.group().startswith("0") and sum(map(str.isdigit, run.group())) == 10
        if phone or run.end() <= done:
            continue
        begin, done = max(0, run.start() - 24), run.end() + 24
        begin = text.rfind("¤", begin, run.start()) + 1 or begin
        for span in find_bsns(text[begin:done]):
            yield Finding(begin + span.start, begin + span.end, "bsn", 0.97)


def _literals(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Known numbers and addresses, whatever separates their signs."""
    for number in numbers:
        signs = squeezed(fold(number))
        at = reading.squeezed.find(signs) if len(signs) > 3 else -1
        while at >= 0:
            start, end = reading.unsqueezed(at), reading.unsqueezed(at + len(signs) - 1) + 1
            glued = reading.digits[max(start - 1, 0) : start].isalnum() or reading.digits[end : end + 1].isalnum()
            if not glued and end - start <= 4 * len(signs):
                yield Finding(start, end, "email" if "@" in number else "nummer", 0.99)
            at = reading.squeezed.find(signs, at + 1)


def _postcodes(text: str, figures: Figures, *, scanned: bool) -> Iterator[Finding]:
    """Four digits and two letters; small letters only when they touch the digits or are no word."""
    for found in beginning_at(_POSTCODE, text, (start for start, end in figures if end - start == 4)):
        space, letters = found.group(2), found.group(3)
        word = _PAIRS.fullmatch(letters) is not None
        if " " in letters and not letters.isupper() and not _STOPS.match(text, found.end()):
            continue
        if letters.isupper() and not (word and space and found.group(1)[:2] in ("19", "20")):
            yield Finding(*found.span(), "postcode", 0.97)
        elif not word and (not space or letters.islower()) and "\n" not in space:
            yield Finding(*found.span(), "postcode", 0.85)
    if scanned:
        yield from _all("postcode", 0.85, beginning_at(_CUT_POSTCODE, text, (start for start, _ in figures)))


def _mod_97(iban: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as numbers, modulo 97 is 1."""
    signs = "".join(iban.split()).upper()
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
