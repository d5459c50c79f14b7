"""The pages for who lost a password or an app: from the link on the login page to being in again, for strangers who try things too."""

import re

import httpx
import lxml.html
import pytest

from maatwerk.people import recovery_codes
from maatwerk.people.actions.reset_app import reset_as_operator
from maatwerk.people.scopes import identity_scope
from maatwerk.web.rendering import POLICY
from tests.accounts import PASSWORD, Clock, Somebody, browser, member_of
from tests.builders import a_tenant
from tests.databases import Database
from tests.pages import links, seen, title
from tests.recovery import mailed_token

FORGOTTEN, CHOICE, LOST = "/wachtwoord-vergeten", "/wachtwoord-kiezen", "/app-kwijt"
NEW = "groene kikker zingt luid"


def sent_along(answer: httpx.Response) -> dict[str, str]:
    tree = lxml.html.fromstring(answer.text)
    return {str(each.get("name")): str(each.get("value")) for each in tree.xpath("//input[@type='hidden']")}


def pointed_at(answer: httpx.Response) -> list[str]:
    """The fields to which the summary of faults leads."""
    return [str(each) for each in lxml.html.fromstring(answer.text).xpath("//div[@role='alert']//a/@href")]


@pytest.fixture
async def person(app: Database) -> Somebody:
    return await member_of(await a_tenant(), "ondersteuner")


async def a_code(person: Somebody) -> str:
    async with identity_scope() as tx:
        return (await recovery_codes.renew_codes(tx, person.id))[0]


