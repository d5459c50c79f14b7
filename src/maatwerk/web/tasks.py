"""All open tasks of the caller, the first due first. Here they are read; done they are in the case."""

from datetime import date
from uuid import UUID

from litestar import Response

from maatwerk import clock
from maatwerk.http import GivenCaller, GivenPage
from maatwerk.tasks.holders import holder_of
from maatwerk.tasks.queries import FIRST, Task, open_tasks
from maatwerk.tenancy import scope
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.returning import onward_of
from maatwerk.web.who import who


@page("/taken", permission="taken.lezen")
async def show_tasks(caller: GivenCaller, page: GivenPage) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        place = await page.after(tx)
        after = (date.fromisoformat(place[0]), UUID(place[1])) if place else FIRST
        rows = await open_tasks(tx, holder_of(caller), after=after, limit=page.limit)
        answer = await page.answer(tx, rows, lambda task: task, _place)
    return render(
        "tasks.html",
        "Taken",
        await who(caller),
        tasks=answer.content.resultaten,
        onward=onward_of(answer.content),
        begun=not page.cursor,
        today=clock.today(),
    )


def _place(task: Task) -> tuple[str, ...]:
    due, task_id = task.place
    return due.isoformat(), str(task_id)


SCREENS = [show_tasks]
