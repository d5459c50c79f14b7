"""A text as the layers read it: folded to plain letters, cut into words. Offsets are those of the folded text."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from maatwerk.anonymisation.engine.coded import coded

ROLES = ("mentor", "leerkracht", "behandelaar", "arts", "medeleerling", "broer of zus", "familielid", "begeleider")
PLACEHOLDER = re.compile(
    rf"\[(?:leerling|familienaam|aanvrager|(?:ouder|persoon|instelling|naam|medewerker) \d+|school(?: \d+)?|(?:{'|'.join(ROLES)})(?: \d+)?|adres|postcode|plaats"
    r"|datum(?:: (?:voorjaar|zomer|najaar|winter)(?: (?:19|20)\d{2})?)?|telefoon|e-mail|link|nummer|rekeningnummer|bsn)\]"
)
_OTHER = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"([^\W\d_]+)")
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[.!?] |\n|: ")
_CELL = re.compile(r"[|•*;>-]|\d|: ")
_BLOT = re.compile("¤+")
_LETTERS_WITH_DIGITS = re.compile(r"(?<![\w@./\-])[A-Za-z]{1,20}(?:[01]{1,2}[A-Za-z]{1,20}){1,3}(?![\w@])")
_DIGITS_WITH_LETTERS = re.compile(
    r"(?<![A-Za-z\d])(?:[OlI]{1,2}\d[\dOlI]{0,20}|\d{1,20}[OlI][\dOlI]{0,20})(?![A-Za-z])"
)
# These begin with what is rare: a text is searched for that, far faster than for letters.
_LETTER_THEN_DIGIT = re.compile(r"[01](?<=[A-Za-z][01])")
_NEAR_DIGIT = re.compile(r"\d(?:(?<=[OlI]\d)|[OlI])")
_AS_LETTERS = str.maketrans("01", "ol")
_AS_DIGITS = str.maketrans("OlI", "011")
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
    `lows` are the words in small letters, and an empty one behind the last.
    Where a placeholder stands, or what `without` took, each sign is a ¤. `gap` tells what stands between a word and the next one, a full
    stop after the last; `small`, whether a word stands where its writer used no capitals: in such a text, or in such a sentence where
    half are so.
    """

    def __init__(self, text: str) -> None:
        raw, self._offsets = _fold(text)
        self._take(PLACEHOLDER.sub(lambda found: "¤" * len(found.group()), raw) if "[" in raw else raw)

    def without(self, spans: Sequence[tuple[int, int]]) -> "Reading":
        """The reading of this text with a placeholder for each of these spans, which are in order and apart.

        It keeps the offsets of this reading: how long a placeholder is says nothing to any layer.
        """
        rest = Reading.__new__(Reading)
        rest._offsets = self._offsets
        rest._take(_blotted(self.raw, spans))
        return rest

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """A span of this reading that holds all of each original sign that it touches: of one ligature both letters."""
        if self._offsets is not None:
            while start and self._offsets[start - 1] == self._offsets[start]:
                start -= 1
            while end < len(self.raw) and self._offsets[end - 1] == self._offsets[end]:
                end += 1
        return start, end

    def _take(self, raw: str) -> None:
        self.raw = self.plain = self.digits = raw
        if _LETTER_THEN_DIGIT.search(raw):
            self.plain = _LETTERS_WITH_DIGITS.sub(lambda found: found.group().translate(_AS_LETTERS), raw)
        if _NEAR_DIGIT.search(raw):
            self.digits = _DIGITS_WITH_LETTERS.sub(lambda found: found.group().translate(_AS_DIGITS), raw)
        self.low = self.plain.lower()
        self.figures = tuple([found.span() for found in _DIGITS.finditer(self.digits)])
        self._squeezed: str | None = None
        self._kept: list[int] | None = None
        self.scanned: tuple[str, tuple[tuple[int, int], ...]] | None = None

        self._cut("¤" in raw)

    def _cut(self, blotted: bool) -> None:
        """The words, what stands before each, and which are the same."""
        pieces = _WORD.split(self.plain)
        before, texts, bounds = pieces[:-1:2], pieces[1::2], [*accumulate(map(len, pieces))]
        self.starts, self.ends = starts, ends = bounds[:-1:2], bounds[1::2]
        if blotted:
            before = [_BLOT.sub("¤¤¤", gap) if "¤" in gap else gap for gap in before]
        lows = [self.low[start:end] for start, end in zip(starts, ends, strict=True)]
        first = [gap != " " and _begins(gap, low) for gap, low in zip(before, ["", *lows], strict=False)]
        if before and before[0] != " ":
            first[0] = first[0] or "¤" not in before[0]
        capital = [text[0].isupper() for text in texts]
        rows = zip(starts, ends, texts, lows, first, capital, strict=True)
        self.lows = [*lows, ""]
        self.words = [tuple.__new__(Word, row) for row in rows]  # half the time of calling Word
        self._before = before
        self.gap = [*before[1:], ".", *before[:1]].__getitem__
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, low in enumerate(lows):
            places[low].append(number)
        self.places: dict[str, list[int]] = dict(places)
        self._judge(capital.count(True))

    def _judge(self, capitals: int) -> None:
        """Whether the writer used capitals."""
        self.without_capitals = len(self.words) >= 4 and capitals * 40 < len(self.words)
        self.all_capitals = capitals * 2 > len(self.words) >= 4 and self._mostly_capitals()
        careless = range(len(self.words)) if self.without_capitals else frozenset(self._without_shift())
        self.small = (careless if len(careless) * 2 >= len(self.words) else frozenset[int]()).__contains__

    @property
    def squeezed(self) -> str:
        """`digits` in small letters without what may separate signs."""
        if self._squeezed is None:
            self._squeezed = squeezed(self.digits.lower())
        return self._squeezed

    def _without_shift(self) -> Iterator[int]:
        """The words of sentences of some length that begin with a small letter and have no capital but those of abbreviations."""
        starts = [at for at, gap in enumerate(self._before) if gap != " " and (at == 0 or _SENTENCE.search(gap))]
        for begin, end in pairwise((*starts, len(self.words))):
            small = end - begin > 4 and not self.words[begin].capital and not _CELL.search(self._before[begin])
            if small and not any(word.capital and not word.text.isupper() for word in self.words[begin:end]):
                yield from range(begin, end)

    def starts_of(self, words: Iterable[str]) -> list[int]:
        """Where these words begin, in order."""
        return sorted([self.starts[at] for word in words if word in self.places for at in self.places[word]])

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


