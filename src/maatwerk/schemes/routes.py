"""Routes for versions of schemes: reading them, writing a concept, proposing, publishing, withdrawing. A file travels as TOML."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.http import (
    Caller,
    FromPath,
    GivenCaller,
    GivenOnce,
    GivenVersion,
    JSONBody,
    delete,
    etag,
    get,
    header,
    post,
    put,
)
from maatwerk.http.fields import PRINTABLE
from maatwerk.http.problems import Unreadable
from maatwerk.rules.refusals import Forbidden, Reason
from maatwerk.schemes.actions.propose import propose, take_back
from maatwerk.schemes.actions.publish import publish
from maatwerk.schemes.actions.withdraw import withdraw
from maatwerk.schemes.actions.write import rewrite, write
from maatwerk.schemes.checking import LARGEST, Checked, checked, checked_bytes
from maatwerk.schemes.queries import MANAGING, PUBLISHED, TRYING, listing, of_ids, stored
from maatwerk.schemes.reading import Opened, opened
from maatwerk.schemes.schemas import Publication, SchemeDetail, SchemeDraft, SchemeView
from maatwerk.schemes.views import scheme_detail, scheme_draft, scheme_view
from maatwerk.tenancy import scope

TAG = "Regelingen"
TOML = "application/toml"
READ = (TOML, "text/plain")
ETAG = header("ETag", "De versie, voor If-Match.")
Wanted = Literal["concept", "voorgesteld", "gepubliceerd", "ingetrokken"]


@get(
    "/regelingen",
    permission="regelingen.lezen",
    summary="De regelingen en hun versies",
    description="Zonder status de gepubliceerde. Wie regelingen mag proberen, vraagt ook de andere",
    tag=TAG,
)
async def list_schemes(
    caller: GivenCaller,
    search: Annotated[
        str,
        QueryParameter(name="zoek", max_length=60, pattern=PRINTABLE, description="Een naam, ook een vroegere."),
    ] = "",
    stage: Annotated[Wanted, QueryParameter(name="status", description="Alleen versies die zo zijn.")] = PUBLISHED,
) -> list[SchemeView]:
    if stage != PUBLISHED and not caller.may(TRYING):
        raise Forbidden.because("geen_recht", "Uw rol ziet alleen gepubliceerde regelingen.")
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        held = {version.id: version for version in await schemes.current(tx)}
        rows = await of_ids(tx, held) if stage == PUBLISHED else await listing(tx, stage, texts=True)
    today, wanted, views = clock.today(), search.casefold(), []
    for row in rows:
        scheme = held[row.id].scheme if row.id in held else (await checked(row.source)).scheme
        if any(wanted in name.casefold() for name in (scheme.title, scheme.region, *scheme.former_titles)):
            views.append(scheme_view(row, scheme, held.get(row.id), today, caller))
    return views


@post(
    "/regelingen", permission=MANAGING, summary="Begin een concept van een regeling", tag=TAG, creates=True,
    answers_with=[ETAG], opt={"raw_body": READ}, request_max_body_size=LARGEST,
)  # fmt: skip
async def create(once: GivenOnce, request: Request[Any, Any, Any]) -> Response[SchemeDraft]:
    text = await _sent(request)
    async with once.scope() as tx:
        found = await write(tx, once.caller, text)
        view = scheme_draft(scheme_view(found, text.scheme, None, clock.today(), once.caller), text)
        headers = {"ETag": etag(found.seq), "Location": f"/api/v1/regelingen/{found.id}"}
        return await once.answer(tx, view, headers=headers)


@get(
    "/regelingen/{scheme_version_id:uuid}", permission="regelingen.lezen", summary="Een versie van een regeling", tag=TAG,
    answers_with=[ETAG],
)  # fmt: skip
async def show_scheme(caller: GivenCaller, scheme_version_id: FromPath[UUID]) -> Response[SchemeDetail]:
    found = await opened(caller, scheme_version_id)
    view = scheme_detail(await _view(caller, found), found.scheme)
    return Response(view, headers={"ETag": etag(found.stored.seq)})


@get(
    "/regelingen/{scheme_version_id:uuid}/bestand", permission=TRYING, summary="Een regeling als bestand",
    description="De tekst zoals die is geschreven; een ander partnerschap begint er een concept mee", tag=TAG,
    media_type=TOML, answers_with=[ETAG],
)  # fmt: skip
async def show_file(caller: GivenCaller, scheme_version_id: FromPath[UUID]) -> Response[bytes]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await stored(tx, caller, scheme_version_id)
    headers = {"ETag": etag(found.seq), "Content-Disposition": 'attachment; filename="regeling.toml"'}
    return Response(found.source.encode(), media_type=TOML, headers=headers)


@put(
    "/regelingen/{scheme_version_id:uuid}/bestand", permission=MANAGING, summary="Vervang de tekst van een concept", tag=TAG,
    versioned=True, problems=[409], answers_with=[ETAG], opt={"raw_body": READ}, request_max_body_size=LARGEST,
)  # fmt: skip
async def replace_file(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], version: GivenVersion, request: Request[Any, Any, Any]
) -> Response[SchemeDraft]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        await stored(tx, caller, scheme_version_id)
    text = await _sent(request)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        found = await rewrite(tx, caller, scheme_version_id, version, text)
    view = scheme_draft(scheme_view(found, text.scheme, None, clock.today(), caller), text)
    return Response(view, headers={"ETag": etag(found.seq)})


@put(
    "/regelingen/{scheme_version_id:uuid}/voorstel", permission=MANAGING, summary="Stel een concept voor", tag=TAG,
    versioned=True, problems=[409, 422], answers_with=[ETAG],
)  # fmt: skip
async def make_proposal(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], version: GivenVersion
) -> Response[SchemeView]:
    found = await opened(caller, scheme_version_id)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await propose(tx, caller, found, version)
    return await _answer(caller, scheme_version_id)


@delete(
    "/regelingen/{scheme_version_id:uuid}/voorstel", permission=MANAGING, summary="Neem een voorstel terug", tag=TAG,
    versioned=True, problems=[409],
)  # fmt: skip
async def end_proposal(caller: GivenCaller, scheme_version_id: FromPath[UUID], version: GivenVersion) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await take_back(tx, caller, scheme_version_id, version)


@put(
    "/regelingen/{scheme_version_id:uuid}/publicatie", permission=MANAGING, summary="Publiceer een voorstel van een ander",
    description="Een tweede beheerder publiceert, met de dag vanaf wanneer nieuwe zaken eronder beginnen", tag=TAG,
    versioned=True, problems=[409], answers_with=[ETAG],
)  # fmt: skip
async def make_public(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], version: GivenVersion, data: JSONBody[Publication]
) -> Response[SchemeView]:
    await opened(caller, scheme_version_id)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await publish(tx, caller, scheme_version_id, version, data.valid_from)
    return await _answer(caller, scheme_version_id)


@put(
    "/regelingen/{scheme_version_id:uuid}/intrekking", permission=MANAGING, summary="Trek een versie in", tag=TAG,
    versioned=True, problems=[409], answers_with=[ETAG],
)  # fmt: skip
async def end_version(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], version: GivenVersion
) -> Response[SchemeView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await withdraw(tx, caller, scheme_version_id, version)
    return await _answer(caller, scheme_version_id)


async def _view(caller: Caller, found: Opened) -> SchemeView:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        held = next((version for version in await schemes.current(tx) if version.id == found.stored.id), None)
    return scheme_view(found.stored, found.scheme, held, clock.today(), caller)


async def _answer(caller: Caller, version_id: UUID) -> Response[SchemeView]:
    found = await opened(caller, version_id)
    return Response(await _view(caller, found), headers={"ETag": etag(found.stored.seq)})


async def _sent(request: Request[Any, Any, Any]) -> Checked:
    """The file in the body. Raises Unreadable for another kind, SchemeRefused with every fault."""
    if request.content_type[0].lower() not in READ:
        raise Unreadable((Reason("inhoudssoort", f"Stuur de inhoud als {' of '.join(READ)}."),))
    return await checked_bytes(await request.body())


HANDLERS = [
    list_schemes, create, show_scheme, show_file, replace_file, make_proposal, end_proposal, make_public, end_version,
]  # fmt: skip
