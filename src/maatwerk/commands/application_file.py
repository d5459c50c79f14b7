"""The file that `maatwerk scheme try` reads: JSON in UTF-8, of at most 5 MB. What it may hold stands in rules/trial_input.py."""

import json
from pathlib import Path
from typing import Any, Final

from maatwerk.commands.dutch import brief
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.trial import Application
from maatwerk.rules.trial_input import application_of

_MOST_BYTES: Final = 5_000_000


def read_application(path: Path, scheme: Scheme) -> Application:
    """The application in a file. Raises Invalid, in Dutch, for what can't be read."""
    return application_of(scheme, _json(path))


def _json(path: Path) -> Any:
    name = brief(path.name)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Invalid.because("te_groot", "Dit bestand is groter dan 5 MB.", field=name)
        return json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_no_number)
    except (OSError, ValueError) as error:
        if isinstance(error, json.JSONDecodeError):
            message, mend = (
                f"Dit is geen geldige JSON (regel {error.lineno}, positie {error.colno}).",
                "Verbeter het bestand.",
            )
        elif isinstance(error, OSError):
            message, mend = "Dit bestand is niet te lezen.", "Controleer de naam en of het een bestand is."
        else:
            message, mend = "Dit bestand is geen leesbare JSON.", "Sla het op als UTF-8, met gewone getallen."
        raise Invalid.because("onleesbaar", message, mend=mend, field=name) from None
    except RecursionError:
        raise Invalid.because("onleesbaar", "Dit bestand is te diep genest.", field=name) from None


def _no_number(text: str) -> Any:
    raise ValueError(text)
