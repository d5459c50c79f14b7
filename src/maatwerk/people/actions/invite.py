"""Inviting somebody to a tenant. It never looks whether the address is known: the answer, the mail and the time are the
same, so that nobody learns who works elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg

from maatwerk import audit, clock, outbox
from maatwerk.crypto import Context, seal, tenant_key
from maatwerk.db import new_id
from maatwerk.people.accounts import address_of
from maatwerk.people.functions import function_faults, offered
from maatwerk.people.messages import PersonInvited
from maatwerk.people.queries import PendingInvitation, Seat
from maatwerk.people.secrets import digest, new_secret
from maatwerk.rules.belonging import CARRIERS
from maatwerk.rules.permissions import TENANT_ROLES, clashes
from maatwerk.rules.refusals import Conflict, Invalid, Reason
from maatwerk.tenancy import Tx

VALID = timedelta(days=7)
INSERT = """
    INSERT INTO invitation (tenant_id, id, email, name, phone, organisation_id, roles, functions, seats, digest,
        sealed_token, invited_by, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
MEMBER = "SELECT EXISTS (SELECT FROM membership WHERE tenant_id = $1 AND email = $2 AND (active_to IS NULL OR active_to > $3))"


@dataclass(frozen=True)
class Invitee:
    """Who is invited, and as what."""

    email: str
    name: str
    roles: Sequence[str]
    seats: Sequence[Seat] = ()
    phone: str | None = None
    organisation_id: UUID | None = None
    functions: Sequence[str] = ()


async def invite(tx: Tx, invitee: Invitee) -> PendingInvitation:
    """Makes the invitation, withdraws older ones to the same address, and lets it be mailed.

    Raises Invalid for roles and functions that do not go together or an organisation that this tenant has not, Conflict for
    somebody who is an active member of this tenant already.
    """
    await refuse_roles(tx, invitee.roles, invitee.functions, invitee.seats)
    email, now, invitation_id, token = address_of(invitee.email), clock.now(), new_id(), new_secret()
    if await tx.fetchval(MEMBER, tx.tenant_id, email, clock.today()):
        raise Conflict.because("al_lid", "Met dit adres is iemand al lid van dit partnerschap.")
    await tx.execute(
        "UPDATE invitation SET withdrawn_at = $3, sealed_token = NULL WHERE tenant_id = $1 AND email = $2"
        " AND accepted_at IS NULL AND withdrawn_at IS NULL",
        *(tx.tenant_id, email, now),
    )
    sealed = seal(await tenant_key(tx), place(tx, invitation_id, "sealed_token"), token.encode())
    seats = [[seat.code, seat.substitute] for seat in invitee.seats]
    try:
        await tx.execute(
            INSERT,
            *(tx.tenant_id, invitation_id, email, invitee.name, invitee.phone, invitee.organisation_id),
            *(sorted(set(invitee.roles)), sorted(set(invitee.functions)), seats, digest(token), sealed),
            *(tx.actor_id, now, now + VALID),
        )
    except asyncpg.ForeignKeyViolationError as error:
        raise unknown_organisation() from error
    await outbox.post(tx, PersonInvited(invitation_id))
    roles, functions = tuple(sorted(set(invitee.roles))), tuple(sorted(set(invitee.functions)))
    details = {"roles": list(roles), "functions": list(functions)}
    await audit.record(tx, "person.invited", "invitation", invitation_id, details=details)
    return PendingInvitation(invitation_id, email, invitee.name, roles, functions, "open", now, now + VALID)


async def refuse_roles(tx: Tx, roles: Sequence[str], functions: Sequence[str], seats: Sequence[Seat]) -> None:
    """Raises Invalid for unknown roles, roles that clash, functions that these roles don't bear, and seats of somebody who can't
    sit on one."""
    reasons = [Reason("rollen", why, field="rollen") for why in clashes(roles)]
    if not roles or not set(roles) <= TENANT_ROLES:
        reasons.append(Reason("rollen", "Kies een of meer rollen van een partnerschap.", field="rollen"))
    if functions:
        reasons += function_faults(functions, roles, await offered(tx))
    if seats and not CARRIERS["zetel"] & set(roles):
        message = "Alleen een beoordelaar of een ketenpartner heeft een stoel."
        reasons.append(Reason("stoelen", message, field="stoelen"))
    if len({seat.code for seat in seats}) < len(seats):
        reasons.append(Reason("stoelen", "Een stoel staat er meer dan eens.", field="stoelen"))
    if reasons:
        raise Invalid(tuple(reasons))


def place(tx: Tx, invitation_id: UUID, column: str) -> Context:
    """Where a secret of an invitation is sealed to."""
    return Context(tx.tenant_id, "invitation", column, invitation_id)


def unknown_organisation() -> Invalid:
    """The organisation is not linked to this tenant."""
    reason = Reason("organisatie", "Deze organisatie hoort niet bij dit partnerschap.", field="organisatieId")
    return Invalid((reason,))
