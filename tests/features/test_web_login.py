"""Logging in and out on the pages, and back to where one was going."""

from uuid import uuid4

import lxml.html
import pytest

from maatwerk.web.returning import own_path
from tests.accounts import BASE_URL, Somebody, browser, joins, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.pages import seen, title
from tests.partnership import Partnership, regio_36


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


def login(person: Somebody, **changes: str) -> dict[str, str]:
    """What the login form sends."""
    return {**person.login(), "naar": "/", **changes}


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
