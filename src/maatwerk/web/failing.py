"""Problems as pages: logging in first where that is what is missing, else what is wrong in plain words. A page about a
thing that is another partnership's is the same as about one that never was."""

from typing import Any

from litestar.enums import MediaType

from maatwerk.http import Caller
from maatwerk.http.failures import Shown
from maatwerk.http.guard import NO_GUEST
from maatwerk.http.problems import Problem
from maatwerk.web.rendering import HEADERS, html
from maatwerk.web.returning import DOOR, LOGIN, TENANTS, by_way_of
from maatwerk.web.who import Who

HTML = MediaType.HTML.value


def show_failure(scope: Any, problem: Problem) -> Shown:
    """The page of a problem, or the way to the page that helps: for who is not logged in, or chose no partnership."""
    wanted = scope["path"] if scope["method"] == "GET" else ""
    names = {name for name, _ in scope["headers"]}
    if problem.code == NO_GUEST:
        return _onward(f"{DOOR}?bericht=afgelopen")
    if problem.status == 401 and b"authorization" not in names:
        return _onward(by_way_of(LOGIN, wanted))
    if problem.code == "geen_partnerschap" and problem.status == 403:
        return _onward(by_way_of(TENANTS, wanted))
    caller = scope.get("state", {}).get("caller")
    known = isinstance(caller, Caller) and caller.session_id is not None
    guest = isinstance(caller, Caller) and caller.guest is not None
    page = html("failure.html", problem.title, Who() if known else None, problem=problem, guest=guest)
    return Shown(problem.status, HTML, page.encode(), HEADERS)


def _onward(path: str) -> Shown:
    return Shown(303, HTML, b"", {"Location": path})
