"""What reviews keep of reviewers themselves; panels stand in the case's acts, packs in anonymisation."""

from piccolo.columns import UUID, Bytea, Date, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb

CASE = "class=none; keep=with the case"
STAFF = "class=staff; keep=with the case"


class Absence(Table, tablename="absence"):
    """Days on which a member can't review, both included."""

    tenant_id = UUID(default=None, help_text="class=none; keep=to_day+1y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=to_day+1y")
    membership_id = UUID(default=None, help_text="class=staff; keep=to_day+1y")
    from_day = Date(default=None, help_text="class=staff; keep=to_day+1y")
    to_day = Date(default=None, help_text="class=staff; keep=to_day+1y")
    reported_by = UUID(null=True, default=None, help_text="class=staff; keep=to_day+1y")
    reported_at = Timestamptz(default=None, help_text="class=none; keep=to_day+1y")


class Involvement(Table, tablename="involvement"):
    """A member who has or had a part in the case, and so can't review this pupil, unless that was withdrawn. `what` and
    `withdrawn_because` are codes of rules/involvement."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    membership_id = UUID(default=None, help_text=STAFF)
    what = Text(default=None, help_text=STAFF)
    declared_by = UUID(default=None, null=True, help_text=STAFF)
    declared_at = Timestamptz(default=None, help_text=CASE)
    withdrawn_at = Timestamptz(default=None, null=True, help_text=CASE)
    withdrawn_by = UUID(default=None, null=True, help_text=STAFF)
    withdrawn_because = Text(default=None, null=True, help_text=STAFF)


class MentionSetAside(Table, tablename="mention_set_aside"):
    """That a school named a reviewer says nothing, for the panel of one case. `seen` holds how far the cases of the pupil went
    then (id to seq): what is written later counts again."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    membership_id = UUID(default=None, help_text=STAFF)
    reason = Text(default=None, help_text=STAFF)
    seen = Jsonb(help_text=CASE)
    set_by = UUID(default=None, null=True, help_text=STAFF)
    set_at = Timestamptz(default=None, help_text=CASE)


class Suspicion(Table, tablename="suspicion"):
    """Somebody whom a school thinks involved, by a name sealed with the case's key. Open as long as `verdict` is empty."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    id = UUID(primary_key=True, default=None, help_text=CASE)
    case_id = UUID(default=None, help_text=CASE)
    name = Bytea(default=None, help_text="class=free_text; keep=with the case, by destroying the case's key")
    what = Text(default=None, help_text=STAFF)
    reported_by = UUID(default=None, help_text=STAFF)
    reported_at = Timestamptz(default=None, help_text=CASE)
    verdict = Text(default="", help_text=STAFF)
    membership_id = UUID(default=None, null=True, help_text=STAFF)
    settled_by = UUID(default=None, null=True, help_text=STAFF)
    settled_at = Timestamptz(default=None, null=True, help_text=CASE)
