"""Routes for cases: drafts, answers, where a case stands. Acts are done in decisions/."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from maatwerk import clock
from maatwerk.cases import queries, views
from maatwerk.cases.access import authorise
from maatwerk.cases.act_views import acts_for
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.link import likely, link
from maatwerk.cases.actions.look import look
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Case, Draft, NotBsn, read
from maatwerk.cases.meeting import Meeting, meet
from maatwerk.cases.schemas import (
    ActView,
    CaseChange,
    CaseRow,
    CaseView,
    LikelyView,
    NewCase,
    NewLink,
    NotBsnInput,
    StandingView,
    WorkView,
)
from maatwerk.cases.standing_views import standing_view
from maatwerk.cases.telling import as_met
from maatwerk.http import (
    FromPath,
    GivenCaller,
    GivenOnce,
    GivenPage,
    GivenVersion,
    JSONBody,
    Page,
    etag,
    get,
    header,
    patch,
    post,
)
from maatwerk.http.fields import PRINTABLE, whole
from maatwerk.rules.opening import is_open
from maatwerk.rules.permissions import TENANT_ROLES
from maatwerk.rules.refusals import Forbidden, Invalid
from maatwerk.tenancy import scope

TAG = "Aanvragen"
ETAG = header("ETag", "De versie, voor If-Match.")


@post(
    "/aanvragen", permission="aanvragen.indienen", summary="Begin een aanvraag", tag=TAG, creates=True, problems=[404],
    answers_with=[ETAG],
)  # fmt: skip
async def begin(once: GivenOnce, data: JSONBody[NewCase]) -> Response[CaseView]:
    async with once.scope() as tx:
        draft = Draft(data.answers, _numbers(data.not_bsn))
        about = data.organisation_id or None
        case_id = await open_case(tx, once.caller, data.scheme_version_id, draft, about)
        case = await read(tx, case_id)
        headers = {"ETag": etag(case.version), "Location": f"/api/v1/aanvragen/{case_id}"}
        view = views.case_view(case, meet(once.caller, case), clock.today())
        return await once.answer(tx, view, headers=headers)


@get("/aanvragen", permission="aanvragen.lezen", summary="De aanvragen die u mag zien", tag=TAG)
async def list_cases(
    caller: GivenCaller,
    page: GivenPage,
    phase: Annotated[
        str, QueryParameter(name="fase", max_length=60, pattern=PRINTABLE, description="Alleen deze fase.")
    ] = "",
    number: Annotated[
        str,
        QueryParameter(
            name="zaaknummer", max_length=20, pattern=whole("[0-9-]*"), description="Alleen dit zaaknummer."
        ),
    ] = "",
    board: Annotated[
        str,
        QueryParameter(
            name="bestuur", max_length=200, pattern=PRINTABLE, description="Alleen van scholen van dit bestuur."
        ),
    ] = "",
) -> Response[Page[CaseRow]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        place = await page.after(tx)
        after = (datetime.fromisoformat(place[0]), UUID(place[1])) if place else None
        rows = await queries.listing(tx, caller, phase=phase, number=number, board=board, after=after, limit=page.limit)
        return await page.answer(tx, rows, views.case_row, lambda row: (row.opened_at.isoformat(), str(row.id)))


@get("/werklijst", permission="werklijst.lezen", summary="De zaken die op u wachten", tag="Werklijst")
async def list_work(
    caller: GivenCaller,
    page: GivenPage,
    role: Annotated[
        str,
        QueryParameter(
            name="rol", max_length=30, pattern=whole("[a-z_-]*"), description="In welke rol; standaard uw eerste."
        ),
    ] = "",
) -> Response[Page[WorkView]]:
    roles = [*sorted(caller.functions), *sorted(caller.roles & TENANT_ROLES)]
    wanted = role or (roles[0] if roles else "")
    if wanted not in roles:
        raise Invalid.because(
            "rol", "In die rol werkt u hier niet.", mend=f"Kies uit: {', '.join(roles)}.", field="rol"
        )
    async with scope(caller.tenant_id, caller.person_id) as tx:
        place = await page.after(tx)
        after = (datetime.fromisoformat(place[0]), UUID(place[1])) if place else None
        rows = await queries.work_list(tx, caller, wanted, after, page.limit)
        return await page.answer(tx, rows, views.work_view, lambda row: (row.since.isoformat(), str(row.id)))


@get(
    "/aanvragen/{case_id:uuid}",
    permission="aanvragen.lezen",
    summary="Een aanvraag met haar antwoorden",
    tag=TAG,
    answers_with=[ETAG],
)
async def show_case(caller: GivenCaller, case_id: FromPath[UUID]) -> Response[CaseView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, meeting = await look(tx, caller, case_id, "aanvraag.gelezen")
        return _answer(case, meeting)


@patch(
    "/aanvragen/{case_id:uuid}", permission="aanvragen.indienen", summary="Bewaar antwoorden van een concept", tag=TAG,
    problems=[409], answers_with=[ETAG],
)  # fmt: skip
async def save(
    caller: GivenCaller, case_id: FromPath[UUID], version: GivenVersion, data: JSONBody[CaseChange]
) -> Response[CaseView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id, lock=True)
        meeting = authorise(caller, case, "inhoud")
        if not meeting.answers:
            raise Forbidden.because("geen_toegang", "Alleen wie mag indienen, wijzigt een concept.")
        version.check(as_met(case, meeting).version)
        await save_draft(tx, case, Draft(data.answers, _numbers(data.not_bsn)))
        return _answer(await read(tx, case_id), meeting)


@get(
    "/aanvragen/{case_id:uuid}/stand",
    permission="aanvragen.volgen",
    summary="Waar de aanvraag staat en wat nu kan",
    tag=TAG,
    answers_with=[ETAG],
)
async def show_standing(caller: GivenCaller, case_id: FromPath[UUID]) -> Response[StandingView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        meeting = authorise(caller, case, "stand")
        facts = await outside(tx, case, told_of_pupil=meeting.handles)
        told = await queries.notices(tx, case_id)
    known = as_met(case, meeting)
    view = standing_view(known, clock.today(), facts, meeting, told if known is case else ())
    return Response(view, headers={"ETag": etag(known.version)})


@get("/aanvragen/{case_id:uuid}/handelingen", permission="aanvragen.volgen", summary="Wat er is gedaan", tag=TAG)
async def list_acts(caller: GivenCaller, case_id: FromPath[UUID]) -> list[ActView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        meeting = authorise(caller, case, "stand")
        if is_open(meeting.opening):
            await look(tx, caller, case_id, "handelingen.gelezen")
    return acts_for(case, caller, meeting)


@get(
    "/aanvragen/{case_id:uuid}/dubbelen",
    permission="aanvragen.behandelen",
    summary="Aanvragen die van dezelfde leerling kunnen zijn",
    tag=TAG,
)
async def list_likely(caller: GivenCaller, case_id: FromPath[UUID]) -> list[LikelyView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        authorise(caller, await read(tx, case_id), "geheel")
        return [LikelyView(item.id, item.number, item.organisation_id) for item in await likely(tx, case_id)]


@post(
    "/aanvragen/{case_id:uuid}/koppelingen",
    permission="aanvragen.behandelen",
    summary="Koppel aanvragen van dezelfde leerling",
    tag=TAG,
    creates=True,
)
async def add_link(once: GivenOnce, case_id: FromPath[UUID], data: JSONBody[NewLink]) -> Response[LikelyView]:
    async with once.scope() as tx:
        authorise(once.caller, await read(tx, case_id), "geheel")
        other = await link(tx, case_id, data.case_id)
        return await once.answer(tx, LikelyView(other.id, other.number, other.organisation_id))


def _answer(case: Case, meeting: Meeting) -> Response[CaseView]:
    view = views.case_view(case, meeting, clock.today())
    return Response(view, headers={"ETag": etag(case.version)})


def _numbers(given: list[NotBsnInput]) -> list[NotBsn]:
    return [NotBsn(item.digits, item.reason) for item in given]


HANDLERS = [
    begin, list_cases, list_work, show_case, save, show_standing, list_acts,
    list_likely, add_link,
]  # fmt: skip
