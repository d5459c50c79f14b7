"""Layer 2: numbers and addresses with a shape: phones, mail, bank accounts, postcodes, BSN, plates, file numbers. Every
repetition is bounded, so the patterns are linear in the text."""

import re
from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import SQUEEZE, Reading, beginning_at, fold
from maatwerk.rules.bsn import find_bsns

_DOT = r"(?:\.|\s?\(punt\)\s?|\s?\[dot\]\s?|\s?\(dot\)\s?|\spunt\s)"
_LOCAL = re.compile(r"(?:[\w.+\-']{1,80}(?:\((?:punt|dot)\)[\w.+\-']{1,40}){1,2}|[\w.+\-']{1,80})\s?$", re.IGNORECASE)
_LOCAL_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.+-'()")
_DOMAIN = re.compile(rf"\s?\)?\s?[\w\-]{{1,63}}(?:(?:{_DOT}|\s\.\s)[\w\-]{{2,63}}){{1,4}}", re.IGNORECASE)
_SPOKEN_MAIL = re.compile(
    rf"(?<!\w)(?!e?-?mail\b)(?:[\w\-]{{1,40}}(?:\spunt\s|\s)){{1,3}}(?:at|apenstaartje|apestaartje)\s(?:gmail|hotmail|outlook|live|ziggo|kpnmail|xs4all|[\w\-]{{2,40}}(?=\spunt)){_DOT}(?:com|nl|net|org)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?\(?31\)?[ .\-]{0,3}(?:\(0\)\s?)?[ \-]?[1-9]|\(?0[1-9])(?:[ .\-/()]{0,3}\d){7,8}(?!\d)"
    r"|(?<!\w)\+(?!31)[1-9]\d{0,2}(?:[ .\-]?\d){7,11}(?!\d)"
    r"|(?<![\w€])0[89]00[ \-]?\d{4}(?:\d{3})?(?!\d)"
)
_UNIT = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_SAID = rf"(?:dubbel\s)?(?:(?:(?:{_UNIT})en)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)|(?:der|veer|vijf|zes|zeven|acht|negen)tien|nul|tien|elf|twaalf|{_UNIT})"
_SPOKEN_NUMBER = re.compile(rf"\bnul[ ,.\-]{{1,3}}(?:{_SAID}[ ,.\-]{{1,3}}){{4,14}}{_SAID}\b", re.IGNORECASE)
_MISDIALLED = re.compile(r"(?<![\w+])06(?:[ .\-]{0,3}\d){5,10}(?!\d)")
_NINE = re.compile(
    r"(?<![\w€.,\-/+])(?:\d{3}([ .])\d{3}\1\d{3}|\d{4}([ .])\d{2}\2\d{3}|\d{4}([ .])\d{3}\3\d{2})(?![\w%]|[.,]\d|\s?(?:euro|eur)\b)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b([A-Z]{2}\d{2})((?:[ ]?[A-Z0-9]){11,30})(?![A-Z0-9])")
_DUTCH_IBAN = re.compile(r"\bNL[ .\-]?\d{2}[ .\-]?[A-Z]{4}(?:[ .\-]{0,2}\d){7,10}(?!\d)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![\w€.,\-/])([1-9]\d{3})(\s{0,3})([A-Za-z] ?[A-Za-z])(?![\w'])")
_PAIRS = re.compile(
    r"en|in|is|op|of|om|de|te|er|ik|je|we|ze|ww|pk|km|kg|mg|ml|cm|mm|na|zo|al|bo|vo|so|hij|u|cc|ha|tv|eu", re.IGNORECASE
)
_CUE = re.compile(
    r"\b(?:(?P<bsn>bsn|b\.s\.n\.?|burgerservicenummer|sofinummer|sofi-?nr|onderwijsnummer|pgn)|(?:leerling|ll|lln|dossier|pati[e]nt|"
    r"cli[e]nt|klant|zaak|polis|relatie|registratie|stam|inschrijf|verzekerings?|student(?:en)?|kenmerk|pas|ov|referentie)[ -]?(?:nummer|nr|num)?"
    r"|llnr|nr|nummer|kenmerk|ref)\b\.?(?:\s(?:is|luidt|van\s\w{1,20}|leerling|dossier|zaak))?\s{0,2}[:=#(]?\s{0,2}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\d)(?:(?<![A-Za-z])[A-Z]{1,3}[.\-/]?|(?<![A-Za-z])nr\.?\s)?\d(?:[ .\-/]?\d){1,14}[A-Z]?(?!\d)"
)
_SURE_CUE = re.compile(
    r"\b(?:leerlingnummer|leerlingnr|llnr|dossiernummer|dossier|kenmerk)\b\.?\s{0,2}[:=]?\s{0,2}$", re.IGNORECASE
)
_CUE_STEMS = ("nr", "num", "bsn", "b.s.n", "sofi", "pgn", "kenmerk", "ref", "leerling", "ll", "dossier", "pati", "cli", "klant", "zaak",
    "polis", "relatie", "registratie", "stam", "inschrijf", "verzeker", "student", "pas", "ov")  # fmt: skip
