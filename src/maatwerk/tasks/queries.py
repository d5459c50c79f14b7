"""Reading tasks. A list is somebody's: what a member has to do, or everything when he oversees the tenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maatwerk.tasks.holders import Holder
from maatwerk.tenancy import Tx

COLUMNS = """
    id, case_id, owner_id, kind, title, role, membership_id, seat, done_by_act, due_on, created_at, done_at, done_by
"""
ONE = f"SELECT {COLUMNS} FROM task WHERE tenant_id = $1 AND id = $2"  # noqa: S608 - ours
OF_CASE = f"SELECT {COLUMNS} FROM task WHERE tenant_id = $1 AND case_id = $2 ORDER BY id"  # noqa: S608 - ours
HIS = """(
    membership_id = $2 AND (role IS NULL OR role = ANY($4))
    OR membership_id IS NULL AND seat = ANY($3)
    OR membership_id IS NULL AND seat IS NULL AND role = ANY($4)
        AND CASE WHEN owner_id IS NULL THEN role <> 'coordinator' ELSE owner_id = ANY($5) END)
"""
OPEN = f"""
    SELECT {COLUMNS} FROM task
    WHERE tenant_id = $1 AND done_at IS NULL AND ($6 OR {HIS}) AND ($7::uuid IS NULL OR case_id = $7)
      AND (coalesce(due_on, DATE '9999-12-31'), id) > ($8, $9)
    ORDER BY coalesce(due_on, DATE '9999-12-31'), id LIMIT $10
"""  # noqa: S608 - ours
DONE = f"""
    SELECT {COLUMNS} FROM task
    WHERE tenant_id = $1 AND done_at IS NOT NULL AND ($6 OR {HIS}) AND ($7::uuid IS NULL OR case_id = $7) AND id < $8
    ORDER BY id DESC LIMIT $9
"""  # noqa: S608 - ours
FIRST = (date.min, UUID(int=0))
NEWEST = UUID(int=2**128 - 1)


@dataclass(frozen=True)
class Task:
    """A task as its row says."""

    id: UUID
    case_id: UUID | None
    owner_id: UUID | None
    kind: str
    title: str
    role: str | None
    membership_id: UUID | None
    seat: str | None
    done_by_act: str | None
    due_on: date | None
    created_at: datetime
    done_at: datetime | None
    done_by: UUID | None

    @property
    def place(self) -> tuple[date, UUID]:
        """Where it stands among open tasks: by due date, those without one last, and then by age."""
        return self.due_on or date.max, self.id


async def one(tx: Tx, task_id: UUID) -> Task | None:
    """The task, open or done."""
    row = await tx.fetchrow(ONE, tx.tenant_id, task_id)
    return None if row is None else Task(**row)


async def of_case(tx: Tx, case_id: UUID) -> Sequence[Task]:
    """Every task of a case, open and done, the oldest first."""
    return [Task(**row) for row in await tx.fetch(OF_CASE, tx.tenant_id, case_id)]


async def open_tasks(
    tx: Tx,
    holder: Holder,
    *,
    everybody: bool = False,
    case_id: UUID | None = None,
    after: tuple[date, UUID] = FIRST,
    limit: int = 101,
) -> Sequence[Task]:
    """Open tasks of the holder, or of everybody, after a place; the first due first."""
    rows = await tx.fetch(OPEN, *_asked(tx, holder, everybody, case_id), *after, limit)
    return [Task(**row) for row in rows]


async def done_tasks(
    tx: Tx,
    holder: Holder,
    *,
    everybody: bool = False,
    case_id: UUID | None = None,
    before: UUID = NEWEST,
    limit: int = 101,
) -> Sequence[Task]:
    """Completed tasks, the youngest first."""
    rows = await tx.fetch(DONE, *_asked(tx, holder, everybody, case_id), before, limit)
    return [Task(**row) for row in rows]


def _asked(tx: Tx, holder: Holder, everybody: bool, case_id: UUID | None) -> tuple[object, ...]:
    seats, roles = list(holder.seats), list(holder.roles)
    return (tx.tenant_id, holder.membership_id, seats, roles, list(holder.owners), everybody, case_id)
