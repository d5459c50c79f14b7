"""The pages: logging in and back to where one was going, where a case stands for whom, and nothing that runs or leaks."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx
import lxml.html
import pytest

from maatwerk.audit.access import readings
from maatwerk.files.actions.upload import upload
from maatwerk.http import create_app
from maatwerk.settings import Settings
from maatwerk.tenancy import scope
from maatwerk.web.declaring import page
from maatwerk.web.failing import show_failure
from maatwerk.web.returning import own_path
from tests import uploads
from tests.accounts import BASE_URL, Somebody, browser, joins, member_of, once, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36

HOSTILE = "Saar <script>alert('x')</script> \"><img src=x onerror=y> {{ 7*7 }}"
CHILD = ("Saar", "Joosten", "Mirjam", "2009-03-14", "14 maart 2009")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


def login(person: Somebody, **changes: str) -> dict[str, str]:
    """What the login form sends."""
    return {**person.login(), "naar": "/", **changes}


def seen(answer: httpx.Response) -> str:
    """The words of a page, which has to be a whole one."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree = lxml.html.fromstring(answer.text)
    assert tree.get("lang") == "nl"
    assert len(tree.findall(".//h1")) == 1
    return " ".join(" ".join(tree.find("body").itertext()).split())


def title(answer: httpx.Response) -> str:
    return str(lxml.html.fromstring(answer.text).findtext(".//title"))


def links(answer: httpx.Response, part: str) -> list[str]:
    """Where the links of a page go that have this in their address."""
    return [str(address) for address in lxml.html.fromstring(answer.text).xpath("//a/@href") if part in address]


async def school(region: Partnership, name: str) -> UUID:
    async with scope(region.tenant_id, None) as tx:
        found: UUID = await tx.fetchval("SELECT id FROM organisation WHERE name = $1", name)
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


async def test_the_link_of_a_mail_leads_by_way_of_logging_in_to_the_case(app: Database, region: Partnership) -> None:
    case_id = await region.filed()
    async with browser(app) as client:
        first = await client.get(f"/zaken/{case_id}")
        assert (first.status_code, first.headers["location"]) == (303, f"/inloggen?naar=/zaken/{case_id}")
        form = await client.get(first.headers["location"])
        assert "Log in om de pagina te zien" in seen(form)
        wanted = lxml.html.fromstring(form.text).xpath("//input[@name='naar']/@value")
        done = await client.post("/inloggen", data=login(region.persons["bas"], naar=wanted[0]))
        assert (done.status_code, done.headers["location"]) == (303, f"/zaken/{case_id}")
        shown = await client.get(done.headers["location"])
        assert shown.status_code == 200
        number = (await region.case(case_id)).number
        assert title(shown) == f"Zaak {number}: Interventiebudget – maatwerk"


async def test_the_session_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(app: Database) -> None:
    person = await somebody()
    async with browser(app, demo=False) as client:
        done = await client.post("/inloggen", data=login(person))
    cookie = done.headers["set-cookie"]
    assert cookie.startswith("__Host-sessie=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "wanted",
    [
        "https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "\\\\kwaad.example", "javascript:alert(1)", "",
        "/%2f/kwaad.example", "/zaken/../..//kwaad.example", "/zaken?x=y", "/@kwaad.example", "/ zaken", "/zaken\r\nX: y",
        "/inloggen", "/uitloggen", "/api/v1/sessies", "zaken", "/" + "a" * 400, "/\t/kwaad.example", "/zaken/é",
    ],
)  # fmt: skip
async def test_logging_in_never_leads_off_the_site(app: Database, wanted: str) -> None:
    assert own_path(wanted) == "/"
    person = await member_of(await a_tenant(), "ondersteuner")
    async with browser(app) as client:
        done = await client.post("/inloggen", data=login(person, naar=wanted))
        assert (done.status_code, done.headers["location"]) == (303, "/")
        again = await client.get("/inloggen", params={"naar": wanted})
        assert (again.status_code, again.headers["location"]) == (303, "/")


async def test_whatever_is_wrong_at_logging_in_gets_the_same_words(app: Database) -> None:
    person = await somebody("bestaat@voorbeeld.example")
    tries = (
        login(person, wachtwoord="iets heel anders dan dat"),
        login(person, code="000000" if person.code() != "000000" else "000001"),
        login(person, adres="bestaat-niet@voorbeeld.example"),
    )
    async with browser(app) as client:
        answers = [await client.post("/inloggen", data=sent) for sent in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.text.replace("bestaat-niet@", "bestaat@") for answer in answers}) == 1
    assert "Het adres, het wachtwoord of de code klopt niet." in seen(answers[0])
    assert title(answers[0]) == "Fout: Inloggen – maatwerk"
    assert "set-cookie" not in answers[0].headers


