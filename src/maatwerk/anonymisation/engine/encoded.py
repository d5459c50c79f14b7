"""Texts that came out of a web page or a form with its signs written out: 30&nbsp;november, 071&#45;5, %2B31%206. They are read as they
were meant, and what is found there goes from the text as it is, entities and all."""

import html
import re
from collections.abc import Callable, Iterable, Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import Reading

_ENCODED = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8}\d{0,2});|%(?:2[\dA-F]|3A|40|0[AD])", re.IGNORECASE)
_SIGNS = str.maketrans({"\u2044": "/", "\u2212": "-", "\u2215": "/"})


def encoded(reading: Reading, layers: Callable[[Reading], Iterable[Finding]]) -> Iterator[Finding]:
    """What these layers find in the decoded text; nothing when nothing in it is encoded."""
    raw = reading.raw
    if ("&" not in raw and "%" not in raw) or not _ENCODED.search(raw):
        return
    text, starts = _decoded(raw)
    meant = Reading(text)
    for finding in layers(meant):
        start, end = meant.original(finding.start, finding.end)
        yield finding._replace(start=starts[start], end=starts[end])


def _decoded(raw: str) -> tuple[str, list[int]]:
    """The text with its signs, and for each of them, and for the end, where it begins in the raw one."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for found in _ENCODED.finditer(raw):
        sign = _sign(found.group())
        pieces += [raw[last : found.start()], sign]
        starts += [*range(last, found.start()), *[found.start()] * len(sign)]
        last = found.end()
    return "".join((*pieces, raw[last:])), [*starts, *range(last, len(raw) + 1)]


def _sign(code: str) -> str:
    sign = chr(int(code[1:], 16)) if code[0] == "%" else html.unescape(code)
    return sign.translate(_SIGNS)
