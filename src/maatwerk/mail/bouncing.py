"""A mail that came back: the report is a stranger's text, so only its Message-ID and status are used. What it names that we
did not send changes nothing, and nobody is told."""

from uuid import UUID

from maatwerk import outbox
from maatwerk.mail import log
from maatwerk.mail.bounces import parse_bounce
from maatwerk.mail.messages import MailBounced
from maatwerk.tenancy import Tx

BOUNCED = """
    UPDATE mail SET state = 'gebounced', failure = $3
    WHERE tenant_id = $1 AND message_id = $2 AND state IN ('wacht', 'verzonden') RETURNING id
"""
KNOWN = "SELECT id FROM mail WHERE tenant_id = $1 AND message_id = $2"


async def note_bounce(tx: Tx, raw: bytes) -> bool:
    """Marks the mail that a report (RFC 3464) is about, once; False for anything else that may be posted."""
    bounce = parse_bounce(raw)
    if bounce is None or not bounce.message_id:
        return False
    status = bounce.status or "onbekend"
    if not bounce.permanent:
        return await _note_delay(tx, bounce.message_id, status)
    mail_id: UUID | None = await tx.fetchval(BOUNCED, tx.tenant_id, bounce.message_id, f"terug-{status}")
    if mail_id is None:
        return False
    await log.note(tx, mail_id, f"terug-{status}")
    await outbox.post(tx, MailBounced(mail_id))
    return True


async def _note_delay(tx: Tx, message_id: str, status: str) -> bool:
    mail_id: UUID | None = await tx.fetchval(KNOWN, tx.tenant_id, message_id)
    if mail_id is None:
        return False
    await log.note(tx, mail_id, f"vertraagd-{status}")
    return True
