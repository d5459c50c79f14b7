"""A text as the layers read it: folded to plain letters, cut into words. Offsets are those of the folded text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

PLACEHOLDER = re.compile(
    r"\[(?:leerling|familienaam|aanvrager|(?:ouder|persoon|instelling) \d+|adres|postcode|plaats|datum|telefoon"
    r"|e-mail|link|nummer|rekeningnummer|bsn)\]"
)
_WORD = re.compile(r"[^\W\d_]+")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "‐": "-"})
_LETTERS = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "ß": "ss"}
_SHORTENED = re.compile(
    r"dhr|mw|mevr|mevrouw|hr|dr|drs|mr|mgr|ir|ing|prof|st|nr|tel|geb|jl|ca|evt|bijv|bv|incl|excl|resp|"
    r"wo|ma|di|do|vr|za|zo|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|ll|fam|vgl|aanw"
)


class Word(NamedTuple):
    """A run of letters. `first` means: at the start of a sentence, line or cell, where a capital says nothing."""

    start: int
    end: int
    text: str
    low: str
    first: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def capitals(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


class Reading:
    """The folded text, its words, and the way back to offsets of the original."""

    def __init__(self, text: str) -> None:
        self.plain, self._offsets = _fold(text)
        self.placeholders = tuple(found.span() for found in PLACEHOLDER.finditer(self.plain))
        self.plain = PLACEHOLDER.sub(lambda found: "¤" * len(found.group()), self.plain)
        self.low = self.plain.lower()
        self.words = tuple(_words(self.plain, self.low))
        capitals = sum(1 for word in self.words if word.capital)
        self.without_capitals = len(self.words) >= 4 and capitals * 40 < len(self.words)
        self.all_capitals = len(self.words) >= 4 and sum(w.capitals for w in self.words) * 2 > len(self.words)

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next one; a full stop after the last."""
        if index + 1 >= len(self.words):
            return "."
        return self.plain[self.words[index].end : self.words[index + 1].start]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same span in the original text."""
        if self._offsets is None:
            return start, end
        first = self._offsets[start]
        return first, max(self._offsets[end], self._offsets[end - 1] + 1)


def fold(text: str) -> str:
    """Plain lower-case letters: no diacritics, one kind of quote and dash."""
    return _fold(text)[0].lower()


def _fold(text: str) -> tuple[str, list[int] | None]:
    if text.isascii():
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        plain = character if character.isascii() else _plain(character)
        pieces.append(plain)
        offsets.extend([index] * len(plain))
    offsets.append(len(text))
    return "".join(pieces), offsets


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """ASCII look-alike of one character; nothing for accents set apart and invisible marks."""
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    character = _LETTERS.get(character, character).translate(_SAME)
    parts = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))
    return "".join(part if len(part.lower()) == 1 else part.lower()[0] for part in kept)


def _words(plain: str, low: str) -> Iterator[Word]:
    previous, before = 0, ""
    for found in _WORD.finditer(plain):
        start, end = found.span()
        gap = plain[previous:start]
        first = (previous == 0 and "¤" not in gap) or _breaks(gap, before)
        yield Word(start, end, found.group(), low[start:end], first)
        previous, before = end, low[start:end]


def _breaks(gap: str, before: str) -> bool:
    """Whether a sentence, line or list item begins after the gap."""
    if any(mark in gap for mark in '\n!?•:;|"“”„') or " - " in gap:
        return True
    if ". " not in gap:
        return False
    return gap != ". " or (len(before) > 1 and not _SHORTENED.fullmatch(before))
