"""What a person decided of the marks of a pack: kept when it is made again, applied to one word or to every equal one. Pure; it
works on the content of any item that has marks, whatever its kind."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.blocks import reasons
from maatwerk.anonymisation.checking import final_code
from maatwerk.anonymisation.items import Content, Item
from maatwerk.anonymisation.marks import (
    BY_HAND,
    DOUBT,
    GONE,
    POINTED_OUT,
    STAYS,
    Mark,
    decided,
    pointed_out,
    same_word,
    standing,
)
from maatwerk.anonymisation.rewriting import remark
from maatwerk.rules.refusals import Invalid, NotFound, Refused

NAMED = ("persoon", "instelling", DOUBT, POINTED_OUT)
_BY_DECISION = re.compile(r"\[naam (\d{1,6})\]")


@dataclass(frozen=True)
class Verdict:
    """What somebody decides of the mark with this number in an item; `everywhere`: also of every equal word of the pack."""

    item_id: UUID
    number: int
    decision: Literal["weg", "blijft"]
    everywhere: bool = False


def held(content: Content, earlier: Content, about: Acquaintance) -> Content:
    """The content with what was decided of the same marks in the same text. A word that has become the name of a known person
    does not stay because it once might."""
    if content.original != earlier.original:
        return content
    before = {(mark.start, mark.end): mark for mark in earlier.marks if mark.decision}
    for word in {earlier.original[mark.start : mark.end] for mark in before.values() if mark.kind == POINTED_OUT}:
        content = _pointing_out(content, word)
    for number, mark in enumerate(content.marks):
        old = before.get((mark.start, mark.end))
        if old and not (old.decision == STAYS and final_code(content.original, mark, about)):
            content = _after(content, [number], old.decision, old.placeholder)
    return content


def with_verdicts(
    items: Sequence[Item], verdicts: Iterable[Verdict], about: Acquaintance, words: Iterable[str] = ()
) -> list[Item]:
    """The items that change, in order. What goes everywhere goes also where nothing marked it, and so do `words`. Raises NotFound for a
    mark that there is not, Invalid for one that is nobody's to decide, Refused for a word that may never stay."""
    now = {item.id: item for item in items}
    touched: dict[UUID, None] = {}
    last: dict[str, str] = {}
    for verdict in verdicts:
        mark, word = _marked(now, verdict)
        if verdict.everywhere:
            last[word] = verdict.decision
        placeholder = mark.placeholder or _placeholder(now.values(), word)
        for item in list(now.values()):
            alike = item.id == verdict.item_id or verdict.everywhere
            chosen = _chosen(item, verdict, word) if alike and not item.released else []
            if chosen:
                _refuse_final(item, chosen, verdict, about)
                content = _after(item.content, chosen, verdict.decision, placeholder)
                now[item.id] = replace(item, content=content)
                touched[item.id] = None
    for word in (word for word, decision in last.items() if decision == GONE):
        changed = _also_unmarked(now, word)
        now |= changed
        touched |= dict.fromkeys(changed)
    for word in words:
        changed = _without(now, " ".join(word.split()))
        now |= changed
        touched |= dict.fromkeys(changed)
    return [now[item_id] for item_id in touched]


def _without(items: Mapping[UUID, Item], word: str) -> dict[UUID, Item]:
    """The items in which a word stood, without it. Raises NotFound when it stands in none."""
    placeholder, found = _placeholder(items.values(), same_word(word)), {}
    for item in items.values():
        marked = _pointing_out(item.content, word) if word and not item.released else item.content
        there = [n for n, mark in enumerate(marked.marks) if mark.stands]
        chosen = [n for n in there if _word_at(marked, n) == same_word(word) and not item.released]
        content = _after(marked, chosen, GONE, placeholder) if chosen else item.content
        if word and not item.released:
            content = _written_without(content, word, placeholder)
        if content is not item.content:
            found[item.id] = replace(item, content=content)
    if not found:
        raise NotFound.because(
            "woord_onbekend", "Dit woord staat nergens in wat beoordelaars gaan lezen.", mend="Schrijf het zoals het er staat.",
            field="woorden",
        )  # fmt: skip
    return found


def _written_without(content: Content, word: str, placeholder: str) -> Content:
    """The content without a word in what somebody wrote by hand, where no mark can be."""
    pieces, last = [], 0
    for mark in (mark for mark in content.marks if mark.kind == BY_HAND):
        written = content.redacted[mark.redacted_start : mark.redacted_end]
        pieces += [content.redacted[last : mark.redacted_start], standing(word).sub(placeholder, written)]
        last = mark.redacted_end
    after = "".join((*pieces, content.redacted[last:]))
    if after == content.redacted:
        return content
    marks = remark(content.original, content.redacted, after, content.marks)
    return msgspec.structs.replace(content, redacted=after, marks=marks)


