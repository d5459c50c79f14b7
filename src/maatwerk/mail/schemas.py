"""The public shapes of the delivery log. An address is masked, and nothing tells what a mail said."""

from typing import Literal
from uuid import UUID

from msgspec import UNSET, UnsetType

from maatwerk.glossary import View
from maatwerk.http.fields import Moment
from maatwerk.mail.queries import MailState


class LoggedMailView(View):
    """A mail and how it fares."""

    id: UUID
    kind: str
    state: MailState
    recipient: str
    attempts: int
    queued_at: Moment
    case_id: UUID | UnsetType = UNSET
    membership_id: UUID | UnsetType = UNSET
    sent_at: Moment | UnsetType = UNSET
    failure: str | UnsetType = UNSET


class AttemptView(View):
    """One try, or one report that came back."""

    at: Moment
    outcome: str
    smtp_code: int | UnsetType = UNSET


class MailLogView(LoggedMailView, kw_only=True):
    """The same with its log."""

    log: list[AttemptView]


class BounceView(View):
    """Taken, whatever it was: the answer does not tell which mails there are."""

    state: Literal["ontvangen"]
