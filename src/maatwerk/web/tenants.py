"""Choosing the partnership in which one works: after logging in for who has several, and later to change."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.http import GivenCaller
from maatwerk.http.cookies import session_cookie
from maatwerk.people.actions.choose_tenant import choose_tenant
from maatwerk.rules.permissions import SESSION
from maatwerk.rules.refusals import NotFound
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Sent, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import TENANTS, own_path, see
from maatwerk.web.who import shown, tenants

Wanted = Annotated[str, QueryParameter(name="naar")]


@page(TENANTS, permission=SESSION)
async def show_tenants(caller: GivenCaller, wanted: Wanted = "") -> Response[str]:
    found = await tenants(caller)
    return render(
        "tenants.html",
        "Kies een partnerschap",
        shown(caller, found),
        tenants=found,
        chosen=caller.tenant,
        wanted=own_path(wanted),
    )


@form(TENANTS, permission=SESSION)
async def choose(request: Request[Any, Any, Any], caller: GivenCaller, data: Sent) -> Response[str]:
    session = await choose_tenant(caller, _identifier(text(data, "partnerschap")))
    return see(own_path(text(data, "naar")), cookies=[session_cookie(request.app.state.settings, session.secret)])


def _identifier(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError as error:
        raise NotFound.because("geen_partnerschap", "In dit partnerschap bent u geen lid.") from error


SCREENS = [show_tenants, choose]
