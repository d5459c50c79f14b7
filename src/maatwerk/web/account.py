"""One's own account: where one is logged in, and ending that elsewhere. It is of the person, so it is the same in every partnership."""

from typing import Annotated
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from maatwerk.http import GivenCaller
from maatwerk.people.actions.log_out import log_out, log_out_elsewhere
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import open_sessions
from maatwerk.rules.permissions import SESSION
from maatwerk.rules.refusals import NotFound
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Sent, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import ACCOUNT, see
from maatwerk.web.who import shown, tenants

NOTICES = {"beeindigd": "Daar bent u nu uitgelogd.", "andere": "U bent nu alleen hier nog ingelogd."}
Notice = Annotated[str, QueryParameter(name="bericht")]


@page(ACCOUNT, permission=SESSION)
async def show_account(caller: GivenCaller, notice: Notice = "") -> Response[str]:
    found = await tenants(caller)
    async with identity_scope(caller.person_id) as tx:
        sessions = await open_sessions(tx, caller.person_id)
    return render(
        "account.html",
        "Uw account",
        shown(caller, found),
        sessions=sessions,
        current=caller.session_id,
        names={tenant.id: tenant.name for tenant in found},
        notice=NOTICES.get(notice, ""),
    )


@form(f"{ACCOUNT}/sessies", permission=SESSION)
async def end_session(caller: GivenCaller, data: Sent) -> Response[str]:
    await log_out(caller, _identifier(text(data, "sessie")))
    return see(f"{ACCOUNT}?bericht=beeindigd")


@form(f"{ACCOUNT}/sessies/andere", permission=SESSION)
async def end_others(caller: GivenCaller) -> Response[str]:
    await log_out_elsewhere(caller)
    return see(f"{ACCOUNT}?bericht=andere")


def _identifier(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError as error:
        raise NotFound.because("geen_sessie", "Deze sessie is er niet.") from error


SCREENS = [show_account, end_session, end_others]
