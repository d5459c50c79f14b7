"""Single-use secrets that a mail carries to somebody who lost his password (kind `wachtwoord`) or his app (kind `app`). Only a digest
is stored, one is worth nothing after its time, and asking again leaves an earlier one alive: a stranger who asks takes nothing away."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.people.secrets import digest, new_secret
from maatwerk.tenancy import Tx

Kind = Literal["wachtwoord", "app"]
# Ten minutes for who waits for the mail (ASVS 6.5.5); a day for who is told that an administrator did something.
VALID = {"wachtwoord": timedelta(minutes=10), "app": timedelta(hours=24)}
INSERT = """
    INSERT INTO account_recovery (id, person_id, kind, digest, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
HOLDER = "SELECT person_id FROM account_recovery WHERE digest = $1 AND kind = $2 AND expires_at > $3"
SPEND = "DELETE FROM account_recovery WHERE person_id = $1 AND digest = $2 AND kind = $3 AND expires_at > $4"


async def issue(tx: Tx, person_id: UUID, kind: Kind) -> str:
    """A new secret for a person; those of everybody whose time is over are forgotten."""
    token, now = new_secret(), clock.now()
    await tx.execute("DELETE FROM account_recovery WHERE expires_at <= $1", now)
    await tx.execute(INSERT, new_id(), person_id, kind, digest(token), now, now + VALID[kind])
    return token


async def holder_of(tx: Tx, token: str, kind: Kind) -> UUID | None:
    """Whose secret this is, as long as it is worth something."""
    person_id: UUID | None = await tx.fetchval(HOLDER, digest(token), kind, clock.now())
    return person_id


async def spend(tx: Tx, person_id: UUID, token: str, kind: Kind) -> bool:
    """Uses a secret, and with it every other of the person of that kind; False when it was worth nothing (any more)."""
    if not await tx.execute(SPEND, person_id, digest(token), kind, clock.now()):
        return False
    await tx.execute("DELETE FROM account_recovery WHERE person_id = $1 AND kind = $2", person_id, kind)
    return True
