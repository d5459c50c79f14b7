"""One's own account: where one is logged in and ending that elsewhere, and recovery codes. It is of the person, so it is the same in
every partnership."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.http import Caller, GivenCaller
from maatwerk.http.fields import Secret, TotpCode
from maatwerk.http.guard import client_network
from maatwerk.http.problems import TooSoon, Unauthenticated
from maatwerk.people.actions.log_out import log_out, log_out_elsewhere
from maatwerk.people.actions.make_recovery_codes import make_recovery_codes
from maatwerk.people.recovery_codes import codes_left
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import open_sessions
from maatwerk.rules.permissions import SESSION
from maatwerk.rules.refusals import NotFound
from maatwerk.web.declaring import form, page
from maatwerk.web.enrolment import show_codes
from maatwerk.web.fields import Fault, Sent, exact, faults_of, fits, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import ACCOUNT, see
from maatwerk.web.who import shown, tenants, who

NOTICES = {"beeindigd": "Daar bent u nu uitgelogd.", "andere": "U bent nu alleen hier nog ingelogd."}
NO_PASSWORD = Fault("wachtwoord", "Vul uw wachtwoord in.")
NO_CODE = Fault("code", "Vul de zes cijfers in die uw app nu toont.")
Notice = Annotated[str, QueryParameter(name="bericht")]


@page(ACCOUNT, permission=SESSION)
async def show_account(caller: GivenCaller, notice: Notice = "") -> Response[str]:
    return await _page(caller, notice=NOTICES.get(notice, ""))


@form(f"{ACCOUNT}/sessies", permission=SESSION)
async def end_session(caller: GivenCaller, data: Sent) -> Response[str]:
    await log_out(caller, _identifier(text(data, "sessie")))
    return see(f"{ACCOUNT}?bericht=beeindigd")


@form(f"{ACCOUNT}/sessies/andere", permission=SESSION)
async def end_others(caller: GivenCaller) -> Response[str]:
    await log_out_elsewhere(caller)
    return see(f"{ACCOUNT}?bericht=andere")


@form(f"{ACCOUNT}/herstelcodes", permission=SESSION)
async def make_codes(request: Request[Any, Any, Any], caller: GivenCaller, data: Sent) -> Response[str]:
    password, code = exact(data, "wachtwoord"), text(data, "code").replace(" ", "")
    checks = ((NO_PASSWORD, fits(Secret, password)), (NO_CODE, fits(TotpCode, code)))
    if faults := [fault for fault, right in checks if not right]:
        return await _page(caller, faults)
    try:
        codes = await make_recovery_codes(caller, password, code, client_network(request))
    except (Unauthenticated, TooSoon) as refusal:
        return await _page(caller, faults_of(refusal))
    return show_codes(codes, "Er zijn nieuwe herstelcodes gemaakt.", await who(caller))


async def _page(caller: Caller, faults: list[Fault] | None = None, notice: str = "") -> Response[str]:
    found = await tenants(caller)
    async with identity_scope(caller.person_id) as tx:
        sessions, left = await open_sessions(tx, caller.person_id), await codes_left(tx, caller.person_id)
    return render(
        "account.html",
        "Fout: Uw account" if faults else "Uw account",
        shown(caller, found),
        status=422 if faults else 200,
        sessions=sessions,
        current=caller.session_id,
        names={tenant.id: tenant.name for tenant in found},
        codes_left=left,
        notice=notice,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
    )


def _identifier(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError as error:
        raise NotFound.because("geen_sessie", "Deze sessie is er niet.") from error


SCREENS = [show_account, end_session, end_others, make_codes]
