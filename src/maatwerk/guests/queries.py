"""Reads of guests: those of a case, and how the last link of each stands."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto import Erased
from maatwerk.guests.links import MOST_ATTEMPTS, ContactOf, contact_of
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx

State = Literal["verstuurd", "verlopen", "gebruikt", "op_slot", "ingetrokken"]
GUESTS = """
    SELECT g.id, g.case_id, g.role, g.contact, g.registered_at, g.withdrawn_at, l.made_at, l.expires_at, l.ended, l.attempts
    FROM guest g JOIN LATERAL (
        SELECT * FROM access_link a WHERE a.tenant_id = g.tenant_id AND a.guest_id = g.id ORDER BY a.id DESC LIMIT 1) l ON true
    WHERE g.tenant_id = $1 AND g.case_id = $2 AND ($3::uuid IS NULL OR g.id = $3) ORDER BY g.id
"""


@dataclass(frozen=True)
class GuestOfCase:
    """Somebody who was let in; `contact` is None once the case was erased."""

    id: UUID
    role: str
    state: State
    registered_at: datetime
    sent_at: datetime
    expires_at: datetime
    contact: ContactOf | None = field(repr=False)

    @property
    def welcome(self) -> bool:
        return self.state != "ingetrokken" and self.contact is not None


async def guests_of(tx: Tx, case_id: UUID, guest_id: UUID | None = None) -> list[GuestOfCase]:
    """The guests of a case in the order in which they were registered; or one of them."""
    found = []
    for row in await tx.fetch(GUESTS, tx.tenant_id, case_id, guest_id):
        try:
            contact: ContactOf | None = await contact_of(tx, case_id, row["id"], row["contact"])
        except Erased:
            contact = None
        found.append(
            GuestOfCase(
                row["id"],
                row["role"],
                _state(row["withdrawn_at"], row["ended"], row["attempts"], row["expires_at"]),
                row["registered_at"],
                row["made_at"],
                row["expires_at"],
                contact,
            )
        )
    return found


async def guest_of(tx: Tx, case_id: UUID, guest_id: UUID) -> GuestOfCase:
    """One guest of a case. Raises NotFound."""
    found = await guests_of(tx, case_id, guest_id)
    if not found:
        raise NotFound.because("gast_onbekend", "Deze gast hoort niet bij deze zaak.")
    return found[0]


def _state(withdrawn_at: datetime | None, ended: str | None, attempts: int, expires_at: datetime) -> State:
    if withdrawn_at or ended == "ingetrokken":
        return "ingetrokken"
    if ended == "gebruikt":
        return "gebruikt"
    if attempts >= MOST_ATTEMPTS:
        return "op_slot"
    return "verstuurd" if expires_at > clock.now() else "verlopen"
