"""The public shapes of reviews. What a reviewer gets is built from released content alone."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import Moment, Name, meaning
from maatwerk.rules.involvement import CLEARED, PARTS, Cleared, Part

PartCode = Annotated[Part, Meta(description=meaning(PARTS))]
ClearedCode = Annotated[Cleared, Meta(description=meaning(CLEARED))]


class ReviewFieldView(View):
    """A field as the scheme opens it."""

    path: str
    title: str
    value: Any


class ReviewTextView(View):
    """A redacted text."""

    path: str
    title: str
    redacted: str


class ReviewTableView(View):
    """A table of the form, its texts redacted; each row by column."""

    path: str
    title: str
    rows: list[dict[str, Any]]


class ReviewAnswerView(View):
    """What the school answered, redacted and released."""

    seq: int
    title: str
    redacted: str


class ReviewAttachmentView(View):
    """An attachment without hidden data, under a generated name. Of one of which the text goes along, in a PDF that is made when it
    is fetched, the size is absent."""

    id: UUID
    name: str
    media_type: str
    size: int | UnsetType = UNSET


class ReviewNoteView(View):
    """What a reviewer did or wrote, for the others of the panel; `vote` is there for a vote."""

    seq: int
    seat: str
    act: str
    title: str
    on: date
    fields: dict[str, Any]
    vote: str | UnsetType = UNSET


class ReviewPackView(View):
    """What a reviewer reads of a case."""

    case_id: UUID
    number: str
    seat: str
    disclosed: list[ReviewFieldView]
    texts: list[ReviewTextView]
    tables: list[ReviewTableView]
    released_answers: list[ReviewAnswerView]
    attachments: list[ReviewAttachmentView]
    notes: list[ReviewNoteView]
    votes: list[ReviewNoteView]


class CandidateView(View):
    """Somebody who could sit; `unfit_because` says why not, and is empty for who can. `set_aside` says why it does not count that
    a school named him."""

    membership_id: UUID
    name: str
    substitute: bool
    absent: bool
    load: int
    fit: bool
    involved: str
    unfit_because: str
    set_aside: str


class PlaceView(View):
    """A chair of the panel, who sits there and why, and who else could."""

    seat: str
    title: str
    why: str
    frozen: bool
    voted: bool
    candidates: list[CandidateView]
    membership_id: UUID | UnsetType = UNSET
    name: str | UnsetType = UNSET


class NewAbsence(Input):
    """Days, both included; without a member it is about oneself."""

    from_day: date
    to_day: date
    membership_id: UUID | UnsetType = UNSET


class AbsenceView(View):
    """When a reviewer is away."""

    id: UUID
    membership_id: UUID
    name: str
    from_day: date
    to_day: date


class ReadingView(View):
    """Who looked at what of which case, and on which ground."""

    id: UUID
    at: Moment
    case_id: UUID
    deed: str
    ground: str
    details: dict[str, Any]
    membership_id: UUID | UnsetType = UNSET


class NewInvolvement(Input):
    """A member who has a part in the case."""

    membership_id: UUID
    what: PartCode


class InvolvementView(View):
    """A member who is involved; `title` is `what` in words, `case_id` the case of the pupil for which it was declared."""

    case_id: UUID
    membership_id: UUID
    what: PartCode
    title: str
    created_at: Moment


class NotInvolved(Input):
    """Why somebody is not involved after all."""

    reason: ClearedCode


class NotInvolvedView(View):
    """That a declaration was withdrawn or a mention set aside; `involved` is why the member is involved all the same, or empty."""

    membership_id: UUID
    reason: ClearedCode
    title: str
    involved: str


class NewSuspicion(Input):
    """Somebody whom the school thinks involved, by name."""

    name: Name
    what: PartCode


class SuspicionAbout(Input):
    """The member whom it is about."""

    membership_id: UUID


class SuspicionView(View):
    """A suspicion. What became of it, and whom it keeps off as long as it is open, is for the ondersteuner alone."""

    id: UUID
    name: str
    what: PartCode
    title: str
    created_at: Moment
    state: Literal["open", "bevestigd", "verworpen"] | UnsetType = UNSET
    membership_id: UUID | UnsetType = UNSET
    kept_off: list[UUID] | UnsetType = UNSET
