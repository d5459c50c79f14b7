"""Giving a file to a browser. It is saved, never shown: whatever it holds can't run as ours."""

from litestar import Response

from maatwerk.files.naming import content_disposition


def download(name: str, media_type: str, content: bytes) -> Response[bytes]:
    """The answer that carries a file. For a reviewer `name` is a generated one, see naming.py."""
    headers = {
        "Content-Disposition": content_disposition(name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
