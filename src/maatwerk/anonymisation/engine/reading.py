"""A text as the layers read it: folded to plain letters, cut into words. Offsets are those of the folded text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

ROLES = ("mentor", "leerkracht", "behandelaar", "arts", "medeleerling", "broer of zus", "familielid", "begeleider")
PLACEHOLDER = re.compile(
    rf"\[(?:leerling|familienaam|aanvrager|(?:ouder|persoon|instelling|naam) \d+|(?:{'|'.join(ROLES)})(?: \d+)?|adres|postcode|plaats"
    r"|datum(?:: (?:voorjaar|zomer|najaar|winter)(?: (?:19|20)\d{2})?)?|telefoon|e-mail|link|nummer|rekeningnummer|bsn)\]"
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_WITH_DIGITS = re.compile(r"(?<![\w@./\-])[A-Za-z]{1,20}(?:[01]{1,2}[A-Za-z]{1,20}){1,3}(?![\w@])")
_DIGITS_WITH_LETTERS = re.compile(
    r"(?<![A-Za-z\d])(?:[OlI]{1,2}\d[\dOlI]{0,20}|\d{1,20}[OlI][\dOlI]{0,20})(?![A-Za-z])"
)
_AS_LETTERS = str.maketrans("01", "ol")
_AS_DIGITS = str.maketrans("OlI", "011")
SQUEEZE = str.maketrans("", "", " .-_")
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
    capital: bool

    @property
    def capitals(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


class Reading:
    """The folded text, its words, and the way back to offsets of the original.

    `raw` is folded only; in `plain` a 0 or 1 between letters is a letter, in `digits` an O or l beside digits is a digit.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        raw, self._offsets = _fold(text)
        self.placeholders = tuple(found.span() for found in PLACEHOLDER.finditer(raw))
        self.raw = PLACEHOLDER.sub(lambda found: "¤" * len(found.group()), raw) if self.placeholders else raw
        self.plain = _LETTERS_WITH_DIGITS.sub(lambda found: found.group().translate(_AS_LETTERS), self.raw)
        self.digits = _DIGITS_WITH_LETTERS.sub(lambda found: found.group().translate(_AS_DIGITS), self.raw)
        self.low = self.plain.lower()
        self.squeezed = self.digits.lower().translate(SQUEEZE)
        self._kept: list[int] | None = None
        self.words = tuple(_words(self.plain, self.low))
        self.places: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            self.places.setdefault(word.low, []).append(number)
        capitals = sum(word.capital for word in self.words)
        self.without_capitals = len(self.words) >= 4 and capitals * 40 < len(self.words)
        self.all_capitals = capitals * 2 > len(self.words) >= 4 and self._mostly_capitals()

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next one; a full stop after the last."""
        if index + 1 >= len(self.words):
            return "."
        return self.plain[self.words[index].end : self.words[index + 1].start]

    def unsqueezed(self, at: int) -> int:
        """The place in the text of a place in `squeezed`."""
        if self._kept is None:
            self._kept = [place for place, sign in enumerate(self.digits) if sign not in " .-_"]
        return self._kept[at]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same span in the original text."""
        if self._offsets is None:
            return start, end
        first = self._offsets[start]
        return first, max(self._offsets[end], self._offsets[end - 1] + 1)

    def _mostly_capitals(self) -> bool:
        return sum(word.capitals for word in self.words) * 2 > len(self.words)


def fold(text: str) -> str:
    """Plain lower-case letters: no diacritics, one kind of quote and dash."""
    return _fold(text)[0].lower()


def _fold(text: str) -> tuple[str, list[int] | None]:
    if text.isascii():
        return text, None
    changed = text.translate(_PLAIN)
    if not _PLAIN.longer.intersection(text):
        return changed, None
    pieces: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        plain = character if character.isascii() else _plain(character)
        pieces.append(plain)
        offsets.extend([index] * len(plain))
    offsets.append(len(text))
    return "".join(pieces), offsets


class _Table(dict[int, str]):
    """A look-alike per character, made when first met; `longer` are those that do not become exactly one."""

    def __init__(self) -> None:
        super().__init__()
        self.longer: set[str] = set()

    def __missing__(self, code: int) -> str:
        plain = chr(code) if code < 128 else _plain(chr(code))
        if len(plain) != 1:
            self.longer.add(chr(code))
        self[code] = plain
        return plain


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """ASCII look-alike of one character; nothing for accents set apart and invisible marks."""
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    character = _LETTERS.get(character, character).translate(_SAME)
    parts = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))
    return "".join(part if len(part.lower()) == 1 else part.lower()[0] for part in kept)


_PLAIN = _Table()


def _words(plain: str, low: str) -> Iterator[Word]:
    previous, before = 0, ""
    for found in _WORD.finditer(plain):
        start, end = found.span()
        gap = plain[previous:start]
        first = gap != " " and ((previous == 0 and "¤" not in gap) or _breaks(gap, before))
        text = found.group()
        yield Word(start, end, text, low[start:end], first, text[0].isupper())
        previous, before = end, low[start:end]


def _breaks(gap: str, before: str) -> bool:
    """Whether a sentence, line or list item begins after the gap."""
    if any(mark in gap for mark in '\n!?•:;|"“”„') or " - " in gap:
        return True
    if ". " not in gap:
        return False
    return gap != ". " or (len(before) > 1 and not _SHORTENED.fullmatch(before))
