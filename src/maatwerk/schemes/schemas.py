"""The public shapes of schemes and their versions. Days are Dutch calendar days; a scheme itself travels as its TOML text."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.cases.schemas import Identifier, NotBsns
from maatwerk.glossary import Input, View
from maatwerk.http.fields import PRINTABLE, Code, Moment

State = Literal["concept", "voorgesteld", "gepubliceerd", "ingetrokken"]


class SchemeView(View):
    """A version of a scheme. Who proposed, published or withdrew it stands there for who may try schemes."""

    id: UUID
    scheme_code: Code
    scheme_version: str
    title: str
    former_titles: list[str]
    region: str
    valid_from: date
    in_force: bool
    state: State
    valid_until: date | UnsetType = UNSET
    proposed_at: Moment | UnsetType = UNSET
    proposed_by: UUID | UnsetType = UNSET
    published_at: Moment | UnsetType = UNSET
    published_by: UUID | UnsetType = UNSET
    withdrawn_at: Moment | UnsetType = UNSET
    withdrawn_by: UUID | UnsetType = UNSET


class SchemeDetail(SchemeView, kw_only=True):
    """A scheme with its form, words, steps and terms, under the keys of its file."""

    definition: dict[str, Any]


class SchemeWarning(View):
    """Something at a place of a scheme file that does not keep it from being used."""

    line_number: int
    key: str
    message: str
    mend: str


class SchemeDraft(SchemeView, kw_only=True):
    """A concept as it was written, with what its author should know."""

    warnings: list[SchemeWarning]


class Publication(Input):
    """From which day new cases begin under the version; today or later."""

    valid_from: date


class SentenceView(View):
    """A rule that differs between two versions, at its key in the file."""

    group: str
    key: str
    text: str


class DryRunRequest(Input):
    """The cases filed on these days."""

    from_day: date
    to_day: date


class DryRunGroup(View):
    """Cases that would change alike."""

    text: str
    count: int


class DryRunView(View):
    """How far a dry run is, and what it found so far."""

    id: UUID
    scheme_version_id: UUID
    state: Literal["wacht", "bezig", "klaar", "vervallen"]
    from_day: date
    to_day: date
    total: int
    tried: int
    unchanged: int
    changed: int
    erased: int
    groups: list[DryRunGroup]
    created_at: Moment
    done_at: Moment | UnsetType = UNSET


class DryRunChangeView(View):
    """The first act of a case that would go otherwise; the case by its number alone."""

    number: str
    seq: int
    act: str
    title: str
    was: str
    becomes: str
    why_refused: list[str]


Amount = Annotated[int, Meta(ge=0, le=10**12)]


class BudgetRequest(Input):
    """A book with the cases to come: so many of an average, these amounts, those that were granted last year, or else the estimate."""

    book: Identifier
    count: Annotated[int, Meta(ge=1, le=10_000)] | UnsetType = UNSET
    average: Amount | UnsetType = UNSET
    amounts: Annotated[list[Amount], Meta(max_length=10_000)] | UnsetType = UNSET
    last_year: bool = False
    ceiling: Amount | UnsetType = UNSET
    group_maximum: Amount | UnsetType = UNSET
    on: date | UnsetType = UNSET


class ReachedView(View):
    """At which case a share of the ceiling, in percents, is used, and when at last year's pace."""

    share: int
    case: int
    on: date | UnsetType = UNSET


class BudgetView(View):
    """What a book can bear; amounts in its unit."""

    book: str
    title: str
    unit: str
    ceiling: int
    count: int
    total_amount: int
    average: int
    fitting: int
    left: int
    reached: list[ReachedView]
    group_share: int | UnsetType = UNSET
    fitting_groups: int | UnsetType = UNSET


Free = dict[str, Any]
Word = Annotated[str, Meta(max_length=100, pattern=PRINTABLE)]


class TrialAct(Input):
    """An act to try, by the first role that may unless another is named."""

    act: Identifier
    on: date
    role: Word = ""
    chair: Word = ""
    person: Word = ""
    fields: Free = {}
    facts: Free = {}


class TrialRequest(Input):
    """Answers, acts and the outside. `on` is the day one looks, without it today."""

    answers: Free = {}
    on: date | UnsetType = UNSET
    attachments: Free = {}
    acts: Annotated[list[TrialAct], Meta(max_length=100)] = []
    facts: Free = {}
    chairs: Free = {}
    room: Free = {}
    earlier: Annotated[list[Free], Meta(max_length=50)] = []
    not_bsn: NotBsns = []


class TrialView(View):
    """Where a case would stand, and why: what `maatwerk scheme try --json` tells, documented in tenants/README.md."""

    scheme: Free
    on: str
    in_force: bool
    answers: Free
    phase: str
    closing: str
    acts: list[Free]
    later: int
    wrong: list[Free]
    missing: list[Free]
    gates: list[Free]
    amounts: list[Free]
    books: Free
    units: Free
    steps: Free
    chairs: list[Free]
    clocks: list[Free]
    not_begun: list[Free]
    open_acts: list[Free]
    disclosure: list[Free]
    consents: list[Free]
    next_moment: str | None
    product: Free | None
    computed: list[Free]
    not_given: list[Free]
    rates: list[Free]
    fundings: list[Free]
    earlier: list[Free]
    book_parts: list[Free]
    matrices: list[Free]
    ladders: list[Free]
    undated: list[Free]
