"""Routes for attachments and letters of a case. What comes in is looked at before any transaction; what goes out is logged."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from maatwerk import audit
from maatwerk.cases.access import authorise
from maatwerk.cases.actions.fetch_file import fetch_file
from maatwerk.cases.actions.look import look
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Case, Draft, read
from maatwerk.cases.schemas import FileView
from maatwerk.cases.telling import as_met, open_files
from maatwerk.cases.views import file_views
from maatwerk.files import queries as files
from maatwerk.files.actions.remove import remove
from maatwerk.files.actions.upload import admit, keep
from maatwerk.files.kinds import MEDIA_TYPES
from maatwerk.files.serving import download
from maatwerk.http import Caller, FromPath, GivenCaller, GivenOnce, delete, get, post
from maatwerk.http.fields import whole
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid
from maatwerk.tenancy import Tx, scope

TAG = "Bijlagen"
LARGEST_UPLOAD = 10 * 1024 * 1024 + 64 * 1024
UPLOAD = {
    "type": "object",
    "required": ["veld", "bestand"],
    "properties": {
        "veld": {"type": "string", "pattern": whole("[a-z][a-z0-9_]{0,59}")},
        "bestand": {"type": "string", "contentMediaType": "application/octet-stream"},
    },
}


@post(
    "/aanvragen/{case_id:uuid}/bijlagen",
    permission="bijlagen.toevoegen",
    summary="Voeg een bijlage toe: PDF, DOCX, JPG of PNG tot 10 MB",
    tag=TAG,
    creates=True,
    problems=[409],
    request_max_body_size=LARGEST_UPLOAD,
    opt={"body_schema": UPLOAD},
)
async def add(
    once: GivenOnce,
    case_id: FromPath[UUID],
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[FileView]:
    field, sent = data.get("veld"), data.get("bestand")
    if not isinstance(field, str) or not isinstance(sent, UploadFile) or set(data) != {"veld", "bestand"}:
        raise Invalid.because("formulier", "Stuur precies de onderdelen veld en bestand.", field="bestand")
    caller = once.caller
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await _own(tx, caller, case_id)
    _refuse_field(case, field)
    admitted = await admit(field, sent.filename, await sent.read(), not_bsn=frozenset(case.not_bsn))
    async with once.scope() as tx:
        case = await _own(tx, caller, case_id, lock=True)
        stored = await keep(tx, caller.membership_id, case_id, field, admitted)
        if case.unfiled:
            named = [*case.draft.answers.get(field, []), str(stored.id)]
            await save_draft(tx, case, Draft({field: named}, case.draft.not_bsn))
        await audit.record(tx, "bijlage.toegevoegd", "bijlage", stored.id)
        view = next(item for item in file_views(await files.listing(tx, case_id)) if item.id == stored.id)
        return await once.answer(tx, view)


@get("/aanvragen/{case_id:uuid}/bijlagen", permission="aanvragen.lezen", summary="De bijlagen en brieven", tag=TAG)
async def list_files(caller: GivenCaller, case_id: FromPath[UUID]) -> list[FileView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        _, meeting = await look(tx, caller, case_id, "bijlagen.gelezen")
        kept = await files.listing(tx, case_id)
        return file_views(open_files(kept, await read(tx, case_id), meeting))


@get(
    "/aanvragen/{case_id:uuid}/bijlagen/{file_id:uuid}",
    permission="aanvragen.lezen",
    summary="Haal een bijlage of brief op",
    tag=TAG,
    media_type="application/octet-stream",
    opt={"answers": MEDIA_TYPES},
    problems=[409],
)
async def fetch(caller: GivenCaller, case_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[bytes]:
    found = await fetch_file(caller, case_id, file_id)
    return download(found.name, found.media_type, found.content)


@delete(
    "/aanvragen/{case_id:uuid}/bijlagen/{file_id:uuid}",
    permission="bijlagen.toevoegen",
    summary="Haal een bijlage weg uit een concept",
    tag=TAG,
    problems=[409],
)
async def take_away(caller: GivenCaller, case_id: FromPath[UUID], file_id: FromPath[UUID]) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await _own(tx, caller, case_id, lock=True)
        if not case.unfiled:
            raise Conflict.because("al_ingediend", "Deze aanvraag is ingediend; een bijlage blijft erbij.")
        await remove(tx, case_id, file_id)
        kept = {
            name: [item for item in value if item != str(file_id)]
            for name, value in case.draft.answers.items()
            if isinstance(value, list) and str(file_id) in value
        }
        await save_draft(tx, case, Draft(kept, case.draft.not_bsn))


async def _own(tx: Tx, caller: Caller, case_id: UUID, *, lock: bool = False) -> Case:
    """The case whose form the caller fills in, still open. Raises Forbidden, Conflict."""
    case = await read(tx, case_id, lock=lock)
    meeting = authorise(caller, case, "inhoud")
    if not meeting.answers:
        raise Forbidden.because("geen_toegang", "Alleen wie de aanvraag invult, voegt bijlagen toe.")
    if as_met(case, meeting).closed:
        raise Conflict.because("gesloten", "Deze zaak is gesloten.")
    return case


def _refuse_field(case: Case, field: str) -> None:
    definition = case.scheme.form.get(field)
    if definition is None or definition.kind != "bestand":
        raise Invalid.because(
            "veld_onbekend", "Dit formulier heeft geen veld voor bestanden met die naam.", field="veld"
        )


HANDLERS = [add, list_files, fetch, take_away]
