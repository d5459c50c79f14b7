"""Roles of a scheme: each has a place from which it acts, or the scheme does not load; a chair is one role's."""

from dataclasses import replace

import pytest

from maatwerk.rules.belonging import CARRIERS
from maatwerk.rules.loading import load, parse
from maatwerk.rules.opening import opened
from maatwerk.rules.places import adviser, places, seat_roles
from maatwerk.rules.scheme import Scheme
from tests.regio36 import SCHEME as REGIO_36
from tests.schemes import SMALL
from tests.tenants.cases import scheme

TOWN = '[formulier.gemeente]\nsoort = "gemeente"\ntitel = "Woongemeente"\n'
SCHOOL = '[formulier.school]\nsoort = "school"\ntitel = "School"\n'
PANEL = """
[zetel.een]
titel = "Een"
[zetel.twee]
titel = "Twee"
[handeling.stemmen]
titel = "Stemmen"
gedrag = "stemmen"
door = ["bureau"]
velden.stem = { soort = "keuze", titel = "Stem", keuzes = { voor = "voor", tegen = "tegen" }, verplicht = ["stemmen"] }
[stap.oordeel]
titel = "Oordeel"
fase = "oordeel"
na = ["stap.besluit.besloten"]
handelingen = ["stemmen"]
panelen = [{ zetels = ["een", "twee"] }]
regel = { soort = "alle", voor = "ja", tegen = "nee" }
"""
LID = '[rol.lid]\ntitel = "Lid"\nplaats = "zetel"\n[[inzage]]\nwie = "lid"\nstappen = ["intake"]\nuitkomsten = ["*"]\n'
READERS = "".join(f'[rol.{name}]\ntitel = "L"\nplaats = "bureau"\n' for name in ("lezer", "ander"))
BOTH = '[[inzage]]\nwie = "{}"\nstappen = ["intake"]\nvelden = ["aantal"]\nbewerking = "{}"\n'


def faults(extra: str, base: str = SMALL) -> list[tuple[str, str]]:
    return [(fault.key, fault.message) for fault in parse(base + extra)[1]]


def test_three_roles_have_their_place_by_name() -> None:
    assert places(REGIO_36) == {"coordinator": "school", "ondersteuner": "bureau", "beoordelaar": "zetel"}
    assert set(seat_roles(REGIO_36).values()) == {"beoordelaar"}


def test_the_roles_of_the_other_partnerships_stand_where_their_people_are() -> None:
    ladder, kop = scheme("de-meierij"), scheme("kop-van-noord-holland")
    assert (places(ladder)["wijkteam"], places(ladder)["voorzitter"]) == ("gemeente", "zetel")
    assert (places(kop)["ouder"], places(kop)["swv"]) == ("gezin", "bureau")
    assert seat_roles(kop) == {"onderwijs": "school", "toegang": "wijkteam"}
    assert CARRIERS["gezin"] == frozenset()


@pytest.mark.parametrize(
    ("extra", "key", "told"),
    [
        ('[rol.raad]\ntitel = "Raad"\n', "rol.raad", "vanaf welke plaats"),
        ('[rol.raad]\ntitel = "Raad"\nplaats = "thuis"\n', "rol.raad.plaats", "'thuis' bestaat hier niet"),
        ('[rol.coordinator]\ntitel = "C"\nplaats = "bureau"\n', "rol.coordinator.plaats", "door zijn naam"),
        ('[rol.reviewer]\ntitel = "R"\nplaats = "bureau"\n', "rol.reviewer", "rol van het platform"),
        ('[rol.raad]\ntitel = "R"\nplaats = "gemeente"\n', "rol.raad.plaats", "het formulier vraagt die niet"),
        ('[rol.raad]\ntitel = "R"\nplaats = "zetel"\n', "rol.raad.plaats", "op geen enkele zetel"),
        ('[zetel.een]\ntitel = "Een"\nrol = "koning"\n', "zetel.een.rol", "de rol 'koning' bestaat niet"),
        ('[rol.ouder]\ntitel = "O"\nplaats = "gezin"\n[zetel.een]\ntitel = "Een"\nrol = "ouder"\n', "zetel.een.rol", "geen zetel"),
    ],
)  # fmt: skip
def test_a_role_without_a_place_of_its_own_does_not_load(extra: str, key: str, told: str) -> None:
    (found,) = faults(extra)
    assert found[0] == key
    assert told in found[1]


def test_a_municipal_role_loads_when_the_form_asks_for_the_municipality() -> None:
    assert faults(TOWN + '[rol.raad]\ntitel = "Raad"\nplaats = "gemeente"\n') == []


@pytest.mark.parametrize(("named", "answers"), [("", ""), ("bureau", "bureau")])
def test_a_question_for_advice_goes_to_the_role_of_the_office_that_the_scheme_names(named: str, answers: str) -> None:
    found = load(f'adviesvraag = {{ aan = "{named}" }}\n{SMALL}' if named else SMALL)
    assert adviser(found) == answers
    assert adviser(REGIO_36) == "ondersteuner"


