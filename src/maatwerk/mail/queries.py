"""Reading the delivery log. Addresses come out masked: enough to recognise one's own, too little to use. A mail about somebody's
account only travels by way of a tenant and is not in its log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from maatwerk.crypto import opening_key
from maatwerk.mail.queueing import recipient_of
from maatwerk.tenancy import Tx

COLUMNS = """
    id, case_id, recipient_membership, recipient, kind, state, attempts, queued_at, sent_at, failure
"""
ABOUT_ACCOUNTS = "account."
OF_TENANT = f"tenant_id = $1 AND NOT starts_with(kind, '{ABOUT_ACCOUNTS}')"
ONE = f"SELECT {COLUMNS} FROM mail WHERE {OF_TENANT} AND id = $2"  # noqa: S608 - ours
PAGE = f"""
    SELECT {COLUMNS} FROM mail
    WHERE {OF_TENANT} AND ($2::uuid IS NULL OR case_id = $2) AND ($3::text IS NULL OR state = $3) AND id < $4
    ORDER BY id DESC LIMIT $5
"""  # noqa: S608 - ours
ATTEMPTS = "SELECT at, outcome, smtp_code FROM mail_attempt WHERE tenant_id = $1 AND mail_id = $2 ORDER BY id"
MailState = Literal["wacht", "verzonden", "mislukt", "gebounced"]
NEWEST = UUID(int=2**128 - 1)


@dataclass(frozen=True)
class LoggedMail:
    """A mail and how it fares; `address` is masked."""

    id: UUID
    case_id: UUID | None
    recipient_membership: UUID | None
    address: str
    kind: str
    state: MailState
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    failure: str | None


@dataclass(frozen=True)
class Attempt:
    """One try, or one report that came back; `outcome` is a code, `smtp_code` the server's if it gave one."""

    at: datetime
    outcome: str
    smtp_code: int | None


async def delivery(tx: Tx, mail_id: UUID) -> LoggedMail | None:
    """One mail."""
    row = await tx.fetchrow(ONE, tx.tenant_id, mail_id)
    return None if row is None else await _delivery(tx, row)


async def deliveries(
    tx: Tx, *, case_id: UUID | None = None, state: str | None = None, before: UUID | None = None, limit: int = 101
) -> Sequence[LoggedMail]:
    """Mails of a case or of the whole tenant, the youngest first."""
    rows = await tx.fetch(PAGE, tx.tenant_id, case_id, state, before or NEWEST, limit)
    return [await _delivery(tx, row) for row in rows]


async def attempts(tx: Tx, mail_id: UUID) -> Sequence[Attempt]:
    """The log of one mail, in order."""
    return [Attempt(**row) for row in await tx.fetch(ATTEMPTS, tx.tenant_id, mail_id)]


def masked(address: str) -> str:
    """`j…@school.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


async def _delivery(tx: Tx, row: Any) -> LoggedMail:
    plain = dict(row)
    sealed = plain.pop("recipient")
    recipient = recipient_of(tx, await opening_key(tx, sealed), row["id"], sealed)
    return LoggedMail(**plain, address=masked(recipient.address))
