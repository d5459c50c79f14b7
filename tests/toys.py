"""A toy API on the real http layer: routes that do next to nothing, to look at everything around them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import httpx
from litestar import Response
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body, QueryParameter
from msgspec import Meta

from maatwerk.db import new_id
from maatwerk.http import (
    Caller,
    Credentials,
    FromPath,
    GivenCaller,
    GivenOnce,
    GivenPage,
    GivenVersion,
    JSONBody,
    Page,
    create_app,
    etag,
    get,
    patch,
    post,
)
from maatwerk.http.fields import Name
from maatwerk.organisations.schemas import NewSchool, SchoolView
from maatwerk.rules.refusals import Conflict, Forbidden, NotFound, Refused
from maatwerk.settings import Settings
from maatwerk.tenancy import scope

BASE_URL = "http://127.0.0.1:8000"
SEQ = 7


def a_school(name: str = "De Lindehof") -> SchoolView:
    return SchoolView(id=UUID(int=1), name=name, sector="vo")


@get("/scholen/{session_id:uuid}", permission="public", summary="Een school", tag="Proef")
async def read_one(
    session_id: FromPath[UUID],
    count: Annotated[int, QueryParameter(name="aantalKeer", ge=1, le=9)] = 1,
) -> SchoolView:
    return a_school("x" * count)


@post("/scholen", permission="public", summary="Een school erbij", tag="Proef")
async def add_one(data: JSONBody[NewSchool]) -> SchoolView:
    return a_school(data.name)


@get("/scholen", permission="public", summary="De scholen", tag="Proef")
async def read_all() -> list[SchoolView]:
    return [a_school()]


@post("/klein", permission="public", summary="Weinig inhoud", tag="Proef", request_max_body_size=100)
async def add_small(data: JSONBody[NewSchool]) -> SchoolView:
    return a_school(data.name)


@get("/weigering/{kind:str}", permission="public", summary="Weigert", tag="Proef")
async def refuse(kind: FromPath[Annotated[str, Meta(max_length=20)]]) -> SchoolView:
    kinds = {"conflict": Conflict, "verbod": Forbidden, "niets": NotFound, "nee": Refused}
    if kind == "bezet":
        raise asyncpg.LockNotAvailableError("Fleur achteraan")
    if kind not in kinds:
        raise RuntimeError("Fleur achteraan, 123456782")
    raise kinds[kind].because("proef", "Dit kan niet.", mend="Doe iets anders.")


@patch("/scholen/huidig", permission="public", summary="Wijzig", tag="Proef")
async def change(version: GivenVersion, data: JSONBody[NewSchool]) -> Response[SchoolView]:
    version.check(SEQ)
    return Response(a_school(data.name), headers={"ETag": etag(SEQ + 1)})


@post("/bestand", permission="public", summary="Een formulier", tag="Proef", opt={"body_schema": {"type": "object"}})
async def send_form(
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> SchoolView:
    return a_school(str(len(data)))


@get("/geheim", permission="scholen.beheren", summary="Alleen met recht", tag="Proef")
async def behind_a_right() -> SchoolView:
    return a_school()


@get("/lijst", permission="session", summary="Bladeren", tag="Proef")
async def browse(
    caller: GivenCaller,
    page: GivenPage,
    sector: Annotated[Name, QueryParameter(name="sector")] = "vo",
) -> Response[Page[SchoolView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        after = await page.after(tx)
        first = int(after[0]) + 1 if after else 0
        rows = range(first, min(first + page.limit, 7))
        return await page.answer(tx, rows, lambda row: a_school(f"{sector} {row}"), lambda row: (str(row),))


@post("/leden", permission="session", summary="Een keer", tag="Proef", creates=True)
async def create_once(once: GivenOnce, data: JSONBody[NewSchool]) -> Response[SchoolView]:
    async with once.scope() as tx:
        await tx.execute(
            "INSERT INTO tenant_counter (tenant_id, kind, year, last) VALUES ($1, $2, 2024, 1)"
            " ON CONFLICT (tenant_id, kind, year) DO UPDATE SET last = tenant_counter.last + 1",
            *(tx.tenant_id, "proef"),
        )
        if data.name == "traag":
            await asyncio.sleep(0.3)
        if data.name == "nee":
            raise Conflict.because("proef", "Dit kan niet.")
        return await once.answer(tx, a_school(str(new_id())), headers={"ETag": etag(1)})


HANDLERS: list[HTTPRouteHandler] = [
    read_one,
    add_one,
    read_all,
    add_small,
    refuse,
    change,
    send_form,
    behind_a_right,
    browse,
    create_once,
]


@asynccontextmanager
async def toy(
    caller: Caller | None = None, handlers: list[HTTPRouteHandler] | None = None, **headers: str
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy; whoever brings credentials is `caller`."""

    async def identify(credentials: Credentials) -> Caller | None:
        return caller

    app = create_app(handlers or HANDLERS, settings=Settings.from_environment({}), identify=identify)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    if caller is not None:
        headers |= {"Cookie": "__Host-sessie=wie-dan-ook"}
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers=headers) as client:
        yield client