async def test_what_was_left_out_is_summed_up_and_told_at_its_field(app: Database) -> None:
    async with browser(app) as client:
        answer = await client.post("/inloggen", data={"adres": "jan", "code": "12 34"})
    tree = lxml.html.fromstring(answer.text)
    assert answer.status_code == 422
    assert tree.xpath("//div[@role='alert']//a/@href") == ["#adres", "#wachtwoord", "#code"]
    for name in ("adres", "wachtwoord", "code"):
        field = tree.get_element_by_id(name)
        assert field.get("aria-invalid") == "true"
        told = [tree.get_element_by_id(each).text_content() for each in field.get("aria-describedby").split()]
        assert any(text.startswith("Fout: ") for text in told)
        assert tree.xpath(f"//label[@for='{name}']")
    assert tree.get_element_by_id("adres").get("value") == "jan"
    assert tree.get_element_by_id("wachtwoord").get("value") is None


async def test_too_many_tries_are_told_to_wait(app: Database) -> None:
    person = await somebody()
    async with browser(app) as client:
        for _ in range(6):
            answer = await client.post("/inloggen", data=login(person, wachtwoord="steeds iets anders hier"))
        assert answer.status_code == 429
        assert "te vaak" in seen(answer)
        assert int(answer.headers["retry-after"]) >= 1


async def test_who_has_several_partnerships_chooses_one_and_goes_on(app: Database, region: Partnership) -> None:
    case_id, jolijn = await region.filed(), region.persons["jolijn"]
    await joins(jolijn, await a_tenant("elders"), ["ondersteuner"])
    async with browser(app) as client:
        done = await client.post("/inloggen", data=login(jolijn, naar=f"/zaken/{case_id}"))
        assert done.headers["location"] == f"/partnerschap?naar=/zaken/{case_id}"
        sent_away = await client.get(f"/zaken/{case_id}")
        assert sent_away.headers["location"] == f"/partnerschap?naar=/zaken/{case_id}"
        choice = await client.get(done.headers["location"])
        assert "Samenwerkingsverband elders" in seen(choice)
        for chosen, status in ((region.tenant_id, 303), (uuid4(), 404)):
            form = {"naar": f"/zaken/{case_id}", "partnerschap": str(chosen)}
            assert (await client.post("/partnerschap", data=form)).status_code == status
        assert (await client.post("/partnerschap", data={"partnerschap": "x"})).status_code == 404
        assert (await client.get(f"/zaken/{case_id}")).status_code == 200


async def test_logging_out_ends_the_session_and_not_only_the_cookie(app: Database) -> None:
    person = await member_of(await a_tenant(), "ondersteuner")
    async with browser(app) as client:
        await client.post("/inloggen", data=login(person))
        kept = client.cookies["sessie"]
        assert (await client.get("/uitloggen")).status_code == 405
        out = await client.post("/uitloggen")
        assert (out.status_code, out.headers["location"]) == (303, "/inloggen?bericht=uitgelogd")
        assert '"cookies"' in out.headers["clear-site-data"]
        assert "U bent uitgelogd." in seen(await client.get(out.headers["location"]))
        client.cookies.clear()
        client.cookies.set("sessie", kept, domain="127.0.0.1")
        assert (await client.get("/")).headers["location"] == "/inloggen"
        assert (await client.get("/api/v1/sessies")).status_code == 401


async def test_logging_in_anew_leaves_no_older_session_behind(app: Database) -> None:
    person = await member_of(await a_tenant(), "ondersteuner")
    async with browser(app, person) as client:
        older = client.cookies["sessie"]
        done = await client.post("/inloggen", data=login(person, code=person.code(1)))
        assert done.status_code == 303
        assert client.cookies["sessie"] != older
        client.cookies.clear()
        client.cookies.set("sessie", older, domain="127.0.0.1")
        assert (await client.get("/")).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://kwaad.example"}]
)
@pytest.mark.parametrize("path", ["/inloggen", "/uitloggen", "/partnerschap"])
async def test_a_form_that_another_site_sends_is_refused(app: Database, headers: dict[str, str], path: str) -> None:
    person = await member_of(await a_tenant(), "ondersteuner")
    async with browser(app, person) as client:
        answer = await client.post(path, data=login(person, partnerschap=str(uuid4())), headers=headers)
        assert answer.status_code == 403
        assert "Dit verzoek kwam van een andere website." in seen(answer)
        assert (await client.get("/")).status_code == 200


async def test_a_form_of_our_own_page_is_accepted_with_what_browsers_say(app: Database) -> None:
    person = await somebody()
    for headers in ({"Sec-Fetch-Site": "same-origin", "Origin": BASE_URL}, {"Origin": BASE_URL}):
        async with browser(app) as client:
            steps = 0 if "Sec-Fetch-Site" in headers else 1
            sent = login(person, code=person.code(steps))
            assert (await client.post("/inloggen", data=sent, headers=headers)).status_code == 303


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
        assert bool(links(page, "/pakket")) == (who == "de_meierij")
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
            (address,) = links(page, "/bijlagen/")
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
    case_id = await region.filed(behoefte=HOSTILE)
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


