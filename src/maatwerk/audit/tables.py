"""The audit trail: rows are final for everybody. Who is an id, what is a code; personal data never stands here."""

from piccolo.columns import UUID, BigInt, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb


class AuditEntry(Table, tablename="audit_entry"):
    """One deed; `seq` is given by the database and may have gaps."""

    tenant_id = UUID(default=None, help_text="class=none; keep=audit")
    seq = BigInt(primary_key=True, default=None, help_text="class=none; keep=audit")
    at = Timestamptz(default=None, help_text="class=none; keep=audit")
    actor_id = UUID(null=True, default=None, help_text="class=staff; keep=audit")
    what = Text(default=None, help_text="class=none; keep=audit")
    object_kind = Text(default=None, help_text="class=none; keep=audit")
    object_id = UUID(null=True, default=None, help_text="class=none; keep=audit")
    ground = Text(null=True, default=None, help_text="class=none; keep=audit")
    details = Jsonb(help_text="class=none; keep=audit")


class AuditPending(Table, tablename="audit_pending"):
    """Entries that the chain's writer has still to link."""

    tenant_id = UUID(default=None, help_text="class=none; keep=audit")
    seq = BigInt(primary_key=True, default=None, help_text="class=none; keep=audit")


class AuditLink(Table, tablename="audit_link"):
    """The chain: per epoch, positions without gaps, each hash over its entry and the hash before."""

    tenant_id = UUID(default=None, help_text="class=none; keep=audit")
    epoch = Integer(default=None, help_text="class=none; keep=audit")
    position = BigInt(primary_key=True, default=None, help_text="class=none; keep=audit")
    seq = BigInt(default=None, help_text="class=none; keep=audit")
    hash = Bytea(default=None, help_text="class=none; keep=audit")


class AccessLog(Table, tablename="access_log"):
    """One reading of a pupil's data, or one that was refused: who, which case, what, on which ground."""

    tenant_id = UUID(default=None, help_text="class=none; keep=audit")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=audit")
    at = Timestamptz(default=None, help_text="class=none; keep=audit")
    membership_id = UUID(null=True, default=None, help_text="class=staff; keep=audit")
    case_id = UUID(default=None, help_text="class=none; keep=audit")
    what = Text(default=None, help_text="class=none; keep=audit")
    ground = Text(default=None, help_text="class=none; keep=audit")
    details = Jsonb(help_text="class=none; keep=audit")
