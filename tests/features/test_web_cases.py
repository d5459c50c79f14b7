"""What pages show of cases: to each what he may see, of the child nothing."""

from uuid import UUID, uuid4

import pytest

from maatwerk.audit.access import readings
from maatwerk.crypto import destroy_case_key
from maatwerk.files.actions.upload import upload
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser, member_of, once
from tests.builders import a_tenant
from tests.databases import Database
from tests.pages import links, seen, title
from tests.partnership import Partnership, enlist, regio_36

CHILD = ("Saar", "Joosten", "Mirjam", "2009-03-14", "14 maart 2009")


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def school(region: Partnership, name: str) -> UUID:
    async with scope(region.tenant_id, None) as tx:
        found: UUID = await tx.fetchval("SELECT organisation_id FROM tenant_organisation WHERE name = $1", name)
        return found


async def decided(region: Partnership) -> UUID:
    """A case of which the letter was made."""
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET ceiling = 20000000 WHERE tenant_id = $1", region.tenant_id)
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    await region.do("jolijn", case_id, "besluit_verzenden")
    await region.deliver()
    return case_id


async def attach(region: Partnership, case_id: UUID, name: str = "Saar Joosten.pdf") -> None:
    bas = region.callers["bas"]
    content = uploads.pdf("Akkoord")
    await upload(region.tenant_id, bas.person_id, bas.client, case_id, "toestemmingsformulier", name, content)


async def test_the_overview_shows_each_what_waits_for_him(app: Database, region: Partnership) -> None:
    first, second = await region.filed(), await region.filed()
    await region.do("jolijn", second, "terugsturen", ontbrekend="Het formulier.")
    async with browser(app, region.persons["jolijn"]) as client:
        page = await client.get("/")
        assert links(page, "/zaken/") == [f"/zaken/{first}", f"/zaken/{second}"]
        short = await client.get("/?pageSize=1")
        assert links(short, "/zaken/") == [f"/zaken/{first}"]
        (onward,) = links(short, "cursor=")
        assert links(await client.get(onward), "/zaken/") == [f"/zaken/{second}"]
    async with browser(app, region.persons["bas"]) as client:
        page = await client.get("/")
        assert "Er wacht nu geen zaak op u." in seen(page)
        assert "Aanvraag aanvullen" in seen(page)
        assert links(page, "/zaken/") == [f"/zaken/{second}"]
        assert links(await client.get("/taken"), "/zaken/") == [f"/zaken/{second}"]
    async with browser(app, region.persons["leerwerkloket"]) as client:
        assert links(await client.get("/"), "/zaken/") == []


async def test_who_has_no_work_list_is_told_so_and_a_member_in_two_roles_chooses(
    app: Database, region: Partnership
) -> None:
    fg = await enlist(region, "fg", ["fg"])
    await enlist(region, "beide", ["coordinator", "ondersteuner"], organisation_id=await school(region, "Rivierlyceum"))
    assert fg.tenant == region.tenant_id
    async with browser(app, region.persons["fg"]) as client:
        assert "geen werklijst" in seen(await client.get("/"))
        refused = await client.get("/taken")
        assert (refused.status_code, title(refused)) == (403, "Dit mag u niet – maatwerk")
    case_id = await region.filed()
    async with browser(app, region.persons["beide"]) as client:
        assert links(await client.get("/"), "?rol=") == ["/?rol=coordinator", "/?rol=ondersteuner"]
        assert links(await client.get("/?rol=ondersteuner"), "/zaken/") == [f"/zaken/{case_id}"]
        assert (await client.get("/?rol=reviewer")).status_code == 200


