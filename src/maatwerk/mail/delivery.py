"""Sending one mail: handler `mail.send`. The mail server is spoken to outside any transaction, so a mail is doubled when it was
taken and this process died before noting so; both have the same Message-ID."""

from dataclasses import dataclass
from uuid import UUID

from maatwerk import clock, outbox
from maatwerk.crypto import opening_key
from maatwerk.mail import log
from maatwerk.mail.compose import Mail, compose
from maatwerk.mail.messages import MailBounced, MailQueued
from maatwerk.mail.queueing import Content, Recipient, content_of, recipient_of
from maatwerk.mail.schedule import next_attempt
from maatwerk.mail.send import Accepted, Delivery, PermanentFailure, TemporaryFailure
from maatwerk.mail.send import send as transmit
from maatwerk.outbox import Job
from maatwerk.rules.refusals import Refused
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, scope

READ = "SELECT recipient, content FROM mail WHERE tenant_id = $1 AND id = $2 AND state = 'wacht'"
SENT = """
    UPDATE mail SET state = 'verzonden', attempts = attempts + 1, sent_at = $3, failure = NULL
    WHERE tenant_id = $1 AND id = $2 AND state = 'wacht'
"""
REFUSED = """
    UPDATE mail SET state = 'mislukt', attempts = attempts + 1, failure = $3
    WHERE tenant_id = $1 AND id = $2 AND state = 'wacht'
"""
LATER = "UPDATE mail SET attempts = attempts + 1, failure = $3 WHERE tenant_id = $1 AND id = $2 AND state = 'wacht'"


@dataclass(frozen=True)
class Unsendable:
    """The mail can't be made into a message: `code` says what of it is wrong."""

    code: str


async def send(job: Job) -> None:
    """Outer handler. A refusal for good, and the eighth that is not, post MailBounced; raises Refused without a mail server."""
    mail_id = outbox.read(MailQueued, job.payload).mail_id
    async with scope(job.tenant_id, None) as tx:
        waiting = await _waiting(tx, mail_id)
        if waiting is None:
            await outbox.finish(tx, job)
            return
    outcome = await _deliver(mail_id, *waiting)
    async with scope(job.tenant_id, None) as tx:
        await _record(tx, job, mail_id, outcome)


async def _waiting(tx: Tx, mail_id: UUID) -> tuple[Recipient, Content] | None:
    """To whom and what; None when the mail was dealt with."""
    row = await tx.fetchrow(READ, tx.tenant_id, mail_id)
    if row is None:
        return None
    recipient, content = row["recipient"], row["content"]
    to = recipient_of(tx, await opening_key(tx, recipient), mail_id, recipient)
    return to, content_of(tx, await opening_key(tx, content), mail_id, content)


async def _deliver(mail_id: UUID, recipient: Recipient, content: Content) -> Delivery | Unsendable:
    settings = in_force()
    mail = Mail(
        id=mail_id,
        to=recipient.address,
        to_name=recipient.name,
        sender_name=content.sender_name,
        reply_to=content.reply_to,
        subject=content.subject,
        text=content.text,
        public_url=settings.public_url,
    )
    try:
        message = compose(mail, sender_domain=settings.sender_domain, at=clock.now())
    except Refused as refusal:
        return Unsendable(refusal.reasons[0].code)
    return await transmit(message, settings.smtp_url)


async def _record(tx: Tx, job: Job, mail_id: UUID, outcome: Delivery | Unsendable) -> None:
    """What became of it, in the mail, in the log and in the outbox at once."""
    match outcome:
        case Accepted(code=code):
            await tx.execute(SENT, tx.tenant_id, mail_id, clock.now())
            await log.note(tx, mail_id, "aangenomen", code)
            await outbox.finish(tx, job)
        case PermanentFailure():
            await _refused(tx, job, mail_id, log.failure_code(outcome), outcome.code)
        case Unsendable(code=reason):
            await _refused(tx, job, mail_id, reason, None)
        case TemporaryFailure():
            await _later(tx, job, mail_id, outcome)


async def _refused(tx: Tx, job: Job, mail_id: UUID, failure: str, smtp_code: int | None) -> None:
    await tx.execute(REFUSED, tx.tenant_id, mail_id, failure)
    await log.note(tx, mail_id, failure, smtp_code)
    await outbox.post(tx, MailBounced(mail_id))
    await outbox.finish(tx, job)


async def _later(tx: Tx, job: Job, mail_id: UUID, outcome: TemporaryFailure) -> None:
    failure = log.failure_code(outcome)
    await tx.execute(LATER, tx.tenant_id, mail_id, failure)
    await log.note(tx, mail_id, failure, outcome.code)
    if await outbox.fail_within(tx, job, failure, at=next_attempt(job.attempts, clock.now())):
        await outbox.post(tx, MailBounced(mail_id))
