"""The app for codes is lost: another is set up with the password and a recovery code, or the code from an administrator's mail. All that
can be wrong with the three gets the same words."""

from typing import Any

from litestar import Request, Response

from maatwerk.http.fields import MailAddress, TotpCode
from maatwerk.http.guard import client_network
from maatwerk.http.problems import TooSoon, Unauthenticated, status_of
from maatwerk.people.actions.renew_app import begin_renewal, finish_renewal
from maatwerk.rules.permissions import PUBLIC
from maatwerk.rules.refusals import Refused
from maatwerk.web.declaring import form, page
from maatwerk.web.enrolment import NO_CODE, NOT_REPEATED, Setting, ask_code, key_of, show_codes
from maatwerk.web.fields import Fault, Sent, exact, faults_of, fits, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import LOST_APP

TITLE = "App voor codes kwijt"
NO_ADDRESS = Fault("adres", "Vul uw mailadres in, zoals naam@school.example.")
NO_PASSWORD = Fault("wachtwoord", "Vul uw wachtwoord in.")
NO_RECOVERY = Fault("herstelcode", "Vul een herstelcode in, of plak de code uit de mail van uw beheerder.")
DONE = "De nieuwe app is ingesteld en u bent overal uitgelogd."


@page(LOST_APP, permission=PUBLIC)
async def show_lost_app() -> Response[str]:
    return _ask("", "")


@form(LOST_APP, permission=PUBLIC)
async def renew_here(request: Request[Any, Any, Any], data: Sent) -> Response[str]:
    address, password = text(data, "adres"), exact(data, "wachtwoord")
    recovery = text(data, "herstelcode").rpartition("#")[2]
    wrong = ((NO_ADDRESS, fits(MailAddress, address)), (NO_RECOVERY, bool(recovery)))
    if faults := [fault for fault, right in wrong if not right]:
        return _ask(address, recovery, faults)
    setting = _setting(address, recovery)
    key, code = text(data, "sleutel").replace(" ", ""), text(data, "code").replace(" ", "")
    if "code" in data:
        checks = ((NOT_REPEATED, bool(password)), (NO_CODE, fits(TotpCode, code)))
        if faults := [fault for fault, right in checks if not right]:
            return ask_code(setting, key, faults=faults)
    elif not password:
        return _ask(address, recovery, [NO_PASSWORD])
    try:
        if "code" in data:
            return show_codes(await finish_renewal(address, password, recovery, code, client_network(request)), DONE)
        link = await begin_renewal(address, password, recovery, client_network(request))
        return ask_code(setting, key_of(link), link)
    except (Unauthenticated, TooSoon) as refusal:
        return _refused(_ask(address, recovery, faults_of(refusal)), refusal)
    except Refused as refusal:
        return ask_code(setting, key, faults=faults_of(refusal))


def _setting(address: str, recovery: str) -> Setting:
    carried = {"adres": address, "herstelcode": recovery}
    return Setting(LOST_APP, carried, "Stel de app in", "De app instellen lukte niet")


def _refused(answer: Response[str], refusal: Refused) -> Response[str]:
    if isinstance(refusal, TooSoon):
        answer.status_code = status_of(refusal)
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _ask(address: str, recovery: str, faults: list[Fault] | None = None) -> Response[str]:
    return render(
        "lost_app.html",
        f"Fout: {TITLE}" if faults else TITLE,
        None,
        status=422 if faults else 200,
        address=address,
        recovery=recovery,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
    )


SCREENS = [show_lost_app, renew_here]
