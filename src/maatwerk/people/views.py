"""From what was read to what is shown."""

from collections.abc import Iterable
from typing import Any, cast

from msgspec import UNSET

from maatwerk.glossary import ROLES, role_of
from maatwerk.people.functions import Function
from maatwerk.people.queries import Member, PendingInvitation, Seat, TenantOfPerson, Token
from maatwerk.people.schemas import (
    FunctionView,
    InvitationView,
    MemberView,
    RoleName,
    SeatChoice,
    SeatView,
    SecretTokenView,
    SessionView,
    TenantView,
    TokenView,
)
from maatwerk.people.sessions import OpenSession


def session_view(session: OpenSession, current: object) -> SessionView:
    """`current` is the id of the session that asks."""
    return SessionView(
        id=session.id,
        chosen=session.chosen or UNSET,
        made_by="wachtwoord en code",
        created_at=session.made_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        current=session.id == current,
    )


def tenant_view(tenant: TenantOfPerson) -> TenantView:
    return TenantView(id=tenant.id, code=tenant.code, name=tenant.name, roles=dutch_roles(tenant.roles))


def invitation_view(invitation: PendingInvitation) -> InvitationView:
    return InvitationView(
        id=invitation.id,
        email=invitation.email,
        name=invitation.name,
        roles=dutch_roles(invitation.roles),
        functions=list(invitation.functions),
        state=invitation.state,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )


def member_view(member: Member) -> MemberView:
    return MemberView(
        id=member.id,
        name=member.name,
        email=member.email,
        phone=member.phone or UNSET,
        organisation_id=member.organisation_id or UNSET,
        roles=dutch_roles(member.roles),
        functions=list(member.functions),
        seats=[SeatView(seat=seat.code, substitute=seat.substitute) for seat in member.seats],
        active_from=member.active_from,
        active_to=member.active_to or UNSET,
    )


def function_view(function: Function) -> FunctionView:
    carriers = tuple(sorted(function.carriers))
    return FunctionView(function.id, function.title, sorted(function.places), dutch_roles(carriers))


def token_view(token: Token) -> TokenView:
    return TokenView(**_token(token))


def secret_token_view(token: Token, secret: str | None) -> SecretTokenView:
    """With the secret for the first answer, without it for a repeated one."""
    return SecretTokenView(**_token(token), token=secret or UNSET)


def _token(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "last_characters": token.last_characters,
        "scopes": list(token.scopes),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "seen_at": token.seen_at or UNSET,
    }


def dutch_roles(roles: tuple[str, ...]) -> list[RoleName]:
    """Names of roles, as the API writes them."""
    return [cast(RoleName, ROLES[role]) for role in roles]


def english_roles(names: Iterable[str]) -> list[str]:
    """Roles by the names of the API."""
    return [role_of(name) for name in names]


def seats_of(choices: list[SeatChoice]) -> list[Seat]:
    return [Seat(choice.seat, choice.substitute) for choice in choices]
