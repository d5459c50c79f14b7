"""Cases under the headings of an outline: which of them a choice leaves, what they add up to, and where nothing hangs.

What nobody knows is never counted as nothing: a sum says of how many cases the amount is unknown.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maatwerk.rules.money import euro
from maatwerk.rules.outline import HeadingDef, OutlineDef
from maatwerk.rules.scheme import Scheme

YES, NO = "ja", "nee"
_PART = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Entry:
    """A case in the outline, as somebody may know it. `traits` are the answers by question, as text; `due` is the first last day of a
    term that still counts."""

    case_id: UUID
    phase: str
    closed: str
    traits: Mapping[str, Sequence[str]]
    due: date | None = None
    overdue: bool = False

    def one(self, name: str) -> str:
        """The answer to a question that has one; "" without."""
        return next(iter(self.traits.get(name, ())), "")


@dataclass(frozen=True)
class Waiting:
    """What a case waits for: the number, its name ("" when there is no such case), and whether it is done."""

    number: str
    name: str
    done: bool


@dataclass(frozen=True)
class Sum:
    """What cases cost together: at least `minimum` eurocents, and of `unknown` of them nobody knows; of `uncovered` neither who
    pays."""

    count: int = 0
    minimum: int = 0
    unknown: int = 0
    uncovered: int = 0

    @property
    def words(self) -> str:
        """`minstens € 1.200,00, 3 onbekend`, the amount when all is known, or no amount when nothing is."""
        if not self.unknown:
            return euro(self.minimum)
        if not self.minimum:
            return f"{self.unknown} onbekend"
        return f"minstens {euro(self.minimum)}, {self.unknown} onbekend"


@dataclass(frozen=True)
class Branch:
    """A heading with the cases that hang under it and were chosen. `gap` is what there is to read when no case hangs there at all."""

    heading: HeadingDef
    level: int
    entries: tuple[Entry, ...]
    total: Sum
    gap: str


@dataclass(frozen=True)
class Tree:
    """`branches` are all headings in the order of the outline; `astray` are chosen cases under none of them."""

    branches: tuple[Branch, ...]
    entries: tuple[Entry, ...]
    astray: tuple[Entry, ...]
    total: Sum


def grow(outline: OutlineDef, entries: Sequence[Entry], chosen: Collection[UUID], hung: Collection[str]) -> Tree:
    """The tree of the entries that were chosen; `hung` are the codes of headings under which any case hangs, whoever sees it."""
    left = sorted(
        (each for each in entries if each.case_id in chosen), key=lambda each: _order(each.one(outline.number))
    )
    codes = {heading.code for heading in outline.headings}
    branches = tuple(_branch(outline, heading, left, hung) for heading in outline.headings)
    astray = tuple(each for each in left if codes.isdisjoint(each.traits.get(outline.field, ())))
    return Tree(branches, tuple(left), astray, total(outline, left))


def choose(entries: Iterable[Entry], wanted: Mapping[str, Collection[str]], *, only_overdue: bool = False) -> set[UUID]:
    """The ids of the entries that have one of the wanted answers to every question that is asked of them."""
    return {
        each.case_id
        for each in entries
        if (each.overdue or not only_overdue)
        and all(not values or set(values) & {*each.traits.get(name, ())} for name, values in wanted.items())
    }


def amount(outline: OutlineDef, entry: Entry) -> int | None:
    """What a case costs in eurocents; None when nobody knows, also where an amount was filled in while its cover is unknown."""
    said = entry.one(outline.amount)
    return int(said) if said and not uncovered(outline, entry) else None


def uncovered(outline: OutlineDef, entry: Entry) -> bool:
    """Whether nobody knows who pays."""
    return bool(outline.cover) and entry.one(outline.cover) in ("", *outline.unknown)


def total(outline: OutlineDef, entries: Iterable[Entry]) -> Sum:
    """What these cases cost together, each counted once."""
    found = {each.case_id: each for each in entries}.values()
    amounts = [amount(outline, each) for each in found]
    known = [each for each in amounts if each is not None]
    return Sum(len(found), sum(known), len(amounts) - len(known), sum(uncovered(outline, each) for each in found))


def waits_for(outline: OutlineDef, entry: Entry, by_number: Mapping[str, Entry]) -> tuple[Waiting, ...]:
    """The cases that must be done before this one."""
    found = []
    for number in numbers_in(entry.one(outline.waits)):
        other = by_number.get(number)
        found.append(
            Waiting(
                number, other.one(outline.name) if other else "", other is not None and other.closed in outline.done
            )
        )
    return tuple(found)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of cases in an answer, which commas part."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def as_traits(value: object) -> tuple[str, ...]:
    """An answer as the texts by which it is shown and chosen."""
    if isinstance(value, bool):
        return (YES if value else NO,)
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return () if value is None or value == "" else (str(value),)


def options(scheme: Scheme, name: str) -> dict[str, str]:
    """What can be chosen of a filter: the answer and how it is called."""
    field = scheme.form[name]
    is_yes_no = "ja_nee" in (field.kind, field.outcome_kind if field.kind == "berekend" else "")
    return {YES: YES, NO: NO} if is_yes_no else dict(field.choices)


def _branch(outline: OutlineDef, heading: HeadingDef, left: Sequence[Entry], hung: Collection[str]) -> Branch:
    below = _below(outline, heading)
    own = tuple(each for each in left if heading.code in each.traits.get(outline.field, ()))
    every = [each for each in left if below & {*each.traits.get(outline.field, ())}]
    gap = "" if below & {*hung} else heading.without or f"nog geen {outline.case.lower()}"
    return Branch(heading, outline.level_of(heading), own, total(outline, every), gap)


def _below(outline: OutlineDef, heading: HeadingDef) -> set[str]:
    """The codes of a heading and of all that hang under it. Headings stand after the one that they hang under."""
    found = {heading.code}
    for each in outline.headings:
        if each.under in found:
            found.add(each.code)
    return found


def _order(number: str) -> tuple[tuple[int, int, str], ...]:
    """1.10 comes after 1.9."""
    return tuple((0, int(part), "") if _PART.fullmatch(part) else (1, 0, part) for part in number.split("."))
