"""Routes for tasks."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter
from msgspec import UNSET

from maatwerk.glossary import ROLES
from maatwerk.http import FromPath, GivenCaller, GivenPage, Page, PageRequest, get, post
from maatwerk.rules.refusals import Forbidden
from maatwerk.tasks.actions.finish import finish_by_hand
from maatwerk.tasks.holders import Holder, holder_of
from maatwerk.tasks.queries import FIRST, NEWEST, Task, done_tasks, open_tasks
from maatwerk.tasks.schemas import TaskView
from maatwerk.tenancy import Tx, scope

TAG = "Taken"
State = Annotated[Literal["open", "afgerond"], QueryParameter(name="status", description="Open of afgeronde taken.")]
Whose = Annotated[
    Literal["mij", "iedereen"],
    QueryParameter(name="van", description="Uw eigen taken, of die van iedereen (recht `taken.overzien`)."),
]
OfCase = Annotated[UUID | None, QueryParameter(name="aanvraagId", description="Alleen taken van deze aanvraag.")]


@get("/taken", permission="taken.lezen", summary="De taken", tag=TAG)
async def list_tasks(
    caller: GivenCaller, page: GivenPage, wanted: State = "open", whose: Whose = "mij", case_id: OfCase = None
) -> Response[Page[TaskView]]:
    everybody, holder = whose == "iedereen", holder_of(caller)
    if everybody and not caller.may("taken.overzien"):
        raise Forbidden.because("geen_recht", "Uw rol ziet alleen de eigen taken.")
    async with scope(caller.tenant_id, caller.person_id) as tx:
        if wanted == "open":
            rows = await _open(tx, page, holder, everybody, case_id)
        else:
            before = await page.after_id(tx) or NEWEST
            rows = await done_tasks(tx, holder, everybody=everybody, case_id=case_id, before=before, limit=page.limit)
        return await page.answer(tx, rows, lambda task: task_view(task, holder), _place if wanted == "open" else _id)


@post(
    "/taken/{task_id:uuid}/_afronden",
    permission="taken.afronden",
    summary="Rond een taak af",
    tag=TAG,
    status=200,
    problems=[409],
)
async def finish(caller: GivenCaller, task_id: FromPath[UUID]) -> TaskView:
    holder = holder_of(caller)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        return task_view(await finish_by_hand(tx, task_id, holder), holder)


def task_view(task: Task, holder: Holder) -> TaskView:
    """A task as this member sees it."""
    return TaskView(
        id=task.id,
        kind=task.kind,
        title=task.title,
        yours=holder.has(task),
        created_at=task.created_at,
        case_id=task.case_id or UNSET,
        role=ROLES.get(task.role, task.role) if task.role else UNSET,
        seat=task.seat or UNSET,
        membership_id=task.membership_id or UNSET,
        due=task.due_on or UNSET,
        done_by_act=task.done_by_act or UNSET,
        done_at=task.done_at or UNSET,
        done_by=task.done_by or UNSET,
    )


async def _open(tx: Tx, page: PageRequest, holder: Holder, everybody: bool, case_id: UUID | None) -> Sequence[Task]:
    place = await page.after(tx)
    after = (date.fromisoformat(place[0]), UUID(place[1])) if place else FIRST
    return await open_tasks(tx, holder, everybody=everybody, case_id=case_id, after=after, limit=page.limit)


def _place(task: Task) -> tuple[str, ...]:
    due, task_id = task.place
    return due.isoformat(), str(task_id)


def _id(task: Task) -> tuple[str, ...]:
    return (str(task.id),)


HANDLERS = [list_tasks, finish]
