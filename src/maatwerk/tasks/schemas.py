"""The public shape of a task."""

from datetime import date
from uuid import UUID

from msgspec import UNSET, UnsetType

from maatwerk.glossary import View
from maatwerk.http.fields import Moment


class TaskView(View):
    """A task; with `done_by_act` it is completed by that act of the case and not by hand."""

    id: UUID
    kind: str
    title: str
    yours: bool
    created_at: Moment
    case_id: UUID | UnsetType = UNSET
    role: str | UnsetType = UNSET
    seat: str | UnsetType = UNSET
    membership_id: UUID | UnsetType = UNSET
    due: date | UnsetType = UNSET
    done_by_act: str | UnsetType = UNSET
    done_at: Moment | UnsetType = UNSET
    done_by: UUID | UnsetType = UNSET