async def test_from_the_login_page_by_way_of_the_mail_to_a_new_password(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        assert links(await client.get("/inloggen"), FORGOTTEN) == [FORGOTTEN]
        asked = await client.post(FORGOTTEN, data={"adres": person.address})
        assert asked.status_code == 200
        assert "Is er een account met dit adres" in seen(asked)
        assert links(asked, CHOICE) == [CHOICE]
        token = await mailed_token(person.address, "wachtwoord_vergeten")
        form = {"token": f"http://127.0.0.1:8000{CHOICE}#{token}", "wachtwoord": NEW, "code": person.code()}
        done = await client.post(CHOICE, data=form)
        assert (done.status_code, done.headers["location"]) == (303, "/inloggen?bericht=wachtwoord")
        assert "Uw wachtwoord is gewijzigd" in seen(await client.get(done.headers["location"]))
        entered = await client.post("/inloggen", data={**person.login(1), "wachtwoord": NEW})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")


async def test_the_page_says_the_same_whether_the_address_has_an_account(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        pages = []
        for address in (person.address, "niemand@voorbeeld.example"):
            answer = await client.post(FORGOTTEN, data={"adres": address})
            pages.append((answer.status_code, answer.text.replace(address, "")))
        assert pages[0] == pages[1]


async def test_what_is_missing_or_wrong_is_told_at_its_field_and_secrets_are_not_sent_back(
    app: Database, person: Somebody
) -> None:
    async with browser(app) as client:
        assert pointed_at(await client.post(FORGOTTEN, data={"adres": "jan"})) == ["#adres"]
        assert pointed_at(await client.post(CHOICE, data={"x": "y"})) == ["#token", "#wachtwoord", "#code"]
        form = {"token": "0" * 43, "wachtwoord": NEW, "code": "123456"}
        assert pointed_at(await client.post(CHOICE, data=form)) == ["#token"]
        await client.post(FORGOTTEN, data={"adres": person.address})
        form["token"] = await mailed_token(person.address, "wachtwoord_vergeten")
        wrong = await client.post(CHOICE, data={**form, "code": "0000-0000-0000-0000-0000-0000"})
        assert (wrong.status_code, pointed_at(wrong), title(wrong)[:5]) == (422, ["#code"], "Fout:")
        weak = await client.post(CHOICE, data={**form, "wachtwoord": "wachtwoord2024!"})
        assert (weak.status_code, pointed_at(weak)) == (422, ["#wachtwoord"])
        for answer in (wrong, weak):
            assert NEW not in answer.text
            assert "wachtwoord2024!" not in answer.text
            assert lxml.html.fromstring(answer.text).get_element_by_id("token").get("value") == form["token"]
        assert pointed_at(await client.post(LOST, data={"x": "y"})) == ["#adres", "#herstelcode"]
        only = {"adres": person.address, "herstelcode": "a"}
        assert pointed_at(await client.post(LOST, data=only)) == ["#wachtwoord"]


async def test_a_recovery_code_leads_to_a_new_app_and_new_codes(app: Database, person: Somebody, clock: Clock) -> None:
    code = await a_code(person)
    async with browser(app, person) as inside, browser(app) as client:
        assert links(await client.get("/inloggen"), LOST) == [LOST]
        form = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": code.upper()}
        second = await client.post(LOST, data=form)
        assert (second.status_code, title(second)) == (200, "App voor codes instellen – maatwerk")
        assert PASSWORD not in second.text
        (link,) = links(second, "otpauth://")
        other = Somebody(person.id, person.address, PASSWORD, httpx.URL(link).params["secret"])
        carried = sent_along(second)
        mistaken = await client.post(LOST, data={**carried, "wachtwoord": PASSWORD, "code": "12"})
        assert (mistaken.status_code, pointed_at(mistaken), sent_along(mistaken)) == (422, ["#code"], carried)
        done = await client.post(LOST, data={**carried, "wachtwoord": PASSWORD, "code": other.code()})
        assert (done.status_code, title(done)) == (200, "Uw herstelcodes – maatwerk")
        codes = lxml.html.fromstring(done.text).xpath("//ol/li/code/text()")
        assert len(set(codes)) == 10
        assert all(re.fullmatch(recovery_codes.PATTERN, each) for each in codes)
        assert (await inside.get("/")).headers["location"].startswith("/inloggen")
        assert (await client.post("/inloggen", data=other.login(1))).status_code == 303


async def test_the_code_of_an_administrators_mail_is_pasted_in_the_same_place(app: Database, person: Somebody) -> None:
    await reset_as_operator(person.address)
    token = await mailed_token(person.address, "app_opnieuw")
    async with browser(app) as client:
        form = {
            "adres": person.address,
            "wachtwoord": PASSWORD,
            "herstelcode": f" https://maatwerk.example{LOST}#{token} ",
        }
        second = await client.post(LOST, data=form)
        other = Somebody(person.id, person.address, PASSWORD, sent_along(second)["sleutel"].replace(" ", ""))
        done = await client.post(LOST, data={**sent_along(second), "wachtwoord": PASSWORD, "code": other.code()})
        assert title(done) == "Uw herstelcodes – maatwerk"


async def test_whatever_is_wrong_with_a_lost_app_gets_the_same_words(app: Database, person: Somebody) -> None:
    code = await a_code(person)
    right = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": code}
    tries = [
        {**right, "adres": "persoon-nooit00000@voorbeeld.example"},
        {**right, "wachtwoord": "iets heel anders dan dat"},
        {**right, "herstelcode": "0000-0000-0000-0000-0000-0000"},
    ]
    async with browser(app) as client:
        pages = []
        for form in tries:
            answer = await client.post(LOST, data=form)
            bare = answer.text.replace(form["adres"], "").replace(form["herstelcode"], "")
            pages.append((answer.status_code, bare))
        assert all(page == pages[0] for page in pages)
        assert pages[0][0] == 422
        for _ in range(6):
            last = await client.post(LOST, data=tries[1])
        assert last.status_code == 429
        assert int(last.headers["retry-after"]) >= 1


async def test_asking_too_often_is_told_to_wait(app: Database) -> None:
    async with browser(app) as client:
        for _ in range(6):
            answer = await client.post(FORGOTTEN, data={"adres": "niemand@voorbeeld.example"})
        assert answer.status_code == 429
        assert "te vaak gevraagd" in seen(answer)
        assert int(answer.headers["retry-after"]) >= 1


async def test_who_is_logged_in_makes_new_recovery_codes_and_sees_how_many_are_left(
    app: Database, person: Somebody
) -> None:
    async with browser(app, person) as client:
        assert "U hebt er geen." in seen(await client.get("/account"))
        wrong = await client.post(
            "/account/herstelcodes", data={"wachtwoord": "fout fout fout", "code": person.code(1)}
        )
        assert (wrong.status_code, "klopt niet" in seen(wrong)) == (422, True)
        assert pointed_at(await client.post("/account/herstelcodes", data={"x": "y"})) == ["#wachtwoord", "#code"]
        form = {"wachtwoord": PASSWORD, "code": person.code(1)}
        done = await client.post("/account/herstelcodes", data=form)
        assert (done.status_code, title(done)) == (200, "Uw herstelcodes – maatwerk")
        assert links(done, "/account")[-1] == "/account"
        async with identity_scope() as tx:
            await recovery_codes.spend_code(
                tx, person.id, lxml.html.fromstring(done.text).xpath("//ol/li/code/text()")[0]
            )
        shown = seen(await client.get("/account"))
        assert "U hebt er nog 9." in shown
        assert "0-" not in shown


@pytest.mark.parametrize("path", [FORGOTTEN, CHOICE, LOST])
@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "{{ 7*7 }}", "' OR 1=1 --", "#", "\x00", "é" * 400])
async def test_what_a_stranger_types_is_shown_as_text_or_not_at_all(app: Database, path: str, hostile: str) -> None:
    names = ("adres", "token", "wachtwoord", "code", "herstelcode", "sleutel")
    async with browser(app) as client:
        for form in (dict.fromkeys(names, hostile), {**dict.fromkeys(names, hostile), "adres": "a@b.example"}):
            answer = await client.post(path, data=form)
            assert answer.status_code in (200, 422)
            tree = lxml.html.fromstring(answer.text)
            assert not tree.xpath("//script")
            assert not [each for each in tree.xpath("//@href") if not each.startswith(("/", "#"))]
            assert answer.headers["content-security-policy"] == POLICY
            assert answer.headers["cache-control"] == "no-store"


async def test_another_site_can_not_send_these_forms(app: Database, person: Somebody) -> None:
    async with browser(app, person) as client:
        for path in (FORGOTTEN, CHOICE, LOST, "/account/herstelcodes"):
            answer = await client.post(path, data={"adres": person.address}, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403


async def test_no_secret_stands_in_an_address(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        for path in (FORGOTTEN, CHOICE, LOST):
            assert (await client.get(path, params={"token": "0" * 43})).status_code == 400