def beginning_at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` would give of a pattern that can begin only at these places, which are in order; the longer the text, the cheaper."""
    done, match = 0, pattern.match
    for start in starts:
        found = match(text, start) if start >= done else None
        if found:
            done = found.end()
            yield found


def squeezed(text: str) -> str:
    """Without what may separate signs; several times faster than one translation."""
    return text.replace(" ", "").replace(".", "").replace("-", "").replace("_", "")


def fold(text: str) -> str:
    """Plain lower-case letters: no diacritics, one kind of quote and dash."""
    return _fold(text)[0].lower()


def _fold(text: str) -> tuple[str, list[int] | None]:
    codes = tuple(coded(text))
    if not codes and text.isascii():
        return text, None
    if not codes and all(len(_plain(character)) == 1 for character in {*_OTHER.findall(text)}):
        return _OTHER.sub(lambda found: _plain(found.group()), text), None
    pieces: list[str] = []
    offsets: list[int] = []
    for index, character in _signs(text, codes):
        plain = character if character.isascii() else _plain(character)
        pieces.append(plain)
        offsets.extend([index] * len(plain))
    offsets.append(len(text))
    return "".join(pieces), offsets


def _signs(text: str, codes: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    """The signs of a text and where each begins; a code is the sign that it stands for."""
    last = 0
    for start, end, sign in codes:
        yield from enumerate(text[last:start], last)
        if sign:
            yield start, sign
        last = end
    yield from enumerate(text[last:], last)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """ASCII look-alike of one character; nothing for accents set apart and invisible marks."""
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    character = _LETTERS.get(character, character).translate(_SAME)
    parts = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))
    return "".join(part if len(part.lower()) == 1 else part.lower()[0] for part in kept)


def _blotted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], "¤" * (end - start)]
        last = end
    return "".join((*pieces, text[last:]))


def _begins(gap: str, before: str) -> bool:
    """Whether a sentence, line or list item begins after the gap."""
    breaks = _breaks(gap) if len(gap) < 9 else _breaks.__wrapped__(gap)
    return breaks if breaks is not None else len(before) > 1 and not _SHORTENED.fullmatch(before)


@lru_cache(maxsize=4096)
def _breaks(gap: str) -> bool | None:
    """What the gap says of it; None: it ends with a full stop, which may be that of a shortened word."""
    if any(mark in gap for mark in '\n!?•:;|"“”„') or " - " in gap:
        return True
    if ". " not in gap:
        return False
    return True if gap != ". " else None
