"""Deadlines as rows: when something of a case becomes due without anybody acting. It holds a moment, never an age."""

from piccolo.columns import UUID, Timestamptz
from piccolo.table import Table


class Timer(Table, tablename="timer"):
    """At most one row per case; due_at is empty once the ticker has posted it."""

    tenant_id = UUID(default=None, help_text="class=none; keep=case")
    case_id = UUID(primary_key=True, default=None, help_text="class=none; keep=case")
    due_at = Timestamptz(null=True, default=None, help_text="class=none; keep=case")
