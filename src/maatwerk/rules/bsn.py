"""Citizen service numbers in text. A text holds one more often than it looks: broken by spaces, dots or dashes."""

import re
from dataclasses import dataclass

_RUN = re.compile(r"\d(?:[ .\-\u00a0]{0,2}\d)*")
_ENOUGH = re.compile(r"(?:\d\D*){8}")  # most texts hold too few figures to look further
_GROUP = re.compile(r"\d+")
_NOT_A_BSN = re.compile(
    r"(?=[\d+(€]|\b[a-z])(?:"  # how each of these begins: most places are passed by at once
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # an id of this service
    r"|(?:\+|\b00)\s?[1-9]\d{0,2}(?:[ .\-()]{0,2}\d){7,10}(?!\d)"  # international phone
    r"|(?<!\d)\(?0(?:[ .\-()]{0,3}\d){9}(?!\d)"  # national phone
    r"|\b[A-Za-z]{2}\d{2}[ ]?[A-Za-z]{4}(?:[ ]?\d){7,14}"  # Dutch-like IBAN
    r"|(?:€|\bEUR)\s?\d[\d.,]*"  # amount
    r"|(?<!\d)\d{1,3}(?:\.\d{3})+(?:,\d{2}|,-|\s?euro\b)"
    r"|(?<!\d)\d{1,2}([-./ ])\d{1,2}\1(?:19|20)\d{2}(?![-.]?\d)"  # date
    r"|(?<!\d)(?:19|20)\d{2}([-./])\d{1,2}\2\d{1,2}(?![-.]?\d)"
    r"|(?<!\d)(?:19|20)\d{2}\s?[-/]\s?(?:19|20)?\d{2,4}(?![-.]?\d)"  # school year, number per year
    r")",
    re.IGNORECASE,
)
_MOST_GROUPS = 4
_GROUPINGS = {(3, 3, 3), (4, 2, 3), (4, 3, 2), (3, 2, 4), (2, 3, 4), (2, 2, 2, 3), (3, 2, 2, 2), (2, 3, 3)}


@dataclass(frozen=True)
class Span:
    """Half-open [start, end) in the text that was given."""

    start: int
    end: int


def is_bsn(digits: str) -> bool:
    """The 11-test over 9 digits, or 8 with the leading zero left out; anything but digits fails it."""
    if len(digits) not in (8, 9) or not digits.isdecimal():
        return False
    values = [int(digit) for digit in digits.zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(values) and sum(v * w for v, w in zip(values, weights, strict=True)) % 11 == 0


def find_bsns(text: str) -> tuple[Span, ...]:
    """Every number that passes the 11-test, in order; a partnership may not hold one (UAVG 46, law.md B.4).

    Left alone: ids of this service, parts of longer numbers, phones, IBANs, amounts, dates and numbers per year such as 2024-0042.
    """
    if not _ENOUGH.search(text):
        return ()
    masked = _NOT_A_BSN.sub(lambda found: "#" * len(found.group()), text)
    spans: list[Span] = []
    for run in _RUN.finditer(masked):
        spans.extend(_within(run))
    return tuple(spans)


def _within(run: re.Match[str]) -> list[Span]:
    """The numbers in one run of digit groups: the whole run, or groups of a usual shape in a longer one."""
    groups = [(run.start() + g.start(), run.start() + g.end(), g.group()) for g in _GROUP.finditer(run.group())]
    if len(groups) > 1 and is_bsn("".join(group[2] for group in groups)):
        return [Span(run.start(), run.end())]
    found: list[Span] = []
    index = 0
    while index < len(groups):
        count = _usual_shape(groups[index : index + _MOST_GROUPS])
        if count:
            found.append(Span(groups[index][0], groups[index + count - 1][1]))
        index += count or 1
    return found


def _usual_shape(groups: list[tuple[int, int, str]]) -> int:
    """How many groups from the first on form a number; 0 when none do."""
    if is_bsn(groups[0][2]):
        return 1
    for count in (3, 4):
        shape = tuple(len(group[2]) for group in groups[:count])
        if shape in _GROUPINGS and is_bsn("".join(group[2] for group in groups[:count])):
            return count
    return 0
