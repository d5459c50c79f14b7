"""Tasks: made once, seen by whom they are for, completed by an act or by hand."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from maatwerk.rules.refusals import Conflict, Forbidden, NotFound
from maatwerk.tasks.actions.create import create
from maatwerk.tasks.actions.finish import finish, finish_by_hand, finish_for_act
from maatwerk.tasks.holders import Holder
from maatwerk.tasks.queries import done_tasks, of_case, one, open_tasks
from maatwerk.tenancy import Tx, scope
from tests.builders import a_tenant
from tests.databases import Database


def a_holder(*roles: str, seats: frozenset[str] = frozenset(), organisation: UUID | None = None) -> Holder:
    return Holder(uuid4(), frozenset(roles), seats, frozenset({organisation} if organisation else ()))


async def a_task(tx: Tx, title: str = "Bel de school", **more: object) -> UUID:
    asked = {"case_id": uuid4(), "role": "ondersteuner", "source_key": str(uuid4())} | more
    made = await create(tx, title=title, **asked)  # type: ignore[arg-type]
    assert made is not None
    return made


async def titles(tx: Tx, holder: Holder, everybody: bool = False) -> list[str]:
    return [task.title for task in await open_tasks(tx, holder, everybody=everybody)]


async def test_the_same_source_makes_one_task(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        await a_task(tx, source_key="besluit/bellen")
        assert (
            await create(tx, case_id=None, title="Nog eens", role="ondersteuner", source_key="besluit/bellen") is None
        )
        assert await titles(tx, a_holder("ondersteuner")) == ["Bel de school"]


async def test_a_task_is_seen_by_whom_it_is_for(app: Database) -> None:
    school = uuid4()
    async with scope(await a_tenant(), None) as tx:
        me = a_holder("reviewer", seats=frozenset({"vo"}))
        await a_task(tx, "van mij", role=None, membership_id=me.membership_id)
        await a_task(tx, "van een ander", role="reviewer", membership_id=uuid4())
        await a_task(tx, "van mijn stoel", role="reviewer", seat="vo")
        await a_task(tx, "van een andere stoel", role="reviewer", seat="mbo")
        await a_task(tx, "van mijn school", role="coordinator", owner_id=school)
        await a_task(tx, "van een andere school", role="coordinator", owner_id=uuid4())
        await a_task(tx, "van geen school", role="coordinator")
        await a_task(tx, "van elke ondersteuner")
        assert await titles(tx, me) == ["van mij", "van mijn stoel"]
        assert await titles(tx, a_holder("coordinator", organisation=school)) == ["van mijn school"]
        assert await titles(tx, a_holder("ondersteuner")) == ["van elke ondersteuner"]
        assert await titles(tx, a_holder("financial_controller")) == []
        assert len(await titles(tx, a_holder("tenant_admin"), everybody=True)) == 8


async def test_the_list_and_the_task_agree_about_whose_it_is(app: Database) -> None:
    school = uuid4()
    holders = [
        a_holder("reviewer", seats=frozenset({"vo"})),
        a_holder("coordinator", organisation=school),
        a_holder("coordinator"),
        a_holder("ondersteuner", "tenant_admin", organisation=school),
        a_holder(),
    ]
    async with scope(await a_tenant(), None) as tx:
        for membership in (None, holders[0].membership_id):
            for seat in (None, "vo", "mbo"):
                for role in (None, "coordinator", "ondersteuner", "reviewer"):
                    for organisation in (None, school):
                        if membership or seat or role:
                            await a_task(tx, membership_id=membership, seat=seat, role=role, owner_id=organisation)
        everything = await open_tasks(tx, holders[0], everybody=True)
        assert len(everything) == 46
        for holder in holders:
            assert {task.id for task in await open_tasks(tx, holder)} == {t.id for t in everything if holder.has(t)}


async def test_open_tasks_come_by_due_date_and_page_by_place(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        await a_task(tx, "zonder datum")
        await a_task(tx, "later", due_on=date(2025, 9, 12))
        await a_task(tx, "eerst", due_on=date(2025, 9, 5))
        holder = a_holder("ondersteuner")
        first = await open_tasks(tx, holder, limit=2)
        rest = await open_tasks(tx, holder, after=first[-1].place)
    assert [task.title for task in [*first, *rest]] == ["eerst", "later", "zonder datum"]


async def test_an_act_completes_the_tasks_that_wait_for_it(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        case, mine = uuid4(), uuid4()
        await a_task(tx, "stem vo", case_id=case, role=None, seat="vo", done_by_act="stem")
        await a_task(tx, "stem mbo", case_id=case, role=None, seat="mbo", done_by_act="stem")
        await a_task(tx, "van een ander", case_id=case, membership_id=uuid4(), done_by_act="stem")
        await a_task(tx, "andere zaak", role=None, seat="vo", done_by_act="stem")
        await a_task(tx, "andere handeling", case_id=case, done_by_act="besluit")
        assert await finish_for_act(tx, case, "stem", mine, "vo") == 1
        assert await finish_for_act(tx, case, "stem", mine, "vo") == 0
        still = [task.title for task in await of_case(tx, case) if task.done_at is None]
        (done,) = await done_tasks(tx, a_holder(), everybody=True)
    assert still == ["stem mbo", "van een ander", "andere handeling"]
    assert (done.title, done.done_by) == ("stem vo", mine)


async def test_an_act_on_a_seat_completes_the_task_of_whom_it_was_done_for(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        case = uuid4()
        await a_task(tx, "van de eerste", case_id=case, membership_id=uuid4(), seat="vo", done_by_act="stem")
        assert await finish_for_act(tx, case, "stem", uuid4(), "mbo") == 0
        assert await finish_for_act(tx, case, "stem", uuid4(), "vo") == 1


async def test_only_whose_it_is_completes_a_task_by_hand(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        task, holder = await a_task(tx), a_holder("ondersteuner")
        with pytest.raises(Forbidden):
            await finish_by_hand(tx, task, a_holder("tenant_admin"))
        done = await finish_by_hand(tx, task, holder)
        assert done.done_by == holder.membership_id
        again = await finish_by_hand(tx, task, a_holder("ondersteuner"))
        assert again.done_by == holder.membership_id
        assert not await finish(tx, task, None)


async def test_a_task_that_an_act_completes_is_not_completed_by_hand(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        task = await a_task(tx, done_by_act="besluit")
        with pytest.raises(Conflict):
            await finish_by_hand(tx, task, a_holder("ondersteuner"))


async def test_another_tenant_has_no_part_in_a_task(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        task = await a_task(tx)
    async with scope(await a_tenant(), None) as tx:
        assert await one(tx, task) is None
        with pytest.raises(NotFound):
            await finish_by_hand(tx, task, a_holder("ondersteuner"))
        assert not await finish(tx, task, None)
