"""Accepting an invitation on a page. The mail's link carries the code behind its #, which no server gets to see: it is
pasted, and travels in forms only. Whether the address has an account already shows in none of the words."""

from litestar import Response

from maatwerk.http import Caller, GivenVisitor
from maatwerk.http.fields import TotpCode
from maatwerk.people.actions.accept_invitation import accept_as, begin_acceptance, finish_acceptance
from maatwerk.people.passwords import SHORTEST
from maatwerk.rules.permissions import PUBLIC
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.web.declaring import form, page
from maatwerk.web.enrolment import NO_CODE, NOT_REPEATED, Setting, ask_code, key_of, show_codes
from maatwerk.web.fields import Fault, Sent, exact, faults_of, fits, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import INVITATION, TENANTS, see
from maatwerk.web.who import who

TITLE = "Uitnodiging aanvaarden"
NO_TOKEN = Fault("uitnodiging", "Plak de code uit de mail.")
NO_PASSWORD = Fault("wachtwoord", "Kies een wachtwoord.")
DONE = "De uitnodiging is aanvaard."


@page(INVITATION, permission=PUBLIC)
async def show_invitation(visitor: GivenVisitor) -> Response[str]:
    return await _ask(visitor)


@form(INVITATION, permission=PUBLIC)
async def accept_here(visitor: GivenVisitor, data: Sent) -> Response[str]:
    token = text(data, "uitnodiging").rpartition("#")[2]
    if visitor is not None and visitor.session_id is not None:
        return await _accept_as(visitor, token)
    password = exact(data, "wachtwoord")
    if "code" not in data:
        return await _begin(token, password)
    return await _finish(token, password, text(data, "code").replace(" ", ""), text(data, "sleutel").replace(" ", ""))


async def _accept_as(caller: Caller, token: str) -> Response[str]:
    if not token:
        return await _ask(caller, token, [NO_TOKEN])
    try:
        await accept_as(caller, token)
    except Refused as refusal:
        return await _ask(caller, token, faults_of(refusal, "uitnodiging"))
    return see(TENANTS)


async def _begin(token: str, password: str) -> Response[str]:
    if faults := [fault for fault, given in ((NO_TOKEN, token), (NO_PASSWORD, password)) if not given]:
        return await _ask(None, token, faults)
    try:
        link = await begin_acceptance(token, password)
    except Refused as refusal:
        return await _ask(None, token, faults_of(refusal, "uitnodiging"))
    return ask_code(_setting(token), key_of(link), link)


async def _finish(token: str, password: str, code: str, key: str) -> Response[str]:
    """`key` is what the page showed before: only to show it again, the code is held against what was noted then."""
    if not token:
        return await _ask(None, token, [NO_TOKEN])
    if faults := [fault for fault, right in ((NOT_REPEATED, password), (NO_CODE, fits(TotpCode, code))) if not right]:
        return ask_code(_setting(token), key, faults=faults)
    try:
        codes = await finish_acceptance(token, password, code)
    except NotFound as refusal:
        return await _ask(None, token, faults_of(refusal, "uitnodiging"))
    except Refused as refusal:
        return ask_code(_setting(token), key, faults=faults_of(refusal))
    return show_codes(codes, DONE)


def _setting(token: str) -> Setting:
    return Setting(INVITATION, {"uitnodiging": token}, "Aanvaard de uitnodiging", "Aanvaarden lukte niet")


async def _ask(visitor: Caller | None, token: str = "", faults: list[Fault] | None = None) -> Response[str]:
    """The first step, or the only one for who is logged in."""
    known = await who(visitor) if visitor is not None and visitor.session_id is not None else None
    return render(
        "invitation.html",
        f"Fout: {TITLE}" if faults else TITLE,
        known,
        status=422 if faults else 200,
        token=token,
        shortest=SHORTEST,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
    )


SCREENS = [show_invitation, accept_here]