@pytest.mark.parametrize("named", ["school", "koning"])
def test_nobody_outside_the_office_answers_questions_for_advice(named: str) -> None:
    assert [(fault.key, fault.mend) for fault in parse(f'adviesvraag = {{ aan = "{named}" }}\n{SMALL}')[1]] == [
        ("adviesvraag.aan", "kies uit: bureau.")
    ]


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('[feit.bekend]\nsoort = "ja_nee"\ntitel = "B"\nopzoeken = "school_bekend"\n', "geen school om op te zoeken"),
        (SCHOOL + '[feit.bekend]\nsoort = "getal"\ntitel = "B"\nopzoeken = "school_bekend"\n', "waar of niet waar"),
        (SCHOOL + '[feit.bekend]\nsoort = "ja_nee"\ntitel = "B"\nopzoeken = "weer"\n', "'weer' bestaat hier niet"),
        (SCHOOL + '[feit.bekend]\nsoort = "ja_nee"\ntitel = "B"\nopzoeken = "school_bekend"\n', ""),
    ],
)
def test_a_fact_that_is_looked_up_is_true_or_not_and_of_a_school_that_is_asked(extra: str, told: str) -> None:
    found = faults(extra)
    assert [key for key, _ in found] == (["feit.bekend.opzoeken"] if told else [])
    assert not told or told in found[0][1]


def test_a_seat_is_of_the_only_seated_role_or_says_whose_it_is() -> None:
    assert [key for key, _ in faults(PANEL)] == ["zetel.een.rol", "zetel.twee.rol"]
    said = PANEL.replace('titel = "Een"', 'titel = "Een"\nrol = "bureau"').replace(
        'titel = "Twee"', 'titel = "Twee"\nrol = "school"'
    )
    assert faults(said) == [
        ("stap.oordeel.panelen.0", "op de zetel 'twee' zit de rol 'school', en die mag hier niet stemmen.")
    ]
    seated = PANEL.replace('door = ["bureau"]', 'door = ["lid"]') + LID
    found: Scheme = load(SMALL + seated)
    assert seat_roles(found) == {"een": "lid", "twee": "lid"}


def test_all_fields_are_the_form_alone_for_a_family_and_all_of_every_act_there_is_warned_about() -> None:
    home = (
        '[rol.ouder]\ntitel = "O"\nplaats = "gezin"\n[[inzage]]\nwie = "{}"\nstappen = ["intake"]\nvelden = ["*"]\n{}'
    )
    found: Scheme = load(SMALL + home.format("ouder", ""))
    at_home, at_school = (opened(found, [replace(found.disclosures[-1], audience=who)]) for who in ("ouder", "school"))
    assert (at_home.whole, at_school.whole) == (True, True)
    assert (at_home.has_act_field("besluiten", "x"), at_school.has_act_field("besluiten", "x")) == (False, True)
    everything = 'handelingsteksten = ["*"]\n'
    (fault,) = parse(SMALL + home.format("ouder", everything))[1]
    assert (fault.severity, "in eigen woorden" in fault.message) == ("waarschuwing", True)
    assert faults(home.format("school", everything)) == []
    packed = home.format("school", everything).replace('velden = ["*"]', 'bewerking = "anoniem"')
    assert "inzage.2.handelingsteksten" in [key for key, _ in faults(packed)]


def test_one_role_reads_the_pack_and_it_reads_nothing_else() -> None:
    assert faults(READERS + BOTH.format("lezer", "anoniem") + BOTH.format("ander", "geen")) == []
    assert [key for key, _ in faults(READERS + BOTH.format("lezer", "anoniem") + BOTH.format("ander", "anoniem"))] == [
        "inzage.3.bewerking"
    ]
    (found,) = faults(READERS + BOTH.format("lezer", "anoniem") + BOTH.format("lezer", "geen"))
    assert (found[0], "wie de leerling is" in found[1]) == ("inzage.3.bewerking", True)
    hears = BOTH.format("lezer", "geen").replace('velden = ["aantal"]', 'uitkomsten = ["*"]')
    assert faults(READERS + BOTH.format("lezer", "anoniem") + hears) == []


def test_nobody_who_reads_anonymised_is_somebody_else_in_the_office_by_that_alone() -> None:
    text = SMALL.replace('[rol.bureau]\ntitel = "Bureau"\nplaats = "bureau"', '[rol.ondersteuner]\ntitel = "O"')
    text = text.replace('"bureau"', '"ondersteuner"')
    (found,) = faults(READERS + BOTH.format("lezer", "anoniem"), text)
    assert (found[0], "is ook 'ondersteuner'" in found[1]) == ("inzage.2.bewerking", True)
    assert faults(READERS + BOTH.format("lezer", "geen"), text) == []
