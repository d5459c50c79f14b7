"""Beside what De Verbinding expected of its budget stands what came of it: pupils, counted as money is committed, and what one costs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from asyncpg.exceptions import InsufficientPrivilegeError

from maatwerk import clock as wall
from maatwerk.cases import schemes
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.files.actions.store import store
from maatwerk.organisations.queries import by_name
from maatwerk.tenancy import scope
from tests.accounts import browser
from tests.databases import Database
from tests.pages import seen
from tests.partnership import TENANTS, Partnership, enlist, loaded
from tests.publishing import as_member
from tests.tenants.test_de_verbinding import answers, group

TEXT = (TENANTS / "de-verbinding" / "scheme.toml").read_text(encoding="utf-8").replace("geldig_tot = 2023-07-31", "")
ESTIMATE = 'raming = { leerlingen = 30, gemiddelde = 5000_00, bron = "DV-06" }'
SETTLING = """
[handeling.vaststellen]
titel = "Vaststellen"
door = ["programmadirecteur"]
wanneer = "open"
effecten = [{ soort = "vaststellen", boek = "maatwerkbudget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["vaststellen"] }
"""
EXPECTED = {"leerlingen": 30, "gemiddelde": 500_000, "som": 15_000_000}


@pytest.fixture
async def region(app: Database) -> Partnership:
    tenant_id = await loaded("de-verbinding")
    async with scope(tenant_id, None) as tx:
        school = await by_name(tx, "Kasteel College")
    assert school is not None
    found = Partnership(tenant_id, UUID(int=0))
    await scheme_is(found, TEXT + SETTLING)
    roles = (("sanne", "coordinator", "school"), ("marloes", "ondersteuner", "contactpersoon"),
             ("diederik", "ondersteuner", "programmadirecteur"))  # fmt: skip
    for name, role, function in roles:
        caller = await enlist(found, name, [role], organisation_id=school.id if role == "coordinator" else None)
        found.callers[name] = replace(caller, functions=frozenset({function}))
    await enlist(found, "hessel", ["financial_controller"])
    return found


async def scheme_is(region: Partnership, text: str) -> None:
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, text)
        region.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "maatwerkbudget")


async def granted(region: Partnership, asked: dict[str, Any], amount: int) -> UUID:
    sanne = region.callers["sanne"]
    async with scope(region.tenant_id, sanne.person_id) as tx:
        given = {name: value for name, value in asked.items() if name != "opp"}
        case_id = await open_case(tx, sanne, region.scheme_id, Draft(given))
        if "opp" in asked:
            kept = await store(tx, case_id, purpose="bijlage", field="opp", name="a.pdf", media_type="application/pdf", content=b"%PDF-1.7")  # fmt: skip
            await save_draft(tx, await read(tx, case_id, lock=True), Draft({"opp": [str(kept)]}))
    await region.do("sanne", case_id, "indienen")
    await region.do("marloes", case_id, "voorleggen")
    decision = {"besluit": "toegekend", "bedrag": amount, "motivering": "Past."}
    await region.do("diederik", case_id, "besluiten", **decision, onderbouwing="Nodig.")
    return case_id


async def book(app: Database, region: Partnership) -> dict[str, Any]:
    """The only book there is, as the controller reads it."""
    async with as_member(app, region, "hessel") as hessel:
        (found,) = (await hessel.get("/boeken")).json()
    return dict(found)


async def entries(app: Database, region: Partnership) -> list[tuple[str, int, int | None]]:
    async with as_member(app, region, "hessel") as hessel:
        path = f"/boeken/{(await hessel.get('/boeken')).json()[0]['id']}/boekingen"
        found = (await hessel.get(path)).json()["resultaten"]
    return [(each["soort"], each["bedrag"], each.get("leerlingen")) for each in found]


@pytest.mark.requirement("DV-06")
async def test_a_group_counts_its_pupils_one_child_is_one_and_what_is_given_back_counts_no_more(
    app: Database, region: Partnership
) -> None:
    alone = await granted(region, answers(), 400_000)
    found = await book(app, region)
    assert (found["raming"], found["werkelijk"]) == (EXPECTED, {"leerlingen": 1, "gemiddelde": 400_000})
    several = await granted(region, group(6), 1_300_000)
    assert (await book(app, region))["werkelijk"] == {"leerlingen": 7, "gemiddelde": 242_857}
    await region.do("sanne", alone, "intrekken")
    assert (await book(app, region))["werkelijk"] == {"leerlingen": 6, "gemiddelde": 216_667}
    await region.do("diederik", several, "vaststellen", bedrag=600_000)
    found = await book(app, region)
    assert (found["vastgelegd"], found["werkelijk"]) == (600_000, {"leerlingen": 6, "gemiddelde": 100_000})
    assert await entries(app, region) == [
        ("vastleggen", 400_000, 1),
        ("vastleggen", 1_300_000, 6),
        ("vrijgeven", 400_000, -1),
        ("vaststellen", 600_000, 0),
        ("teruggeven", 700_000, 0),
    ]
    await region.do("sanne", several, "intrekken")
    found = await book(app, region)
    assert (found["vastgelegd"], found["werkelijk"]) == (0, {"leerlingen": 0})


@pytest.mark.requirement("DV-06")
async def test_the_page_shows_what_was_expected_beside_what_came_of_it(app: Database, region: Partnership) -> None:
    await granted(region, answers(), 400_000)
    await granted(region, group(6), 1_300_000)
    async with browser(app, region.persons["hessel"]) as client:
        page = seen(await client.get("/boeken"))
    assert "Raming 30 leerlingen van gemiddeld € 5.000,00, samen € 150.000,00" in page
    assert "Werkelijk 7 leerlingen van gemiddeld € 2.428,57, samen € 17.000,00" in page
    async with browser(app, region.persons["sanne"]) as client:
        assert (await client.get("/boeken")).status_code == 403
        assert "Boeken" not in seen(await client.get("/"))


async def test_a_book_without_an_estimate_shows_nothing_and_takes_one_of_a_later_version_but_never_another(
    app: Database, region: Partnership
) -> None:
    await scheme_is(region, TEXT.replace(ESTIMATE, ""))
    await granted(region, answers(), 400_000)
    assert not {"raming", "werkelijk"} & (await book(app, region)).keys()
    async with browser(app, region.persons["hessel"]) as client:
        assert "Raming" not in seen(await client.get("/boeken"))
    await scheme_is(region, TEXT.replace("leerlingen = 30", "leerlingen = 25"))
    await granted(region, group(5), 500_000)
    found = await book(app, region)
    assert (found["raming"]["leerlingen"], found["werkelijk"]) == (25, {"leerlingen": 6, "gemiddelde": 150_000})
    await scheme_is(region, TEXT)
    await granted(region, answers(), 300_000)
    assert (await book(app, region))["raming"]["leerlingen"] == 25


async def test_what_was_booked_before_pupils_were_counted_stands_apart_until_it_is_known(
    app: Database, region: Partnership
) -> None:
    await granted(region, answers(), 400_000)
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET pupils = 0, counted = 0 WHERE tenant_id = $1", region.tenant_id)
    before = await book(app, region)
    assert before["werkelijk"] == {"leerlingen": 0, "ongeteld": 400_000}
    await granted(region, group(5), 500_000)
    assert (await book(app, region))["werkelijk"] == {"leerlingen": 5, "gemiddelde": 100_000, "ongeteld": 400_000}
    async with browser(app, region.persons["hessel"]) as client:
        page = seen(await client.get("/boeken"))
    assert "5 leerlingen van gemiddeld € 1.000,00, samen € 5.000,00; van € 4.000,00 is niet bekend voor hoeveel" in page


async def test_how_many_cases_fit_is_reckoned_with_the_estimate_when_nothing_else_is_given(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "hessel") as hessel:
        asked = {"boek": "maatwerkbudget", "op": wall.today().isoformat()}
        found = (await hessel.post(f"/regelingen/{region.scheme_id}/begroting", json=asked)).json()
    assert (found["aantal"], found["gemiddelde"], found["passend"], found["rest"]) == (30, 500_000, 30, 0)


async def puts(client: Any, path: str, body: dict[str, Any], version: str = "") -> Any:
    """A correction of the book at this address, in the version that it has or in another."""
    tag = version or (await client.get(path)).headers["etag"]
    return await client.put(f"{path}/raming", json=body, headers={"If-Match": tag})


def other(pupils: int = 24, average: int = 600_000, reason: str = "Er komen minder aanvragen.") -> dict[str, Any]:
    return {"leerlingen": pupils, "gemiddelde": average, "reden": reason}


async def test_an_admin_corrects_an_estimate_with_a_reason_and_what_stood_there_stays(
    app: Database, region: Partnership
) -> None:
    await granted(region, answers(), 400_000)
    await enlist(region, "astrid", ["tenant_admin"])
    async with as_member(app, region, "astrid") as astrid:
        path = f"/boeken/{(await astrid.get('/boeken')).json()[0]['id']}"
        first = await puts(astrid, path, other())
        assert (first.status_code, first.json()["raming"]) == (
            200, {"leerlingen": 24, "gemiddelde": 600_000, "som": 14_400_000},
        )  # fmt: skip
        assert (await puts(astrid, path, other(), version='"1"')).status_code == 412
        assert (await puts(astrid, path, other(), version=first.headers["etag"])).json()["code"] == "zelfde_raming"
    async with as_member(app, region, "hessel") as hessel:
        assert (await puts(hessel, path, other(26, 500_000, "Toch wel."))).status_code == 200
        history = (await hessel.get(f"{path}/ramingen")).json()
    assert [(each["leerlingen"], each.get("reden"), "vastgelegdOp" in each) for each in history] == [
        (30, None, False),
        (24, "Er komen minder aanvragen.", True),
        (26, "Toch wel.", True),
    ]
    assert (await book(app, region))["raming"]["leerlingen"] == 26
    await scheme_is(region, TEXT.replace("leerlingen = 30", "leerlingen = 25"))
    await granted(region, answers(), 300_000)
    found = await book(app, region)
    assert (found["raming"]["leerlingen"], found["werkelijk"]) == (26, {"leerlingen": 2, "gemiddelde": 350_000})
    for change in ("UPDATE estimate_correction SET reason = ''", "DELETE FROM estimate_correction"):
        with pytest.raises(InsufficientPrivilegeError):
            async with scope(region.tenant_id, None) as tx:
                await tx.execute(change)


async def test_who_only_reads_the_books_corrects_no_estimate_and_a_book_without_one_gets_none_so(
    app: Database, region: Partnership
) -> None:
    await scheme_is(region, TEXT.replace(ESTIMATE, ""))
    await granted(region, answers(), 400_000)
    async with as_member(app, region, "hessel") as hessel:
        path = f"/boeken/{(await hessel.get('/boeken')).json()[0]['id']}"
        refused = await puts(hessel, path, other())
        assert (refused.status_code, refused.json()["code"]) == (422, "geen_raming")
        assert (await hessel.get(f"{path}/ramingen")).json() == []
        for wrong in (other(0), other(average=0), other(average=10**12 + 1), other(reason=""), other(reason=" ")):
            assert (await puts(hessel, path, wrong)).status_code == 400
    async with as_member(app, region, "marloes") as marloes:
        assert (await puts(marloes, path, other())).status_code == 403


async def test_the_page_corrects_an_estimate_and_keeps_the_one_before_in_sight(
    app: Database, region: Partnership
) -> None:
    await granted(region, answers(), 400_000)
    async with as_member(app, region, "hessel") as hessel:
        book_id = (await hessel.get("/boeken")).json()[0]["id"]
    async with browser(app, region.persons["hessel"]) as client:
        page = await client.get("/boeken")
        assert "Corrigeer de raming" in page.text
        version = page.text.partition('name="versie" value="')[2].partition('"')[0]
        given = {"boek": book_id, "versie": version, "leerlingen": "24", "gemiddelde": "6.000,00", "reden": ""}
        wrong = await client.post("/boeken", data=given)
        assert wrong.status_code == 422
        assert "schrijf in hooguit 200 tekens waarom" in seen(wrong)
        assert 'value="6.000,00"' in wrong.text
        for much in ("999.999.999.999.999.999.999", "10.000.000.000,01"):
            wrong = await client.post("/boeken", data={**given, "gemiddelde": much, "reden": "Minder instroom."})
            assert (wrong.status_code, "van hooguit € 10.000.000.000,00" in seen(wrong)) == (422, True)
        done = await client.post("/boeken", data={**given, "reden": "Minder instroom."})
        assert done.status_code == 303, done.text
        page = seen(await client.get("/boeken"))
        assert "Raming 24 leerlingen van gemiddeld € 6.000,00, samen € 144.000,00" in page
        assert "Eerst, volgens de regeling: 30 leerlingen van gemiddeld € 5.000,00, samen € 150.000,00" in page
        assert "Reden: Minder instroom." in page
        late = await client.post("/boeken", data={**given, "reden": "Nog eens."})
        assert (late.status_code, "intussen gewijzigd" in seen(late)) == (422, True)
    async with browser(app, region.persons["marloes"]) as client:
        page = await client.get("/boeken")
        assert "Reden: Minder instroom." in seen(page)
        assert "Corrigeer de raming" not in page.text
        assert (await client.post("/boeken", data=given)).status_code == 403
