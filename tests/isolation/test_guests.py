"""A guest against every route: he reaches his own case in his own role, and nothing else of the service."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import httpx
import pytest

from maatwerk import clock
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.cases.meeting import meet
from maatwerk.files.actions.store import store
from maatwerk.http.caller import Caller, Guest
from maatwerk.rules.acts import Identified
from maatwerk.rules.permissions import GUEST, PUBLIC
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser
from tests.databases import Database
from tests.guests import FORM, HANNA, MEES, begun, enters, filled_in, invited, kop, posts, sends
from tests.isolation.test_every_route import CALLS, Call, send
from tests.isolation.victim import state_of
from tests.pages import links, seen
from tests.partnership import Partnership

OTHER = "andere.ouder@thuis.example"
SECOND = "tweede.ouder@thuis.example"
REFUSED = {401, 403, 404}


@dataclass(frozen=True)
class Home:
    """A guest with his secret, his own case and one of another family in the same partnership."""

    region: Partnership
    client: httpx.AsyncClient
    secret: str
    own: UUID
    other: UUID


@pytest.fixture
async def home(app: Database) -> AsyncIterator[Home]:
    region = await kop()
    own, other = await begun(region), await begun(region)
    await invited(region, own)
    await invited(region, other, OTHER)
    async with browser(app) as neighbour:
        await enters(neighbour, region, OTHER)
        await sends(neighbour, "indienen", FORM, "bewaren")
    async with browser(app) as client:
        await enters(client, region)
        await sends(client, "indienen", FORM, "bewaren")
        yield Home(region, client, client.cookies["gast"], own, other)


GUARDED = [call for call in CALLS if call.permission not in (PUBLIC, GUEST)]


def elsewhere(answer: httpx.Response, call: Call) -> bool:
    onward = answer.headers.get("location", "")
    return answer.status_code == 401 or (call.page and answer.status_code == 303 and onward.startswith("/inloggen"))


@pytest.mark.requirement("ALL-01", "ALL-08")
@pytest.mark.parametrize("way", ["his own cookie", "the cookie of a session", "a token"])
async def test_a_guest_reaches_no_route_that_is_for_somebody_with_an_account(
    app: Database, home: Home, way: str
) -> None:
    before = await state_of(app, home.region.tenant_id)
    things = {name: str(uuid4()) for call in CALLS for name in call.parameters}
    things |= {"case_id": str(home.own), "scheme_version_id": str(home.region.scheme_id)}
    headers = {"Authorization": f"Bearer {home.secret}"} if way == "a token" else {}
    if way == "the cookie of a session":
        home.client.cookies.set("sessie", home.secret, domain="127.0.0.1")
    for call in GUARDED:
        assert elsewhere(await send(home.client, call, things, **headers), call), str(call)
    assert await state_of(app, home.region.tenant_id) == before


async def test_an_account_is_no_guest(app: Database, home: Home) -> None:
    async with browser(app, home.region.persons["mirte"]) as client:
        client.cookies.set("gast", client.cookies["sessie"], domain="127.0.0.1")
        for call in CALLS:
            if call.permission == GUEST:
                answer = await send(client, call, {"file_id": str(uuid4())})
                assert answer.headers["location"] == "/toegang?bericht=afgelopen", str(call)


async def test_a_guest_gets_no_file_of_another_case_and_sees_nothing_of_it(app: Database, home: Home) -> None:
    async with browser(app) as neighbour:
        region = home.region
        await invited(region, home.other, SECOND)
        await enters(neighbour, region, SECOND)
        opp = [("v.opp", ("opp.pdf", uploads.pdf("Doelen"), "application/pdf"))]
        assert (await sends(neighbour, "indienen", {}, "bewaren", files=opp)).status_code == 303
        form = await neighbour.get("/mijn-aanvraag/invullen", params={"handeling": "indienen"})
        (file,) = links(form, "/mijn-aanvraag/bestanden/")
        assert (await neighbour.get(file)).status_code == 200
    answer, none = await home.client.get(file), await home.client.get(f"/mijn-aanvraag/bestanden/{uuid4()}")
    assert answer.status_code in REFUSED
    assert answer.status_code == none.status_code
    page = await home.client.get("/mijn-aanvraag")
    assert str(home.other) not in page.text
    assert OTHER not in page.text


@pytest.mark.parametrize("button", ["bewaren", "doe"])
async def test_a_form_of_an_earlier_link_in_the_same_browser_writes_nothing_in_the_case_of_a_later_one(
    home: Home, button: str
) -> None:
    form = await home.client.get("/mijn-aanvraag/invullen", params={"handeling": "indienen"})
    before = (await home.region.case(home.other)).draft
    await invited(home.region, home.other, SECOND)
    await enters(home.client, home.region, SECOND)
    sent = {**filled_in(form), "v.hulpvraag": "Over het eerste kind", button: "1"}
    answer = await posts(home.client, sent)
    assert answer.status_code == 409
    assert "U hebt intussen een andere aanvraag geopend" in seen(answer)
    for case_id in (home.own, home.other):
        case = await home.region.case(case_id)
        assert not case.acts
        assert case.draft.answers["hulpvraag"].startswith("Mees komt")
    assert (await home.region.case(home.other)).draft == before


async def test_a_form_that_names_no_guest_is_of_nobody(home: Home) -> None:
    form = filled_in(await home.client.get("/mijn-aanvraag/invullen", params={"handeling": "indienen"}))
    del form["gast"]
    assert (await posts(home.client, {**form, "v.hulpvraag": "Anders", "bewaren": "1"})).status_code == 409
    assert (await home.region.case(home.own)).draft.answers["hulpvraag"].startswith("Mees komt")


async def kept(home: Home, case_id: UUID, field: str) -> str:
    """The id of an attachment of a case, which nothing names yet."""
    async with scope(home.region.tenant_id, None) as tx:
        return str(await store(tx, case_id, purpose="bijlage", field=field, name="opp.pdf", media_type="application/pdf", content=b"%PDF-1.7"))  # fmt: skip


async def taken_away(home: Home) -> set[str]:
    async with scope(home.region.tenant_id, None) as tx:
        return {str(row["id"]) for row in await tx.fetch("SELECT id FROM file WHERE tenant_id = $1 AND removed_at IS NOT NULL", tx.tenant_id)}  # fmt: skip


async def test_a_guest_takes_away_no_file_but_one_of_his_own_draft(home: Home) -> None:
    theirs, letter = await kept(home, home.other, "opp"), await kept(home, home.own, "van_een_ander")
    for named in (theirs, letter, str(uuid4()), "geen-kenmerk", "x' OR 1=1"):
        answer = await sends(home.client, "indienen", {"weg": named}, "nergens")
        assert answer.status_code == 422, named
        assert "Dit bestand staat niet (meer) bij deze aanvraag." in seen(answer)
    assert not await taken_away(home)
    own = await kept(home, home.own, "opp")
    async with scope(home.region.tenant_id, None) as tx:
        await save_draft(tx, await read(tx, home.own, lock=True), Draft({"opp": [own]}))
    assert (await sends(home.client, "indienen", {"weg": own}, "nergens")).status_code == 303
    assert await taken_away(home) == {own}
    assert not (await home.region.case(home.own)).draft.answers["opp"]
    async with scope(home.region.tenant_id, None) as tx:
        told = await tx.fetch(
            "SELECT object_id FROM audit_entry WHERE tenant_id = $1 AND what = 'bijlage.weggehaald'", tx.tenant_id
        )
    assert [str(row["object_id"]) for row in told] == [own]


@pytest.mark.parametrize("name", ["gast", "handeling", "versie", "gevraagd", "weg", "bewaren"])
async def test_a_file_where_a_form_has_text_is_no_fault_of_ours(home: Home, name: str) -> None:
    form = filled_in(await home.client.get("/mijn-aanvraag/invullen", params={"handeling": "indienen"}))
    form.pop(name, None)
    answer = await posts(home.client, form, [(name, ("a.txt", b"x", "text/plain"))])
    assert answer.status_code < 500, seen(answer)


async def test_the_youth_fills_in_nothing_that_is_of_his_parents(app: Database, home: Home) -> None:
    guest = await invited(home.region, home.own, MEES, "jeugdige")
    async with browser(app) as youth:
        page = await enters(youth, home.region, MEES)
        assert HANNA not in page.text
        assert "Hanna" not in page.text
        assert (await youth.get("/mijn-aanvraag/invullen", params={"handeling": "indienen"})).status_code == 404
        named = {"gast": (None, str(guest.id)), "handeling": (None, "indienen")}
        data = {**named, "v.hulpvraag": (None, "Anders"), "bewaren": (None, "1")}
        assert (await youth.post("/mijn-aanvraag/invullen", files=data)).status_code == 404
    assert (await home.region.case(home.own)).draft.answers["hulpvraag"].startswith("Mees komt")


async def test_a_guest_meets_his_own_case_in_his_own_role_and_no_other(home: Home) -> None:
    known = Identified("link_en_code", clock.now())
    guest = Guest(uuid4(), home.own, "ouder", known)
    caller = Caller(guest.id, home.region.tenant_id, None, frozenset(), guest=guest)
    own, other = await home.region.case(home.own), await home.region.case(home.other)
    assert meet(caller, own).roles == ("ouder",)
    assert not meet(caller, other).roles
    assert not meet(caller, other).follows
    for role in ("school", "college", "niemand"):
        assert not meet(replace(caller, guest=replace(guest, role=role)), own).roles
