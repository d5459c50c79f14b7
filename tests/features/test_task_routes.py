"""Tasks over HTTP: one's own list in pages, everybody's for who oversees, and completing what is one's own."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx

from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import scope
from tests.accounts import browser, member_of
from tests.builders import a_tenant
from tests.databases import Database

TASKS = "/api/v1/taken"


async def a_task(tenant: UUID, title: str = "Bel de school", **more: object) -> UUID:
    asked = {"case_id": UUID(int=36), "role": "ondersteuner", "source_key": str(uuid4())} | more
    async with scope(tenant, None) as tx:
        made = await create(tx, title=title, **asked)  # type: ignore[arg-type]
    assert made is not None
    return made


async def titles(client: httpx.AsyncClient, **query: str) -> list[str]:
    answer = await client.get(TASKS, params=query)
    assert answer.status_code == 200, answer.text
    return [task["titel"] for task in answer.json()["resultaten"]]


async def test_a_list_shows_ones_own_tasks_with_what_is_known_of_them(app: Database) -> None:
    tenant = await a_tenant()
    task = await a_task(tenant, due_on=date(2025, 9, 5), done_by_act="besluit", kind="bellen")
    await a_task(tenant, "Van een ander", role="financial_controller")
    async with browser(app, await member_of(tenant, "ondersteuner")) as client:
        answer = await client.get(TASKS)
    (shown,) = answer.json()["resultaten"]
    assert shown.pop("aangemaaktOp")
    assert shown == {
        "id": str(task),
        "soort": "bellen",
        "titel": "Bel de school",
        "vanU": True,
        "aanvraagId": str(UUID(int=36)),
        "rol": "ondersteuner",
        "uiterlijk": "2025-09-05",
        "volgtUit": "besluit",
    }


async def test_a_list_of_open_tasks_comes_in_pages(app: Database) -> None:
    tenant = await a_tenant()
    for day in range(5):
        await a_task(tenant, f"dag {day}", due_on=date(2025, 9, 1) + timedelta(days=day) if day else None)
    async with browser(app, await member_of(tenant, "ondersteuner")) as client:
        seen, url = [], f"{TASKS}?pageSize=2"
        while url:
            answer = (await client.get(url)).json()
            seen += [task["titel"] for task in answer["resultaten"]]
            url = answer.get("volgende", "")
    assert seen == ["dag 1", "dag 2", "dag 3", "dag 4", "dag 0"]


async def test_a_task_is_completed_by_hand_and_moves_to_the_done_ones(app: Database) -> None:
    tenant = await a_tenant()
    task = await a_task(tenant)
    async with browser(app, await member_of(tenant, "ondersteuner")) as client:
        done = await client.post(f"{TASKS}/{task}/_afronden")
        assert done.status_code == 200, done.text
        assert done.json()["afgerondOp"]
        assert await titles(client) == []
        assert await titles(client, status="afgerond") == ["Bel de school"]
        assert (await client.post(f"{TASKS}/{task}/_afronden")).json() == done.json()


async def test_a_task_of_another_is_403_of_an_act_409_of_another_tenant_404(app: Database) -> None:
    tenant = await a_tenant()
    other = await a_task(tenant, role="coordinator", owner_id=uuid4())
    by_act = await a_task(tenant, done_by_act="besluit")
    foreign = await a_task(await a_tenant())
    async with browser(app, await member_of(tenant, "ondersteuner")) as client:
        statuses = [
            (await client.post(f"{TASKS}/{task}/_afronden")).status_code for task in (other, by_act, foreign, uuid4())
        ]
    assert statuses == [403, 409, 404, 404]


async def test_everybodys_tasks_are_for_who_oversees(app: Database) -> None:
    tenant, case = await a_tenant(), uuid4()
    await a_task(tenant, "van de school", role="coordinator", case_id=case)
    await a_task(tenant, "van een andere zaak")
    async with browser(app, await member_of(tenant, "tenant_admin")) as client:
        assert await titles(client) == []
        assert await titles(client, van="iedereen") == ["van de school", "van een andere zaak"]
        assert await titles(client, van="iedereen", aanvraagId=str(case)) == ["van de school"]
    async with browser(app, await member_of(tenant, "coordinator")) as client:
        assert (await client.get(TASKS, params={"van": "iedereen"})).status_code == 403
    async with browser(app, await member_of(tenant, "fg")) as client:
        assert (await client.get(TASKS)).status_code == 403


async def test_a_filter_or_cursor_that_is_none_is_a_400(app: Database) -> None:
    async with browser(app, await member_of(await a_tenant(), "ondersteuner")) as client:
        for query in ({"status": "weg"}, {"van": "wie"}, {"aanvraagId": "x"}, {"cursor": "AAAA"}, {"zaak": "1"}):
            assert (await client.get(TASKS, params=query)).status_code == 400, query
