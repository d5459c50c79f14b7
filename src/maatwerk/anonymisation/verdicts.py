"""Of which marks a row of verdicts speaks, and what becomes of each. The marks of a pack are read once, however many verdicts there
are. Of two verdicts on one mark the last holds, but what may never stay is refused in any."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.blocks import reasons
from maatwerk.anonymisation.checking import final_code
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.marks import BY_HAND, STAYS, Choice, Mark
from maatwerk.anonymisation.spotting import same_word
from maatwerk.rules.refusals import Invalid, NotFound, Refused

_BY_DECISION = re.compile(r"\[naam (\d{1,6})\]")
Place = tuple[Item, int]


@dataclass(frozen=True)
class Verdict:
    """What somebody decides of the mark with this number in an item; `everywhere`: also of every equal word of the pack."""

    item_id: UUID
    number: int
    decision: Literal["weg", "blijft"]
    everywhere: bool = False


class Index:
    """The marks of a pack by their word. What an equal word already became is what it becomes again."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._places: dict[str, list[Place]] = {}
        self._became: dict[str, str] = {}
        self._last = 0
        for item in items:
            for number, mark in enumerate(item.content.marks):
                word = word_of(item, mark)
                if mark.kind != BY_HAND and not item.released:
                    self._places.setdefault(word, []).append((item, number))
                if mark.placeholder:
                    self._became.setdefault(word, mark.placeholder)
                    found = _BY_DECISION.fullmatch(mark.placeholder)
                    self._last = max(self._last, int(found[1]) if found else 0)

    def places(self, word: str) -> Sequence[Place]:
        """The marks that are still to go out."""
        return self._places.get(word, ())

    def placeholder(self, word: str) -> str:
        """What an equal word became, else the next name without a number of the engine's."""
        if word not in self._became:
            self._last += 1
            self._became[word] = f"[naam {self._last}]"
        return self._became[word]

    def prefer(self, word: str, placeholder: str) -> None:
        """Says by which of its placeholders a word goes everywhere."""
        self._became[word] = placeholder


def choices(
    index: Index, items: Mapping[UUID, Item], verdicts: Sequence[Verdict], about: Acquaintance
) -> tuple[dict[UUID, dict[int, Choice]], list[str]]:
    """(what becomes of the marks of each item, the words of which something is decided everywhere and that go).

    Raises NotFound for a mark that there is not, Invalid for one that is nobody's to decide, Refused for a word that may never stay.
    """
    told: list[tuple[Verdict, Place, str]] = []
    last: dict[str, str] = {}
    stays: set[str] = set()
    for verdict in verdicts:
        place, mark, word = _marked(items, verdict)
        told.append((verdict, place, word))
        if verdict.everywhere:
            last[word] = verdict.decision
            if mark.placeholder:
                index.prefer(word, mark.placeholder)
        if not mark.placeholder and verdict.decision != STAYS:
            index.placeholder(word)
        if verdict.decision == STAYS and word not in stays:
            _refuse_final(index.places(word) if verdict.everywhere else [place], about)
            stays |= {word} if verdict.everywhere else set()
    return _chosen(index, told), [word for word, decision in last.items() if decision != STAYS]


def _chosen(index: Index, told: Sequence[tuple[Verdict, Place, str]]) -> dict[UUID, dict[int, Choice]]:
    """From the last verdict to the first: what was chosen later holds."""
    found: dict[UUID, dict[int, Choice]] = {}
    done: set[str] = set()
    for verdict, place, word in reversed(told):
        if word in done:
            continue
        done |= {word} if verdict.everywhere else set()
        choice = Choice(verdict.decision, "" if verdict.decision == STAYS else index.placeholder(word))
        for item, number in index.places(word) if verdict.everywhere else [place]:
            found.setdefault(item.id, {}).setdefault(number, choice)
    return found


def word_of(item: Item, mark: Mark) -> str:
    """The word under a mark, as it is compared with others."""
    return same_word(item.content.original[mark.start : mark.end])


def _marked(items: Mapping[UUID, Item], verdict: Verdict) -> tuple[Place, Mark, str]:
    item = items.get(verdict.item_id)
    if item is None or item.released or not 0 <= verdict.number < len(item.content.marks):
        raise NotFound.because("markering_onbekend", "Deze markering staat niet (meer) in het pakket.")
    mark = item.content.marks[verdict.number]
    if mark.kind == BY_HAND:
        raise Invalid.because(
            "met_de_hand", "Dit is met de hand geschreven; daar valt niets te beslissen.", mend="Wijzig de tekst zelf.",
            field="beslissingen",
        )  # fmt: skip
    return (item, verdict.number), mark, word_of(item, mark)


def _refuse_final(places: Iterable[Place], about: Acquaintance) -> None:
    for item, number in places:
        code = final_code(item.content.original, item.content.marks[number], about)
        if code:
            raise Refused(tuple(reasons([code], item.kind, item.path)))
