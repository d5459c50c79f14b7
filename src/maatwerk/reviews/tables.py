"""What reviews keep of reviewers themselves; panels stand in the case's acts, packs in anonymisation."""

from piccolo.columns import UUID, Date, Timestamptz
from piccolo.table import Table


class Absence(Table, tablename="absence"):
    """Days on which a member can't review, both included."""

    tenant_id = UUID(default=None, help_text="class=none; keep=to_day+1y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=to_day+1y")
    membership_id = UUID(default=None, help_text="class=staff; keep=to_day+1y")
    from_day = Date(default=None, help_text="class=staff; keep=to_day+1y")
    to_day = Date(default=None, help_text="class=staff; keep=to_day+1y")
    reported_by = UUID(null=True, default=None, help_text="class=staff; keep=to_day+1y")
    reported_at = Timestamptz(default=None, help_text="class=none; keep=to_day+1y")
