"""The marks of a text after somebody wrote it anew. What he changed becomes a mark by hand; a mark between two changes stays, because
otherwise who mends the first word and the last one would decide on all between them, unseen."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

import msgspec

from maatwerk.anonymisation.marks import BY_HAND, Mark, original_place

AROUND = (12, 3, 0)  # characters beside a mark by which it is known again, the surest first


def remark(
    original: str, before: str, after: str, marks: Sequence[Mark], around: Sequence[int] = AROUND
) -> tuple[Mark, ...]:
    """The marks when somebody wrote `after` where `before` stood; each passage that he changed becomes one mark of its own, unless it
    is the original again."""
    if before == after:
        return tuple(marks)
    first, last = _changed(before, after, marks)
    shift = len(after) - len(before)
    kept = [mark for mark in marks if mark.redacted_end <= first]
    moved = [mark for mark in marks[len(kept) :] if mark.redacted_start >= last]
    inside = marks[len(kept) : len(marks) - len(moved)]
    start, end = original_place(first, kept), original_place(last, [*kept, *inside])
    texts = original[start:end], before[first:last], after[first : last + shift]
    within = [_moved(mark, -start, -first) for mark in inside]
    found = _followed(*texts, within, around) if within and around else _by_hand(texts[0], texts[2])
    return (*kept, *(_moved(mark, start, first) for mark in found), *(_moved(mark, 0, shift) for mark in moved))


def _followed(original: str, before: str, after: str, marks: Sequence[Mark], around: Sequence[int]) -> list[Mark]:
    """The marks that are known again in a changed passage, and what was written between them."""
    found: list[Mark] = []
    waiting: list[Mark] = []
    since = Places(0, 0, 0)
    for mark in marks:
        place = _again(before, after, mark, since.after, around[0])
        if place < 0:
            waiting.append(mark)
            continue
        moved = _moved(mark, 0, place - mark.redacted_start)
        here = Places(mark.start, mark.redacted_start, place)
        found += [*_piece((original, before, after), waiting, since, here, around[1:]), moved]
        since, waiting = Places(mark.end, mark.redacted_end, moved.redacted_end), []
    ends = Places(len(original), len(before), len(after))
    return [*found, *_piece((original, before, after), waiting, since, ends, around[1:])]


class Places(NamedTuple):
    """One place in the original, in what stood and in what stands now."""

    original: int
    before: int
    after: int


def _piece(
    texts: tuple[str, str, str], marks: Sequence[Mark], begin: Places, end: Places, around: Sequence[int]
) -> list[Mark]:
    """The marks of the piece between two places."""
    original, before, after = (text[first:last] for text, first, last in zip(texts, begin, end, strict=True))
    inside = [_moved(mark, -begin.original, -begin.before) for mark in marks]
    found = remark(original, before, after, inside, around)
    return [_moved(mark, begin.original, begin.after) for mark in found]


def _again(before: str, after: str, mark: Mark, since: int, around: int) -> int:
    """Where a mark stands now, with as much around it as before; -1 when nowhere."""
    begin, last = max(0, mark.redacted_start - around), mark.redacted_end
    sought, into = before[begin : last + around], mark.redacted_start - begin
    if mark.redacted_start == last:
        return -1
    at = after.find(sought, max(0, since - into))
    if around or at < 0:
        return at + into if at >= 0 else -1
    found = re.compile(rf"(?<!\w){re.escape(sought)}(?!\w)").search(after, since)
    return found.start() if found else -1


def _by_hand(original: str, after: str) -> tuple[Mark, ...]:
    return () if after == original else (Mark(0, len(original), 0, len(after), BY_HAND, 1.0, after),)


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


def _moved(mark: Mark, by: int, shift: int) -> Mark:
    """The mark with its place in the original moved by one number, that in the text by another."""
    return msgspec.structs.replace(
        mark,
        start=mark.start + by,
        end=mark.end + by,
        redacted_start=mark.redacted_start + shift,
        redacted_end=mark.redacted_end + shift,
    )