async def test_the_page_of_a_case_says_who_is_on_what_blocks_it_and_why_a_date_is_what_it_is(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed(motivatie_tweede=None)
    async with browser(app, region.persons["jolijn"]) as client:
        words = seen(await client.get(f"/zaken/{case_id}"))
    assert "Ondersteuner Interventiebudget u Stap: Controle volledigheid Volledig verklaren" in words
    assert "degene die de overbelaste situatie in beeld bracht: nog niet ingevuld." in words
    assert "Doorlooptijd vanaf ontvangst Uiterlijk" in words
    assert "1 week loopt tot en met" in words
    assert "Fase Controle volledigheid" in words


async def test_nobodys_page_of_a_case_names_the_child_and_others_get_none(app: Database, region: Partnership) -> None:
    case_id = await region.open()
    await region.do("bas", case_id, "indienen")
    await attach(region, case_id)
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")
    await enlist(region, "ander", ["coordinator"], organisation_id=await school(region, "Rivierlyceum"))
    await enlist(region, "fg", ["fg"])
    for who in ("bas", "jolijn", "de_meierij", "fg"):
        async with browser(app, region.persons[who]) as client:
            page = await client.get(f"/zaken/{case_id}")
        assert page.status_code == 200
        assert not [word for word in CHILD if word in page.text], who
        assert bool(links(page, "/bijlagen/")) == (who in ("bas", "jolijn"))
        leads = {"de_meierij": [f"/zaken/{case_id}/pakket"], "jolijn": [f"/zaken/{case_id}/pakket/nakijken"]}
        assert links(page, "/pakket") == leads.get(who, []), who
    for who in ("ander", "leerwerkloket"):
        async with browser(app, region.persons[who]) as client:
            page = await client.get(f"/zaken/{case_id}")
        assert page.status_code == 403
        assert "U hebt geen toegang tot deze zaak." in seen(page)
        number = (await region.case(case_id)).number
        assert number is not None
        assert number not in page.text


async def test_a_case_of_another_partnership_is_the_same_as_one_that_never_was(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    async with browser(app, await member_of(await a_tenant(), "ondersteuner")) as client:
        foreign, none = await client.get(f"/zaken/{case_id}"), await client.get(f"/zaken/{uuid4()}")
    assert foreign.status_code == none.status_code == 404
    assert foreign.text == none.text


@pytest.mark.requirement("R36-46")
async def test_school_and_ondersteuner_download_the_decision_through_its_link(
    app: Database, region: Partnership
) -> None:
    case_id = await decided(region)
    for who in ("bas", "jolijn"):
        async with browser(app, region.persons[who]) as client:
            page = await client.get(f"/zaken/{case_id}")
            address = links(page, "/bijlagen/")[0]
            assert f"Besluit {(await region.case(case_id)).number}" in seen(page)
            letter = await client.get(address)
            assert (await client.get(f"/zaken/{case_id}/bijlagen/{uuid4()}")).status_code == 404
        assert letter.content.startswith(b"%PDF")
        assert letter.headers["content-type"] == "application/pdf"
        assert letter.headers["content-disposition"].startswith('attachment; filename="besluit-')
        assert letter.headers["content-security-policy"] == "sandbox; default-src 'none'"
    async with browser(app, region.persons["de_meierij"]) as client:
        refused = await client.get(address)
        assert (refused.status_code, refused.headers["content-type"]) == (403, "text/html; charset=utf-8")
    async with scope(region.tenant_id, None) as tx:
        read = "SELECT count(*) FROM audit_entry WHERE tenant_id = $1 AND what = 'bijlage.gelezen'"
        assert await tx.fetchval(read, region.tenant_id) == 2


@pytest.mark.requirement("ALL-04")
async def test_a_reviewer_reads_the_pack_on_its_own_page_and_that_is_logged(app: Database, region: Partnership) -> None:
    case_id = await region.filed(behoefte="Saar Joosten mist steun.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    async with browser(app, region.persons["de_meierij"]) as client:
        assert (await client.get(f"/zaken/{case_id}/pakket")).status_code == 403
        await region.do("jolijn", case_id, "vrijgeven")
        page = await client.get(f"/zaken/{case_id}/pakket")
    assert page.status_code == 200
    assert not [word for word in CHILD if word in page.text]
    assert "Kosten van de voorziening" in seen(page)
    assert "€ 1.000,00" in seen(page)
    async with browser(app, region.persons["leerwerkloket"]) as client:
        assert (await client.get(f"/zaken/{case_id}/pakket")).status_code == 403
    async with scope(region.tenant_id, None) as tx:
        log = await readings(tx, case_id, None, 10)
    assert [entry.details.get("uitkomst", "gelezen") for entry in log] == ["geweigerd", "gelezen", "geweigerd"]


async def test_a_file_is_the_same_through_the_api_and_the_page(app: Database, region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id)
    async with browser(app, region.persons["bas"]) as client:
        file = (await client.get(f"/api/v1/aanvragen/{case_id}/bijlagen")).json()[-1]
        by_api = await client.get(f"/api/v1/aanvragen/{case_id}/bijlagen/{file['id']}", headers=once())
        by_page = await client.get(f"/zaken/{case_id}/bijlagen/{file['id']}")
    assert by_api.content == by_page.content
    assert by_page.headers["content-disposition"].startswith("attachment;")


async def test_of_an_erased_case_the_page_shows_that_it_was_there_and_no_files(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    await attach(region, case_id)
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, case_id)
    async with browser(app, region.persons["jolijn"]) as client:
        page = await client.get(f"/zaken/{case_id}")
    assert page.status_code == 200
    assert "Er zijn geen bijlagen." in seen(page)
