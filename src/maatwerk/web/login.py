"""Logging in: address, password and code on one page. Whatever of the three is wrong, and whether the account exists, the
answer is the same; only what was left out or can't be an address or a code at all is pointed at."""

import contextlib
from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.http import Caller, GivenVisitor
from maatwerk.http.cookies import session_cookie
from maatwerk.http.fields import MailAddress, Secret, TotpCode
from maatwerk.http.guard import client_network
from maatwerk.http.problems import TooSoon, Unauthenticated, status_of
from maatwerk.people.actions.log_in import log_in
from maatwerk.people.actions.log_out import log_out
from maatwerk.rules.permissions import PUBLIC
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, exact, faults_of, fits, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import INVITATION, LOGIN, TENANTS, by_way_of, own_path, see

TITLE = "Inloggen"
NOTICES: Mapping[str, str] = {
    "uitgelogd": "U bent uitgelogd.",
    "wachtwoord": "Uw wachtwoord is gewijzigd en u bent overal uitgelogd. Log nu in, met de volgende code van uw app.",
}
KINDS: Mapping[str, tuple[Any, str]] = {
    "adres": (MailAddress, "Vul uw mailadres in, zoals naam@school.example."),
    "wachtwoord": (Secret, "Vul uw wachtwoord in."),
    "code": (TotpCode, "Vul de zes cijfers in die uw app nu toont."),
}
Wanted = Annotated[str, QueryParameter(name="naar")]
Notice = Annotated[str, QueryParameter(name="bericht")]


@page(LOGIN, permission=PUBLIC)
async def show_login(visitor: GivenVisitor, wanted: Wanted = "", notice: Notice = "") -> Response[str]:
    if visitor is not None and visitor.session_id is not None:
        return see(own_path(wanted))
    return _page(own_path(wanted), notice=NOTICES.get(notice, ""))


@form(LOGIN, permission=PUBLIC)
async def log_in_here(request: Request[Any, Any, Any], visitor: GivenVisitor, data: Sent) -> Response[str]:
    wanted, address = own_path(text(data, "naar")), text(data, "adres")
    entered = {"adres": address, "wachtwoord": exact(data, "wachtwoord"), "code": text(data, "code").replace(" ", "")}
    if faults := [Fault(name, told) for name, (kind, told) in KINDS.items() if not fits(kind, entered[name])]:
        return _page(wanted, faults, address, status=422)
    try:
        session = await log_in(address, entered["wachtwoord"], entered["code"], client_network(request))
    except (Unauthenticated, TooSoon) as refusal:
        return _refused(refusal, wanted, address)
    await _end(visitor)
    cookie = session_cookie(request.app.state.settings, session.secret)
    at_once = session.chosen is not None or wanted == INVITATION
    return see(wanted if at_once else by_way_of(TENANTS, wanted), cookies=[cookie])


async def _end(visitor: Caller | None) -> None:
    """Who logs in anew leaves no older session behind in this browser."""
    if visitor is not None and visitor.session_id is not None:
        with contextlib.suppress(NotFound):
            await log_out(visitor, visitor.session_id)


def _refused(refusal: Refused, wanted: str, address: str) -> Response[str]:
    faults = faults_of(refusal)
    if not isinstance(refusal, TooSoon):
        return _page(wanted, faults, address, status=422)
    answer = _page(wanted, faults, address, status=status_of(refusal))
    answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _page(
    wanted: str, faults: list[Fault] | None = None, address: str = "", *, status: int = 200, notice: str = ""
) -> Response[str]:
    return render(
        "login.html",
        f"Fout: {TITLE}" if faults else TITLE,
        None,
        status=status,
        wanted=wanted,
        address=address,
        notice=notice,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
    )


SCREENS = [show_login, log_in_here]
