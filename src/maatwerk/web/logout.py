"""Logging out: ends the session itself, so that its cookie is worth nothing wherever it still is."""

from typing import Any

from litestar import Request, Response

from maatwerk.http import GivenCaller
from maatwerk.http.cookies import no_session_cookie
from maatwerk.people.actions.log_out import log_out
from maatwerk.rules.permissions import SESSION
from maatwerk.web.declaring import form
from maatwerk.web.returning import LOGIN, LOGOUT, see

FORGET = {"Clear-Site-Data": '"cache", "cookies", "storage"'}


@form(LOGOUT, permission=SESSION)
async def log_out_here(request: Request[Any, Any, Any], caller: GivenCaller) -> Response[str]:
    assert caller.session_id is not None
    await log_out(caller, caller.session_id)
    cookie = no_session_cookie(request.app.state.settings)
    return see(f"{LOGIN}?bericht=uitgelogd", cookies=[cookie], headers=FORGET)


SCREENS = [log_out_here]
