"""A role that sits on no seat and reads anonymised gets the pack, once it was released, and nothing else of the case."""

from uuid import UUID

import pytest

from maatwerk.cases import schemes
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.people.functions import offered
from maatwerk.tenancy import scope
from tests.accounts import Somebody, browser, joins, somebody
from tests.databases import Database
from tests.isolation.test_disclosure import OF_CASE
from tests.partnership import TENANTS, Partnership, regio_36

SOURCE = (TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8")
READER = '[rol.onderzoeker]\ntitel = "Onderzoeker"\nplaats = "gemeente"\n[rol.beoordelaar]'
VOTERS_HEAR = '[[inzage]]\nwie = "beoordelaar"\nstappen = ["beoordeling"]\nuitkomsten = ["*"]\n'
PACK = "/api/v1/aanvragen/{case_id}/beoordelingspakket"
NAMES = ("Saar", "Joosten", "Mirjam", "2009-03-14")


@pytest.fixture
async def region(app: Database) -> Partnership:
    """Regio 36 with a researcher of the home municipality who reads what reviewers read elsewhere."""
    found = await regio_36()
    text = SOURCE.replace('code = "interventiebudget"', 'code = "onderzocht"', 1).replace("[rol.beoordelaar]", READER)
    text = text.replace('[[inzage]]\nwie = "beoordelaar"', f'{VOTERS_HEAR}[[inzage]]\nwie = "onderzoeker"', 1)
    async with scope(found.tenant_id, None) as tx:
        await schemes.keep_source(tx, text)
        found.scheme_id = next(each.id for each in await schemes.current(tx) if each.scheme.code == "onderzocht")
        assert [each.id for each in await offered(tx)] == ["onderzoeker"]
    return found


async def researcher(region: Partnership, *functions: str) -> Somebody:
    person = await somebody()
    town = NewOrganisation(kind="gemeente", name="Gemeente", municipality="Meierijstad")
    async with scope(region.tenant_id, None) as tx:
        organisation = await register(tx, town, None)
    await joins(person, region.tenant_id, ["partner"], organisation_id=organisation.id, functions=functions)
    return person


async def test_it_reads_the_pack_and_no_word_of_the_case_itself(app: Database, region: Partnership) -> None:
    case_id = await region.filed(behoefte="Saar heeft iemand nodig.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    async with browser(app, await researcher(region, "onderzoeker")) as client:
        assert (await client.get(PACK.format(case_id=case_id))).status_code in (403, 404)
        await region.do("jolijn", case_id, "vrijgeven")
        given = await client.get(PACK.format(case_id=case_id))
        assert given.status_code == 200, given.text
        assert "heeft iemand nodig" in given.text
        for call in OF_CASE:
            got = await client.get(call.path.format(case_id=case_id))
            assert not [name for name in NAMES if name in got.text], str(call)
        for path in ("", "/bijlagen", "/pakket"):
            assert (await client.get(f"/api/v1/aanvragen/{case_id}{path}")).status_code == 403, path
        rows = (await client.get("/api/v1/aanvragen")).json()["resultaten"]
        assert [("organisatieId" in row, row["sector"]) for row in rows if row["id"] == str(case_id)] == [(False, "")]


async def test_a_colleague_of_that_municipality_without_that_function_gets_no_pack(
    app: Database, region: Partnership
) -> None:
    case_id: UUID = await region.to_review()
    async with browser(app, await researcher(region)) as client:
        assert (await client.get(PACK.format(case_id=case_id))).status_code == 403
