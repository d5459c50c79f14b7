"""The public shapes of the books. Amounts are whole numbers in the book's unit; money in eurocents."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import Moment


class CeilingChange(Input):
    """A book's ceiling in its unit; money in eurocents."""

    ceiling: Annotated[int, Meta(ge=0, le=10**12)]


class BookView(View):
    """A book, or one part of it, in one period; amounts in `unit`."""

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


class EntryView(View):
    """An entry: it names a case by its number, never a child."""

    id: UUID
    kind: str
    amount: int
    over: int
    on: date
    recorded_at: Moment
    number: str | UnsetType = UNSET
