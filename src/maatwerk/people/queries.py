"""Reads of people: a tenant's members, invitations and tokens in its own scope; a person's tenants in the identity scope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.people.identifying import ACTIVE
from maatwerk.rules.belonging import Place, holds, platform_role
from maatwerk.rules.permissions import COORDINATOR
from maatwerk.tenancy import Tx

State = Literal["open", "aanvaard", "ingetrokken", "verlopen"]


@dataclass(frozen=True)
class Seat:
    """A place in a panel."""

    code: str
    substitute: bool


@dataclass(frozen=True)
class Member:
    """A membership of this tenant; `active_to` is the first day without access, `municipality` that of the organisation."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    phone: str | None
    organisation_id: UUID | None
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    municipality: str
    seats: tuple[Seat, ...]
    active_from: date
    active_to: date | None
    seq: int


@dataclass(frozen=True)
class TenantOfPerson:
    """A tenant in which a person is an active member."""

    id: UUID
    code: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation of this tenant and how it stands."""

    id: UUID
    email: str
    name: str
    roles: tuple[str, ...]
    functions: tuple[str, ...]
    state: State
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Token:
    """An API token, without its secret."""

    id: UUID
    name: str
    last_characters: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None


MEMBERS = """
    SELECT m.id, m.person_id, m.name, m.email, m.phone, m.organisation_id, m.roles, m.functions, m.active_from, m.active_to, m.seq,
        coalesce((SELECT o.municipality FROM tenant_organisation o
            WHERE o.tenant_id = m.tenant_id AND o.organisation_id = m.organisation_id), '') AS municipality,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(s.seat, s.substitute) ORDER BY s.seat), '[]') FROM membership_seat s
            WHERE s.tenant_id = m.tenant_id AND s.membership_id = m.id) AS seats
    FROM membership m WHERE m.tenant_id = $1
"""


TENANTS = f"""
    SELECT t.id, t.code, t.name, m.roles FROM membership m JOIN tenant t ON t.id = m.tenant_id
    WHERE m.person_id = $1 AND {ACTIVE} ORDER BY t.name, t.id
"""  # noqa: S608 - only constants of ours


async def members(tx: Tx, after: UUID | None, limit: int) -> list[Member]:
    """The tenant's members, former ones too, in the order in which they came."""
    sql = f"{MEMBERS} AND ($2::uuid IS NULL OR m.id > $2) ORDER BY m.id LIMIT $3"
    return [_member(row) for row in await tx.fetch(sql, tx.tenant_id, after, limit)]


async def member(tx: Tx, membership_id: UUID, *, lock: bool = False) -> Member | None:
    """One member; `lock` keeps others from changing him before this transaction ends."""
    sql = f"{MEMBERS} AND m.id = $2 {'FOR UPDATE OF m' if lock else ''}"
    row = await tx.fetchrow(sql, tx.tenant_id, membership_id)
    return row and _member(row)


async def members_with_role(tx: Tx, role: str) -> list[Member]:
    """Everybody who has the role of the tenant today."""
    sql = f"{MEMBERS} AND {ACTIVE} AND $3 = ANY(m.roles) ORDER BY m.id"
    return [_member(row) for row in await tx.fetch(sql, tx.tenant_id, clock.today(), role)]


async def members_holding(tx: Tx, role: str, place: Place) -> list[Member]:
    """Everybody who has the role of a scheme today, wherever he acts from."""
    sql = f"{MEMBERS} AND {ACTIVE} AND ($3 = ANY(m.roles) OR $3 = ANY(m.functions)) ORDER BY m.id"
    rows = await tx.fetch(sql, tx.tenant_id, clock.today(), platform_role(role))
    return [found for found in map(_member, rows) if holds(found, role, place)]


async def colleagues(tx: Tx, organisation_id: UUID) -> list[str]:
    """The names of everybody who is a member today and may have to do with a case of this school: all but coordinators elsewhere."""
    sql = f"""SELECT DISTINCT m.name FROM membership m WHERE m.tenant_id = $1 AND {ACTIVE}
        AND (m.organisation_id = $3 OR NOT m.roles <@ ARRAY['{COORDINATOR}']) ORDER BY m.name"""  # noqa: S608 - constants of ours
    return [row["name"] for row in await tx.fetch(sql, tx.tenant_id, clock.today(), organisation_id)]


async def tenants_of(tx: Tx, person_id: UUID) -> list[TenantOfPerson]:
    """Where a person is an active member, by name; asked in the identity scope."""
    rows = await tx.fetch(TENANTS, person_id, clock.today())
    return [TenantOfPerson(row["id"], row["code"], row["name"], tuple(row["roles"])) for row in rows]


async def invitations(tx: Tx, after: UUID | None, limit: int) -> list[PendingInvitation]:
    """The tenant's invitations, in the order in which they were made."""
    rows = await tx.fetch(
        "SELECT id, email, name, roles, functions, created_at, expires_at, accepted_at, withdrawn_at FROM invitation"
        " WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
        *(tx.tenant_id, after, limit),
    )
    return [_invitation(row) for row in rows]


async def tokens(tx: Tx, membership_id: UUID, after: UUID | None, limit: int) -> list[Token]:
    """A member's tokens that were not revoked."""
    rows = await tx.fetch(
        "SELECT id, name, last_characters, scopes, created_at, expires_at, seen_at FROM api_token"
        " WHERE tenant_id = $1 AND membership_id = $2 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id > $3)"
        " ORDER BY id LIMIT $4",
        *(tx.tenant_id, membership_id, after, limit),
    )
    return [Token(**{**dict(row), "scopes": tuple(row["scopes"])}) for row in rows]


def _member(row: Any) -> Member:
    seats = tuple(Seat(code, substitute) for code, substitute in row["seats"])
    lists = {"roles": tuple(row["roles"]), "functions": tuple(row["functions"]), "seats": seats}
    return Member(**{**dict(row), **lists})


def _invitation(row: Any) -> PendingInvitation:
    state: State = "open" if row["expires_at"] > clock.now() else "verlopen"
    if row["withdrawn_at"]:
        state = "ingetrokken"
    if row["accepted_at"]:
        state = "aanvaard"
    return PendingInvitation(
        *(row["id"], row["email"], row["name"], tuple(row["roles"]), tuple(row["functions"]), state),
        *(row["created_at"], row["expires_at"]),
    )
