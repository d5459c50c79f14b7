"""The public shapes of guests. Their addresses are told to who lets them in, and to nobody else."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from maatwerk.cases.schemas import Identifier
from maatwerk.glossary import Input, View
from maatwerk.http.fields import MailAddress, Moment, Telephone


class NewGuest(Input):
    """Whom to let in, in which role of the scheme."""

    role: Identifier
    email: MailAddress
    phone: Telephone | UnsetType = UNSET


class GuestView(View):
    """A guest and how his last link stands; without an address once the case was erased."""

    id: UUID
    role: str
    state: str
    created_at: Moment
    sent_at: Moment
    expires_at: Moment
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
