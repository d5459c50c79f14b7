"""Finds the guest of a request by the secret in his cookie. His session is short: half an hour without use, or two hours in all."""

from datetime import timedelta

from maatwerk import clock
from maatwerk.http.caller import Caller, Guest
from maatwerk.people.scopes import identity_scope
from maatwerk.people.secrets import digest
from maatwerk.rules.acts import Identified

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=2)
TOUCH = timedelta(minutes=1)
FIND = """
    SELECT tenant_id, guest_id, case_id, role, made_at, seen_at, identified_by FROM guest_session
    WHERE digest = $1 AND made_at > $2 AND seen_at > $3
"""


async def identify_guest(secret: str) -> Caller | None:
    """The caller of a guest's session; None for one that is unknown, ended or expired. He has no role in the tenant and no right."""
    now = clock.now()
    async with identity_scope() as tx:
        row = await tx.fetchrow(FIND, digest(secret), now - ABSOLUTE, now - IDLE)
        if row is None:
            return None
        if now - row["seen_at"] >= TOUCH:
            await tx.execute(
                "UPDATE guest_session SET seen_at = $3 WHERE tenant_id = $1 AND digest = $2",
                *(row["tenant_id"], digest(secret), now),
            )
    known = Identified(row["identified_by"], row["made_at"])
    guest = Guest(row["guest_id"], row["case_id"], row["role"], known)
    return Caller(guest.id, row["tenant_id"], None, frozenset(), guest=guest)
