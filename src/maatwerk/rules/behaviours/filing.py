"""Filing and supplementing: the act answers the form itself. What it leaves out stays as it was."""

from collections.abc import Iterator

from maatwerk.rules.acts import Consequences
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import ActDef, Scheme


def _faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    if act.fields:
        message = "indienen en aanvullen gebruiken het formulier zelf."
        yield Fault(f"{here}.velden", message, "zet deze velden in [formulier].")


def _apply(deed: Deed, result: Consequences) -> Consequences:
    return result


FILING = Behaviour(_faults, _apply, uses_form=True, files=True)
SUPPLEMENTING = Behaviour(_faults, _apply, uses_form=True)
