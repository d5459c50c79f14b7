"""What a person decided of the marks of a pack: kept when it is made again, applied to one word or to every equal one. Pure; it
works on the content of any item that has marks, whatever its kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.checking import final_code
from maatwerk.anonymisation.items import Content, Item
from maatwerk.anonymisation.marks import BY_HAND, DOUBT, GONE, POINTED_OUT, STAYS, Choice, Mark, decided, pointed_out
from maatwerk.anonymisation.rewriting import remark
from maatwerk.anonymisation.spotting import Spotter, same_word
from maatwerk.anonymisation.verdicts import Index, Verdict, choices, word_of
from maatwerk.rules.refusals import NotFound

NAMED = ("persoon", "instelling", DOUBT, POINTED_OUT)


def held(content: Content, earlier: Content, about: Acquaintance) -> Content:
    """The content with what was decided of the same marks in the same text. A word that has become the name of a known person
    does not stay because it once might."""
    if content.original != earlier.original:
        return content
    before = {(mark.start, mark.end): mark for mark in earlier.marks if mark.decision}
    named = [mark for mark in before.values() if mark.kind == POINTED_OUT]
    content = _pointing_out(content, Spotter(dict.fromkeys(earlier.original[mark.start : mark.end] for mark in named)))
    chosen = {}
    for number, mark in enumerate(content.marks):
        old = before.get((mark.start, mark.end))
        if old and not (old.decision == STAYS and final_code(content.original, mark, about)):
            chosen[number] = Choice(old.decision, old.placeholder)
    return _after(content, chosen)


def with_verdicts(
    items: Sequence[Item], verdicts: Sequence[Verdict], about: Acquaintance, words: Sequence[str] = ()
) -> list[Item]:
    """The items that change, in the order of the pack. What goes everywhere goes also where nothing marked it, and so do `words`.
    Raises what `choices` does, and NotFound for a word that stands nowhere."""
    index = Index(items)
    chosen, gone = choices(index, {item.id: item for item in items}, verdicts, about)
    going = Going({word: index.placeholder(word) for word in gone})
    also = {same_word(word): index.placeholder(same_word(word)) for word in words}
    written, stood = Spotter(words), set[str]()
    found = []
    for item in (item for item in items if not item.released):
        content = going.taken_out(_after(item.content, chosen.get(item.id, {})))
        if also:
            content, here = _written_without(*_standing_without(content, written, also), written, also)
            stood |= here
        if content is not item.content:
            found.append(replace(item, content=content))
    if not stood.issuperset(also):
        raise NotFound.because(
            "woord_onbekend", "Dit woord staat nergens in wat beoordelaars gaan lezen.", mend="Schrijf het zoals het er staat.",
            field="woorden",
        )  # fmt: skip
    return found


def _standing_without(content: Content, words: Spotter, named: Mapping[str, str]) -> tuple[Content, set[str]]:
    """The content without words that stand in it, marked or not, and those that did."""
    marked = _pointing_out(content, words)
    there = {number: _word_at(marked, number) for number, mark in enumerate(marked.marks) if mark.stands}
    chosen = {number: Choice(GONE, named[word]) for number, word in there.items() if word in named}
    return _after(marked, chosen) if chosen else content, {there[number] for number in chosen}


def _written_without(
    content: Content, stood: set[str], words: Spotter, named: Mapping[str, str]
) -> tuple[Content, set[str]]:
    """The same for what somebody wrote by hand, where no mark can be."""
    pieces, last = [], 0
    for mark in (mark for mark in content.marks if mark.kind == BY_HAND):
        written = content.redacted[mark.redacted_start : mark.redacted_end]
        for first, end, _ in words.spots(written):
            word, place = same_word(written[first:end]), mark.redacted_start + first
            if word in named:
                pieces += [content.redacted[last:place], named[word]]
                last, stood = mark.redacted_start + end, stood | {word}
    after = "".join((*pieces, content.redacted[last:]))
    if after == content.redacted:
        return content, stood
    marks = remark(content.original, content.redacted, after, content.marks)
    return msgspec.structs.replace(content, redacted=after, marks=marks), stood


def named_by_hand(items: Iterable[Item]) -> dict[str, str]:
    """The words that the machine missed and a person took out, with what came in their place."""
    return {
        word_of(item, mark): mark.placeholder
        for item in items
        for mark in item.content.marks
        if mark.kind == POINTED_OUT and mark.decision == GONE
    }


class Going:
    """Words that go, with what comes in their place. Made once for all texts that they go from."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._named, self._words = named, Spotter(named)

    def taken_out(self, content: Content) -> Content:
        """The content without the words where no mark is on them yet; what was decided of its marks stays."""
        if not self._named:
            return content
        marked = _pointing_out(content, self._words)
        open_ones = [n for n, mark in enumerate(marked.marks) if mark.kind == POINTED_OUT and not mark.decision]
        chosen = {n: Choice(GONE, self._named[word]) for n in open_ones if (word := _word_at(marked, n)) in self._named}
        return _after(marked, chosen) if chosen else content


def _pointing_out(content: Content, words: Spotter) -> Content:
    marks = pointed_out(content.original, content.redacted, content.marks, words)
    return msgspec.structs.replace(content, marks=marks)


def open_marks(items: Iterable[Item]) -> int:
    """How many marks are still to be decided before release."""
    going = [item for item in items if not item.released and item.state != "weggelaten"]
    return sum(mark.is_open for item in going for mark in item.content.marks)


def is_called(mark: Mark) -> bool:
    """Whether a person or an institution is called by a placeholder here; what stays may still have one, of before."""
    return mark.kind in NAMED and bool(mark.placeholder) and not mark.stands


def legend(items: Iterable[Item]) -> list[tuple[str, list[str]]]:
    """(placeholder, the words in whose place it came) of persons and institutions, in the order of the texts. It stands nowhere but in
    the marks, which are sealed with the case's key."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        for mark in item.content.marks:
            if is_called(mark):
                word = " ".join(item.content.original[mark.start : mark.end].split())
                found.setdefault(mark.placeholder, {}).setdefault(same_word(word), word)
    return [(placeholder, list(words.values())) for placeholder, words in found.items()]


def _after(content: Content, chosen: Mapping[int, Choice]) -> Content:
    if not chosen:
        return content
    text, marks = decided(content.original, content.redacted, content.marks, chosen)
    return msgspec.structs.replace(content, redacted=text, marks=marks)


def _word_at(content: Content, number: int) -> str:
    mark = content.marks[number]
    return same_word(content.original[mark.start : mark.end])
