"""Changing what a member is. It works at once, because roles are read with every request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from maatwerk import audit, clock
from maatwerk.http.etag import Version
from maatwerk.people.actions.invite import refuse_roles, unknown_organisation
from maatwerk.people.queries import Member, Seat, member
from maatwerk.people.seating import seat_member
from maatwerk.people.sessions import end_in_tenant
from maatwerk.rules.permissions import TENANT_ADMIN
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE membership SET name = $3, phone = $4, organisation_id = $5, roles = $6, functions = $7,
        seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""
END = "UPDATE membership SET active_to = $3, seq = seq + 1 WHERE tenant_id = $1 AND id = $2"
OTHER_ADMIN = """
    SELECT EXISTS (SELECT FROM membership WHERE tenant_id = $1 AND id <> $2 AND $3 = ANY(roles)
        AND (active_to IS NULL OR active_to > $4))
"""


@dataclass(frozen=True)
class Change:
    """New values by field; what is absent stays."""

    values: dict[str, Any] = field(default_factory=dict)
    seats: Sequence[Seat] | None = None


async def change_member(tx: Tx, membership_id: UUID, change: Change, version: Version) -> Member:
    """The member as he is now.

    Raises NotFound, Stale, Invalid for roles and functions that do not go together, Conflict for taking away the last administrator.
    """
    found = await _locked(tx, membership_id, version)
    new: dict[str, Any] = {
        "name": found.name,
        "phone": found.phone,
        "organisation_id": found.organisation_id,
        "roles": found.roles,
        "functions": found.functions,
    }
    new |= change.values
    seats = found.seats if change.seats is None else change.seats
    roles, functions = sorted(set(new["roles"])), sorted(set(new["functions"]))
    await refuse_roles(tx, roles, functions, seats)
    if TENANT_ADMIN not in roles:
        await _refuse_last_admin(tx, found)
    try:
        await tx.execute(
            UPDATE,
            *(tx.tenant_id, membership_id, new["name"], new["phone"], new["organisation_id"], roles, functions),
        )
    except asyncpg.ForeignKeyViolationError as error:
        raise unknown_organisation() from error
    await seat_member(tx, membership_id, [(seat.code, seat.substitute) for seat in seats])
    details = {"roles": roles, "functions": functions}
    await audit.record(tx, "membership.changed", "membership", membership_id, details=details)
    changed = await member(tx, membership_id)
    assert changed is not None
    return changed


async def deactivate_member(tx: Tx, membership_id: UUID, version: Version) -> None:
    """Ends a membership today, and with it the person's sessions here and the use of his tokens, at once."""
    found = await _locked(tx, membership_id, version)
    if found.active_to is not None and found.active_to <= clock.today():
        raise Conflict.because("al_beeindigd", "Dit lidmaatschap is al beëindigd.")
    await _refuse_last_admin(tx, found)
    await tx.execute(END, tx.tenant_id, membership_id, max(clock.today(), found.active_from))
    await end_in_tenant(tx, found.person_id)
    await audit.record(tx, "membership.ended", "membership", membership_id)


async def _locked(tx: Tx, membership_id: UUID, version: Version) -> Member:
    found = await member(tx, membership_id, lock=True)
    if found is None:
        raise NotFound.because("geen_lid", "Dit lid is er niet.")
    version.check(found.seq)
    return found


async def _refuse_last_admin(tx: Tx, found: Member) -> None:
    if TENANT_ADMIN not in found.roles:
        return
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"administrators/{tx.tenant_id}")
    if not await tx.fetchval(OTHER_ADMIN, tx.tenant_id, found.id, TENANT_ADMIN, clock.today()):
        raise Conflict.because(
            "laatste_beheerder",
            "Dit is de enige tenantbeheerder van het partnerschap.",
            mend="Geef eerst iemand anders die rol.",
        )
