"""Routes for logging in and out, one's sessions, and where to work."""

from typing import Any
from uuid import UUID

from litestar import Request, Response

from maatwerk.http import FromPath, GivenCaller, GivenPage, JSONBody, Page, delete, get, header, post, put
from maatwerk.http.cookies import no_session_cookie, session_cookie
from maatwerk.http.guard import client_network
from maatwerk.people.actions.choose_tenant import choose_tenant
from maatwerk.people.actions.log_in import log_in
from maatwerk.people.actions.log_out import log_out, log_out_elsewhere
from maatwerk.people.queries import tenants_of
from maatwerk.people.schemas import Login, SessionView, TenantChoice, TenantView
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import NewSession, open_sessions
from maatwerk.people.views import session_view, tenant_view

TAG = "Inloggen"
COOKIE = header("Set-Cookie", "De sessie.")


@post("/sessies", permission="public", summary="Log in", tag=TAG, problems=[401, 429], answers_with=[COOKIE])
async def open_one(request: Request[Any, Any, Any], data: JSONBody[Login]) -> Response[SessionView]:
    session = await log_in(data.address, data.password, data.code, client_network(request))
    return await _answer(request, session)


@get("/sessies", permission="session", summary="Uw sessies", tag=TAG)
async def list_sessions(caller: GivenCaller, page: GivenPage) -> Response[Page[SessionView]]:
    async with identity_scope(caller.person_id) as tx:
        rows = await open_sessions(tx, caller.person_id, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, lambda row: session_view(row, caller.session_id), lambda row: (str(row.id),))


@delete("/sessies/huidig", permission="session", summary="Log uit", tag=TAG, problems=[404])
async def close_current(request: Request[Any, Any, Any], caller: GivenCaller) -> Response[None]:
    assert caller.session_id is not None
    await log_out(caller, caller.session_id)
    cookie = no_session_cookie(request.app.state.settings)
    headers = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
    return Response(None, status_code=204, cookies=[cookie], headers=headers)


@delete("/sessies/andere", permission="session", summary="Beëindig al uw andere sessies", tag=TAG)
async def close_others(caller: GivenCaller) -> None:
    await log_out_elsewhere(caller)


@delete("/sessies/{session_id:uuid}", permission="session", summary="Beëindig een sessie van uzelf", tag=TAG)
async def close_one(caller: GivenCaller, session_id: FromPath[UUID]) -> None:
    await log_out(caller, session_id)


@put(
    "/sessies/huidig/partnerschap",
    permission="session",
    summary="Kies het partnerschap waarin u werkt",
    tag=TAG,
    problems=[404],
    answers_with=[COOKIE],
)
async def choose(
    request: Request[Any, Any, Any], caller: GivenCaller, data: JSONBody[TenantChoice]
) -> Response[SessionView]:
    session = await choose_tenant(caller, data.tenant_id)
    return await _answer(request, session, status=200)


@get("/partnerschappen", permission="session", summary="De partnerschappen waarin u lid bent", tag=TAG)
async def list_tenants(caller: GivenCaller) -> Page[TenantView]:
    async with identity_scope(caller.person_id) as tx:
        return Page([tenant_view(tenant) for tenant in await tenants_of(tx, caller.person_id)])


async def _answer(request: Request[Any, Any, Any], new: NewSession, status: int = 201) -> Response[SessionView]:
    async with identity_scope() as tx:
        shown = next(session for session in await open_sessions(tx, new.person_id) if session.id == new.id)
    cookie = session_cookie(request.app.state.settings, new.secret)
    return Response(session_view(shown, new.id), status_code=status, cookies=[cookie])


HANDLERS = [
    open_one,
    list_sessions,
    close_current,
    close_others,
    close_one,
    choose,
    list_tenants,
]