def _also_unmarked(items: Mapping[UUID, Item], word: str) -> dict[UUID, Item]:
    """The items in which a word that goes everywhere stood unmarked too, without it there; what was decided of its marks stays."""
    placeholder = _placeholder(items.values(), word)
    going = [item for item in items.values() if not item.released]
    after = {item.id: (item, without(item.content, {word: placeholder})) for item in going}
    return {
        item_id: replace(item, content=content)
        for item_id, (item, content) in after.items()
        if content is not item.content
    }


def named_by_hand(items: Iterable[Item]) -> dict[str, str]:
    """The words that the machine missed and a person took out, with what came in their place."""
    return {
        _word(item, mark): mark.placeholder
        for item in items
        for mark in item.content.marks
        if mark.kind == POINTED_OUT and mark.decision == GONE
    }


def without(content: Content, named: Mapping[str, str]) -> Content:
    """The content without these words where no mark is on them yet."""
    for word, placeholder in named.items():
        marked = _pointing_out(content, word)
        open_ones = [n for n, mark in enumerate(marked.marks) if mark.kind == POINTED_OUT and not mark.decision]
        new = [number for number in open_ones if _word_at(marked, number) == word]
        content = _after(marked, new, GONE, placeholder) if new else content
    return content


def _pointing_out(content: Content, word: str) -> Content:
    marks = pointed_out(content.original, content.redacted, content.marks, word)
    return msgspec.structs.replace(content, marks=marks)


def open_marks(items: Iterable[Item]) -> int:
    """How many marks are still to be decided before release."""
    going = [item for item in items if not item.released and item.state != "weggelaten"]
    return sum(mark.is_open for item in going for mark in item.content.marks)


def legend(items: Iterable[Item]) -> list[tuple[str, list[str]]]:
    """(placeholder, the words in whose place it came) of persons and institutions, in the order of the texts. It stands nowhere but in
    the marks, which are sealed with the case's key."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        for mark in item.content.marks:
            if mark.kind in NAMED and mark.placeholder:
                word = " ".join(item.content.original[mark.start : mark.end].split())
                found.setdefault(mark.placeholder, {}).setdefault(word.casefold(), word)
    return [(placeholder, list(words.values())) for placeholder, words in found.items()]


def _after(content: Content, chosen: Sequence[int], decision: str, placeholder: str) -> Content:
    text, marks = decided(content.original, content.redacted, content.marks, chosen, decision, placeholder)  # type: ignore[arg-type]
    return msgspec.structs.replace(content, redacted=text, marks=marks)


def _marked(items: Mapping[UUID, Item], verdict: Verdict) -> tuple[Mark, str]:
    item = items.get(verdict.item_id)
    if item is None or item.released or not 0 <= verdict.number < len(item.content.marks):
        raise NotFound.because("markering_onbekend", "Deze markering staat niet (meer) in het pakket.")
    mark = item.content.marks[verdict.number]
    if mark.kind == BY_HAND:
        raise Invalid.because(
            "met_de_hand", "Dit is met de hand geschreven; daar valt niets te beslissen.", mend="Wijzig de tekst zelf.",
            field="beslissingen",
        )  # fmt: skip
    return mark, _word(item, mark)


def _chosen(item: Item, verdict: Verdict, word: str) -> list[int]:
    """The numbers of the marks in an item that a verdict is about."""
    marks = item.content.marks
    if not verdict.everywhere:
        return [verdict.number]
    return [number for number, mark in enumerate(marks) if mark.kind != BY_HAND and _word(item, mark) == word]


def _word(item: Item, mark: Mark) -> str:
    return same_word(item.content.original[mark.start : mark.end])


def _word_at(content: Content, number: int) -> str:
    mark = content.marks[number]
    return same_word(content.original[mark.start : mark.end])


def _refuse_final(item: Item, chosen: Sequence[int], verdict: Verdict, about: Acquaintance) -> None:
    if verdict.decision == GONE:
        return
    for number in chosen:
        code = final_code(item.content.original, item.content.marks[number], about)
        if code:
            raise Refused(tuple(reasons([code], item.kind, item.path)))


def _placeholder(items: Iterable[Item], word: str) -> str:
    """What an equal word already became, else the next name without a number of the engine's."""
    last = 0
    for item in items:
        for mark in item.content.marks:
            if mark.placeholder and _word(item, mark) == word:
                return mark.placeholder
            found = _BY_DECISION.fullmatch(mark.placeholder)
            last = max(last, int(found[1]) if found else 0)
    return f"[naam {last + 1}]"
