"""Routes for outlines: the cases under their headings, and the file that they come from, which travels as CSV."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.http import Caller, FromPath, GivenCaller, GivenOnce, get, post
from maatwerk.http.fields import whole
from maatwerk.http.problems import Unreadable
from maatwerk.outlines.actions.take_in import take_in
from maatwerk.outlines.planning import plan
from maatwerk.outlines.schemas import ImportView, OutlineView
from maatwerk.outlines.showing import opened, show
from maatwerk.outlines.views import import_view, outline_view
from maatwerk.rules.outline_rows import LARGEST
from maatwerk.rules.refusals import Reason
from maatwerk.settings import in_force
from maatwerk.tenancy import scope

TAG = "Indelingen"
READ = ("text/csv", "text/plain")
Traits = Annotated[
    str,
    QueryParameter(
        name="kenmerken",
        max_length=2_000,
        pattern=whole("([a-z][a-z0-9_]*:[a-z0-9_]+(,[a-z][a-z0-9_]*:[a-z0-9_]+)*)?"),
        description="Alleen zaken met deze antwoorden, als vraag:antwoord met komma's ertussen. Meer vragen versmallen de keuze, meer "
        "antwoorden op een vraag verruimen haar.",
    ),
]


@get(
    "/regelingen/{scheme_version_id:uuid}/indeling", permission="aanvragen.volgen", summary="De zaken onder hun koppen",
    description="Met de zaken van elke versie van de regeling. Een kop zonder zaak zegt wat daar te lezen is", tag=TAG,
)  # fmt: skip
async def show_outline(
    caller: GivenCaller,
    scheme_version_id: FromPath[UUID],
    traits: Traits = "",
    only_overdue: Annotated[bool, QueryParameter(name="teLaat", description="Alleen zaken die te laat zijn.")] = False,
) -> OutlineView:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return outline_view(await show(tx, caller, scheme_version_id, traits, only_overdue=only_overdue))


@post(
    "/regelingen/{scheme_version_id:uuid}/indeling/proef", permission="aanvragen.behandelen", summary="Wat een bestand zou doen",
    description="Welke regels nieuw zijn en welke iets anders zeggen dan de vorige keer. Er wordt niets bewaard", tag=TAG, status=200,
    opt={"raw_body": READ}, request_max_body_size=LARGEST,
)  # fmt: skip
async def try_file(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], request: Request[Any, Any, Any]
) -> ImportView:
    content = await _sent(caller, scheme_version_id, request)
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return import_view(await plan(tx, caller, scheme_version_id, content))


@post(
    "/regelingen/{scheme_version_id:uuid}/indeling/regels", permission="aanvragen.behandelen", summary="Lees een bestand met zaken in",
    description="Alles of niets: een fout in een regel houdt het hele bestand tegen, en elke fout staat erbij. Een bestand dat nog eens "
    "komt voegt niets dubbel toe; een regel die verandert is een handeling in die zaak", tag=TAG, creates=True,
    opt={"raw_body": READ}, request_max_body_size=LARGEST,
)  # fmt: skip
async def read_file(
    once: GivenOnce, scheme_version_id: FromPath[UUID], request: Request[Any, Any, Any]
) -> Response[ImportView]:
    content = await _sent(once.caller, scheme_version_id, request)
    async with once.scope() as tx:
        done = await take_in(tx, once.caller, scheme_version_id, content, in_force())
        return await once.answer(tx, import_view(done))


async def _sent(caller: Caller, version_id: UUID, request: Request[Any, Any, Any]) -> bytes:
    """The file in the body. Raises NotFound and Forbidden as the outline does, whatever was sent; Unreadable for another kind."""
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        await opened(tx, caller, version_id)
    if request.content_type[0].lower() not in READ:
        raise Unreadable((Reason("inhoudssoort", f"Stuur de inhoud als {' of '.join(READ)}."),))
    return await request.body()


HANDLERS = [show_outline, try_file, read_file]
