"""The marks of a pack as its page shows them: equal words together, so that one choice decides them all, and each text cut where its
marks stand. What stands here names the pupil; it is for who makes the pack."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.marks import BY_HAND, DOUBT, Mark
from maatwerk.anonymisation.spotting import same_word

AROUND = 45
PASSAGES = 3


class Piece(NamedTuple):
    """A part of a text; `look` is "" outside marks, else open, gone or stays."""

    text: str
    look: str = ""


class Passage(NamedTuple):
    """A marked word with what stands around it."""

    before: str
    word: str
    after: str


@dataclass
class Word:
    """Marks of one word. `item_id` and `number` are of the first of them; `became` is empty for a doubt."""

    word: str
    item_id: UUID
    number: int
    became: str
    kind: str
    passages: list[Passage] = field(default_factory=list)
    count: int = 0

    @property
    def key(self) -> str:
        """The name of the choice in the form."""
        return f"woord-{self.item_id}-{self.number}"


class Choice(NamedTuple):
    """A mark that may be decided by itself."""

    number: int
    word: str
    became: str
    said: str


def open_words(items: Iterable[Item]) -> list[Word]:
    """What has to be decided, each word once, in the order of the texts."""
    found: dict[str, Word] = {}
    for item in items:
        if item.released or item.state == "weggelaten":
            continue
        for number, mark in enumerate(item.content.marks):
            if mark.is_open:
                text = item.content.original
                written = text[mark.start : mark.end]
                became = "" if mark.kind == DOUBT else mark.placeholder
                word = found.setdefault(same_word(written), Word(written, item.id, number, became, mark.kind))
                word.count += 1
                if len(word.passages) < PASSAGES:
                    word.passages.append(_passage(text, mark))
    return list(found.values())


def choices(item: Item) -> list[Choice]:
    """Every mark of an item that a person may decide."""
    text, marks = item.content.original, item.content.marks
    return [
        Choice(number, text[mark.start : mark.end], mark.placeholder, _said(mark))
        for number, mark in enumerate(marks)
        if mark.kind != BY_HAND
    ]


def original_pieces(item: Item) -> list[Piece]:
    """The text as the school wrote it, cut at its marks."""
    places = [(mark.start, mark.end, mark) for mark in item.content.marks]
    return list(_cut(item.content.original, places))


def redacted_pieces(item: Item) -> list[Piece]:
    """The text as reviewers will read it, cut at its marks."""
    places = [(mark.redacted_start, mark.redacted_end, mark) for mark in item.content.marks]
    return list(_cut(item.content.redacted, places))


def _cut(text: str, places: Sequence[tuple[int, int, Mark]]) -> Iterator[Piece]:
    last = 0
    for start, end, mark in places:
        if start > last:
            yield Piece(text[last:start])
        if end > start:
            yield Piece(text[start:end], _look(mark))
        last = end
    if last < len(text):
        yield Piece(text[last:])


def _look(mark: Mark) -> str:
    if mark.is_open:
        return "open"
    return "stays" if mark.decision == "blijft" else "gone"


def _said(mark: Mark) -> str:
    if mark.is_open:
        return "nog te beslissen"
    return {"weg": "weg", "blijft": "blijft"}.get(mark.decision, "zeker gevonden")


def _passage(text: str, mark: Mark) -> Passage:
    begin, end = max(0, mark.start - AROUND), mark.end + AROUND
    before, after = ("…" if begin else "") + text[begin : mark.start], text[mark.end : end]
    return Passage(before, text[mark.start : mark.end], after + ("…" if end < len(text) else ""))
