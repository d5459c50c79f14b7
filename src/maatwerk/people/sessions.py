"""Sessions. Their ids are made here and never taken from a client; half an hour without use or ten hours in all ends one,
and whatever changes what it may do gives it a new secret."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.people.secrets import digest
from maatwerk.tenancy import Tx

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
TOUCH = timedelta(minutes=1)
MADE_BY = "password+totp"

OPEN = """
    INSERT INTO session (digest, id, person_id, chosen, made_by, made_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
"""


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner may see it."""

    id: UUID
    chosen: UUID | None
    made_by: str
    made_at: datetime
    seen_at: datetime

    @property
    def expires_at(self) -> datetime:
        return min(self.made_at + ABSOLUTE, self.seen_at + IDLE)


@dataclass(frozen=True)
class NewSession:
    """A session with the secret that goes into the cookie, once."""

    id: UUID
    person_id: UUID
    secret: str = field(repr=False)
    chosen: UUID | None
    expires_at: datetime


def limits() -> tuple[datetime, datetime]:
    """The moments after which a living session was made and last seen."""
    now = clock.now()
    return now - ABSOLUTE, now - IDLE


async def open_session(tx: Tx, person_id: UUID, *, made_by: str, chosen: UUID | None) -> NewSession:
    """A new session, and the end of every one of this person that had expired."""
    await tx.execute(
        "DELETE FROM session WHERE person_id = $1 AND (made_at <= $2 OR seen_at <= $3)", person_id, *limits()
    )
    session_id, secret, now = new_id(), secrets.token_urlsafe(32), clock.now()
    await tx.execute(OPEN, digest(secret), session_id, person_id, chosen, made_by, now)
    return NewSession(session_id, person_id, secret, chosen, now + IDLE)


async def rotate(tx: Tx, session_id: UUID, chosen: UUID | None) -> NewSession | None:
    """Gives a session a new secret and another tenant; the old secret is worth nothing from here on."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    row = await tx.fetchrow(
        "UPDATE session SET digest = $2, chosen = $3, seen_at = $4 WHERE id = $1 RETURNING person_id, made_at",
        *(session_id, digest(secret), chosen, now),
    )
    return row and NewSession(session_id, row["person_id"], secret, chosen, min(now + IDLE, row["made_at"] + ABSOLUTE))


async def end(tx: Tx, person_id: UUID, session_id: UUID) -> bool:
    """Ends one session of a person; False when he has no such session."""
    return bool(await tx.execute("DELETE FROM session WHERE person_id = $1 AND id = $2", person_id, session_id))


async def end_others(tx: Tx, person_id: UUID, kept: UUID | None) -> int:
    """Ends every session of a person but one."""
    return await tx.execute("DELETE FROM session WHERE person_id = $1 AND id IS DISTINCT FROM $2", person_id, kept)


async def end_in_tenant(tx: Tx, person_id: UUID) -> int:
    """Ends a person's sessions that work in this scope's tenant; those elsewhere are not this tenant's to end."""
    return await tx.execute("DELETE FROM session WHERE person_id = $1 AND chosen = $2", person_id, tx.tenant_id)


async def open_sessions(tx: Tx, person_id: UUID, after: UUID | None = None, limit: int = 100) -> list[OpenSession]:
    """A person's living sessions, in the order in which they began."""
    rows = await tx.fetch(
        "SELECT id, chosen, made_by, made_at, seen_at FROM session WHERE person_id = $1"
        " AND made_at > $2 AND seen_at > $3 AND ($4::uuid IS NULL OR id > $4) ORDER BY id LIMIT $5",
        *(person_id, *limits(), after, limit),
    )
    return [OpenSession(*row.values()) for row in rows]
