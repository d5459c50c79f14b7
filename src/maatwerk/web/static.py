"""The style sheet, the icon, and the one script, of the page where a link leads. Their addresses carry a digest of what is in them, so that a browser may keep them for good."""

import hashlib
from pathlib import Path
from typing import Any

from litestar import Request, Response

from maatwerk.rules.permissions import PUBLIC
from maatwerk.web.declaring import page

KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}
KEPT = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
_files: dict[str, tuple[str, bytes]] = {}


def _address(name: str) -> str:
    """Where a file of ours is found, after reading it."""
    path = Path(__file__).with_name("static") / name
    content = path.read_bytes()
    address = f"/static/{path.stem}-{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
    _files[address] = (KINDS[path.suffix], content)
    return address


STYLE = _address("maatwerk.css")
ICON = _address("maatwerk.svg")
LINK_SCRIPT = _address("link.js")


@page([STYLE, ICON, LINK_SCRIPT], permission=PUBLIC, media_type="*/*")
async def show_file(request: Request[Any, Any, Any]) -> Response[bytes]:
    media_type, content = _files[request.scope["path"]]
    return Response(content, media_type=media_type, headers=dict(KEPT))
