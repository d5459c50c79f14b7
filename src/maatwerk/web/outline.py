"""The cases of a scheme under the headings of its outline, to choose from and to read on a phone, and for the office the file that
they come from: first what it would do, then the same file for good.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from maatwerk.http import Caller, FromPath, GivenCaller
from maatwerk.outlines.actions.take_in import take_in
from maatwerk.outlines.planning import Plan, plan, refuse_bystander
from maatwerk.outlines.schemas import OutlineEntryView
from maatwerk.outlines.showing import Shown, opened, show
from maatwerk.outlines.views import import_view, outline_view
from maatwerk.rules.decoding import FileRefused
from maatwerk.rules.outline_rows import LARGEST
from maatwerk.rules.outline_tree import amount
from maatwerk.rules.refusals import Forbidden, Invalid, Refused
from maatwerk.settings import in_force
from maatwerk.tenancy import scope
from maatwerk.web.abbreviations import abbreviations, marked
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Sent, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import see
from maatwerk.web.who import who

OUTLINE = "/indelingen/{scheme_version_id:uuid}"
FILE = f"{OUTLINE}/bestand"
HANDLING = "aanvragen.behandelen"
FOR_GOOD = "inlezen"
MOST_SHOWN = 100
Wanted = Annotated[str, QueryParameter(name="kenmerken", max_length=2_000)]
Late = Annotated[str, QueryParameter(name="teLaat")]
Parts = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


@page(OUTLINE, permission="aanvragen.volgen")
async def show_outline(
    caller: GivenCaller, scheme_version_id: FromPath[UUID], wanted: Wanted = "", late: Late = ""
) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        shown = await show(tx, caller, scheme_version_id, wanted, only_overdue=late == "ja")
    view, short = outline_view(shown), abbreviations(shown.scheme)
    hanging: dict[str, list[OutlineEntryView]] = {heading.code: [] for heading in view.headings}
    for entry in view.entries:
        for code in entry.hangs_under:
            hanging.setdefault(code, []).append(entry)
    return render(
        "outline.html",
        f"{view.title}: {shown.scheme.title}",
        await who(caller),
        outline=view,
        scheme=shown.scheme.title,
        hanging=hanging,
        amounts={each.case_id: amount(shown.outline, each) for each in shown.every},
        names={heading.code: heading for heading in view.headings},
        narrowed=bool(shown.chosen) or shown.only_overdue,
        only_overdue=shown.only_overdue,
        late=sum(entry.overdue for entry in view.entries),
        short=short,
        marked=lambda text: marked(text, short),
        office=_may_read_in(caller, shown),
    )


@form(OUTLINE, permission="aanvragen.volgen")
async def choose(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    """Goes to the page with this choice, of which the address can be kept."""
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        _, outline = await opened(tx, caller, scheme_version_id)
    chosen = {name: text(data, f"kies-{name}") for name in outline.filters}
    asked = {
        "kenmerken": ",".join(f"{name}:{value}" for name, value in chosen.items() if value),
        "teLaat": text(data, "teLaat"),
    }
    query = urlencode({name: value for name, value in asked.items() if value}, safe=":,")
    address = OUTLINE.replace("{scheme_version_id:uuid}", str(scheme_version_id))
    return see(f"{address}?{query}" if query else address)


@page(FILE, permission=HANDLING)
async def show_file(caller: GivenCaller, scheme_version_id: FromPath[UUID]) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        shown = await show(tx, caller, scheme_version_id)
    if not _may_read_in(caller, shown):
        raise Forbidden.because("rol", "Een bestand inlezen hoort niet bij uw rol.")
    return await _file_page(caller, scheme_version_id)


@form(FILE, permission=HANDLING, largest=2 * LARGEST)
async def send_file(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Parts) -> Response[str]:
    file, typed = data.get("bestand"), data.get("tekst")
    content = await file.read() if isinstance(file, UploadFile) else b""
    content = content or (typed if isinstance(typed, str) else "").encode("utf-8", "replace")
    try:
        if data.get("doen") == FOR_GOOD:
            async with scope(caller.tenant_id, caller.person_id) as tx:
                await take_in(tx, caller, scheme_version_id, content, in_force())
            return see(OUTLINE.replace("{scheme_version_id:uuid}", str(scheme_version_id)))
        async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
            found = await plan(tx, caller, scheme_version_id, content)
    except Invalid as refusal:
        return await _file_page(caller, scheme_version_id, refusal=refusal)
    return await _file_page(caller, scheme_version_id, found, content.decode("utf-8-sig"))


async def _file_page(
    caller: Caller, version_id: UUID, found: Plan | None = None, source: str = "", refusal: Refused | None = None
) -> Response[str]:
    faults: Sequence[Any] = refusal.faults if isinstance(refusal, FileRefused) else ()
    told: Mapping[str, Any] = {"faults": faults[:MOST_SHOWN], "count": len(faults)}
    return render(
        "outline_file.html",
        "Fout: bestand inlezen" if refusal else "Bestand inlezen",
        await who(caller),
        status=422 if refusal else 200,
        address=f"/indelingen/{version_id}",
        found=import_view(found) if found else None,
        source=source,
        reasons=refusal.reasons if refusal and not faults else (),
        for_good=FOR_GOOD,
        **told,
    )


def _may_read_in(caller: Caller, shown: Shown) -> bool:
    file = shown.outline.file
    if file is None or not caller.may(HANDLING):
        return False
    try:
        refuse_bystander(caller, shown.scheme, file)
    except Forbidden:
        return False
    return True


SCREENS = [show_outline, choose, show_file, send_file]
