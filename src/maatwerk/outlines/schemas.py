"""The public shapes of outlines. Amounts in eurocents; an amount that is not there is unknown, which is no zero."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import UNSET, UnsetType

from maatwerk.glossary import View

Fate = Literal["nieuw", "gewijzigd", "ongewijzigd"]


class OutlineSumView(View):
    """What cases cost together: at least so much, and of how many nobody knows; `text` says it in words."""

    count: int
    at_least: int
    amount_unknown: int
    cover_unknown: int
    text: str


class HeadingView(View):
    """A heading; `gap` is what there is to read when no case hangs there, and `see` where to look instead."""

    code: str
    title: str
    level: int
    cost: OutlineSumView
    see: list[str]
    outline_number: str | UnsetType = UNSET
    under: str | UnsetType = UNSET
    gap: str | UnsetType = UNSET


class TraitView(View):
    """An answer that the outline shows."""

    field: str
    title: str
    values: list[str]
    text: str


class WaitingView(View):
    """A case that must be done first; without a name there is no case with this number."""

    outline_number: str
    done: bool
    name: str | UnsetType = UNSET


class OutlineEntryView(View):
    """A case in the outline."""

    case_id: UUID
    outline_number: str
    name: str
    hangs_under: list[str]
    phase: str
    closed: str
    overdue: bool
    cover_unknown: bool
    traits: list[TraitView]
    waits_for: list[WaitingView]
    due: date | UnsetType = UNSET
    amount: int | UnsetType = UNSET


class FilterOptionView(View):
    """An answer to choose by, and how many of all cases gave it."""

    value: str
    title: str
    count: int
    chosen: bool


class FilterView(View):
    """A question to choose by."""

    field: str
    title: str
    options: list[FilterOptionView]


class OutlineView(View):
    """The outline of a scheme, with the cases that were chosen of it."""

    scheme_version_id: UUID
    title: str
    scheme_version: str
    level_names: list[str]
    case_word: str
    filters: list[FilterView]
    headings: list[HeadingView]
    entries: list[OutlineEntryView]
    cost: OutlineSumView


class DifferenceView(View):
    """An answer that a row gives otherwise than the last time, in words."""

    field: str
    title: str
    was: str
    becomes: str


class ImportRowView(View):
    """A row of a file and what becomes of it."""

    line_number: int
    outline_number: str
    name: str
    fate: Fate
    differences: list[DifferenceView]


class GoneView(View):
    """A case of an earlier file that this file doesn't have; it stays as it is."""

    case_id: UUID
    outline_number: str
    name: str


class ImportView(View):
    """What a file does to the cases of a scheme."""

    added: int
    changed: int
    unchanged: int
    rows: list[ImportRowView]
    gone: list[GoneView]
