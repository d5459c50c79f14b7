"""The page to which the mail of an invitation leads: for newcomers, for who has an account, and for whoever tries things."""

from datetime import timedelta
from uuid import UUID

import httpx
import lxml.html
import pytest

from maatwerk.people.actions.invite import Invitee, invite
from maatwerk.people.invitation_mail import invitation_mail
from maatwerk.tenancy import scope
from maatwerk.web.rendering import POLICY
from tests.accounts import PASSWORD, Clock, Somebody, browser, joins, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.pages import links, seen, title

PAGE = "/uitnodiging"
NEWCOMER = "nieuw@voorbeeld.example"
NOT_VALID = "Deze uitnodiging is niet (meer) geldig. Vraag een nieuwe uitnodiging aan."


async def token_for(tenant: UUID, address: str = NEWCOMER) -> str:
    """The code in the mail of a new invitation."""
    async with scope(tenant, None) as tx:
        invitation = await invite(tx, Invitee(address, "Kim Voorbeeld", ["coordinator"]))
    async with scope(tenant, None) as tx:
        mail = await invitation_mail(tx, invitation.id)
    assert mail is not None
    assert mail.link("https://maatwerk.example") == f"https://maatwerk.example{PAGE}#{mail.token}"
    return mail.token


async def memberships(tenant: UUID) -> int:
    async with scope(tenant, None) as tx:
        return int(await tx.fetchval("SELECT count(*) FROM membership WHERE tenant_id = $1", tenant))


async def begun(client: httpx.AsyncClient, token: str, password: str = PASSWORD) -> httpx.Response:
    return await client.post(PAGE, data={"uitnodiging": token, "wachtwoord": password})


def sent_along(answer: httpx.Response) -> dict[str, str]:
    """The hidden fields of a form."""
    tree = lxml.html.fromstring(answer.text)
    return {str(each.get("name")): str(each.get("value")) for each in tree.xpath("//input[@type='hidden']")}


def told_at(answer: httpx.Response, name: str) -> str:
    """What a page says is wrong with a field, as somebody hears it who is at that field."""
    field = lxml.html.fromstring(answer.text).get_element_by_id(name)
    assert field.get("aria-invalid") == "true"
    texts = [
        field.getroottree().getroot().get_element_by_id(each).text for each in field.get("aria-describedby", "").split()
    ]
    return next(str(text).removeprefix("Fout: ") for text in texts if str(text).startswith("Fout: "))


def with_app(answer: httpx.Response, address: str = NEWCOMER) -> Somebody:
    """The person after adding the key of the page to an app."""
    return Somebody(UUID(int=0), address, PASSWORD, sent_along(answer)["sleutel"].replace(" ", ""))


def wrong_code(person: Somebody) -> str:
    right = {person.code(step) for step in (-1, 0, 1)}
    return next(code for code in ("000000", "000001", "000002", "000003") if code not in right)