_PUPIL_NUMBER = re.compile(r"\b(?:LL|L|S)[ -]?\d{4,7}\b|\b(?:19|20)\d{2}[-/]\d{4,6}\b(?!\s?[-/])")
_NINE_DIGITS = re.compile(r"\d(?:[ .\-]{0,2}\d){7,20}")
_LONG = re.compile(r"(?<![\w€.,\-/+])(?<!€ )\d{6,12}(?![\w%]|[.,]\d|\s?(?:euro|eur)\b)", re.IGNORECASE)
_PLATE_LIKE = re.compile(r"(?<![\w\-])[A-Za-z\d]{1,3}-[A-Za-z\d]{2,3}-[A-Za-z\d]{1,3}(?![\w\-])")
_PLATE = re.compile(
    r"[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}"
    r"|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]"
    r"|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d",
    re.IGNORECASE,
)
_AT_SIGN = re.compile("@")
_AT_SIGNS = re.compile(r"@|\(at\)|\[at\]|\(?apenstaart|\bapestaart|\sat\s", re.IGNORECASE)
_PLATE_MIDDLE = re.compile(r"-[A-Za-z\d]{2,3}-")
_LEAD = re.compile(r"(?<![A-Za-z])(?:[A-Z]{1,3}[.\-/]?|nr\.?\s)$")
Figures = tuple[tuple[int, int], ...]


