"""Writing the text of a scheme: a new concept, from a file or typed, and another text for a concept. What is wrong with it stands
above it with line and mend, and the text stays where it was.
"""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from maatwerk.http import Caller, FromPath, GivenCaller
from maatwerk.rules.decoding import SchemeRefused
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.schemes.actions.write import rewrite, write
from maatwerk.schemes.checking import LARGEST, Checked, checked_bytes
from maatwerk.schemes.queries import CONCEPT, MANAGING, PROPOSED, Stored, stored
from maatwerk.tenancy import scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Sent, seen_version, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import see
from maatwerk.web.schemes import SCHEMES
from maatwerk.web.who import who

NEW = f"{SCHEMES}/nieuw"
MOST_SHOWN = 100
Source = Annotated[UUID | None, QueryParameter(name="uit")]
Parts = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


@page(NEW, permission=MANAGING)
async def show_new(caller: GivenCaller, source: Source = None) -> Response[str]:
    text = ""
    if source is not None:
        async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
            text = (await stored(tx, caller, source)).source
    return await _page(caller, None, text)


@form(NEW, permission=MANAGING, largest=2 * LARGEST + 10_000)
async def write_new(caller: GivenCaller, data: Parts) -> Response[str]:
    file = data.get("bestand")
    content = await file.read() if isinstance(file, UploadFile) else b""
    typed = data.get("tekst")
    content = content or (typed if isinstance(typed, str) else "").encode("utf-8", "replace")
    try:
        sent = await _checked(content)
    except Refused as refusal:
        return await _page(caller, None, content.decode("utf-8", "replace"), refusal)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        found = await write(tx, caller, sent)
    return see(f"{SCHEMES}/{found.id}")


@page(f"{SCHEMES}/{{scheme_version_id:uuid}}/tekst", permission=MANAGING)
async def show_text(caller: GivenCaller, scheme_version_id: FromPath[UUID]) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await stored(tx, caller, scheme_version_id)
    return await _page(caller, found, found.source)


@form(f"{SCHEMES}/{{scheme_version_id:uuid}}/tekst", permission=MANAGING, largest=4 * LARGEST)
async def write_text(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await stored(tx, caller, scheme_version_id)
    typed = data.get("tekst")
    content = (typed if isinstance(typed, str) else "").encode("utf-8", "replace")
    try:
        sent = await _checked(content)
    except Refused as refusal:
        return await _page(caller, found, content.decode(), refusal, seq=text(data, "versie"))
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await rewrite(tx, caller, scheme_version_id, seen_version(data), sent)
    return see(f"{SCHEMES}/{scheme_version_id}")


async def _checked(content: bytes) -> Checked:
    if not content.strip():
        raise Invalid.because(
            "leeg", "Er is nog geen tekst.", mend="Kies een bestand, of plak de tekst.", field="tekst"
        )
    if len(content) > LARGEST:
        raise Invalid.because("te_groot", f"Een regeling is hooguit {LARGEST // 1000} kB groot.", field="tekst")
    return await checked_bytes(content)


async def _page(
    caller: Caller, found: Stored | None, source: str, refusal: Refused | None = None, seq: str = ""
) -> Response[str]:
    title = f"Tekst van {found.title} {found.version}" if found else "Nieuwe versie van een regeling"
    faults = refusal.faults if isinstance(refusal, SchemeRefused) else ()
    lines = source.splitlines()
    return render(
        "scheme_text.html",
        f"Fout: {title}" if refusal else title,
        await who(caller),
        status=422 if refusal else 200,
        heading=title,
        found=found,
        editable=found is None or (found.state in (CONCEPT, PROPOSED) and found.made_by is not None),
        source=source,
        seq=seq or (str(found.seq) if found else ""),
        reasons=refusal.reasons if refusal and not faults else (),
        faults=[
            (fault, lines[fault.line - 1] if 0 < fault.line <= len(lines) else "") for fault in faults[:MOST_SHOWN]
        ],
        count=len(faults),
    )


SCREENS = [show_new, write_new, show_text, write_text]
