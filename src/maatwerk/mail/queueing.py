"""Asking for a mail, in the transaction of the deed that it tells of: both happen or neither. It leaves later, by a worker."""

from uuid import UUID

import msgspec

from maatwerk import clock, outbox
from maatwerk.crypto import Context, Key, seal, tenant_key, unseal
from maatwerk.db import new_id
from maatwerk.mail.messages import MailQueued
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO mail (tenant_id, id, case_id, recipient_membership, recipient, content, kind, state, message_id,
        dedupe_key, queued_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'wacht', $8, $9, $10)
    ON CONFLICT (tenant_id, dedupe_key) DO NOTHING
"""


class Recipient(msgspec.Struct, frozen=True):
    """To whom a mail goes."""

    address: str
    name: str

    def __repr__(self) -> str:
        return "Recipient(...)"


class Content(msgspec.Struct, frozen=True):
    """What a mail says and in whose name; the sending address is the platform's, `reply_to` the tenant's."""

    subject: str
    text: str
    reply_to: str
    sender_name: str

    def __repr__(self) -> str:
        return "Content(...)"


async def queue(
    tx: Tx,
    *,
    case_id: UUID | None,
    membership_id: UUID | None,
    address: str,
    name: str,
    subject: str,
    text: str,
    kind: str,
    reply_to: str,
    sender_name: str,
    dedupe_key: str,
) -> UUID | None:
    """Keeps a mail, sealed, and has it sent after COMMIT; None when the same key asked before.

    `text` is plain Dutch text and holds nothing about a pupil; `kind` is a code for the delivery log.
    """
    mail_id, key = new_id(), await tenant_key(tx)
    recipient, content = Recipient(address, name), Content(subject, text, reply_to, sender_name)
    made = await tx.execute(
        INSERT,
        *(tx.tenant_id, mail_id, case_id, membership_id),
        seal(key, _place(tx, "recipient", mail_id), msgspec.msgpack.encode(recipient)),
        seal(key, _place(tx, "content", mail_id), msgspec.msgpack.encode(content)),
        *(kind, f"{mail_id}@{in_force().sender_domain}", dedupe_key, clock.now()),
    )
    if not made:
        return None
    await outbox.post(tx, MailQueued(mail_id))
    return mail_id


def recipient_of(tx: Tx, key: Key, mail_id: UUID, sealed: bytes) -> Recipient:
    """Opens the column `recipient`."""
    return msgspec.msgpack.decode(unseal(key, _place(tx, "recipient", mail_id), sealed), type=Recipient)


def content_of(tx: Tx, key: Key, mail_id: UUID, sealed: bytes) -> Content:
    """Opens the column `content`."""
    return msgspec.msgpack.decode(unseal(key, _place(tx, "content", mail_id), sealed), type=Content)


def _place(tx: Tx, column: str, mail_id: UUID) -> Context:
    return Context(tx.tenant_id, "mail", column, mail_id)
