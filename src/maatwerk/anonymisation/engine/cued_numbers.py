"""Numbers of pupils, files and patients: by the word before them, by their form, or by being long. An amount or a year is none."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import beginning_at
from maatwerk.anonymisation.engine.scanned import Figures

_KINDS = (
    r"[li]eerling|leerl|ll|lln|dossier|pati[e]nt|cli[e]nt|klant|zaak|polis|relatie|registratie|stam|inschrijf|verzekerings?|student(?:en)?"
    r"|kenmerk|pas|ov|referentie|aanmeld|magister|somtoday|parnassys|epd|ecd|eck"
)
_CUE = re.compile(
    r"\b(?:(?P<bsn>bsn|b\.s\.n\.?|bsn-?(?:nummer|nr)|burgerservice-?\s?n(?:umme)?r|sofinummer|sofi-?nr|onderwijsnummer|pgn)"
    rf"|(?:{_KINDS})[ .\-]{{0,2}}(?:nu(?:m|rn)(?:m|rn)er|nr|num|no|id|code)?|[ls]nr|llnr|stnr|nr|nummer|ref)\b\.?"
    r"(?P<filler>(?:\s(?:is|was|wordt|luidt|oud|nieuw|leerling|dossier|zaak)){1,2}|\s(?:van|voor|v)(?:\s[\w.'\-]{1,20}){1,3})?"
    r"\s{0,2}(?:[:=#(]|is|=)?\s{0,2}$"
)
_STEMS = ("nr", "num", "bsn", "b.s.n", "burger", "sofi", "pgn", "ref", "leerl", "eerling", "ll", "dossier", "pati", "cli", "klant", "zaak", "polis",
    "relatie", "registratie", "stam", "inschrijf", "verzeker", "student", "kenmerk", "pas", "ov", "aanmeld", "magister", "somtoday", "parnassys",
    "epd", "ecd", "eck", "nurn", "no", "id", "code")  # fmt: skip
_SYSTEM = re.compile(r"\b(?:magister|som|somtoday|parnassys|esis|lvs|nummer|nr|id)\b[^.\n]{0,30}$")
_AFTER = re.compile(
    r"[ ,]{0,2}\(?(?:is |als )?(?:haar |zijn |het |mijn )?(?P<bsn>bsn|burgerservicenummer)?(?(bsn)|(?:leerlingnummer|leerlingnr|llnr|dossiernummer|stamnummer))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\d)(?:(?<![A-Za-z])[A-Za-z]{1,3}[.\-/]?|(?<![A-Za-z])nr\.?\s)?\d(?:(?![ ]\d{1,3}[ ]?(?i:jaar|jr|uur)\b)[ .\-/]?\d){1,14}(?:[A-Z]|[a-z](?![a-z]))?(?!\d)"
)
_SURE_CUE = re.compile(
    r"\b(?:(?:[li]eerling(?:en)?\s?-?n(?:umme)?r|leerlnr|ll[.\- ]?n(?:umme)?r|lln[.\- ]{0,2}n(?:umme)?r|lnr|stamn(?:umme)?r|dossiern(?:umme)?r)"
    r"\b\.?(?P<filler>\s?[a-z][^\d\n]{0,22})?|(?:dossier|kenmerk)\b\.?)\s{0,2}[:=]?\s{0,2}$"
)
_SURE_STEMS = ("eerl", "ll", "lnr", "stamn", "dossier", "kenmerk")
_ANNOUNCED = re.compile(r"\b(?:leerling|lln|ll|dossier|stam|bsn|klant|client|polis)[ -]?n(?:umme)?r\b[^.\n]{0,40}$")
_FILE_AFTER = re.compile(
    r"[\w()\-]{0,34}\.(?:pdf|docx?|odt|xlsx?|jpe?g|png|txt|msg|eml|pptx?|mp3|m4a)\b", re.IGNORECASE
)
_PUPIL_NUMBER = re.compile(r"\b(?:LL|L|S)[ -]?\d{4,7}\b|\bs\d{5,7}\b|\b(?:19|20)\d{2}[-/]\d{4,6}\b(?!\s?[-/])")
_LONG = re.compile(r"(?<![\w€.,\-/+])(?<!€ )\d{6,12}(?![\w%]|[.,]\d|\s?(?:euro|eur)\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NAMED = re.compile(r"nr\.?\s\d{4}", re.IGNORECASE)
_PLAIN = re.compile(r"\d{5,8}")
_LEAD = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,3}[.\-/]?|nr\.?\s)$")


def cue_before(text: str) -> str:
    """Bsn or leerlingnummer when this, in small letters, ends with a word that announces a number; else empty."""
    cue = _CUE.search(text)
    if cue:
        return "bsn" if cue.group("bsn") else "leerlingnummer"
    return "leerlingnummer" if _SURE_CUE.search(text) or _ANNOUNCED.search(text) else ""


def cued_numbers(text: str, figures: Figures) -> Iterator[Finding]:
    """Numbers with a word before or behind them, of the form of a pupil's number, or long."""
    for found in beginning_at(_NUMBER, text, _number_starts(text, figures)):
        before = text[max(0, found.start() - 64) : found.start()].lower()
        sure = _SURE_CUE.search(before) if any(map(before.__contains__, _SURE_STEMS)) else None
        many = sum(map(str.isdigit, found.group())) > 3
        if not many and not sure:
            continue
        cue = _CUE.search(before) if any(map(before.__contains__, _STEMS)) else None
        cue = cue or sure or (_AFTER.match(text, found.end()) if many else None)
        if cue and not (_YEAR.fullmatch(found.group()) and cue.groupdict().get("filler")):
            yield Finding(*found.span(), "bsn" if cue.groupdict().get("bsn") else "leerlingnummer", 0.95)
        elif _NAMED.match(found.group()) or (_PLAIN.fullmatch(found.group()) and _SYSTEM.search(before)):
            start = found.start() + (len(found.group()) - len(found.group().lstrip("NRnr. \t")))
            yield Finding(start, found.end(), "nummer", 0.8)
    for start, end in figures:
        if 3 < end - start < 10 and _in_file_name(text, start, end) and not _YEAR.fullmatch(text, start, end):
            yield Finding(start, end, "nummer", 0.8)
        if 3 < end - start < 8:
            pupil = next(beginning_at(_PUPIL_NUMBER, text, range(max(0, start - 3), start + 1)), None)
            if pupil and not _school_year(pupil.group()):
                yield Finding(*pupil.span(), "leerlingnummer", 0.85)
        if end - start > 5:
            for long in beginning_at(_LONG, text, (start,)):
                yield Finding(*long.span(), "nummer", 0.75)


def _in_file_name(text: str, start: int, end: int) -> bool:
    """Opp_20417.pdf, S:\\leerlingen\\20417: what is glued to figures on either side makes a file or a folder."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    folder = bool(before) and before[-1] == "\\"
    return folder or bool(_FILE_AFTER.match(after))


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
