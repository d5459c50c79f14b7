"""Marks between an original text and what reviewers will read of it: which span became what, and which word stayed in doubt. They
hold after a person mended the text too, so that both can be shown side by side; offsets are half-open, in characters."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, Literal, NamedTuple

import msgspec

from maatwerk.anonymisation.engine import Doubt, Redaction, Replacement
from maatwerk.anonymisation.spotting import Spotter

BY_HAND, DOUBT, POINTED_OUT = "handmatig", "twijfel", "aangewezen"
GONE: Final = "weg"
STAYS: Final = "blijft"
Decision = Literal["", "weg", "blijft"]
SURE: Final = 0.8  # chosen by counting: docs/decisions/0025-what-a-person-decides.md


class Choice(NamedTuple):
    """What becomes of a mark; `placeholder` is for one that has none yet."""

    decision: Decision
    placeholder: str


class Mark(msgspec.Struct, frozen=True):
    """[start, end) of the original became [redacted_start, redacted_end) of the other; `confidence` from 0 to 1. A doubt became itself.
    `decision` is what a person said of it."""

    start: int
    end: int
    redacted_start: int
    redacted_end: int
    kind: str
    confidence: float
    placeholder: str
    layer: str = ""
    decision: Decision = ""

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide it before release."""
        return not self.decision and self.kind != BY_HAND and self.confidence < SURE

    @property
    def stands(self) -> bool:
        """Whether the word itself is what reviewers will read."""
        return self.decision == STAYS or (not self.decision and self.kind in (DOUBT, POINTED_OUT))


def marks_of(redaction: Redaction) -> tuple[Mark, ...]:
    """The engine's replacements and doubts with their place in both texts."""
    found, shift, end = [], 0, 0
    spans: list[Replacement | Doubt] = [*redaction.spans, *redaction.doubts]
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if span.start < end:
            continue
        begin, end = span.start + shift, span.end
        if isinstance(span, Replacement):
            became = begin + len(span.placeholder)
            place = (span.start, end, begin, became)
            found.append(Mark(*place, span.label, span.confidence, span.placeholder, span.layer))
            shift += len(span.placeholder) - (end - span.start)
        else:
            found.append(Mark(span.start, end, begin, end + shift, DOUBT, span.confidence, "", "geleerd"))
    return tuple(found)


def decided(
    original: str, redacted: str, marks: Sequence[Mark], chosen: Mapping[int, Choice]
) -> tuple[str, tuple[Mark, ...]]:
    """(the text that reviewers will read, the marks) when a person decides the marks of these numbers."""
    pieces, found, last, shift = [], [], 0, 0
    for number, mark in enumerate(marks):
        first, end = mark.redacted_start, mark.redacted_end
        written = redacted[first:end]
        if number in chosen:
            decision, placeholder = chosen[number]
            mark = msgspec.structs.replace(mark, decision=decision, placeholder=mark.placeholder or placeholder)
            written = mark.placeholder if decision == GONE else original[mark.start : mark.end]
        pieces += [redacted[last:first], written]
        begin, last = first + shift, end
        shift += len(written) - (end - first)
        found.append(msgspec.structs.replace(mark, redacted_start=begin, redacted_end=begin + len(written)))
    return "".join((*pieces, redacted[last:])), tuple(found)


def pointed_out(original: str, redacted: str, marks: Sequence[Mark], words: Spotter) -> tuple[Mark, ...]:
    """The marks with one more wherever a word that a person names still stands in what reviewers will read, also over the end of a line."""
    ends = [mark.redacted_end for mark in marks]
    shifts = [0, *accumulate(map(_longer, marks))]

    def place(first: int, last: int) -> tuple[int, int]:
        shift = shifts[bisect(ends, first)]
        return first + shift, last + shift

    def is_free(first: int, last: int) -> bool:
        passed, (start, end) = bisect(ends, first), place(first, last)
        cut = passed < len(marks) and marks[passed].redacted_start < last
        return not cut and original[start:end] == redacted[first:last]

    found = [
        Mark(*place(first, last), first, last, POINTED_OUT, 1.0, "", BY_HAND)
        for first, last, _ in words.spots(redacted, is_free)
    ]
    return tuple(sorted((*marks, *found), key=lambda mark: mark.redacted_start)) if found else tuple(marks)


def original_place(place: int, before: Sequence[Mark]) -> int:
    """The place in the original of a place in the redacted text, given the marks before it."""
    return place + sum(map(_longer, before))


def _longer(mark: Mark) -> int:
    """By how much the original of a mark is longer than what stands there now."""
    return (mark.end - mark.start) - (mark.redacted_end - mark.redacted_start)
