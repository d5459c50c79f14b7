"""Where to go next. A wanted page travels through the login form, so a stranger may have written it: only a plain path of
this service itself comes through, never another host, a query or an encoded character."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from msgspec import UNSET

from maatwerk.http import Page

HOME, LOGIN, LOGOUT, TENANTS, INVITATION = "/", "/inloggen", "/uitloggen", "/partnerschap", "/uitnodiging"
ACCOUNT, FORGOTTEN, CHOICE, LOST_APP = "/account", "/wachtwoord-vergeten", "/wachtwoord-kiezen", "/app-kwijt"
DOOR, DOOR_CODE, DOOR_NEW = "/toegang", "/toegang/code", "/toegang/nieuw"
OWN_CASE, OWN_ACT, OWN_FILES, OWN_END = (
    "/mijn-aanvraag", "/mijn-aanvraag/invullen", "/mijn-aanvraag/bestanden", "/mijn-aanvraag/sluiten",
)  # fmt: skip
_OWN = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+){0,9})?")
_LONGEST = 300
_NEVER = (LOGIN, LOGOUT, TENANTS)


def own_path(wanted: str) -> str:
    """The wanted page, or home when it is none of ours."""
    if len(wanted) > _LONGEST or not _OWN.fullmatch(wanted) or wanted in _NEVER or wanted.startswith("/api/"):
        return HOME
    return wanted


def by_way_of(stop: str, wanted: str, **more: str) -> str:
    """The address of a page that goes on to `wanted` afterwards; home needs no mention."""
    asked = {**more, **({"naar": wanted} if own_path(wanted) != HOME else {})}
    return f"{stop}?{urlencode(asked, safe='/')}" if asked else stop


def onward_of(page: Page[Any]) -> str:
    """The address of the next page of a list, empty on the last."""
    return "" if page.volgende is UNSET else page.volgende


def see(path: str, *, cookies: Sequence[Cookie] = (), headers: dict[str, str] | None = None) -> Response[str]:
    """Sends the browser to a page of ours with a GET (303)."""
    return Response(
        "",
        status_code=303,
        media_type=MediaType.HTML,
        headers={"Location": path, **(headers or {})},
        cookies=list(cookies),
    )
