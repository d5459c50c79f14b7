"""Marks between an original text and what reviewers will read of it: which span became what. They hold after a person mended
the text too, so that both can be shown side by side; offsets are half-open, in characters."""

from collections.abc import Sequence
from itertools import takewhile

import msgspec

from maatwerk.anonymisation.engine import Redaction

BY_HAND = "handmatig"


class Mark(msgspec.Struct, frozen=True):
    """[start, end) of the original became [redacted_start, redacted_end) of the other; `confidence` from 0 to 1."""

    start: int
    end: int
    redacted_start: int
    redacted_end: int
    kind: str
    confidence: float
    placeholder: str


def marks_of(redaction: Redaction) -> tuple[Mark, ...]:
    """The engine's replacements with their place in both texts."""
    found, shift = [], 0
    for span in redaction.spans:
        begin = span.start + shift
        found.append(
            Mark(
                span.start,
                span.end,
                begin,
                begin + len(span.placeholder),
                span.label,
                span.confidence,
                span.placeholder,
            )
        )
        shift += len(span.placeholder) - (span.end - span.start)
    return tuple(found)


def remark(original: str, before: str, after: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks when somebody wrote `after` where `before` stood; what he changed becomes one mark of its own, unless it is
    the original again."""
    if before == after:
        return tuple(marks)
    first, last = _changed(before, after, marks)
    shift = len(after) - len(before)
    kept = [mark for mark in marks if mark.redacted_end <= first]
    moved = [mark for mark in marks if mark.redacted_start >= last and mark not in kept]
    start, end = _original(first, kept), _original(last, [mark for mark in marks if mark not in moved])
    written = after[first : last + shift]
    by_hand = Mark(start, end, first, last + shift, BY_HAND, 1.0, written)
    between = () if written == original[start:end] else (by_hand,)
    return (*kept, *between, *(_moved(mark, shift) for mark in moved))


def _changed(before: str, after: str, marks: Sequence[Mark]) -> tuple[int, int]:
    """The span of `before` that was changed, widened so that it cuts through no mark."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    room = min(len(before), len(after)) - same
    pairs = zip(reversed(before), reversed(after), strict=False)
    tail = min(room, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)))
    first, last = same, len(before) - tail
    for mark in marks:
        if mark.redacted_start < first < mark.redacted_end:
            first = mark.redacted_start
        if mark.redacted_start < last < mark.redacted_end:
            last = mark.redacted_end
    return first, last


def _original(place: int, before: Sequence[Mark]) -> int:
    """The place in the original of a place in the redacted text, given the marks before it."""
    return place + sum((mark.end - mark.start) - (mark.redacted_end - mark.redacted_start) for mark in before)


def _moved(mark: Mark, shift: int) -> Mark:
    return msgspec.structs.replace(
        mark, redacted_start=mark.redacted_start + shift, redacted_end=mark.redacted_end + shift
    )
