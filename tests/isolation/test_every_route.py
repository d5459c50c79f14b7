"""Every route of the application against strangers: without credentials, with a session and with a token of another
tenant. Routes that are added later are covered by being there."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from maatwerk import asgi, clock
from maatwerk.http import Caller
from maatwerk.http.guard import handlers_of
from maatwerk.http.openapi import BASE
from maatwerk.http.operations import path_of
from maatwerk.people.actions.create_token import create_token
from maatwerk.people.queries import Seat
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import MADE_BY, open_session
from maatwerk.rules.permissions import GUEST, PUBLIC, SESSION, rights_of
from maatwerk.settings import Settings
from maatwerk.tenancy import scope
from tests.accounts import browser, joins, once, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.isolation.samples import is_about, sample
from tests.isolation.victim import TABLES, Victim, a_victim, state_of

APPLICATION = asgi.build(Settings.from_environment({}), start=False)
DOCUMENT: dict[str, Any] = APPLICATION.state.openapi
REFUSED = {401, 403, 404}
NUMBERS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STRANGERS = (
    ("tenant_admin", "ondersteuner", "financial_controller"),
    ("coordinator",),
    ("reviewer",),
    ("partner",),
    ("fg",),
)


@dataclass(frozen=True)
class Call:
    """One operation; `parameters` are the names of the things in its path."""

    method: str
    path: str
    documented: str
    permission: str
    parameters: tuple[str, ...]
    form: str = ""

    @property
    def page(self) -> bool:
        """Whether this is a page for a browser, which is sent on to log in instead of told no."""
        return not self.path.startswith(BASE)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def body(self, things: dict[str, str]) -> dict[str, Any]:
        """A valid body, as arguments of the client; nothing where the operation takes none or a kind of its own."""
        operation = DOCUMENT["paths"].get(self.documented, {}).get(self.method.lower(), {})
        kinds = operation.get("requestBody", {}).get("content", {})
        if content := kinds.get("application/json"):
            return {"json": sample(DOCUMENT, content["schema"], things)}
        if content := kinds.get("multipart/form-data"):
            parts = sample(DOCUMENT, content["schema"], things)
            return {"data": {"veld": parts.pop("veld", "")}, "files": dict.fromkeys(parts, ("a.pdf", b"%PDF-"))}
        sent = {"partnerschap": things.get("tenant_id", "")}
        if self.form.startswith("multipart"):
            return {"files": {name: (None, value) for name, value in sent.items()}}
        return {"data": sent} if self.form else {}


def calls() -> Iterator[Call]:
    for route, handler, _ in handlers_of(APPLICATION):
        for method in handler.http_methods:
            names = tuple(re.findall(r"\{(\w+)\}", route.path_format))
            yield Call(method, route.path_format, path_of(route), handler.opt["permission"], names, handler.opt["form"])


CALLS = sorted(calls(), key=str)
ENDS_THE_SESSION = {f"DELETE {BASE}/sessies/huidig", "POST /uitloggen"}
GUARDED = [call for call in CALLS if call.permission != PUBLIC]


async def send(client: httpx.AsyncClient, call: Call, things: dict[str, str], **headers: str) -> httpx.Response:
    """The call on these things, with everything that a request of its kind has to bring."""
    url = call.path.format(**things)
    sent = {**once(), "If-Match": '"1"', **headers}
    return await client.request(call.method, url, headers=sent, **call.body(things))


@asynccontextmanager
async def stranger(database: Database, roles: tuple[str, ...]) -> AsyncIterator[tuple[httpx.AsyncClient, str, str]]:
    """Somebody with these roles in another tenant: a client without cookies, the secret of a session, a token."""
    tenant, person = await a_tenant(), await somebody()
    membership = await joins(person, tenant, roles, [Seat("de_meierij", False)] if "reviewer" in roles else [])
    async with identity_scope() as tx:
        session = await open_session(tx, person.id, made_by=MADE_BY, chosen=tenant)
    caller = Caller(person.id, tenant, membership, frozenset(roles))
    async with scope(tenant, person.id) as tx:
        month = clock.now() + timedelta(days=30)
        _, token = await create_token(tx, caller, "Vreemde", rights_of(roles), month)
    async with browser(database) as client:
        yield client, session.secret, token


@pytest.fixture
async def victim(app: Database) -> Victim:
    return await a_victim(app)


def test_every_kind_of_thing_in_a_path_has_one_that_strangers_try_to_reach() -> None:
    known = {*TABLES, "session_id"}
    assert {name for call in CALLS for name in call.parameters} - known == set()


@pytest.mark.requirement("ALL-01")
async def test_without_credentials_every_route_that_is_not_public_is_401(app: Database) -> None:
    things = {name: str(uuid4()) for call in CALLS for name in call.parameters}
    async with browser(app) as client:
        for call in GUARDED:
            assert not_logged_in(call, await send(client, call, things)), str(call)
        for call in CALLS:
            assert (await send(client, call, things)).status_code < 500, str(call)


@pytest.mark.parametrize("junk", ["Bearer x", "Bearer mw_x_y_z", "Basic eDp5"])
async def test_junk_credentials_are_nobodys(app: Database, junk: str) -> None:
    things = {name: str(uuid4()) for call in CALLS for name in call.parameters}
    async with browser(app) as client:
        for call in GUARDED:
            assert not_logged_in(call, await send(client, call, things, Authorization=junk)), str(call)
        client.cookies.set("sessie", "door-een-aanvaller-gekozen", domain="127.0.0.1")
        for call in GUARDED:
            assert not_logged_in(call, await send(client, call, things)), str(call)


@pytest.mark.requirement("ALL-01", "ALL-08")
@pytest.mark.parametrize("roles", STRANGERS, ids="+".join)
@pytest.mark.parametrize("way", ["session", "token"])
async def test_a_stranger_reaches_nothing_and_learns_not_even_that_it_exists(
    app: Database, victim: Victim, roles: tuple[str, ...], way: str
) -> None:
    before = await state_of(app, victim.partnership.tenant_id)
    async with stranger(app, roles) as (client, session, token):
        if way == "session":
            client.cookies.set("sessie", session, domain="127.0.0.1")
        headers = {"Authorization": f"Bearer {token}"} if way == "token" else {}
        for call in GUARDED:
            if str(call) in ENDS_THE_SESSION or (way == "token" and call.permission == SESSION):
                continue
            answer = await send(client, call, victim.things, **headers)
            if call.permission == GUEST:
                assert not_logged_in(call, answer), str(call)
            elif call.parameters:
                nothing = {name: str(uuid4()) for name in victim.things}
                other = await send(client, call, nothing, **headers)
                assert answer.status_code in REFUSED, f"{call}: {answer.status_code} {answer.text}"
                assert seen(answer) == seen(other), str(call)
            elif is_about(call.body(victim.things), victim.things):
                assert 400 <= answer.status_code < 500, f"{call}: {answer.status_code} {answer.text}"
            assert answer.status_code < 500, f"{call}: {answer.text}"
            told = answer.text if answer.status_code < 300 else ""
            assert not [name for name, thing in victim.things.items() if thing in told], str(call)
    assert await state_of(app, victim.partnership.tenant_id) == before


@pytest.mark.parametrize("roles", STRANGERS, ids="+".join)
async def test_a_token_reaches_no_route_that_is_for_people_only(app: Database, roles: tuple[str, ...]) -> None:
    things = {name: str(uuid4()) for call in CALLS for name in call.parameters}
    async with stranger(app, roles) as (client, _, token):
        for call in CALLS:
            if call.permission == SESSION:
                answer = await send(client, call, things, Authorization=f"Bearer {token}")
                assert answer.status_code == 403, str(call)


def seen(answer: httpx.Response) -> tuple[int, Any]:
    """What a stranger can tell answers apart by: the status and every word but the request's own number."""
    if "json" not in answer.headers.get("content-type", ""):
        return answer.status_code, NUMBERS.sub("", answer.text)
    document = answer.json() if answer.content else {}
    return answer.status_code, {name: value for name, value in document.items() if name != "instance"}


def not_logged_in(call: Call, answer: httpx.Response) -> bool:
    """401, or for a page the way to where one logs in, or opens a link."""
    onward, door = answer.headers.get("location", ""), "/toegang" if call.permission == GUEST else "/inloggen"
    return answer.status_code == 401 or (call.page and answer.status_code == 303 and onward.startswith(door))
