"""Numbers of files behind the word that announces them, of any form: INC/25/307, C 44.019, 20-TH-5531. Sought from the word on: what
follows it begins with the number, but for a colon and a few small words. An age or an amount behind the number is no part of it."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading

_NO_AMOUNT = r"(?![,:]\d|\s?(?i:uur|u|jaar|jr|jarige|dagen|dag|weken|wk|maanden|mnd|minuten|min|keer|x|euro|eur|lessen|procent|%)\b)"
_NO_UNIT = rf"(?!\.\d){_NO_AMOUNT}"
_PART = r"\d{1,14}(?:[A-Z]{1,3}|[a-z])?(?![A-Za-z\d])"
_JOINED = r"(?:[A-Za-z]{0,5}\d{1,14}[A-Za-z]{0,3}|[A-Za-z]{1,4})(?![A-Za-z\d])"
_NUMBER = re.compile(
    rf"(?:(?:[A-Z]{{1,4}}[ ]?[./\-_]{{1,2}}[ ]?|[a-z]{{1,4}}[/\-_]){{0,2}}(?:[A-Z]{{1,5}}[ ]?|[a-z]{{1,3}}[ ]?)?\d{{1,14}}(?:[A-Z]{{1,4}}\d{{0,8}}|[a-z]{{1,3}})?(?![A-Za-z\d]){_NO_AMOUNT})"
    rf"(?:[./\-_]{{1,2}}{_JOINED}|[ ][./\-][ ]?(?:[A-Z]{{1,3}}[ ]){{0,2}}{_PART}{_NO_UNIT}|[./\-][ ]{_PART}{_NO_UNIT}|[ ](?:[A-Z]{{1,2}}[ ])?{_PART}{_NO_UNIT}){{0,8}}"
)
_STRAIGHT = re.compile(
    r"[.:=#)]{0,3}[ \t]{0,24}[.:=#(]{0,2}[ \t]{0,24}(?:\n[ \t]{0,24})?(?:[A-Za-z]{3,12}:[ ])?(?:(?:is|was|wordt|luidt)[ ])?"
)
_AROUND = re.compile(r"[.:]?(?:[ ][A-Za-z/]{1,12}[.:]{0,2}){1,4}[ ]{0,2}[:=(]?[ ]{0,2}")
_NEXT = re.compile(r"[ ]?(?:[,;/(]|en|of)[ ](?:(?:eerder|voorheen|oud|nieuw|was|nu|en|of|ook)[ ]){0,2}")
_MONTH = re.compile(r"[ ](?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DATE = re.compile(r"\d{1,2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:(?:19|20)\d{2}|\d{2})$")
_BSN = ("bsn", "bns", "burgerservicenummer", "burgerservicenr", "sofinummer", "sofinr", "onderwijsnummer")
_SHORT = frozenset(("n", "no"))


def file_numbers(reading: Reading, text: str, lexicon: Lexicon) -> Iterator[Finding]:
    """What a word such as dossiernummer, kenmerk or zaak announces, and a second one beside it."""
    endings, alone = lexicon.endings["number-word"], lexicon.cues["number-alone"]
    for low, numbers in reading.places.items():
        if low in alone or low in _SHORT or low.endswith(endings):
            for at in numbers:
                bsn = low in _BSN or (
                    low == "n" and [word.low for word in reading.words[max(0, at - 2) : at]] == ["b", "s"]
                )
                least = 7 if bsn else 3 if low in alone else _least(reading, at, lexicon)
                if least:
                    yield from _behind(text, reading.words[at].end, "bsn" if bsn else "leerlingnummer", least)


def _least(reading: Reading, at: int, lexicon: Lexicon) -> int:
    """How many figures the number behind this word must have; 0 when it is that of a room or a page."""
    low, before = reading.words[at].low, ""
    if low in lexicon.cues["number-word"] or low in _SHORT:
        near = at and len(reading.gap(at - 1)) < 4 and "\n" not in reading.gap(at - 1)
        before = reading.words[at - 1].low if near else ""
        if before not in lexicon.cues["number-of"]:
            return 0 if low in _SHORT or before.endswith(lexicon.endings["number-of-thing"]) else 4
        return 2
    head = next(low[: -len(end)] for end in lexicon.endings["number-word"] if low.endswith(end))
    return 0 if head.endswith(lexicon.endings["number-of-thing"]) else 2


def _behind(text: str, end: int, label: str, least: int) -> Iterator[Finding]:
    straight = _STRAIGHT.match(text, end)
    found = _number(text, straight.end() if straight else end, least)
    around = None if found or least in (3, 4) else _AROUND.match(text, end)
    if around:
        found = _number(text, around.end(), max(least, 4))
    while found:
        yield Finding(found[0], found[1], label, 0.9)
        following = _NEXT.match(text, found[1])
        found = _number(text, following.end(), 4) if following else None


def _number(text: str, start: int, least: int) -> tuple[int, int] | None:
    """The number that begins here, when it has so many figures and is no date, year or day of a month."""
    found = _NUMBER.match(text, start)
    if not found or text[start - 1 : start].isalnum():
        return None
    signs = found.group()
    figures = sum(map(str.isdigit, signs))
    if figures < least or (figures < 3 and _MONTH.match(text, found.end())) or _DATE.match(signs):
        return None
    return None if _YEAR.fullmatch(signs) and least > 2 else found.span()
