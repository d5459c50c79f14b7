"""Setting up an app for codes on a page, for newcomers and for who lost his, and the recovery codes that follow: shown once, in the
answer to the form itself, so that they stand in no address and no other page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from litestar import Response

from maatwerk.web.fields import Fault
from maatwerk.web.rendering import render
from maatwerk.web.who import Who

TITLE = "App voor codes instellen"
NOT_REPEATED = Fault("wachtwoord", "Herhaal het wachtwoord dat u koos.")
NO_CODE = Fault("code", "Vul de zes cijfers in die uw app nu toont.")
_KEY = re.compile(r"[A-Z2-7]{32}")


@dataclass(frozen=True)
class Setting:
    """Where the form goes, what it carries along, and how it speaks of what it is for."""

    action: str
    carried: Mapping[str, str]
    button: str
    failed: str


def ask_code(setting: Setting, key: str, link: str = "", *, faults: Sequence[Fault] = ()) -> Response[str]:
    """The step in which a code is asked. The password is asked again and not sent back, so that it stands in no page. `key` is
    what was shown before, or what a stranger typed there: it is shown again only when it can be one."""
    key = key if _KEY.fullmatch(key) else ""
    return render(
        "enrolment.html",
        f"Fout: {TITLE}" if faults else TITLE,
        None,
        status=422 if faults else 200,
        setting=setting,
        key=" ".join(re.findall("....", key)),
        link=link,
        faults=faults,
        told={fault.field: fault.message for fault in faults if fault.field},
    )


def key_of(link: str) -> str:
    """The key that an otpauth URL holds."""
    return parse_qs(urlsplit(link).query)["secret"][0]


def show_codes(codes: Sequence[str], done: str, who: Who | None = None) -> Response[str]:
    """The page with recovery codes; `done` says what they are the end of."""
    return render("recovery_codes.html", "Uw herstelcodes", who, codes=codes, done=done)
