"""Plain recording. In a step that ends when it was done for every pupil, the act says for which one by its field `leerling`."""

from collections.abc import Iterator
from dataclasses import replace

from maatwerk.rules.acts import Consequences
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.decoding import Fault
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import ActDef, Scheme

PUPIL = "leerling"


def _faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    yield from ()


def _apply(deed: Deed, result: Consequences) -> Consequences:
    if deed.rule.over == "zetels" or PUPIL not in deed.definition.fields or deed.state is None:
        return result
    number = str(deed.act.fields.get(PUPIL, ""))
    if number not in {chair.slot for chair in deed.state.chairs}:
        count = len(deed.state.chairs)
        raise Invalid.because(
            "leerling_onbekend",
            "Deze leerling staat niet in de aanvraag.",
            mend=f"Geef het nummer van de regel: 1 tot en met {count}.",
            field=PUPIL,
        )
    return replace(result, done_for=number)


RECORDING = Behaviour(_faults, _apply)
