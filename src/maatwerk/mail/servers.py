"""Which mail server, as one URL. Without TLS only a server on this machine will do: a mail may not cross a network in the clear."""

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from maatwerk.rules.refusals import Refused

Security = Literal["none", "starttls", "tls"]
_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


@dataclass(frozen=True)
class Server:
    """Where and how to hand over mail; `ca` names a file with the certificates to trust instead of the usual ones."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""

    def tls_context(self) -> ssl.SSLContext | None:
        """Verifies certificate and name; raises OSError when the file with certificates can't be read."""
        if self.security == "none":
            return None
        return ssl.create_default_context(cafile=self.ca or None)


def parse_smtp_url(url: str) -> Server:
    """`smtp://`, `smtp+starttls://` or `smtps://` with optional `user:password@`, port and `?ca=FILE`; raises Refused."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("is niet te lezen") from None
    if parts.scheme not in _SCHEMES or not host or parts.path not in ("", "/") or not host.isprintable():
        raise _refused("is geen smtp://, smtp+starttls:// of smtps:// met een servernaam")
    security, usual = _SCHEMES[parts.scheme]
    if security == "none" and not is_loopback(host):
        raise _refused("heeft geen TLS, terwijl de server niet op deze machine staat")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port or usual, security, user, password, parse_qs(parts.query).get("ca", [""])[-1])


def is_loopback(host: str) -> bool:
    """Whether the name can only mean this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(fault: str) -> Refused:
    return Refused.because(
        "smtp_url_ongeldig",
        f"MAATWERK_SMTP_URL {fault}.",
        mend="Gebruik bijvoorbeeld smtp+starttls://gebruiker:wachtwoord@mail.school.example:587.",
        field="MAATWERK_SMTP_URL",
    )
