"""A forgotten password: asking for the mail, and choosing another with the code from it. Its link carries the code behind a #, which no
server gets to see: it is pasted, as that of an invitation. No page tells whether an address has an account."""

from typing import Any

from litestar import Request, Response

from maatwerk.http.fields import MailAddress
from maatwerk.http.guard import client_network
from maatwerk.http.problems import TooSoon, status_of
from maatwerk.people.actions.choose_password import choose_password
from maatwerk.people.actions.forget_password import forget_password
from maatwerk.people.passwords import SHORTEST
from maatwerk.rules.permissions import PUBLIC
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, exact, faults_of, fits, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import CHOICE, FORGOTTEN, LOGIN, see

TITLE = "Wachtwoord vergeten"
TITLE_OF_CHOICE = "Nieuw wachtwoord kiezen"
NO_ADDRESS = Fault("adres", "Vul uw mailadres in, zoals naam@school.example.")
NO_TOKEN = Fault("token", "Plak de code uit de mail.")
NO_PASSWORD = Fault("wachtwoord", "Kies een wachtwoord.")
NO_CODE = Fault("code", "Vul de zes cijfers van uw app in, of een herstelcode.")


@page(FORGOTTEN, permission=PUBLIC)
async def show_forgotten() -> Response[str]:
    return _ask("")


@form(FORGOTTEN, permission=PUBLIC)
async def ask_mail(request: Request[Any, Any, Any], data: Sent) -> Response[str]:
    address = text(data, "adres")
    if not fits(MailAddress, address):
        return _ask(address, [NO_ADDRESS])
    try:
        await forget_password(address, client_network(request))
    except TooSoon as refusal:
        return _waiting(_ask(address, faults_of(refusal)), refusal)
    return _ask(address, asked=True)


@page(CHOICE, permission=PUBLIC)
async def show_choice() -> Response[str]:
    return _choose("")


@form(CHOICE, permission=PUBLIC)
async def choose_here(request: Request[Any, Any, Any], data: Sent) -> Response[str]:
    token, new, code = text(data, "token").rpartition("#")[2], exact(data, "wachtwoord"), text(data, "code")
    given = ((NO_TOKEN, token), (NO_PASSWORD, new), (NO_CODE, code))
    if faults := [fault for fault, entered in given if not entered]:
        return _choose(token, faults)
    try:
        await choose_password(token, new, code, client_network(request))
    except TooSoon as refusal:
        return _waiting(_choose(token, faults_of(refusal)), refusal)
    except NotFound as refusal:
        return _choose(token, faults_of(refusal, "token"))
    except Refused as refusal:
        return _choose(token, faults_of(refusal))
    return see(f"{LOGIN}?bericht=wachtwoord")


def _waiting(answer: Response[str], refusal: TooSoon) -> Response[str]:
    answer.status_code = status_of(refusal)
    answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _ask(address: str, faults: list[Fault] | None = None, *, asked: bool = False) -> Response[str]:
    return _page("forgotten.html", TITLE, faults, address=address, asked=asked)


def _choose(token: str, faults: list[Fault] | None = None) -> Response[str]:
    return _page("password_choice.html", TITLE_OF_CHOICE, faults, token=token, shortest=SHORTEST)


def _page(template: str, title: str, faults: list[Fault] | None, **values: Any) -> Response[str]:
    return render(
        template,
        f"Fout: {title}" if faults else title,
        None,
        status=422 if faults else 200,
        faults=faults or [],
        told={fault.field: fault.message for fault in faults or [] if fault.field},
        **values,
    )


SCREENS = [show_forgotten, ask_mail, show_choice, choose_here]
