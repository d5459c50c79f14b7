"""Acts that are recorded late, on the day they were done: what they start or stop is told at once, and what was told stays."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk import clock as now
from maatwerk import timers
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.decisions.actions.cure import TITLE as CURED
from maatwerk.outbox import dispatch_scope
from maatwerk.settings import in_force
from maatwerk.tasks.queries import of_case
from maatwerk.tenancy import scope
from tests.accounts import Clock, browser
from tests.databases import Database
from tests.pages import seen
from tests.partnership import Partnership, regio_36

NEARS, PASSED = "De streeftermijn van een week loopt bijna af", "De streeftermijn van een week is verstreken"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def late(region: Partnership, case_id: UUID, kind: str, on: date, **fields: Any) -> None:
    """An act of the ondersteuner that is dated back."""
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        await act(tx, jolijn, case_id, Deed(kind, fields, on), in_force())


async def ticks(region: Partnership) -> int:
    """What the ticker finds due now, done as far as it goes."""
    async with dispatch_scope() as tx:
        found = await timers.tick(tx)
    await region.deliver()
    return found


async def told(region: Partnership, case_id: UUID) -> tuple[list[str], list[str]]:
    """The tasks and the mails that terms of the case made, in order."""
    query = "SELECT kind FROM mail WHERE case_id = $1 AND kind LIKE 'termijn%' ORDER BY id"
    async with scope(region.tenant_id, None) as tx:
        tasks = [task.title for task in await of_case(tx, case_id) if task.title in (NEARS, PASSED, CURED)]
        return tasks, [row["kind"] for row in await tx.fetch(query, case_id)]


async def target(client: httpx.AsyncClient, case_id: UUID) -> tuple[str, str]:
    """The target of a week as somebody sees it: its state, and the day for which it was told to have passed."""
    standing = (await client.get(f"/api/v1/aanvragen/{case_id}/stand")).json()
    words = seen(await client.get(f"/zaken/{case_id}"))
    term = next(each for each in standing["termijnen"] if each["id"] == "reactie")
    passed = term.get("verstrekenGemeld", "")
    assert ("is deze termijn als verstreken gemeld." in words) is (bool(passed) and term["status"] == "gestopt")
    return term["status"], passed


async def decided(region: Partnership) -> UUID:
    """Approved on the day of filing, and waiting for the besluit to be sent."""
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    return case_id


async def test_a_term_that_began_and_passed_in_the_past_is_told_at_once_and_its_warning_no_more(
    region: Partnership, clock: Clock
) -> None:
    case_id, filed_on = await region.filed(), now.today()
    clock.forward(timedelta(days=12))
    await late(region, case_id, "volledig_verklaren", filed_on)
    assert await ticks(region) == 1
    assert await told(region, case_id) == ([PASSED], ["termijn_verstreken"])
    assert await ticks(region) == 0


async def test_an_act_does_not_put_off_what_the_ticker_had_yet_to_tell(region: Partnership, clock: Clock) -> None:
    case_id = await decided(region)
    clock.forward(timedelta(days=12))
    await region.do("bas", case_id, "toestemming_vastleggen", wie="ouder", stand="gegeven")
    assert await ticks(region) == 1
    assert (await told(region, case_id))[0] == [PASSED]


async def test_a_breach_that_was_told_stays_beside_a_besluit_that_is_dated_in_time_and_somebody_looks_at_it(
    app: Database, region: Partnership, clock: Clock
) -> None:
    case_id, day = await decided(region), now.today()
    clock.forward(timedelta(days=12))
    assert await ticks(region) == 1
    passed_on = (day + timedelta(days=8)).isoformat()
    async with browser(app, region.persons["jolijn"]) as client:
        assert await target(client, case_id) == ("verstreken", passed_on)
        await late(region, case_id, "besluit_verzenden", day + timedelta(days=5))
        assert await target(client, case_id) == ("gestopt", passed_on)
    assert (await told(region, case_id))[0] == [PASSED, CURED]
    await ticks(region)
    assert (await told(region, case_id))[0] == [PASSED, CURED]


async def test_a_besluit_that_was_late_cures_nothing_however_late_it_is_recorded(
    app: Database, region: Partnership, clock: Clock
) -> None:
    case_id, day = await decided(region), now.today()
    clock.forward(timedelta(days=12))
    await ticks(region)
    await late(region, case_id, "besluit_verzenden", day + timedelta(days=9))
    async with browser(app, region.persons["jolijn"]) as client:
        assert (await target(client, case_id))[0] == "te_laat_gestopt"
    assert (await told(region, case_id))[0] == [PASSED]
