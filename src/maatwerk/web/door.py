"""Where a guest's link leads: the secret stands behind the #, a code is mailed apart, and both together open his visit. Looking at the
page does nothing. It is the one page with a script, which takes the secret out of the address; without it one pastes."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.guests.actions.knock import ask_code, ask_link, come_in, leave
from maatwerk.http import GivenCaller
from maatwerk.http.cookies import guest_cookie, guest_cookie_name
from maatwerk.http.fields import TotpCode
from maatwerk.http.problems import TooSoon, status_of
from maatwerk.rules.permissions import GUEST, PUBLIC
from maatwerk.rules.refusals import Refused
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, faults_of, fits, text
from maatwerk.web.rendering import POLICY, render
from maatwerk.web.returning import DOOR, DOOR_CODE, DOOR_NEW, OWN_CASE, OWN_END, see
from maatwerk.web.static import LINK_SCRIPT

TITLE = "Verder met uw link"
NO_LINK = Fault("link", "Open de link uit de mail, of plak de code van de link hier.")
NO_CODE = Fault("code", "Vul de zes cijfers uit de tweede mail in.")
NOTICES = {
    "afgelopen": "Uw bezoek is afgelopen. Open de link uit uw nieuwste mail, of vraag een nieuwe.",
    "gesloten": "U hebt de aanvraag gesloten. Wat u bewaarde, is bewaard.",
    "gemaild": "Er is een nieuwe link gemaild. Dat kan een paar minuten duren.",
}
RENEWABLE = frozenset({"link_gebruikt", "link_verlopen", "link_vervangen"})
HEADERS = {"Content-Security-Policy": f"{POLICY}; script-src 'self'", "Referrer-Policy": "no-referrer"}
Notice = Annotated[str, QueryParameter(name="bericht")]


@page(DOOR, permission=PUBLIC)
async def show_door(notice: Notice = "") -> Response[str]:
    return _door(notice=NOTICES.get(notice, ""))


@form(DOOR, permission=PUBLIC, unreferred=True)
async def knock(data: Sent) -> Response[str]:
    secret = _secret(data)
    if not secret:
        return _door([NO_LINK])
    try:
        await ask_code(secret)
    except Refused as refusal:
        return _refused(refusal, secret)
    return _code(secret)


@form(DOOR_CODE, permission=PUBLIC, unreferred=True)
async def enter(request: Request[Any, Any, Any], data: Sent) -> Response[str]:
    secret, code = _secret(data), text(data, "code").replace(" ", "")
    if not fits(TotpCode, code):
        return _code(secret, [NO_CODE]) if secret else _door([NO_LINK])
    try:
        visit = await come_in(secret, code)
    except Refused as refusal:
        if refusal.reasons[0].field == "code":
            return _code(secret, faults_of(refusal))
        return _refused(refusal, secret)
    return see(OWN_CASE, cookies=[guest_cookie(request.app.state.settings, visit.secret)])


@form(DOOR_NEW, permission=PUBLIC, unreferred=True)
async def renew(data: Sent) -> Response[str]:
    secret = _secret(data)
    if not secret:
        return _door([NO_LINK])
    try:
        await ask_link(secret)
    except Refused as refusal:
        return _refused(refusal, secret)
    return see(f"{DOOR}?bericht=gemaild")


@form(OWN_END, permission=GUEST)
async def end_visit(request: Request[Any, Any, Any], caller: GivenCaller) -> Response[str]:
    settings = request.app.state.settings
    await leave(caller.tenant_id, request.cookies.get(guest_cookie_name(settings), ""))
    return see(f"{DOOR}?bericht=gesloten", cookies=[guest_cookie(settings, "")])


def _secret(data: dict[str, Any]) -> str:
    return text(data, "link").rpartition("#")[2]


def _refused(refusal: Refused, secret: str) -> Response[str]:
    renewable = secret if refusal.reasons[0].code in RENEWABLE else ""
    answer = _door(faults_of(refusal), secret=renewable, status=status_of(refusal))
    if isinstance(refusal, TooSoon):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _door(faults: list[Fault] | None = None, *, secret: str = "", notice: str = "", status: int = 422) -> Response[str]:
    """`secret` is that of a link in place of which a new one may be asked."""
    return _page("door.html", TITLE, faults, status=status if faults else 200, secret=secret, notice=notice)


def _code(secret: str, faults: list[Fault] | None = None) -> Response[str]:
    return _page("door_code.html", "Uw code", faults, status=422 if faults else 200, secret=secret)


def _page(template: str, title: str, faults: list[Fault] | None, *, status: int, **values: Any) -> Response[str]:
    answer = render(
        template,
        f"Fout: {title}" if faults else title,
        None,
        status=status,
        script=LINK_SCRIPT,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
        **values,
    )
    answer.headers.update(HEADERS)
    return answer


SCREENS = [show_door, knock, enter, renew, end_visit]
