"""A dry run on the tenant's own cases, by a worker in parts: which cases would go otherwise and why, by their number alone."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from maatwerk import clock as wall
from maatwerk import outbox
from maatwerk.crypto import destroy_case_key
from maatwerk.outbox import Superseded
from maatwerk.schemes.actions import dry_run as part
from maatwerk.schemes.dry_runs import forget_runs
from maatwerk.schemes.messages import DryRunWanted
from maatwerk.tenancy import scope
from tests.accounts import once
from tests.databases import Database
from tests.isolation.victim import state_of
from tests.partnership import Partnership
from tests.publishing import NEWER, SOURCE, TOML, as_member, two_admins, written

STRICTER = NEWER.replace("< 23", "< 16")
YOUNG = {
    "leerling": {
        "voornaam": "Tijn",
        "achternaam": "Verduijn",
        "geboortedatum": (wall.today() - timedelta(days=13 * 366)).isoformat(),
    }
}
OLDER = {
    "leerling": {
        "voornaam": "Saar",
        "achternaam": "Joosten",
        "geboortedatum": (wall.today() - timedelta(days=18 * 366)).isoformat(),
    }
}


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await two_admins()


async def begun(client: httpx.AsyncClient, version: str) -> str:
    period = {"eersteDag": wall.today().isoformat(), "laatsteDag": wall.today().isoformat()}
    answer = await client.post(f"/regelingen/{version}/proefdraaien", json=period, headers=once())
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/v1/proefdraaien/{answer.json()['id']}"
    return str(answer.json()["id"])


async def number(region: Partnership, case_id: UUID) -> str:
    found = (await region.case(case_id)).number
    assert found is not None
    return found


@pytest.mark.requirement("ALL-02")
async def test_a_dry_run_on_the_cases_of_a_period_lists_those_that_would_go_otherwise(
    app: Database, region: Partnership
) -> None:
    young, older, erased = await region.filed(**YOUNG), await region.filed(**OLDER), await region.filed(**OLDER)
    await region.open()
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, erased)
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, STRICTER)
        run = await begun(astrid, version)
        period = {"eersteDag": wall.today().isoformat(), "laatsteDag": wall.today().isoformat()}
        second = await astrid.post(f"/regelingen/{version}/proefdraaien", json=period, headers=once())
        assert (second.status_code, second.json()["code"]) == (409, "loopt_al")
        waiting = (await astrid.get(f"/proefdraaien/{run}")).json()
        assert (waiting["status"], waiting["totaal"], waiting["nagegaan"]) == ("wacht", 3, 0)
        await region.deliver()
        found = (await astrid.get(f"/proefdraaien/{run}")).json()
        assert {name: found[name] for name in ("status", "totaal", "nagegaan", "ongewijzigd", "gewijzigd", "gewist")} == {
            "status": "klaar", "totaal": 3, "nagegaan": 3, "ongewijzigd": 1, "gewijzigd": 1, "gewist": 1,
        }  # fmt: skip
        (group,) = found["groepen"]
        assert group["aantal"] == 1
        assert group["uitleg"].startswith("Aanvraag indienen: wordt geweigerd. De leerling moet ouder dan 11 jaar")
        answer = await astrid.get(f"/proefdraaien/{run}/wijzigingen")
        (change,) = answer.json()["resultaten"]
        assert change["zaaknummer"] == await number(region, older)
        assert (change["handeling"], change["volgnummer"], change["wordt"]) == ("indienen", 1, "geweigerd")
        assert [each["id"] for each in (await astrid.get(f"/regelingen/{version}/proefdraaien")).json()] == [run]
        told = answer.text + (await astrid.get(f"/proefdraaien/{run}")).text
    for word in (
        "Saar",
        "Joosten",
        "Tijn",
        "Verduijn",
        *OLDER["leerling"].values(),
        str(older),
        await number(region, young),
    ):
        assert word not in told


async def test_the_same_rules_change_nothing_in_a_case_that_went_all_the_way(
    app: Database, region: Partnership
) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET ceiling = 20000000 WHERE tenant_id = $1", region.tenant_id)
    case_id = await region.to_review(**OLDER)
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    await region.do("jolijn", case_id, "besluit_verzenden")
    async with as_member(app, region, "astrid") as astrid:
        same, stricter = await written(astrid, SOURCE), await written(astrid, NEWER)
        runs = [await begun(astrid, same), await begun(astrid, stricter)]
        await region.deliver()
        found = [(await astrid.get(f"/proefdraaien/{run}")).json() for run in runs]
        assert [each["gewijzigd"] for each in found] == [0, 1]
        (change,) = (await astrid.get(f"/proefdraaien/{runs[1]}/wijzigingen")).json()["resultaten"]
    assert change["titel"] == "Advies uitbrengen"
    assert change["was"] == "Beoordeling: akkoord; Besluit begint; € 1.240,00 vastgelegd op Interventiebudget"
    assert change["wordt"] == "er volgt niets"


async def test_a_dry_run_goes_on_in_parts_and_each_case_counts_once(
    app: Database, region: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "MOST", 2)
    for _ in range(5):
        await region.filed(**OLDER)
    async with as_member(app, region, "astrid") as astrid:
        run = await begun(astrid, await written(astrid, STRICTER))
        job = await taken(region)
        await part.dry_run(job)
        with pytest.raises(Superseded):
            await part.dry_run(job)
        found = (await astrid.get(f"/proefdraaien/{run}")).json()
        assert (found["status"], found["nagegaan"], found["gewijzigd"]) == ("bezig", 2, 2)
        await region.deliver()
        found = (await astrid.get(f"/proefdraaien/{run}")).json()
        assert (found["status"], found["nagegaan"], found["gewijzigd"]) == ("klaar", 5, 5)
        page = (await astrid.get(f"/proefdraaien/{run}/wijzigingen", params={"pageSize": 3})).json()
        rest = (await astrid.get(httpx.URL(page["volgende"].removeprefix("/api/v1")))).json()
        assert len({each["zaaknummer"] for each in page["resultaten"] + rest["resultaten"]}) == 5
    assert found["afgerondOp"]


async def taken(region: Partnership) -> outbox.Job:
    """The row of the dry run, as a worker takes it."""
    async with scope(region.tenant_id, None) as tx:
        handler = DryRunWanted.handlers[0]
        row = await tx.fetchval("SELECT id FROM outbox WHERE handler = $1 AND done_at IS NULL", handler)
        job = await outbox.take(tx, row)
        assert job is not None
        await outbox.begin(tx, job)
        return job


async def test_it_writes_nothing_in_any_case(app: Database, region: Partnership) -> None:
    await region.to_review(**OLDER)
    async with as_member(app, region, "astrid") as astrid:
        run = await begun(astrid, await written(astrid, STRICTER))
        before = await state_of(app, region.tenant_id)
        await region.deliver()
        after = await state_of(app, region.tenant_id)
        assert (await astrid.get(f"/proefdraaien/{run}")).json()["status"] == "klaar"
    assert {table for table in before if before[table] != after[table]} <= {
        "dry_run", "dry_run_change", "outbox", "mail", "mail_attempt", "task",
    }  # fmt: skip


async def test_a_text_that_changed_meanwhile_ends_the_run(app: Database, region: Partnership) -> None:
    await region.filed(**OLDER)
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, STRICTER)
        run = await begun(astrid, version)
        path = f"/regelingen/{version}/bestand"
        assert (await astrid.put(path, content=NEWER.encode(), headers=TOML | {"If-Match": '"1"'})).status_code == 200
        await region.deliver()
        found = (await astrid.get(f"/proefdraaien/{run}")).json()
    assert (found["status"], found["nagegaan"]) == ("vervallen", 0)


async def test_only_an_admin_runs_dry_and_a_period_ends_after_it_begins(app: Database, region: Partnership) -> None:
    period = {"eersteDag": "2024-09-02", "laatsteDag": "2024-09-01"}
    path = f"/regelingen/{region.scheme_id}/proefdraaien"
    for name, status in (("jolijn", 403), ("bas", 403), ("astrid", 400)):
        async with as_member(app, region, name) as client:
            answer = await client.post(path, json=period, headers=once())
            assert answer.status_code == status
    assert [each["veld"] for each in answer.json()["invalidParams"]] == ["laatsteDag"]


async def test_runs_that_ended_long_ago_are_forgotten(app: Database, region: Partnership) -> None:
    await region.filed(**OLDER)
    async with as_member(app, region, "astrid") as astrid:
        run = await begun(astrid, await written(astrid, STRICTER))
        await region.deliver()
        for day, status in ((-1, 200), (1, 404)):
            async with scope(region.tenant_id, None) as tx:
                await forget_runs(tx, wall.now() + timedelta(days=day))
            assert (await astrid.get(f"/proefdraaien/{run}")).status_code == status
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM dry_run_change") == 0
