"""Downloads from the page of a case. What comes is saved by the browser and never shown as a page of ours."""

from uuid import UUID

from litestar import Response

from maatwerk.cases.actions.fetch_file import fetch_file
from maatwerk.files.serving import download
from maatwerk.http import FromPath, GivenCaller
from maatwerk.web.declaring import page


@page(
    "/zaken/{case_id:uuid}/bijlagen/{file_id:uuid}", permission="aanvragen.lezen", media_type="application/octet-stream"
)
async def download_file(caller: GivenCaller, case_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[bytes]:
    found = await fetch_file(caller, case_id, file_id)
    return download(found.name, found.media_type, found.content)


SCREENS = [download_file]
