"""The public shapes of people: what comes in is bounded, what goes out never holds a secret but once."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import MailAddress, Moment, Name, Secret, Telephone, TotpCode, whole
from maatwerk.people.recovery_codes import PATTERN
from maatwerk.people.second_step import GIVEN, TOKEN
from maatwerk.rules.belonging import Place

RoleName = Literal[
    "coordinator", "ondersteuner", "beoordelaar", "ketenpartner", "tenantbeheerder", "financieel-controller", "fg"
]  # fmt: skip
Roles = Annotated[list[RoleName], Meta(min_length=1, max_length=7)]
FunctionId = Annotated[str, Meta(min_length=1, max_length=60, pattern=whole("[a-z][a-z0-9_]*"))]
Functions = Annotated[list[FunctionId], Meta(max_length=20)]
MailedToken = Annotated[str, Meta(min_length=43, max_length=43, pattern=whole(TOKEN))]
SecondStep = Annotated[str, Meta(min_length=6, max_length=43, pattern=whole(GIVEN))]
RecoveryCode = Annotated[str, Meta(min_length=29, max_length=43, pattern=whole(f"({PATTERN}|{TOKEN})"))]
Scope = Annotated[str, Meta(min_length=3, max_length=60, pattern=whole(r"[a-z-]+\.[a-z-]+"))]


class Login(Input):
    """Password and code travel together, so that neither can be guessed alone."""

    address: MailAddress
    password: Secret
    code: TotpCode


class SessionView(View):
    """A session of oneself."""

    id: UUID
    made_by: str
    created_at: Moment
    seen_at: Moment
    expires_at: Moment
    current: bool
    chosen: UUID | UnsetType = UNSET


class TenantChoice(Input):
    """Where to work."""

    tenant_id: UUID


class TenantView(View):
    """A tenant of oneself."""

    id: UUID
    code: str
    name: str
    roles: list[RoleName]


SeatCode = Annotated[str, Meta(min_length=1, max_length=60, pattern=whole("[a-z][a-z0-9_-]*"))]


class SeatChoice(Input):
    """A place in a panel, by the code in the scheme."""

    seat: SeatCode
    substitute: bool = False


class SeatView(View):
    """A place in a panel."""

    seat: str
    substitute: bool


Seats = Annotated[list[SeatChoice], Meta(max_length=20)]


class NewInvitation(Input):
    """Who, and as what."""

    email: MailAddress
    name: Name
    roles: Roles
    functions: Functions = msgspec.field(default_factory=list)
    seats: Seats = msgspec.field(default_factory=list)
    phone: Telephone | UnsetType = UNSET
    organisation_id: UUID | UnsetType = UNSET


class InvitationView(View):
    """`state` is open, aanvaard, ingetrokken or verlopen."""

    id: UUID
    email: str
    name: str
    roles: list[RoleName]
    functions: list[str]
    state: Literal["open", "aanvaard", "ingetrokken", "verlopen"]
    created_at: Moment
    expires_at: Moment


class Acceptance(Input):
    """With a session: the token alone. Without: token and password, and then the same with a code of the app."""

    token: MailedToken
    password: Secret | UnsetType = UNSET
    code: TotpCode | UnsetType = UNSET


class AcceptanceView(View):
    """`enrolment` is there as long as a code is asked for; `recovery_codes` for a newcomer, this once."""

    state: Literal["code-nodig", "aanvaard"]
    enrolment: str | UnsetType = UNSET
    recovery_codes: list[str] | UnsetType = UNSET


class PasswordChange(Input):
    """A new password for oneself."""

    current_password: Secret
    code: TotpCode
    new_password: Secret


class ForgottenPassword(Input):
    """Asks for a mail; the answer is the same for every address."""

    address: MailAddress


class PasswordChoice(Input):
    """A new password with the secret from the mail, and as the second step a code of the app, a recovery code, or the secret
    from an administrator's mail."""

    token: MailedToken
    password: Secret
    code: SecondStep


class AppRenewal(Input):
    """Another app for who lost his: first without a code, then the same with one of the new app."""

    address: MailAddress
    password: Secret
    recovery_code: RecoveryCode
    code: TotpCode | UnsetType = UNSET


class AppRenewalView(View):
    """`enrolment` is there as long as a code is asked for, `recovery_codes` at the end, this once."""

    state: Literal["code-nodig", "ingesteld"]
    enrolment: str | UnsetType = UNSET
    recovery_codes: list[str] | UnsetType = UNSET


class RecoveryCodesWanted(Input):
    """Asks for recovery codes in the place of the older ones."""

    password: Secret
    code: TotpCode


class RecoveryCodesView(View):
    """The only answer that holds them."""

    recovery_codes: list[str]


class TotpBegin(Input):
    """Asks for the secret of another app."""

    password: Secret
    code: TotpCode


class EnrolmentView(View):
    """What the app reads."""

    enrolment: str


class TotpConfirm(Input):
    """Proves that the other app works."""

    code: TotpCode


class MemberView(View):
    """A member; `active_to` is the first day without access."""

    id: UUID
    name: str
    email: str
    roles: list[RoleName]
    functions: list[str]
    seats: list[SeatView]
    active_from: date
    phone: str | UnsetType = UNSET
    organisation_id: UUID | UnsetType = UNSET
    active_to: date | UnsetType = UNSET


class MemberChange(Input):
    """What is absent stays; null empties."""

    name: Name | UnsetType = UNSET
    phone: Telephone | UnsetType | None = UNSET
    organisation_id: UUID | UnsetType | None = UNSET
    roles: Roles | UnsetType = UNSET
    functions: Functions | UnsetType = UNSET
    seats: Seats | UnsetType = UNSET


class FunctionView(View):
    """A role of the tenant's schemes that a member can have, with one of `roles` (those of the tenant)."""

    id: str
    title: str
    acts_from: list[Place]
    roles: list[RoleName]


class NewToken(Input):
    """A token for one's own software."""

    name: Name
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=40)]
    expires_at: Moment


class TokenView(View):
    """A token without its secret."""

    id: UUID
    name: str
    last_characters: str
    scopes: list[str]
    created_at: Moment
    expires_at: Moment
    seen_at: Moment | UnsetType = UNSET


class SecretTokenView(TokenView):
    """The only answer that holds the secret."""

    token: str | UnsetType = UNSET
