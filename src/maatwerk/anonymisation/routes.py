"""Routes for a pack before its release: seen and mended by the ondersteuner alone."""

from uuid import UUID

from litestar import Response
from msgspec import UNSET

from maatwerk.anonymisation.actions.decide import decide
from maatwerk.anonymisation.actions.mend import Change, mend
from maatwerk.anonymisation.actions.show_pack import show_pack
from maatwerk.anonymisation.schemas import PackItemChange, PackItemView, PackProgressView, PackVerdicts, PackView
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.anonymisation.views import item_view, pack_view, progress_view
from maatwerk.http import FromPath, GivenCaller, GivenVersion, JSONBody, etag, get, header, patch, post
from maatwerk.tenancy import scope

TAG = "Pakket"
ETAG = header("ETag", "De versie van het pakket, voor If-Match.")


@get(
    "/aanvragen/{case_id:uuid}/pakket",
    permission="pakket.bewerken",
    summary="Het pakket: origineel en ontdaan naast elkaar",
    tag=TAG,
    problems=[410],
    answers_with=[ETAG],
)
async def show(caller: GivenCaller, case_id: FromPath[UUID]) -> Response[PackView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        shown = await show_pack(tx, caller, case_id)
    return Response(pack_view(shown), headers={"ETag": etag(shown.pack.seq)})


@patch(
    "/aanvragen/{case_id:uuid}/pakket/onderdelen/{item_id:uuid}",
    permission="pakket.bewerken",
    summary="Herstel een onderdeel van het pakket",
    tag=TAG,
    problems=[409, 410, 422],
    answers_with=[ETAG],
)
async def change(
    caller: GivenCaller,
    case_id: FromPath[UUID],
    item_id: FromPath[UUID],
    version: GivenVersion,
    data: JSONBody[PackItemChange],
) -> Response[PackItemView]:
    wanted = Change(
        text=None if data.redacted is UNSET else data.redacted,
        left_out=None if data.left_out is UNSET else data.left_out,
        seen=None if data.seen is UNSET else data.seen,
    )
    done = await mend(caller, case_id, item_id, wanted, version)
    return Response(item_view(done.scheme, done.item), headers={"ETag": etag(done.seq)})


@post(
    "/aanvragen/{case_id:uuid}/pakket/_beslis",
    permission="pakket.bewerken",
    summary="Beslis over gemarkeerde woorden: weg of blijft",
    description="Een verzoek kan over alle markeringen van een pakket gaan, en met `overal` over elk gelijk woord. `woorden` gaan weg waar zij staan, ook als niets ze markeerde. Alles of niets",
    tag=TAG,
    status=200,
    opt={"versioned": True},
    problems=[410, 422],
    answers_with=[ETAG],
)
async def decide_marks(
    caller: GivenCaller, case_id: FromPath[UUID], version: GivenVersion, data: JSONBody[PackVerdicts]
) -> Response[PackProgressView]:
    verdicts = [Verdict(each.item_id, each.mark_number, each.decision, each.everywhere) for each in data.verdicts]
    done = await decide(caller, case_id, verdicts, version, data.words)
    return Response(progress_view(done), headers={"ETag": etag(done.seq)})


HANDLERS = [show, change, decide_marks]
