"""The public shapes of the books. Amounts are whole numbers in the book's unit; money in eurocents."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import Moment, Name
from maatwerk.rules.budgeting import MOST_CASES, MOST_EACH


class CeilingChange(Input):
    """A book's ceiling in its unit; money in eurocents."""

    ceiling: Annotated[int, Meta(ge=0, le=10**12)]


class EstimateView(View):
    """What was expected beforehand: so many pupils for an average amount each."""

    pupils: int
    average: int
    total_amount: int


class EstimateCorrection(Input):
    """Another estimate of a book, and why: it is kept beside what stood there."""

    pupils: Annotated[int, Meta(ge=1, le=MOST_CASES)]
    average: Annotated[int, Meta(ge=1, le=MOST_EACH)]
    reason: Name


class EstimateVersionView(View):
    """An estimate in the history of a book; the first is the scheme's and has no reason."""

    pupils: int
    average: int
    total_amount: int
    reason: str | UnsetType = UNSET
    by: str | UnsetType = UNSET
    recorded_at: Moment | UnsetType = UNSET


class ActualView(View):
    """What came of an estimate: pupils for whom something is committed, and what that is on average. `uncounted` is committed in
    cases of which nobody knows the number."""

    pupils: int
    average: int | UnsetType = UNSET
    uncounted: int | UnsetType = UNSET


class BookView(View):
    """A book, or one part of it, in one period; amounts in `unit`. Without an estimate there is nothing to lay what came of it beside."""

    id: UUID
    scheme_code: str
    book: str
    period: str
    title: str
    unit: str
    reserved: int
    committed: int
    paid: int
    part: str | UnsetType = UNSET
    ceiling: int | UnsetType = UNSET
    free: int | UnsetType = UNSET
    estimate: EstimateView | UnsetType = UNSET
    actual: ActualView | UnsetType = UNSET


class EntryView(View):
    """An entry: it names a case by its number, never a child. `pupils` is by how many it changed the number of the book."""

    id: UUID
    kind: str
    amount: int
    over: int
    on: date
    recorded_at: Moment
    number: str | UnsetType = UNSET
    pupils: int | UnsetType = UNSET
