"""Dry runs of a version on the tenant's own cases, and what would go otherwise. In the words of schemes: nothing of a pupil."""

from piccolo.columns import UUID, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb

RUN = "class=none; keep=thirty days"


class DryRun(Table, tablename="dry_run"):
    """A version of which the text had this digest, against the cases filed in a period; it goes on after (last_day, last_id)."""

    tenant_id = UUID(default=None, help_text=RUN)
    id = UUID(primary_key=True, default=None, help_text=RUN)
    scheme_version_id = UUID(default=None, help_text=RUN)
    digest = Text(default=None, help_text=RUN)
    from_day = Date(default=None, help_text=RUN)
    until_day = Date(default=None, help_text=RUN)
    state = Text(default=None, help_text=RUN)
    total = Integer(default=None, help_text=RUN)
    done = Integer(default=0, help_text=RUN)
    unchanged = Integer(default=0, help_text=RUN)
    changed = Integer(default=0, help_text=RUN)
    erased = Integer(default=0, help_text=RUN)
    last_day = Date(default=None, null=True, help_text=RUN)
    last_id = UUID(default=None, null=True, help_text=RUN)
    asked_by = UUID(default=None, null=True, help_text="class=staff; keep=thirty days")
    asked_at = Timestamptz(default=None, help_text=RUN)
    finished_at = Timestamptz(default=None, null=True, help_text=RUN)


class DryRunChange(Table, tablename="dry_run_change"):
    """The first act of a case that would go otherwise; `sort` is the same sentence for cases that change alike."""

    tenant_id = UUID(default=None, help_text=RUN)
    dry_run_id = UUID(default=None, help_text=RUN)
    case_id = UUID(primary_key=True, default=None, help_text=RUN)
    seq = Integer(default=None, help_text=RUN)
    act = Text(default=None, help_text=RUN)
    title = Text(default=None, help_text=RUN)
    sort = Text(default=None, help_text=RUN)
    was = Text(default=None, help_text=RUN)
    becomes = Text(default=None, help_text=RUN)
    reasons = Jsonb(help_text=RUN)
