"""The public shapes of cases. Answers are an object by field id; which fields there are says the scheme."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.cases.cooperation_schemas import FollowUpView, NeedsView, RungView
from maatwerk.glossary import Input, View
from maatwerk.http.fields import WRITTEN, Moment, Text, whole

Identifier = Annotated[str, Meta(min_length=1, max_length=60, pattern=whole("[a-z][a-z0-9_]*"))]
Answers = dict[str, Any]


class NotBsnInput(Input):
    """A number that looks like a BSN and is none, with the reason."""

    digits: Annotated[str, Meta(min_length=8, max_length=30, pattern=whole("[0-9 .-]+"))]
    reason: Annotated[str, Meta(min_length=5, max_length=500, pattern=WRITTEN)]


NotBsns = Annotated[list[NotBsnInput], Meta(max_length=50)]


class NewCase(Input):
    """A draft under a scheme, with the answers so far. Who acts for no school says which one it is about."""

    scheme_version_id: UUID
    answers: Answers = {}
    not_bsn: NotBsns = []
    organisation_id: UUID | UnsetType = UNSET


class CaseChange(Input):
    """Answers that are added, changed, or (null) removed."""

    answers: Answers = {}
    not_bsn: NotBsns = []


class NewAct(Input):
    """An act of the scheme with its fields."""

    act: Identifier
    fields: Answers = {}
    on: date | UnsetType = UNSET
    not_bsn: NotBsns = []


class NewLink(Input):
    """Another case of the same pupil."""

    case_id: UUID


class NewAdvice(Input):
    """A question without a pupil."""

    scheme_version_id: UUID
    question: Text


class AdviceAnswer(Input):
    answer: Text


class GroundView(View):
    """Why something can't be done, and what helps."""

    code: str
    message: str
    mend: str
    place: str


class CaseRow(View):
    """A case in a list. Its school and sector are told to whom the scheme opens the school."""

    id: UUID
    title: str
    phase: str
    opened_at: Moment
    sector: str
    organisation_id: UUID | UnsetType = UNSET
    number: str | UnsetType = UNSET
    filed_on: date | UnsetType = UNSET
    closed: str | UnsetType = UNSET


class NotBsnView(View):
    """A number that looks like a BSN and is none; `places` are the fields in which it stands."""

    digits: str
    reason: str
    places: list[str]


class CaseView(CaseRow, kw_only=True):
    """A case with its answers."""

    scheme_version_id: UUID
    seq: int
    answers: Answers
    not_bsn: list[NotBsnView]
    missing: list[GroundView]


class WorkView(View):
    """A case that waits for you, and what you can do."""

    id: UUID
    title: str
    phase: str
    role: str
    since: Moment
    acts: list[str]
    number: str | UnsetType = UNSET
    due: date | UnsetType = UNSET


class IdentificationView(View):
    """How and when somebody without an account was identified."""

    way: str
    digid: bool
    identified_at: Moment
    message: str
    role: str


class MandateView(View):
    """The line of the mandate register under which an act was done."""

    id: str
    title: str
    giver: str
    source: str


class ActView(View):
    """An act as it was recorded, with what followed; `seq` is absent as long as the reader may not know of every act before it, and
    `identification` when a member did it, whose account says who he is."""

    act: str
    title: str
    on: date
    recorded_at: Moment
    role: str
    outcomes: list[str]
    fields: Answers
    not_bsn: list[NotBsnView]
    seq: int | UnsetType = UNSET
    seat: str | UnsetType = UNSET
    number: str | UnsetType = UNSET
    identification: IdentificationView | UnsetType = UNSET
    mandate: MandateView | UnsetType = UNSET


class OfferView(View):
    """An act that is open now."""

    act: str
    title: str
    step: str
    roles: list[str]
    seats: list[str]
    blocks: list[GroundView]


class GateState(View):
    """A rule with its answer now; `holds` is absent when it can't be judged yet."""

    id: str
    message: str
    mend: str
    redirect: str
    values: dict[str, Any]
    holds: bool | UnsetType = UNSET


class DerivationView(View):
    """One step of why a date is what it is."""

    code: str
    on: date
    text: str


class ClockView(View):
    """A term: its last day and why. `passed_told_on`: the day for which it was told to have passed; that stays, also when an act that
    was dated back brought it to its end in time after all."""

    id: str
    title: str
    kind: str
    started_on: date
    due: date
    state: str
    derivation: list[DerivationView]
    passed_told_on: date | UnsetType = UNSET


class UndatedView(View):
    """A term that waits for a meeting of which no date is known yet, and why."""

    id: str
    title: str
    started_on: date
    derivation: list[DerivationView]


class ChairView(View):
    """A seat in this case, and why it is filled as it is; the school is told neither."""

    seat: str
    title: str
    why: str
    voted: bool
    filled: bool | UnsetType = UNSET


class StepView(View):
    """A step and how it stands."""

    step: str
    title: str
    state: str
    outcome: str
    why: str
    chairs: list[ChairView]


class CutView(View):
    """By how much a limit of the scheme lowers an amount, and why."""

    amount: int
    message: str
    source: str


class AppliedRateView(View):
    """A tariff as it applies: the row that did, on which day, and its amount in eurocents."""

    id: str
    title: str
    row: str
    on: date
    amount: int
    source: str


class FundingLineView(View):
    """A line of what is asked, from 1: what of it can be granted. Amounts with VAT, in eurocents."""

    line: int
    asked: int
    vat: int
    grantable: int
    cuts: list[CutView]
    rates: list[AppliedRateView]


class FundingView(View):
    """Which part of what is asked can be granted; without `grantable` that can't be told yet."""

    id: str
    title: str
    lines: list[FundingLineView]
    asked: int
    eligible: int
    own_contribution: int
    cofunded: int
    refused: int
    cuts: list[CutView]
    rates: list[AppliedRateView]
    grantable: int | UnsetType = UNSET


class StandingView(View):
    """Where a case stands, what can be done now and by whom, and every date with its why."""

    phase: str
    closed: str
    seq: int
    steps: list[StepView]
    offers: list[OfferView]
    gates: list[GateState]
    clocks: list[ClockView]
    consents: dict[str, str]
    fundings: list[FundingView]
    undated: list[UndatedView]
    ladders: list[RungView]
    needs: list[NeedsView]
    follow_ups: list[FollowUpView]
    identifications: list[IdentificationView]


class FileView(View):
    """An attachment or letter of a case."""

    id: UUID
    field: str
    kind: str
    name: str
    media_type: str
    size: int
    state: str
    blocks: list[str]
    created_at: Moment


class LikelyView(View):
    """A case that may be of the same pupil; a person decides."""

    case_id: UUID
    number: str
    organisation_id: UUID


class AdviceView(View):
    """A question to the ondersteuner and its answer."""

    id: UUID
    scheme_version_id: UUID
    organisation_id: UUID
    question: str
    created_at: Moment
    answer: str | UnsetType = UNSET
    answered_at: Moment | UnsetType = UNSET
    case_id: UUID | UnsetType = UNSET
