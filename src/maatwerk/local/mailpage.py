"""The page that shows caught mails: read only, loopback only, no script. A mail's own HTML is shown in a sandbox that
may load nothing; links open from the text version only."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from maatwerk.clock import AMSTERDAM
from maatwerk.local.mailbox import Mail, Mailbox, Summary

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BODY_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
_LINK = re.compile(r"https?://[^\s<>\"']+")
_TRAILING = ".,;:!?)]"

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class MailPage:
    """A bare ASGI application: `/`, `/mail/NAME`, its `/html` and `/bijlage/NUMBER`."""

    def __init__(self, mailbox: Mailbox, port: int) -> None:
        self._mailbox = mailbox
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._templates = Environment(
            loader=PackageLoader("maatwerk.local"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._templates.filters |= {"moment": _moment, "linked": _linked, "size": _size}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if host not in self._hosts:
            status, headers, body = 421, _headers("text/plain"), b"Deze pagina hoort bij 127.0.0.1.\n"
        elif scope["method"] not in ("GET", "HEAD"):
            status, headers, body = 405, _headers("text/plain") | {"allow": "GET, HEAD"}, b"Alleen lezen.\n"
        else:
            status, headers, body = self._answer(scope["path"])
        headers["content-length"] = str(len(body))
        pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        match path.removeprefix("/").split("/"):
            case [""]:
                return self._page("mails.html", mails=self._mailbox.summaries())
            case ["stijl.css"]:
                return 200, _headers("text/css"), self._templates.get_template("mail.css").render().encode()
            case ["mail", name, *rest]:
                mail = self._mailbox.read(name)
                if mail is not None:
                    return self._mail(mail, rest)
        return self._missing()

    def _mail(self, mail: Mail, rest: list[str]) -> tuple[int, dict[str, str], bytes]:
        match rest:
            case []:
                return self._page("mail.html", mail=mail)
            case ["html"] if mail.html:
                return 200, _headers("text/html", BODY_POLICY), mail.html.encode("utf-8", "replace")
            case ["bijlage", number] if number.isdecimal() and 1 <= int(number) <= len(mail.attachments):
                attachment = mail.attachments[int(number) - 1]
                named = f"attachment; filename*=UTF-8''{quote(attachment.filename, safe='')}"
                headers = _headers("application/octet-stream") | {"content-disposition": named}
                return 200, headers, attachment.content
        return self._missing()

    def _missing(self) -> tuple[int, dict[str, str], bytes]:
        _, headers, body = self._page("geen.html")
        return 404, headers, body

    def _page(self, template: str, **values: list[Summary] | Mail) -> tuple[int, dict[str, str], bytes]:
        text = self._templates.get_template(template).render(**values)
        return 200, _headers("text/html"), text.encode("utf-8", "replace")


def _headers(kind: str, policy: str = PAGE_POLICY) -> dict[str, str]:
    return {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
    }


def _moment(summary: Summary) -> str:
    """When it came in, by the Dutch clock."""
    return f"{summary.received.astimezone(AMSTERDAM):%d-%m-%Y %H:%M:%S}"


def _size(content: bytes) -> str:
    return f"{max(1, round(len(content) / 1024))} kB"


def _linked(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a web address."""
    position = 0
    for found in _LINK.finditer(text):
        address = found.group().rstrip(_TRAILING)
        yield text[position : found.start()], False
        yield address, True
        position = found.start() + len(address)
    yield text[position:], False
