"""Behaviours: a new one is one object in the palette, and nothing else has to change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from maatwerk.rules.acts import Consequences, Effect
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.scheme import ActDef, Scheme
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

BELLS = '[handeling.luiden]\ntitel = "Luiden"\ngedrag = "luiden"\ndoor = ["bureau"]\nwanneer = "open"\nvelden.slagen = { soort = "getal", titel = "Slagen", verplicht = ["luiden"] }\n'


def bells_faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    if "slagen" not in act.fields:
        yield Fault(f"{here}.velden", "luiden heeft slagen nodig.", "voeg velden.slagen toe.")


def ring(deed: Deed, result: Consequences) -> Consequences:
    strokes = deed.act.fields["slagen"]
    if strokes > 12:
        raise Invalid.because("te_veel", "De klok slaat hooguit twaalf keer.", field="slagen")
    return replace(result, effects=(Effect("taak", title=f"{strokes} keer geluid"),))


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PALETTE, "luiden", Behaviour(bells_faults, ring))


def test_a_toy_behaviour_loads_is_offered_judged_folded_and_rejudged(bells: None) -> None:
    scheme = small(BELLS)
    acts = done(scheme, ("indienen", "2024-09-02"), ("luiden", "2024-09-03", {"slagen": 3}))
    assert acts[-1].consequences.effects == (Effect("taak", title="3 keer geluid"),)
    assert "luiden" in {offer.act for offer in standing(scheme, acts, date(2024, 9, 3)).offers}
    assert rejudge(scheme, acts) is None
    with pytest.raises(Refused):
        done(scheme, ("indienen", "2024-09-02"), ("luiden", "2024-09-03", {"slagen": 13}))


def test_a_toy_behaviour_has_faults_of_its_own_at_load(bells: None) -> None:
    _, faults = parse(SMALL + BELLS.replace("slagen", "beurten"))
    assert [fault.message for fault in faults] == ["luiden heeft slagen nodig."]


def test_an_unknown_behaviour_is_a_fault_that_names_the_known_ones() -> None:
    _, (fault,) = parse(SMALL + BELLS)
    assert fault.key == "handeling.luiden.gedrag"
    assert "vastleggen" in fault.mend


PUPILS = """
[formulier.leerlingen]
soort = "personen"
titel = "Leerlingen"
delen = ["voornaam"]
verplicht = ["indienen"]
[handeling.afvinken]
titel = "Afvinken"
door = ["school"]
velden.leerling = { soort = "getal", titel = "Leerling", verplicht = ["afvinken"] }
[stap.lijst]
titel = "Lijst"
fase = "lijst"
na = ["stap.intake.ingediend"]
handelingen = ["afvinken"]
regel = { soort = "alle", over = "leerlingen", voor = "rond" }
"""


def test_a_step_can_end_when_it_was_done_for_every_pupil() -> None:
    scheme = small(PUPILS)
    filing = (
        "indienen",
        "2024-09-02",
        {"vraag": "x", "leerlingen": [{"voornaam": "A"}, {"voornaam": "B"}, {"voornaam": "C"}]},
    )
    once = ("afvinken", "2024-09-03", {"leerling": 2})
    acts = done(scheme, filing, once, once, ("afvinken", "2024-09-03", {"leerling": 1}))
    state = standing(scheme, acts, date(2024, 9, 3)).steps["lijst"]
    assert (state.status, state.done_for) == ("open", frozenset({"1", "2"}))
    acts = done(
        scheme, filing, once, ("afvinken", "2024-09-03", {"leerling": 1}), ("afvinken", "2024-09-04", {"leerling": 3})
    )
    assert standing(scheme, acts, date(2024, 9, 4)).steps["lijst"].outcome == "rond"
    for stranger in (0, 4, 10**6):
        with pytest.raises(Refused):
            done(scheme, filing, ("afvinken", "2024-09-03", {"leerling": stranger}))
