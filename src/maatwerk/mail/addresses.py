"""Mail addresses and names as they may stand in a header. Whatever could start a line of its own is refused, not removed."""

import re
import unicodedata

from maatwerk.rules.refusals import Refused

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
MAX_ADDRESS = 254  # RFC 5321 4.5.3.1
MAX_LOCAL = 64


def address(text: str, field: str) -> str:
    """A plain address (RFC 5321 dot-string, domain in its ASCII form); raises Refused that names the field, not the address."""
    local, _, domain = text.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    proper = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    checked = f"{local}@{ascii_domain}"
    if not (proper and _LOCAL.fullmatch(local) and len(local) <= MAX_LOCAL and len(checked) <= MAX_ADDRESS):
        raise Refused.because(
            "mailadres_ongeldig",
            "Dit is geen bruikbaar mailadres.",
            mend="Vul een adres in als naam@school.example.",
            field=field,
        )
    return checked


def one_line(text: str, field: str) -> str:
    """The text for a header; raises Refused when it holds a line break or another control sign."""
    text = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text)
    if not text.isprintable():
        raise Refused.because(
            "regeleinde_in_kop",
            "In een onderwerp of naam mag geen regeleinde of stuurteken staan.",
            mend="Zet het op één regel.",
            field=field,
        )
    return text.strip()
