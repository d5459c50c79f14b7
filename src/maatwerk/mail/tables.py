"""Mails and their delivery log. To whom and what is sealed with the tenant's key; no mail holds anything about a pupil, but
a member's address is personal too."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.crypto import Sealed


class Mail(Table, tablename="mail"):
    """A mail: waiting (`wacht`), taken by the mail server (`verzonden`), refused for good (`mislukt`), or taken and come
    back (`gebounced`). `dedupe_key` names what asked for it, so that asking twice sends one."""

    tenant_id = UUID(default=None, help_text="class=none; keep=queued+1y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=queued+1y")
    case_id = UUID(null=True, default=None, help_text="class=none; keep=queued+1y")
    recipient_membership = UUID(null=True, default=None, help_text="class=staff; keep=queued+1y")
    recipient = Bytea(default=None, help_text="class=direct_id; keep=queued+1y")
    content = Bytea(default=None, help_text="class=free_text; keep=queued+1y")
    kind = Text(default=None, help_text="class=none; keep=queued+1y")
    state = Text(default=None, help_text="class=none; keep=queued+1y")
    attempts = Integer(default=0, help_text="class=none; keep=queued+1y")
    message_id = Text(default=None, help_text="class=none; keep=queued+1y")
    dedupe_key = Text(default=None, help_text="class=none; keep=queued+1y")
    queued_at = Timestamptz(default=None, help_text="class=none; keep=queued+1y")
    sent_at = Timestamptz(null=True, default=None, help_text="class=none; keep=queued+1y")
    failure = Text(null=True, default=None, help_text="class=none; keep=queued+1y")


class MailAttempt(Table, tablename="mail_attempt"):
    """One try to deliver, or one report that it came back; final, and it outlives the mail: it names nobody."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    mail_id = UUID(default=None, help_text="class=none; keep=tenant")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    at = Timestamptz(default=None, help_text="class=none; keep=tenant")
    outcome = Text(default=None, help_text="class=none; keep=tenant")
    smtp_code = Integer(null=True, default=None, help_text="class=none; keep=tenant")


SEALED_BY_TENANT = (Sealed("mail", ("recipient", "content")),)
