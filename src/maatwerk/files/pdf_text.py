"""The text of a PDF, page by page. A scan has none, and text in a font without a character map is no text either."""

import logging
import unicodedata
from io import BytesIO

from pypdf import PdfReader

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the document

ILLEGIBLE_SHARE = 0.05
_ILLEGIBLE = frozenset({"Cc", "Cn", "Co", "Cs"})


def pages(content: bytes) -> tuple[str, ...]:
    """The text of each page in reading order as far as the file tells it; "" for a page that has no legible text."""
    reader = PdfReader(BytesIO(content))
    return tuple(_legible(page.extract_text()) for page in reader.pages)


def _legible(text: str) -> str:
    """The text, or "" when more than one character in twenty is unmapped: names in it could not be recognised."""
    letters = [letter for letter in text if not letter.isspace()]
    bad = sum(letter == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(letter) in _ILLEGIBLE for letter in letters)
    if not letters or bad > ILLEGIBLE_SHARE * len(letters):
        return ""
    return "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) not in _ILLEGIBLE)
