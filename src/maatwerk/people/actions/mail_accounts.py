"""Making mails of what account_mail.py was asked for: called by the ticker in every round. An account belongs to no tenant and a mail
has to; it goes by way of a partnership of the person, which does not see it in its log."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from maatwerk import clock, logs, mail
from maatwerk.db.transaction import Transaction
from maatwerk.mail.queries import ABOUT_ACCOUNTS
from maatwerk.people import recovery
from maatwerk.people.account_mail import Kind, opened_value, sealed_value
from maatwerk.people.account_texts import SENDER, TEXTS
from maatwerk.people.identifying import ACTIVE
from maatwerk.people.scopes import identity_scope
from maatwerk.settings import in_force
from maatwerk.tenancy import scope

BATCH = 20
LEASE = timedelta(minutes=1)
GIVEN_UP = timedelta(hours=1)
CLAIM = """
    UPDATE account_mail SET next_at = $2, attempts = attempts + 1 WHERE id IN (
        SELECT id FROM account_mail WHERE next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, made_at
"""
READ = "SELECT address, sealed_token FROM account_mail WHERE id = $1 FOR UPDATE"
BY_WAY_OF = f"""
    SELECT p.id AS person_id, m.tenant_id, m.name
    FROM person p JOIN membership m ON m.person_id = p.id
    WHERE p.address = $1 AND p.disabled_at IS NULL ORDER BY ({ACTIVE}) DESC, m.tenant_id LIMIT 1
"""  # noqa: S608 - only constants of ours


@dataclass(frozen=True)
class _Ready:
    """A mail that can be queued."""

    tenant_id: UUID
    address: str = field(repr=False)
    name: str = field(repr=False)
    token: str = field(repr=False)


async def mail_accounts() -> int:
    """Queues the mails that wait; answers how many it looked at. One that fails is tried again after a minute, for an hour."""
    async with identity_scope() as tx:
        now = clock.now()
        rows = await tx.fetch(CLAIM, now, now + LEASE, BATCH)
    for row in sorted(rows, key=lambda row: row["id"]):
        try:
            await _mail(row["id"], row["kind"], lost=row["made_at"] <= clock.now() - GIVEN_UP)
        except Exception as error:
            logs.failure("account.mail_failed", error, code=row["kind"])
    return len(rows)


async def _mail(mail_id: UUID, kind: Kind, *, lost: bool) -> None:
    async with identity_scope() as tx:
        ready = None if lost else await _ready(tx, mail_id, kind)
    if ready is not None:
        subject, text = TEXTS[kind]
        filled = text.format(name=ready.name, url=in_force().public_url, token=ready.token)
        async with scope(ready.tenant_id, None) as tx:
            await mail.queue(
                tx,
                case_id=None,
                membership_id=None,
                address=ready.address,
                name=ready.name,
                subject=subject,
                text=filled,
                kind=f"{ABOUT_ACCOUNTS}{kind}",
                reply_to="",
                sender_name=SENDER,
                dedupe_key=f"{ABOUT_ACCOUNTS}{mail_id}",
            )
    async with identity_scope() as tx:
        await tx.execute("DELETE FROM account_mail WHERE id = $1", mail_id)


async def _ready(tx: Transaction, mail_id: UUID, kind: Kind) -> _Ready | None:
    """The mail with its secret, which is made here once; None for an address without an account, or one that belongs nowhere."""
    row = await tx.fetchrow(READ, mail_id)
    if row is None:
        return None
    address = await opened_value(tx, mail_id, "address", row["address"])
    found = await tx.fetchrow(BY_WAY_OF, address, clock.today())
    if found is None:
        return None
    token = await _token(tx, mail_id, kind, row, found["person_id"])
    return _Ready(found["tenant_id"], address, found["name"], token)


async def _token(tx: Transaction, mail_id: UUID, kind: Kind, row: Any, person_id: UUID) -> str:
    if row["sealed_token"] is not None:
        return await opened_value(tx, mail_id, "sealed_token", row["sealed_token"])
    if kind != "wachtwoord_vergeten":
        return ""
    token = await recovery.issue(tx, person_id, "wachtwoord")
    sealed = await sealed_value(tx, mail_id, "sealed_token", token)
    await tx.execute("UPDATE account_mail SET sealed_token = $2 WHERE id = $1", mail_id, sealed)
    return token
