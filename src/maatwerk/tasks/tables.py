"""Tasks. A title is a text of the scheme or of this service, never of a person, and names no pupil."""

from piccolo.columns import UUID, Date, Text, Timestamptz
from piccolo.table import Table


class Task(Table, tablename="task"):
    """Open while done_at is empty. Of the member when there is one, else of the seat, else of the role, within which `owner_id` may
    name a school, a municipality or everybody in it; `source_key` names what made it, so that making it twice makes one."""

    tenant_id = UUID(default=None, help_text="class=none; keep=case")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=case")
    case_id = UUID(null=True, default=None, help_text="class=none; keep=case")
    owner_id = UUID(null=True, default=None, help_text="class=quasi_id; keep=case")
    kind = Text(default=None, help_text="class=none; keep=case")
    title = Text(default=None, help_text="class=none; keep=case")
    role = Text(null=True, default=None, help_text="class=none; keep=case")
    membership_id = UUID(null=True, default=None, help_text="class=staff; keep=case")
    seat = Text(null=True, default=None, help_text="class=none; keep=case")
    done_by_act = Text(null=True, default=None, help_text="class=none; keep=case")
    due_on = Date(null=True, default=None, help_text="class=none; keep=case")
    created_at = Timestamptz(default=None, help_text="class=none; keep=case")
    done_at = Timestamptz(null=True, default=None, help_text="class=none; keep=case")
    done_by = UUID(null=True, default=None, help_text="class=staff; keep=case")
    source_key = Text(default=None, help_text="class=none; keep=case")