def shaped(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Everything with a shape; `numbers` are literal strings of this case.

    All but a spoken one holds a figure, so the patterns are tried where the figures of the text begin and nowhere else.
    """
    text, figures = reading.digits, reading.figures
    yield from _literals(reading, numbers)
    spoken = "at" in reading.places or "staart" in reading.low
    if spoken or "@" in text:
        yield from _mails(text, plainly=not spoken)
    if "nul" in reading.places:
        yield from _all("telefoon", 0.85, _SPOKEN_NUMBER.finditer(text))
    if figures:
        yield from _all("telefoon", 0.97, beginning_at(_PHONE, text, _phone_starts(text, figures)))
        yield from _damaged(text, figures)
        yield from _accounts(text, figures)
        yield from _plates(text)
        yield from _bsns(text)
        yield from _cued_numbers(text, figures)
        yield from _postcodes(text, figures)


def _all(label: str, confidence: float, matches: Iterable[re.Match[str]]) -> Iterator[Finding]:
    for found in matches:
        yield Finding(found.start(), found.start() + len(found.group().rstrip(".,;:)'\"")), label, confidence)


def _phone_starts(text: str, figures: Figures) -> Iterator[int]:
    for start, _ in figures:
        before = text[max(0, start - 2) : start]
        if before[:1] == "+" and len(before) > 1:
            yield start - 2
        if before[-1:] in ("+", "("):
            yield start - 1
        if text[start] == "0":
            yield start


def _damaged(text: str, figures: Figures) -> Iterator[Finding]:
    """A mobile phone with a figure too few or too many, and nine figures in groups that fail the 11-test."""
    for label, pattern in (("telefoon", _MISDIALLED), ("nummer", _NINE)):
        for found in beginning_at(pattern, text, (start for start, _ in figures)):
            if text[max(0, found.start() - 2) : found.start()] != "€ ":
                yield Finding(*found.span(), label, 0.7)


def _accounts(text: str, figures: Figures) -> Iterator[Finding]:
    starts = [start - back for start, _ in figures for back in (3, 2) if start >= back and text[start - back].isalpha()]
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


def _mails(text: str, *, plainly: bool) -> Iterator[Finding]:
    """Addresses, sought only around what stands for an at sign; plainly: only around the sign itself."""
    done = 0
    for sign in (_AT_SIGN if plainly else _AT_SIGNS).finditer(text):
        if sign.start() < done:
            continue
        domain = _DOMAIN.match(text, sign.end())
        start = _local_start(text, sign.start(), done) if domain else sign.start()
        spoken = (
            None if sign.group() == "@" else _SPOKEN_MAIL.search(text, max(done, sign.start() - 60), sign.end() + 60)
        )
        if domain and start < sign.start() and (sign.group() == "@" or sign.group()[0] in "([a"):
            done = domain.start() + len(domain.group().rstrip(".,;:)'\""))
            yield Finding(start, done, "email", 0.99)
        elif spoken and spoken.start() <= sign.start() < spoken.end():
            done = spoken.end()
            yield Finding(spoken.start(), done, "email", 0.8)


def _local_start(text: str, end: int, least: int) -> int:
    """Where the part before the at sign begins; one space may stand between them when one stands behind the sign too."""
    start = end - 1 if text[end - 1 : end] == " " and text[end : end + 2] in ("@ ", "(a", "[a", "ap") else end
    while start > least and end - start < 120 and text[start - 1].lower() in _LOCAL_SIGNS:
        start -= 1
    found = _LOCAL.search(text, start, end)
    return found.start() if found else end


def _literals(reading: Reading, numbers: tuple[str, ...]) -> Iterator[Finding]:
    """Known numbers and addresses, whatever separates their signs."""
    for number in numbers:
        signs = fold(number).translate(SQUEEZE)
        at = reading.squeezed.find(signs) if len(signs) > 3 else -1
        while at >= 0:
            start, end = reading.unsqueezed(at), reading.unsqueezed(at + len(signs) - 1) + 1
            glued = reading.digits[max(start - 1, 0) : start].isalnum() or reading.digits[end : end + 1].isalnum()
            if not glued and end - start <= 4 * len(signs):
                yield Finding(start, end, "email" if "@" in number else "nummer", 0.99)
            at = reading.squeezed.find(signs, at + 1)


def _cued_numbers(text: str, figures: Figures) -> Iterator[Finding]:
    for found in beginning_at(_NUMBER, text, _number_starts(text, figures)):
        before = text[max(0, found.start() - 48) : found.start()]
        many = found.end() - found.start() > 3 and sum(map(str.isdigit, found.group())) > 3
        low = before.lower()
        cue = _CUE.search(before) if any(map(low.__contains__, _CUE_STEMS)) else None
        if cue and (many or _SURE_CUE.search(before)):
            yield Finding(*found.span(), "bsn" if cue.group("bsn") else "leerlingnummer", 0.95)
    for start, end in figures:
        if 3 < end - start < 8:
            pupil = next(beginning_at(_PUPIL_NUMBER, text, range(max(0, start - 3), start + 1)), None)
            if pupil and not _school_year(pupil.group()):
                yield Finding(*pupil.span(), "leerlingnummer", 0.85)
        if end - start > 5:
            for long in beginning_at(_LONG, text, (start,)):
                yield Finding(*long.span(), "nummer", 0.75)


def _number_starts(text: str, figures: Figures) -> Iterator[int]:
    for start, _ in figures:
        lead = _LEAD.search(text, max(0, start - 4), start) if start and text[start - 1] != "\n" else None
        if lead:
            yield lead.start()
        yield start


def _school_year(number: str) -> bool:
    """2024-2025 is a school year, 2024-0042 a number."""
    first, _, second = number.replace("/", "-").partition("-")
    return first.isdigit() and second.isdigit() and len(second) == 4 and 0 <= int(second) - int(first) <= 10


def _postcodes(text: str, figures: Figures) -> Iterator[Finding]:
    """Four digits and two letters; small letters only when they touch the digits or are no word."""
    for found in beginning_at(_POSTCODE, text, (start for start, end in figures if end - start == 4)):
        space, letters = found.group(2), found.group(3)
        word = _PAIRS.fullmatch(letters) is not None
        if " " in letters and not letters.isupper():
            continue
        if letters.isupper() and not (word and space and found.group(1)[:2] in ("19", "20")):
            yield Finding(*found.span(), "postcode", 0.97)
        elif not word and (not space or letters.islower()) and "\n" not in space:
            yield Finding(*found.span(), "postcode", 0.85)


def _mod_97(iban: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as numbers, modulo 97 is 1."""
    signs = "".join(iban.split()).upper()
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
