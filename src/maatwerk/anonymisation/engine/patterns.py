"""Layer 2: numbers and addresses with a shape: phones, mail, links, bank accounts, postcodes, BSN, file numbers."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import Reading, fold
from maatwerk.rules.bsn import find_bsns

_MAIL = re.compile(
    r"(?<![\w.+\-'])[\w.+\-']{1,200}(?:@|\s@\s|\s?\(at\)\s?|\s?\[at\]\s?|\s?\(apenstaartje\)\s?|\sapenstaartje\s)[\w\-]{1,63}"
    r"(?:(?:\.|\s?\(punt\)\s?|\s?\[dot\]\s?|\spunt\s)[\w\-]{2,63}){1,4}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{3,300}"
    r"|\b[\w\-]{2,63}(?:\.[\w\-]{2,63}){0,2}\.(?:nl|com|org|net|eu|be|de|care|info)(?:/[^\s<>\"]{0,300}|\b)",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.])@[\w.\-]{2,40}|(?<![\w.@/])(?:_+\w[\w.]{2,39}|[a-z]\w{1,30}\.\w{1,30}_|\w[\w.]{2,38}_)(?![\w.¤])"
)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?\(?31\)?[ .\-]{0,3}(?:\(0\)\s?)?[1-9]|\(?0[1-9])(?:[ .\-/()]{0,3}\d){7,8}(?!\d)"
    r"|(?<!\w)\+(?!31)[1-9]\d{0,2}(?:[ .\-]?\d){7,11}(?!\d)"
    r"|(?<![\w€])0[89]00[ \-]?\d{4}(?:\d{3})?(?!\d)"
)
_IBAN = re.compile(r"\b([A-Z]{2}\d{2})((?:[ ]?[A-Z0-9]){11,30})(?![A-Z0-9])")
_DUTCH_IBAN = re.compile(r"\bNL[ .\-]?\d{2}[ .\-]?[A-Z]{4}(?:[ .\-]{0,2}\d){7,10}(?!\d)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![\w€.,\-/])([1-9]\d{3})(\s{0,3})([A-Za-z]{2})(?![\w'])")
_PAIRS = re.compile(
    r"en|in|is|op|of|om|de|te|er|ik|je|we|ze|ww|pk|km|kg|mg|ml|cm|mm|na|zo|al|bo|vo|so|hij|u|cc|ha|tv|eu", re.IGNORECASE
)
_CUED = re.compile(
    r"\b(?:bsn|b\.s\.n\.?|burgerservicenummer|sofinummer|sofi-?nr|onderwijsnummer|pgn|(?:leerling|ll|dossier|pati[e]nt|"
    r"cli[e]nt|klant|zaak|polis|relatie|registratie|stam|inschrijf|verzekerings?|student(?:en)?)[ -]?(?:nummer|nr|num)|llnr|dossier|"
    r"kenmerk)\b\.?(?:\s(?:is|luidt|van\s\w{1,20}|leerling))?\s{0,2}[:=#(]?\s{0,2}((?:LL|nr\.?\s)?[A-Z]{0,3}\d(?:[ .\-/]?\d){2,14})(?!\d)",
    re.IGNORECASE,
)
_PUPIL_NUMBER = re.compile(r"\b(?:LL|L|S)[ -]?\d{4,7}\b|\b(?:19|20)\d{2}-\d{4}\b(?!\s?[-/])")


def shaped(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Everything with a shape; `numbers` are literal strings of this case."""
    text = reading.plain
    yield from _literals(reading, numbers)
    for label, confidence, pattern in (
        ("email", 0.99, _MAIL),
        ("url", 0.95, _LINK),
        ("url", 0.8, _HANDLE),
        ("telefoon", 0.97, _PHONE),
        ("iban", 0.95, _DUTCH_IBAN),
    ):
        for found in pattern.finditer(text):
            yield Finding(found.start(), found.start() + len(found.group().rstrip(".,;:)'\"")), label, confidence)
    for found in _IBAN.finditer(text):
        if _mod_97(found.group()):
            yield Finding(found.start(), found.end(), "iban", 0.99)
    for span in find_bsns(text):
        yield Finding(span.start, span.end, "bsn", 0.97)
    yield from _cued_numbers(text)
    yield from _postcodes(text)


def _literals(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Known numbers and addresses, whatever separates their signs."""
    for number in numbers:
        signs = [re.escape(sign) for sign in fold(number) if sign.isalnum() or sign == "@"]
        if len(signs) < 4:
            continue
        label = "email" if "@" in number else "nummer"
        for found in re.finditer(r"(?<!\w)" + r"[ .\-_]{0,3}".join(signs) + r"(?!\w)", reading.low):
            yield Finding(found.start(), found.end(), label, 0.99)


def _cued_numbers(text: str) -> Iterator[Finding]:
    for found in _CUED.finditer(text):
        bsn = found.group()[:3].lower() in ("bsn", "bur", "sof", "ond", "pgn")
        yield Finding(*found.span(1), "bsn" if bsn else "leerlingnummer", 0.95)
    for found in _PUPIL_NUMBER.finditer(text):
        if not _school_year(found.group()):
            yield Finding(*found.span(), "leerlingnummer", 0.85)


def _school_year(number: str) -> bool:
    """2024-2025 is a school year, 2024-0042 a number."""
    first, _, second = number.partition("-")
    return first.isdigit() and second.isdigit() and 0 <= int(second) - int(first) <= 10


def _postcodes(text: str) -> Iterator[Finding]:
    """Four digits and two letters; small letters only when they touch the digits or are no word."""
    for found in _POSTCODE.finditer(text):
        space, letters = found.group(2), found.group(3)
        word = _PAIRS.fullmatch(letters) is not None
        if letters.isupper() and not (word and space and found.group(1)[:2] in ("19", "20")):
            yield Finding(*found.span(), "postcode", 0.97)
        elif not word and (not space or letters.islower()) and "\n" not in space:
            yield Finding(*found.span(), "postcode", 0.85)


def _mod_97(iban: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as numbers, modulo 97 is 1."""
    signs = "".join(iban.split()).upper()
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