async def test_what_people_wrote_is_shown_as_text_and_never_as_markup(app: Database, region: Partnership) -> None:
    case_id = await region.filed(behoefte=HOSTILE)
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")
    async with browser(app, region.persons["de_meierij"]) as client:
        page = await client.get(f"/zaken/{case_id}/pakket")
    assert "<script>alert('x')</script>" in seen(page)
    assert "{{ 7*7 }}" in seen(page)
    async with browser(app) as client:
        form = await client.post("/inloggen", data={"adres": HOSTILE, "naar": HOSTILE})
    for answer in (page, form):
        tree = lxml.html.fromstring(answer.text)
        assert not tree.xpath("//script | //img | //*[@onerror] | //style | //*[@style]")
    assert lxml.html.fromstring(form.text).get_element_by_id("adres").get("value") == HOSTILE


async def test_every_page_is_dutch_whole_titled_by_itself_and_under_the_strict_policy(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    draft = await region.open()
    titles = []
    async with browser(app) as client:
        pages = [
            await client.get("/inloggen"),
            await client.get("/niets"),
            await client.post("/inloggen", data={"x": "y"}),
        ]
    async with browser(app, region.persons["jolijn"]) as client:
        pages += [await client.get(path) for path in ("/", "/taken", "/partnerschap", f"/zaken/{case_id}")]
    async with browser(app, region.persons["bas"]) as client:
        pages += [await client.get(f"/zaken/{draft}"), await client.get(f"/zaken/{case_id}/pakket")]
    async with browser(app, region.persons["swv_3006"]) as client:
        pages += [await client.get(f"/zaken/{case_id}/pakket")]
    for answer in pages:
        seen(answer)
        titles.append(title(answer))
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        tree = lxml.html.fromstring(answer.text)
        assert tree.xpath("//a[1]/@href")[0] == "#inhoud"
        assert not tree.xpath("//script | //style | //*[@style] | //*[starts-with(name(@*), 'on')]")
        for source in tree.xpath("//link/@href"):
            assert source.startswith("/static/")
        headings = [int(each.tag[1]) for each in tree.xpath("//h1|//h2|//h3")]
        assert headings[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert len(set(titles)) == len(titles)


async def test_style_and_icon_may_be_kept_for_good_because_their_names_change_with_them(app: Database) -> None:
    async with browser(app) as client:
        page = await client.get("/inloggen")
        for source in lxml.html.fromstring(page.text).xpath("//link/@href"):
            answer = await client.get(source)
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] in ("text/css", "image/svg+xml")
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await client.get("/static/../asgi.py")).status_code == 404


async def test_a_failure_is_a_page_for_pages_and_a_problem_for_the_api(app: Database) -> None:
    async with browser(app) as client:
        for path in ("/niets", "/zaken/geen-id", f"/zaken/{uuid4()}/", "/zaken//x", "/%00"):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert "Deze pagina is er niet" in seen(answer)
        for path in ("/api", "/api/v1/niets", "/api/v1//x"):
            assert (await client.get(path)).headers["content-type"] == "application/problem+json"
        head = await client.head("/niets")
        assert (head.status_code, head.content) == (404, b"")


async def test_a_failure_of_ours_tells_its_number_and_nothing_else() -> None:
    @page("/stuk", permission="public")
    async def break_down() -> str:
        raise RuntimeError("Saar Joosten")

    async with _alone([break_down]) as client:
        answer = await client.get("/stuk")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in seen(answer)
    assert "Saar" not in answer.text


@asynccontextmanager
async def _alone(pages: list[Any]) -> AsyncIterator[httpx.AsyncClient]:
    async def nobody(_: Any) -> None:
        return None

    made = create_app(
        [], settings=Settings.from_environment({}), identify=nobody, pages=pages, show_failure=show_failure
    )
    transport = httpx.ASGITransport(made, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client


async def test_a_form_of_another_kind_or_size_is_refused_as_a_page(app: Database) -> None:
    async with browser(app) as client:
        assert (await client.post("/inloggen", json={"adres": "x"})).status_code == 415
        for body, status in (
            (b"", 422),
            (b"\xff=%ff&&=", 422),
            (b"adres=%00&code=1", 422),
            (b"a=" + b"x" * 30_000, 413),
        ):
            sent = await client.post(
                "/inloggen", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
            )
            assert sent.status_code == status
            seen(sent)


async def test_who_brings_a_token_is_not_sent_to_the_login_page(app: Database) -> None:
    async with browser(app) as client:
        answer = await client.get("/", headers={"Authorization": "Bearer onzin"})
        assert answer.status_code == 401
        seen(answer)
        assert (await client.get("/inloggen", headers={"Authorization": "Basic eDp5"})).status_code == 401


async def test_a_file_is_the_same_through_the_api_and_the_page(app: Database, region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id)
    async with browser(app, region.persons["bas"]) as client:
        (file,) = (await client.get(f"/api/v1/aanvragen/{case_id}/bijlagen")).json()
        by_api = await client.get(f"/api/v1/aanvragen/{case_id}/bijlagen/{file['id']}", headers=once())
        by_page = await client.get(f"/zaken/{case_id}/bijlagen/{file['id']}")
    assert by_api.content == by_page.content
    assert by_page.headers["content-disposition"].startswith("attachment;")
