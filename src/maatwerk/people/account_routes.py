"""Routes for one's own account: password, app and recovery codes, also for who lost one of them and can't log in."""

from typing import Any

from litestar import Request
from msgspec import UNSET

from maatwerk.http import GivenCaller, JSONBody, post, put
from maatwerk.http.guard import client_network
from maatwerk.people.actions.choose_password import choose_password
from maatwerk.people.actions.enrol_totp import begin_totp, confirm_totp
from maatwerk.people.actions.forget_password import forget_password
from maatwerk.people.actions.make_recovery_codes import make_recovery_codes
from maatwerk.people.actions.renew_app import begin_renewal, finish_renewal
from maatwerk.people.actions.set_password import set_password
from maatwerk.people.schemas import (
    AppRenewal,
    AppRenewalView,
    EnrolmentView,
    ForgottenPassword,
    PasswordChange,
    PasswordChoice,
    RecoveryCodesView,
    RecoveryCodesWanted,
    TotpBegin,
    TotpConfirm,
)

TAG = "Account"


@put("/account/wachtwoord", permission="session", summary="Verander uw wachtwoord", tag=TAG, status=204, problems=[429])
async def change_password(request: Request[Any, Any, Any], caller: GivenCaller, data: JSONBody[PasswordChange]) -> None:
    await set_password(caller, data.current_password, data.code, data.new_password, client_network(request))


@post(
    "/account/app",
    permission="session",
    summary="Begin met een andere app voor twee stappen",
    tag=TAG,
    status=200,
    problems=[429],
)
async def begin_app(request: Request[Any, Any, Any], caller: GivenCaller, data: JSONBody[TotpBegin]) -> EnrolmentView:
    return EnrolmentView(enrolment=await begin_totp(caller, data.password, data.code, client_network(request)))


@put("/account/app", permission="session", summary="Bevestig de andere app", tag=TAG, problems=[409, 429])
async def confirm_app(
    request: Request[Any, Any, Any], caller: GivenCaller, data: JSONBody[TotpConfirm]
) -> RecoveryCodesView:
    return RecoveryCodesView(await confirm_totp(caller, data.code, client_network(request)))


@post("/account/herstelcodes", permission="session", summary="Maak nieuwe herstelcodes", tag=TAG, problems=[429])
async def make_codes(
    request: Request[Any, Any, Any], caller: GivenCaller, data: JSONBody[RecoveryCodesWanted]
) -> RecoveryCodesView:
    return RecoveryCodesView(await make_recovery_codes(caller, data.password, data.code, client_network(request)))


@post(
    "/account/wachtwoord/_vergeten",
    permission="public",
    summary="Vraag een mail om een nieuw wachtwoord te kiezen",
    description="Het antwoord is hetzelfde of er een account is of niet",
    tag=TAG,
    status=204,
    problems=[429],
)
async def forgot(request: Request[Any, Any, Any], data: JSONBody[ForgottenPassword]) -> None:
    await forget_password(data.address, client_network(request))


@post(
    "/account/wachtwoord/_kies",
    permission="public",
    summary="Kies een nieuw wachtwoord met de code uit de mail",
    tag=TAG,
    status=204,
    problems=[404, 422, 429],
)
async def choose_new(request: Request[Any, Any, Any], data: JSONBody[PasswordChoice]) -> None:
    await choose_password(data.token, data.password, data.code, client_network(request))


@post(
    "/account/app/_kwijt",
    permission="public",
    summary="Stel een andere app in met een herstelcode",
    tag=TAG,
    status=200,
    problems=[401, 422, 429],
)
async def lost_app(request: Request[Any, Any, Any], data: JSONBody[AppRenewal]) -> AppRenewalView:
    given = (data.address, data.password, data.recovery_code)
    if data.code is UNSET:
        return AppRenewalView("code-nodig", enrolment=await begin_renewal(*given, client_network(request)))
    codes = await finish_renewal(*given, data.code, client_network(request))
    return AppRenewalView("ingesteld", recovery_codes=codes)


HANDLERS = [change_password, begin_app, confirm_app, make_codes, forgot, choose_new, lost_app]
