"""The text of a PDF, page by page: everything that a page writes, seen or not. A scan has none, and text in a font without a
character map is no text either."""

import logging
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

from maatwerk.files.notes_in_text import tidy
from maatwerk.files.pdf_fonts import tells_letters

ILLEGIBLE_SHARE = 0.05
_ILLEGIBLE = frozenset({"Cc", "Cn", "Co", "Cs"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CUT_WORD = re.compile(r"(?<=[^\W\d_]{2})[-\N{SOFT HYPHEN}] ?\n(?=[a-zß-öø-ÿ]{2})")


class _Complaints(logging.Handler):
    """Counts what the reader could not make out. It shows nothing of it: its warnings quote the document."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


_COMPLAINTS = _Complaints()
_LOG = logging.getLogger("pypdf")
_LOG.addHandler(_COMPLAINTS)
_LOG.propagate = False


@dataclass(frozen=True)
class Page:
    """What was read of a page; `whole` is false when it writes something that could not be read."""

    text: str
    whole: bool


def pages(content: bytes) -> tuple[Page, ...]:
    """Each page in reading order as far as the file tells it; no text for a page that has no legible text."""
    return tuple(_read(page) for page in PdfReader(BytesIO(content)).pages)


def _read(page: PageObject) -> Page:
    pieces: list[str] = []
    before = _COMPLAINTS.count

    def take(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        pieces.append(text if tells_letters(font) else re.sub(r"\S", _REPLACEMENT, text))

    extracted = page.extract_text(visitor_text=take)
    told = "".join(pieces)
    if len(told) < len(extracted):
        return Page("", whole=False)
    text = _legible(told)
    whole = _COMPLAINTS.count == before and (bool(text) or not told.strip()) and _REPLACEMENT not in told
    return Page(_CUT_WORD.sub("", text), whole)


def _legible(text: str) -> str:
    """The text, or "" when more than one character in twenty is unmapped: names in it could not be recognised."""
    letters = [letter for letter in text if not letter.isspace()]
    bad = sum(letter == _REPLACEMENT or unicodedata.category(letter) in _ILLEGIBLE for letter in letters)
    if not letters or bad > ILLEGIBLE_SHARE * len(letters):
        return ""
    kept = (letter for letter in text if letter.isspace() or unicodedata.category(letter) not in _ILLEGIBLE)
    return tidy("".join(kept).replace(_REPLACEMENT, ""))
