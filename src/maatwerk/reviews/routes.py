"""Routes for reviewers and for who watches over them: the pack, the panel, absence, the log of readings."""

from typing import Annotated
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter
from msgspec import UNSET

from maatwerk.audit.access import readings
from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.files.kinds import MEDIA_TYPES
from maatwerk.files.serving import download
from maatwerk.http import FromPath, GivenCaller, GivenOnce, GivenPage, JSONBody, Page, get, post
from maatwerk.reviews.actions.open_pack import READ, fetch_attachment, open_pack, refusals_logged
from maatwerk.reviews.actions.report_absence import report_absence
from maatwerk.reviews.panels import panel
from maatwerk.reviews.queries import absences
from maatwerk.reviews.schemas import AbsenceView, NewAbsence, PlaceView, ReadingView, ReviewPackView
from maatwerk.reviews.views import absence_view, place_view, reading_view, review_pack_view
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.rules.refusals import Forbidden
from maatwerk.tenancy import scope

TAG = "Beoordeling"


@get(
    "/aanvragen/{case_id:uuid}/beoordelingspakket",
    permission="pakket.lezen",
    summary="Wat u als beoordelaar leest: ontdaan van directe identificatie",
    tag=TAG,
    problems=[410],
)
async def read_pack(caller: GivenCaller, case_id: FromPath[UUID]) -> ReviewPackView:
    async with refusals_logged(caller, case_id, READ), scope(caller.tenant_id, caller.person_id) as tx:
        pack = await open_pack(tx, caller, case_id)
    return review_pack_view(pack)


@get(
    "/aanvragen/{case_id:uuid}/beoordelingspakket/bijlagen/{file_id:uuid}",
    permission="pakket.lezen",
    summary="Haal een bijlage van het pakket op",
    tag=TAG,
    media_type="application/octet-stream",
    opt={"answers": MEDIA_TYPES},
    problems=[410],
)
async def read_attachment(caller: GivenCaller, case_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[bytes]:
    about, content = await fetch_attachment(caller, case_id, file_id)
    return download(about.name, about.media_type, content)


@get(
    "/aanvragen/{case_id:uuid}/zetels",
    permission="zetels.lezen",
    summary="De zetels: wie er zit en waarom, en wie nog kan",
    tag=TAG,
)
async def list_places(caller: GivenCaller, case_id: FromPath[UUID]) -> list[PlaceView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        case = await read(tx, case_id)
        if not authorise(caller, case, "stand").office:
            raise Forbidden.because("geen_toegang", "Wie op de zetels zit, ziet alleen het bureau.")
        return [place_view(place) for place in await panel(tx, case)]


@get("/afwezigheid", permission="afwezigheid.melden", summary="Wanneer beoordelaars er niet zijn", tag=TAG)
async def list_absences(caller: GivenCaller, page: GivenPage) -> Response[Page[AbsenceView]]:
    own = None if ONDERSTEUNER in caller.roles else caller.membership_id
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await absences(tx, own, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, absence_view, lambda row: (str(row.id),))


@post(
    "/afwezigheid", permission="afwezigheid.melden", summary="Meld afwezigheid", tag=TAG, creates=True, problems=[404]
)
async def add_absence(once: GivenOnce, data: JSONBody[NewAbsence]) -> Response[AbsenceView]:
    wanted = once.caller.membership_id if data.membership_id is UNSET else data.membership_id
    if wanted is None:
        raise Forbidden.because("geen_lid", "U bent hier geen lid.")
    async with once.scope() as tx:
        away = await report_absence(tx, once.caller, wanted, data.from_day, data.to_day)
        return await once.answer(tx, absence_view(away))


@get("/inzagelog", permission="inzagelog.lezen", summary="Wie welke gegevens van leerlingen inzag", tag="Toezicht")
async def list_readings(
    caller: GivenCaller,
    page: GivenPage,
    case_id: Annotated[UUID | None, QueryParameter(name="aanvraagId", description="Alleen deze aanvraag.")] = None,
) -> Response[Page[ReadingView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await readings(tx, case_id, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, reading_view, lambda row: (str(row.id),))


HANDLERS = [read_pack, read_attachment, list_places, list_absences, add_absence, list_readings]
