"""Routes for who is involved with a pupil: declared by oneself or the ondersteuner, suspected by the school."""

from uuid import UUID

from litestar import Response

from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.cases.telling import as_met
from maatwerk.http import FromPath, GivenCaller, GivenOnce, GivenVersion, JSONBody, get, post
from maatwerk.reviews import views
from maatwerk.reviews.actions.clear import set_aside, withdraw
from maatwerk.reviews.actions.declare_involved import declare_involved
from maatwerk.reviews.actions.settle import confirm, dismiss
from maatwerk.reviews.actions.suspect import suspect
from maatwerk.reviews.involvement import declared
from maatwerk.reviews.queries import seated
from maatwerk.reviews.schemas import (
    InvolvementView,
    NewInvolvement,
    NewSuspicion,
    NotInvolved,
    NotInvolvedView,
    SuspicionAbout,
    SuspicionView,
)
from maatwerk.reviews.suspicions import suspicions
from maatwerk.tenancy import scope

TAG = "Betrokkenheid"


@get(
    "/aanvragen/{case_id:uuid}/betrokkenen",
    permission="betrokkenen.lezen",
    summary="Wie betrokken is bij de leerling en dus niet beoordeelt",
    tag=TAG,
)
async def list_involved(caller: GivenCaller, case_id: FromPath[UUID]) -> list[InvolvementView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        authorise(caller, case, "geheel")
        return [views.involvement_view(**dict(row)) for row in await declared(tx, case)]


@post(
    "/aanvragen/{case_id:uuid}/betrokkenen",
    permission="betrokkenen.melden",
    summary="Meld dat u betrokken bent, of als ondersteuner wie dat is",
    tag=TAG,
    creates=True,
)
async def add_involved(
    once: GivenOnce, case_id: FromPath[UUID], data: JSONBody[NewInvolvement]
) -> Response[InvolvementView]:
    async with once.scope() as tx:
        case = await read(tx, case_id, lock=True)
        at = await declare_involved(tx, once.caller, case, data.membership_id, data.what)
        return await once.answer(tx, views.involvement_view(case_id, data.membership_id, data.what, at))


@post(
    "/aanvragen/{case_id:uuid}/betrokkenen/{membership_id:uuid}/_intrekken", permission="betrokkenen.beoordelen",
    summary="Trek in dat dit lid betrokken is", tag=TAG, creates=True, status=200,
)  # fmt: skip
async def withdraw_involved(
    once: GivenOnce, case_id: FromPath[UUID], membership_id: FromPath[UUID], data: JSONBody[NotInvolved]
) -> Response[NotInvolvedView]:
    async with once.scope() as tx:
        case = await read(tx, case_id, lock=True)
        left = await withdraw(tx, once.caller, case, membership_id, data.reason)
        return await once.answer(tx, views.not_involved_view(membership_id, data.reason, left), status=200)


@post(
    "/aanvragen/{case_id:uuid}/betrokkenen/{membership_id:uuid}/_terzijdeleggen", permission="betrokkenen.beoordelen",
    summary="Leg terzijde dat de school dit lid noemt: niet betrokken", tag=TAG, creates=True, status=200,
    opt={"versioned": True},
)  # fmt: skip
async def set_mention_aside(
    once: GivenOnce,
    case_id: FromPath[UUID],
    membership_id: FromPath[UUID],
    version: GivenVersion,
    data: JSONBody[NotInvolved],
) -> Response[NotInvolvedView]:
    async with once.scope() as tx:
        case = await read(tx, case_id, lock=True)
        version.check(as_met(case, authorise(once.caller, case, "geheel")).version)
        left = await set_aside(tx, once.caller, case, membership_id, data.reason)
        return await once.answer(tx, views.not_involved_view(membership_id, data.reason, left), status=200)


@get(
    "/aanvragen/{case_id:uuid}/vermoedens",
    permission="vermoedens.lezen",
    summary="Wie volgens de school betrokken kan zijn",
    tag=TAG,
)
async def list_suspicions(caller: GivenCaller, case_id: FromPath[UUID]) -> list[SuspicionView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        meeting = authorise(caller, case, "inhoud")
        found = await suspicions(tx, [case]) if meeting.handles or "school" in meeting.places else []
        if not meeting.handles:
            return [views.suspicion_view(each) for each in found]
        people = await seated(tx, case)
    return [views.judged_suspicion_view(each, people) for each in found]


@post(
    "/aanvragen/{case_id:uuid}/vermoedens",
    permission="vermoedens.melden",
    summary="Meld als school dat iemand betrokken kan zijn",
    tag=TAG,
    creates=True,
    problems=[410],
)
async def add_suspicion(
    once: GivenOnce, case_id: FromPath[UUID], data: JSONBody[NewSuspicion]
) -> Response[SuspicionView]:
    async with once.scope() as tx:
        case = await read(tx, case_id, lock=True)
        found = await suspect(tx, once.caller, case, data.name, data.what)
        return await once.answer(tx, views.suspicion_view(found))


@post(
    "/aanvragen/{case_id:uuid}/vermoedens/{suspicion_id:uuid}/_bevestig",
    permission="betrokkenen.beoordelen", summary="Bevestig een vermoeden: dit lid is betrokken",
    tag=TAG, creates=True, status=200,
)  # fmt: skip
async def confirm_suspicion(
    once: GivenOnce, case_id: FromPath[UUID], suspicion_id: FromPath[UUID], data: JSONBody[SuspicionAbout]
) -> Response[SuspicionView]:
    async with once.scope() as tx:
        case = await read(tx, case_id, lock=True)
        found = await confirm(tx, once.caller, case, suspicion_id, data.membership_id)
        return await once.answer(tx, views.judged_suspicion_view(found, ()), status=200)


@post(
    "/aanvragen/{case_id:uuid}/vermoedens/{suspicion_id:uuid}/_verwerp",
    permission="betrokkenen.beoordelen", summary="Verwerp een vermoeden: wie het tegenhield, kan weer beoordelen",
    tag=TAG, creates=True, status=200,
)  # fmt: skip
async def dismiss_suspicion(
    once: GivenOnce, case_id: FromPath[UUID], suspicion_id: FromPath[UUID]
) -> Response[SuspicionView]:
    async with once.scope() as tx:
        found = await dismiss(tx, once.caller, await read(tx, case_id, lock=True), suspicion_id)
        return await once.answer(tx, views.judged_suspicion_view(found, ()), status=200)


HANDLERS = [
    list_involved,
    add_involved,
    withdraw_involved,
    set_mention_aside,
    list_suspicions,
    add_suspicion,
    confirm_suspicion,
    dismiss_suspicion,
]