async def test_a_newcomer_pastes_the_code_chooses_a_password_adds_an_app_and_logs_in(app: Database) -> None:
    tenant = await a_tenant()
    token = await token_for(tenant)
    async with browser(app) as client:
        first = await client.get(PAGE)
        assert (first.status_code, title(first)) == (200, "Uitnodiging aanvaarden – maatwerk")
        assert "Plak de code uit de mail." in seen(first)
        second = await begun(client, token)
        assert (second.status_code, title(second)) == (200, "App voor codes instellen – maatwerk")
        person = with_app(second)
        (link,) = links(second, "otpauth://")
        assert httpx.URL(link).params["secret"] == person.secret
        assert sent_along(second)["sleutel"] in seen(second)
        form = {**sent_along(second), "wachtwoord": PASSWORD, "code": f"{person.code()[:3]} {person.code()[3:]}"}
        done = await client.post(PAGE, data=form)
        assert (done.status_code, title(done)) == (200, "Uw herstelcodes – maatwerk")
        assert "De uitnodiging is aanvaard." in seen(done)
        assert len(set(lxml.html.fromstring(done.text).xpath("//ol/li/code/text()"))) == 10
        assert links(done, "/inloggen") == ["/inloggen"]
        entered = await client.post("/inloggen", data={**person.login(1), "naar": "/"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert await memberships(tenant) == 1


async def test_the_whole_link_of_the_mail_may_be_pasted_too(app: Database) -> None:
    token = await token_for(await a_tenant())
    async with browser(app) as client:
        second = await begun(client, f" https://maatwerk.example{PAGE}#{token} ")
    assert sent_along(second)["uitnodiging"] == token


async def test_code_and_password_stand_in_no_address_or_title_and_the_password_in_no_page(app: Database) -> None:
    token = await token_for(await a_tenant())
    async with browser(app) as client:
        second = await begun(client, token)
        again = await client.post(PAGE, data={**sent_along(second), "wachtwoord": PASSWORD, "code": "12"})
        assert again.status_code == 422
        person = with_app(second)
        form = {**sent_along(second), "wachtwoord": PASSWORD, "code": person.code()}
        done = await client.post(PAGE, data=form)
        for answer in (second, again):
            tree = lxml.html.fromstring(answer.text)
            assert not [each for each in tree.xpath("//@href | //@action") if token in each or PASSWORD in each]
            assert token not in title(answer)
            assert PASSWORD not in answer.text
        assert token not in str(done.headers)
        assert (await client.get(PAGE, params={"uitnodiging": token})).status_code == 400


@pytest.mark.parametrize("elsewhere", [0, 1, 2])
async def test_who_has_an_account_logs_in_first_and_accepts_with_the_same_code(app: Database, elsewhere: int) -> None:
    tenant, person = await a_tenant(), await somebody()
    for _ in range(elsewhere):
        await joins(person, await a_tenant(), ["ondersteuner"])
    token = await token_for(tenant, person.address)
    async with browser(app) as client:
        (to_login,) = links(await client.get(PAGE), "/inloggen")
        login = await client.get(to_login)
        assert "Daarna aanvaardt u de uitnodiging" in seen(login)
        entered = await client.post("/inloggen", data={**person.login(), **sent_along(login)})
        assert (entered.status_code, entered.headers["location"]) == (303, PAGE)
        shown = await client.get(PAGE)
        assert "U bent ingelogd." in seen(shown)
        assert not lxml.html.fromstring(shown.text).xpath("//input[@type='password']")
        done = await client.post(PAGE, data={"uitnodiging": token})
        assert (done.status_code, done.headers["location"]) == (303, "/partnerschap")
        choice = lxml.html.fromstring((await client.get("/partnerschap")).text)
        assert str(tenant) in choice.xpath("//button[@name='partnerschap']/@value")
        assert (await client.post("/partnerschap", data={"partnerschap": str(tenant)})).status_code == 303
    assert await memberships(tenant) == 1


async def test_no_page_tells_whether_the_invited_address_has_an_account(app: Database) -> None:
    tenant, known = await a_tenant(), await somebody()
    pages = []
    async with browser(app) as client:
        for address in (known.address, NEWCOMER):
            token = await token_for(tenant, address)
            second = await begun(client, token)
            person = with_app(second, address)
            code = person.code() if address == known.address else wrong_code(person)
            last = await client.post(PAGE, data={**sent_along(second), "wachtwoord": PASSWORD, "code": code})
            pages.append([(each.status_code, title(each), _bare(each, token, person)) for each in (second, last)])
        assert (await client.post("/inloggen", data=known.login())).status_code == 303
    assert pages[0] == pages[1]
    assert pages[0][1][0] == 422
    assert await memberships(tenant) == 0


def _bare(answer: httpx.Response, token: str, person: Somebody) -> str:
    """A page without what differs between any two invitations: code, key and the app's link."""
    text = answer.text.replace(token, "").replace(sent_along(answer)["sleutel"], "")
    for link in links(answer, "otpauth://"):
        text = text.replace(link.replace("&", "&amp;"), "")
    assert person.address not in text
    return text


async def test_a_code_that_is_wrong_used_late_or_replaced_gets_one_plain_answer(app: Database, clock: Clock) -> None:
    tenant = await a_tenant()
    late, replaced, used = [await token_for(tenant, address) for address in ("laat@a.example", NEWCOMER, NEWCOMER)]
    member = await member_of(await a_tenant(), "ondersteuner")
    async with browser(app) as client:
        second = await begun(client, used)
        form = {**sent_along(second), "wachtwoord": PASSWORD, "code": with_app(second).code()}
        assert (await client.post(PAGE, data=form)).status_code == 200
        clock.forward(timedelta(days=7))
        answers = []
        for token in (used, late, replaced, "0" * 43, "onzin", "é"):
            answers += [
                (token, await begun(client, token)),
                (token, await client.post(PAGE, data={**form, "uitnodiging": token})),
            ]
        said = {answer.text.replace(f'value="{token}"', "") for token, answer in answers}
        assert len(said) == 1
        assert {answer.status_code for _, answer in answers} == {422}
        assert told_at(answers[0][1], "uitnodiging") == NOT_VALID
        assert title(answers[0][1]) == "Fout: Uitnodiging aanvaarden – maatwerk"
    async with browser(app, member) as client:
        for token in (used, late, replaced, "onzin"):
            assert told_at(await client.post(PAGE, data={"uitnodiging": token}), "uitnodiging") == NOT_VALID
    assert await memberships(tenant) == 1


async def test_a_weak_password_is_refused_with_its_reason_and_the_code_stays(app: Database) -> None:
    token = await token_for(await a_tenant())
    async with browser(app) as client:
        short = await begun(client, token, "kort")
        assert short.status_code == 422
        assert told_at(short, "wachtwoord").startswith("Het wachtwoord is korter dan 12 tekens.")
        easy = await begun(client, token, "wachtwoord2024!")
        assert told_at(easy, "wachtwoord").startswith("Dit wachtwoord is te makkelijk te raden.")
        tree = lxml.html.fromstring(easy.text)
        assert tree.get_element_by_id("uitnodiging").get("value") == token
        assert tree.get_element_by_id("wachtwoord").get("value") is None
        assert (await begun(client, token)).status_code == 200


async def test_a_wrong_code_of_the_app_or_password_may_be_tried_again_with_the_same_key(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app) as client:
        second = await begun(client, await token_for(tenant))
        person = with_app(second)
        for password, code in ((PASSWORD, wrong_code(person)), ("iets heel anders dan dat", person.code())):
            wrong = await client.post(PAGE, data={**sent_along(second), "wachtwoord": password, "code": code})
            assert wrong.status_code == 422
            assert "Het wachtwoord of de code klopt niet" in seen(wrong)
            assert sent_along(wrong) == sent_along(second)
            assert await memberships(tenant) == 0
        form = {**sent_along(wrong), "wachtwoord": PASSWORD, "code": person.code()}
        assert (await client.post(PAGE, data=form)).status_code == 200


async def test_what_was_left_out_is_summed_up_and_told_at_its_field(app: Database) -> None:
    forms: tuple[tuple[dict[str, str], list[str]], ...] = (
        ({}, ["#uitnodiging", "#wachtwoord"]),
        ({"uitnodiging": "a", "code": ""}, ["#wachtwoord", "#code"]),
        ({"code": "123456"}, ["#uitnodiging"]),
    )
    async with browser(app) as client:
        for form, fields in forms:
            answer = await client.post(PAGE, data={"x": "y", **form})
            assert answer.status_code == 422
            assert lxml.html.fromstring(answer.text).xpath("//div[@role='alert']//a/@href") == fields
            assert all(told_at(answer, name[1:]) for name in fields)


async def test_who_is_a_member_already_is_told_so_and_keeps_the_invitation(app: Database) -> None:
    tenant = await a_tenant()
    token, person = await token_for(tenant, "ander@voorbeeld.example"), await member_of(tenant, "ondersteuner")
    async with browser(app, person) as client:
        answer = await client.post(PAGE, data={"uitnodiging": token})
        assert told_at(answer, "uitnodiging") == "U bent al lid van dit partnerschap."
    async with browser(app) as client:
        assert (await begun(client, token)).status_code == 200


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "{{ 7*7 }}", "' OR 1=1 --", "#", "javascript:alert(1)"]
)
async def test_what_a_stranger_types_is_shown_as_text_or_not_at_all(app: Database, hostile: str) -> None:
    token = await token_for(await a_tenant())
    forms = (
        {"uitnodiging": hostile, "wachtwoord": hostile},
        {"uitnodiging": token, "wachtwoord": PASSWORD, "code": hostile, "sleutel": hostile},
        {"uitnodiging": hostile, "wachtwoord": PASSWORD, "code": "123456", "sleutel": hostile},
    )
    async with browser(app) as client:
        for form in forms:
            answer = await client.post(PAGE, data=form)
            assert answer.status_code == 422
            tree = lxml.html.fromstring(answer.text)
            assert not tree.xpath("//script")
            assert sent_along(answer).get("sleutel", "") == ""
            assert not [each for each in tree.xpath("//@href") if not each.startswith(("/", "#"))]
            assert answer.headers["content-security-policy"] == POLICY
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff=%ff&&=", b"uitnodiging=%00&wachtwoord=%00", b"uitnodiging=%ed%a0%80&wachtwoord=%ed%a0%80",
        b"uitnodiging=a&uitnodiging=b&code=1", b"uitnodiging=" + b"x" * 2_000 + b"&wachtwoord=" + b"y" * 2_000,
        b"uitnodiging=a&wachtwoord=b&code=%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6", b"code=1&code=2&sleutel=%0d%0a",
    ],
)  # fmt: skip
async def test_a_form_of_bytes_that_nobody_types_is_refused_as_a_page(app: Database, body: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with browser(app) as client:
        answer = await client.post(PAGE, content=body, headers=kind)
        assert answer.status_code == 422
        seen(answer)


async def test_another_site_can_not_make_a_browser_accept(app: Database) -> None:
    tenant, person = await a_tenant(), await member_of(await a_tenant(), "ondersteuner")
    token = await token_for(tenant, person.address)
    async with browser(app, person) as client:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://kwaad.example"}):
            assert (await client.post(PAGE, data={"uitnodiging": token}, headers=headers)).status_code == 403
    assert await memberships(tenant) == 0
