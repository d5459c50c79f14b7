"""Answers to creating requests, kept so that the same request has its effect once."""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table

from maatwerk.crypto import Sealed


class IdempotencyKey(Table, tablename="idempotency_key"):
    """One creating request of a client; it exists only when the effect does, because both are one transaction."""

    tenant_id = UUID(default=None, help_text="class=none; keep=made+24h")
    client = UUID(default=None, help_text="class=staff; keep=made+24h")
    key = Text(primary_key=True, default=None, help_text="class=none; keep=made+24h")
    digest = Bytea(default=None, help_text="class=none; keep=made+24h")
    answer = Bytea(default=None, help_text="class=secret; keep=made+24h")
    expires_at = Timestamptz(default=None, help_text="class=none; keep=made+24h")


SEALED_BY_TENANT = (Sealed("idempotency_key", ("answer",), ("client", "key")),)
