"""The outbox: one row per message and handler, which is also the record that the handler's effect happened once."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb


class Outbox(Table, tablename="outbox"):
    """Waiting while done_at and dead_at are empty; the relay looks at it again from next_at on."""

    tenant_id = UUID(default=None, help_text="class=none; keep=done+30d")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=done+30d")
    handler = Text(default=None, help_text="class=none; keep=done+30d")
    message = Text(default=None, help_text="class=none; keep=done+30d")
    payload = Jsonb(help_text="class=none; keep=done+30d")
    posted_at = Timestamptz(default=None, help_text="class=none; keep=done+30d")
    next_at = Timestamptz(default=None, help_text="class=none; keep=done+30d")
    running_until = Timestamptz(null=True, default=None, help_text="class=none; keep=done+30d")
    attempts = Integer(default=0, help_text="class=none; keep=done+30d")
    failure = Text(null=True, default=None, help_text="class=none; keep=done+30d")
    done_at = Timestamptz(null=True, default=None, help_text="class=none; keep=done+30d")
    dead_at = Timestamptz(null=True, default=None, help_text="class=none; keep=done+30d")
