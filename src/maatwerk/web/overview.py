"""The first page: the cases that wait for the caller, in the role that he chose, and the first of his tasks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from maatwerk import clock
from maatwerk.cases.queries import WorkRow, work_list
from maatwerk.http import Caller, GivenCaller, GivenPage, PageRequest
from maatwerk.outlines.showing import visible
from maatwerk.people.functions import working_roles
from maatwerk.rules.permissions import SESSION
from maatwerk.tasks.holders import holder_of
from maatwerk.tasks.queries import Task, open_tasks
from maatwerk.tenancy import Tx, scope
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.returning import HOME, onward_of
from maatwerk.web.who import who

FIRST_TASKS = 10
Role = Annotated[str, QueryParameter(name="rol")]


@page(HOME, permission=SESSION)
async def show_overview(caller: GivenCaller, page: GivenPage, role: Role = "") -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        roles = await working_roles(tx, caller) if caller.may("werklijst.lezen") else {}
        chosen = role if role in roles else next(iter(roles), "")
        work, onward = await _work(tx, caller, page, chosen) if chosen else ([], "")
        tasks = await _tasks(tx, caller) if caller.may("taken.lezen") else []
        outlines = await visible(tx, caller) if caller.may("aanvragen.volgen") else []
    return render(
        "overview.html",
        "Overzicht",
        await who(caller),
        roles=roles,
        chosen=chosen,
        work=work,
        onward=onward,
        begun=not page.cursor,
        tasks=tasks[:FIRST_TASKS],
        more_tasks=len(tasks) > FIRST_TASKS,
        outlines=[(each.id, each.scheme.title) for each in outlines],
        today=clock.today(),
    )


async def _work(tx: Tx, caller: Caller, page: PageRequest, role: str) -> tuple[list[WorkRow], str]:
    """A page of the work list, and the address of the next."""
    place = await page.after(tx)
    after = (datetime.fromisoformat(place[0]), UUID(place[1])) if place else None
    rows = await work_list(tx, caller, role, after, page.limit)
    answer = await page.answer(tx, rows, lambda row: row, lambda row: (row.since.isoformat(), str(row.id)))
    return answer.content.resultaten, onward_of(answer.content)


async def _tasks(tx: Tx, caller: Caller) -> list[Task]:
    return list(await open_tasks(tx, holder_of(caller), limit=FIRST_TASKS + 1))


SCREENS = [show_overview]
