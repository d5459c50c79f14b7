"""The screens on which admins change a scheme themselves: write, see the faults, compare, propose, publish as the second, run dry."""

import re
from datetime import timedelta
from uuid import uuid4

import httpx
import lxml.html
import pytest

from maatwerk import clock
from maatwerk.tenancy import scope
from tests.accounts import browser, member_of
from tests.builders import a_tenant
from tests.databases import Database
from tests.features.test_scheme_dry_runs import OLDER
from tests.pages import links, seen, title
from tests.partnership import Partnership
from tests.publishing import NEWER, SOURCE, as_member, two_admins

LIST = "/beheer/regelingen"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await two_admins()


def on_pages(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """The client of a member, below no path."""
    client.base_url = httpx.URL("http://127.0.0.1:8000")
    return client


def form_of(page: httpx.Response, action: str) -> dict[str, str]:
    """What a form on the page would send as it stands; a browser leaves out the line feed with which a textarea begins."""
    (form,) = lxml.html.fromstring(page.text).xpath(f"//form[@action='{action}']")
    return {name: value.removeprefix("\n") for name, value in form.form_values() if name}


async def concept(client: httpx.AsyncClient, text: str = NEWER) -> str:
    """A concept, written as a form sends it; answers the address of its page."""
    sent = {"tekst": (None, text.replace("\n", "\r\n"))}
    answer = await client.post(f"{LIST}/nieuw", files=sent)
    assert answer.status_code == 303, seen(answer)
    return str(answer.headers["location"])


@pytest.mark.requirement("ALL-02")
async def test_one_admin_writes_and_proposes_and_the_second_publishes_on_the_page(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        assert f"{LIST}/nieuw" in links(await astrid.get(LIST), "nieuw")
        address = await concept(astrid)
        page = await astrid.get(address)
        assert title(page) == "Interventiebudget 2025-2026 (concept) – maatwerk"
        assert "Stap 'Beoordeling', hoe zij eindigt, aantal stemmen dat nodig is: was 2, wordt 3." in seen(page)
        assert (await astrid.post(f"{address}/voorstel", data=form_of(page, f"{address}/voorstel"))).status_code == 303
        page = await astrid.get(address)
        assert "een andere beheerder publiceert haar" in seen(page)
        assert not lxml.html.fromstring(page.text).xpath("//form[contains(@action, 'publicatie')]")
        own = await astrid.post(f"{address}/publicatie", data={"versie": "2", "geldigVan": clock.today().isoformat()})
        assert (own.status_code, "publiceert haar niet zelf" in seen(own)) == (403, True)
    async with as_member(app, region, "berend") as client:
        berend = on_pages(client)
        assert address in links(await berend.get(LIST), address)
        page = await berend.get(address)
        sent = form_of(page, f"{address}/publicatie")
        assert sent["geldigVan"] == clock.today().isoformat()
        late = await berend.post(f"{address}/publicatie", data=sent | {"geldigVan": "2024-01-01"})
        assert late.status_code == 422
        assert "Een regeling gaat vandaag of later in." in seen(late)
        assert (await berend.post(f"{address}/publicatie", data=sent | {"geldigVan": "straks"})).status_code == 422
        assert (await berend.post(f"{address}/publicatie", data=sent)).status_code == 303
        words = seen(await berend.get(address))
        assert "Gepubliceerd geldt nu" in words
        assert "staat vast" in words
    async with as_member(app, region, "bas") as bas:
        found = {each["regelingVersie"]: each["geldt"] for each in (await bas.get("/regelingen")).json()}
    assert found == {"2024-2025": False, "2025-2026": True}


async def test_the_text_is_kept_as_it_was_typed_and_as_a_file_has_it(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        typed = await concept(astrid)
        file = {
            "bestand": ("nieuw.toml", b"\xef\xbb\xbf" + NEWER.encode(), "application/toml"),
            "tekst": (None, "x = 1"),
        }
        sent = (await astrid.post(f"{LIST}/nieuw", files=file)).headers["location"]
        for address in (typed, sent):
            page = await astrid.get(f"{address}/tekst")
            assert form_of(page, f"{address}/tekst")["tekst"] == NEWER
        copy = await astrid.get(f"{LIST}/nieuw", params={"uit": str(region.scheme_id)})
        assert form_of(copy, f"{LIST}/nieuw")["tekst"] == SOURCE


async def test_faults_are_shown_with_their_line_and_mend_and_the_text_stays(app: Database, region: Partnership) -> None:
    broken = NEWER.replace('regime = "privaat"', 'regime = "privat"')
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        answer = await astrid.post(f"{LIST}/nieuw", files={"tekst": (None, broken)})
        words = seen(answer)
        line = broken.splitlines().index('regime = "privat"') + 1
        assert answer.status_code == 422
        assert title(answer).startswith("Fout: ")
        assert f"Regel {line} regime : de waarde 'privat' bestaat hier niet. Herstel: bedoelde u 'privaat'?" in words
        assert 'regime = "privat"' in words
        assert form_of(answer, f"{LIST}/nieuw")["tekst"] == broken
        address = await concept(astrid)
        sent = form_of(await astrid.get(f"{address}/tekst"), f"{address}/tekst")
        wrong = await astrid.post(f"{address}/tekst", data=sent | {"tekst": broken})
        assert (wrong.status_code, form_of(wrong, f"{address}/tekst")) == (422, sent | {"tekst": broken})
        other = NEWER.replace("nodig = 3", "nodig = 1")
        assert (await astrid.post(f"{address}/tekst", data=sent | {"tekst": other})).status_code == 303
        assert (await astrid.post(f"{address}/tekst", data=sent | {"tekst": other})).status_code == 412
        empty = await astrid.post(f"{LIST}/nieuw", files={"tekst": (None, " ")})
        assert "Er is nog geen tekst." in seen(empty)
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM scheme_version WHERE state = 'concept'") == 1


async def test_what_a_scheme_says_is_shown_as_text_and_never_as_markup(app: Database, region: Partnership) -> None:
    hostile = NEWER.replace('titel = "Beoordeling"', 'titel = "<script>alert(1)</script> {{ 7*7 }}"')
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        address = await concept(astrid, hostile)
        for page in (await astrid.get(address), await astrid.get(f"{address}/tekst")):
            assert not lxml.html.fromstring(page.text).xpath("//script")
        assert "<script>alert(1)</script> {{ 7*7 }}" in seen(await astrid.get(address))


async def test_a_proposal_goes_back_and_a_version_is_withdrawn(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        address = await concept(astrid)
        await astrid.post(f"{address}/voorstel", data={"versie": "1"})
        assert (await astrid.post(f"{address}/terugnemen", data={"versie": "2"})).status_code == 303
        assert "Stel dit concept voor" in seen(await astrid.get(address))
        stale = await astrid.post(f"{address}/intrekking", data={"versie": "1"})
        assert (stale.status_code, "Haal ze opnieuw op" in seen(stale)) == (412, True)
        assert (await astrid.post(f"{address}/intrekking", data={"versie": "3"})).status_code == 303
        assert "Deze versie is ingetrokken." in seen(await astrid.get(address))


async def test_a_dry_run_is_begun_and_read_on_pages(app: Database, region: Partnership) -> None:
    case_id = await region.filed(**OLDER)
    number = (await region.case(case_id)).number
    async with as_member(app, region, "astrid") as client:
        astrid = on_pages(client)
        address = await concept(astrid, NEWER.replace("< 23", "< 16"))
        page = await astrid.get(address)
        sent = form_of(page, f"{address}/proefdraaien")
        assert sent["laatsteDag"] == clock.today().isoformat()
        assert (await astrid.post(f"{address}/proefdraaien", data={"eersteDag": "x"})).status_code == 400
        run = (await astrid.post(f"{address}/proefdraaien", data=sent)).headers["location"]
        assert "0 van 1 zaken zijn nagegaan." in seen(await astrid.get(run))
        await region.deliver()
        words = seen(await astrid.get(run))
    assert "Gaan anders 1" in words
    assert f"{number}: Aanvraag indienen" in words
    assert "wordt geweigerd. De leerling moet ouder dan 11 jaar" in words
    assert not re.search("Saar|Joosten", words)


async def test_nobody_but_an_admin_of_this_partnership_sees_these_pages(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as client:
        address = await concept(on_pages(client))
        assert "Regelingen" in seen(await client.get("/"))
    for name in ("jolijn", "bas"):
        async with as_member(app, region, name) as client:
            on_pages(client)
            assert [(await client.get(path)).status_code for path in (LIST, address, f"{address}/tekst")] == [403] * 3
            assert links(await client.get("/"), "/beheer/regelingen") == []
    async with browser(app, await member_of(await a_tenant(), "tenant_admin")) as there:
        foreign, none = await there.get(address), await there.get(f"{LIST}/{uuid4()}")
        assert foreign.status_code == none.status_code == 404
        assert foreign.text == none.text
        assert "Er is nog geen regeling." in seen(await there.get(LIST))


async def test_a_version_that_begins_later_and_the_one_it_ends_are_dated_on_the_list(
    app: Database, region: Partnership
) -> None:
    later = clock.today() + timedelta(days=20)
    async with as_member(app, region, "astrid") as client:
        address = await concept(on_pages(client))
        await client.post(f"{address}/voorstel", data={"versie": "1"})
    async with as_member(app, region, "berend") as client:
        berend = on_pages(client)
        await berend.post(f"{address}/publicatie", data={"versie": "2", "geldigVan": later.isoformat()})
        words = seen(await berend.get(LIST))
    assert words.count("geldt nu") == 1
    assert f"tot en met {(later - timedelta(days=1)).day} " in words
