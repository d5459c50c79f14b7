"""A case waits for a meeting: without a date somebody gets a task at once, and a date that is planned later needs no other version."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.rules.standing import standing
from maatwerk.tenancy import load_tenant, read_tenants, scope
from tests.accounts import browser
from tests.databases import Database
from tests.pages import seen
from tests.partnership import TENANTS, Partnership, regio_36

COMMITTEE = """
[vergadering.commissie]
titel = "Commissie"
inleveren = "P10D"
bij_geen_datum = { taak = "Plan een vergadering", rol = "ondersteuner" }
[termijn.commissie]
titel = "Vergadering van de commissie"
soort = "streef"
start = ["handeling.indienen"]
vergadering = "commissie"
[escalatie.opschalen]
titel = "Opschalen"
niveaus = [
  { stap = "volledigheid", titel = "Ondersteuner", leden = ["ondersteuner"] },
  { stap = "beoordeling", titel = "Beoordelaars", leden = ["beoordelaar"], macht = "bindend" },
]
"""


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        await schemes.keep_source(tx, (TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8") + COMMITTEE)
        found.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "interventiebudget")
    return found


async def plans(*days: date) -> None:
    """The partnership's file with dates for its committee, loaded again."""
    file = next(each for each in read_tenants(TENANTS) if each.code == "regio-36")
    meeting = {"regeling": "interventiebudget", "vergadering": "commissie", "data": list(days)}
    await load_tenant(replace(file, settings={**file.settings, "vergadering": [meeting]}))


async def one(region: Partnership, query: str) -> Any:
    async with scope(region.tenant_id, None) as tx:
        return await tx.fetchval(query, region.tenant_id)


TASKS = "SELECT count(*) FROM task WHERE tenant_id = $1 AND title = 'Plan een vergadering' AND role = 'ondersteuner'"
TIMER = "SELECT due_at FROM timer WHERE tenant_id = $1"


async def test_the_page_and_the_api_say_that_no_date_is_known_and_on_which_level_the_case_is(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    async with browser(app, region.persons["jolijn"]) as client:
        page = seen(await client.get(f"/zaken/{case_id}"))
        view = (await client.get(f"/api/v1/aanvragen/{case_id}/stand")).json()
    assert "Vergadering van de commissie Nog geen datum bekend" in page
    assert "Opschalen: niveau 1 van 2, Ondersteuner (adviseert). Komt men er niet uit, dan: Beoordelaars." in page
    assert [each["id"] for each in view["ongepland"]] == ["commissie"]
    assert [(each["niveau"], each["niveaus"], each["isOpen"]) for each in view["escalatie"]] == [(1, 2, True)]
    assert view["behoeften"] == []


async def test_a_case_without_a_date_asks_for_one_and_has_it_once_the_partnership_planned_it(
    region: Partnership,
) -> None:
    case_id = await region.filed()
    today = clock.today()
    waiting = await region.case(case_id)
    assert [each.id for each in standing(waiting.scheme, waiting.acts, today).undated] == ["commissie"]
    assert await one(region, TASKS) == 1
    assert (await one(region, TIMER)).astimezone(clock.AMSTERDAM).date() == today + timedelta(days=1)
    await plans(today + timedelta(days=5), today + timedelta(days=30))
    planned = await region.case(case_id)
    found = standing(planned.scheme, planned.acts, today)
    assert found.undated == ()
    assert next(c.due for c in found.clocks if c.id == "commissie") == today + timedelta(days=30)
    assert planned.scheme_version_id == waiting.scheme_version_id
    await region.do("jolijn", case_id, "volledig_verklaren")
    assert await one(region, TASKS) == 1
