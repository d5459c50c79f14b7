"""The mandate register and ages in a scheme's file: what can't be honoured is refused, what can is held against the day of the act."""

import pytest

from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Forbidden
from tests.schemes import SMALL, done, small

MANDATE = """
[mandaat.klein]
titel = "Besluiten"
rol = "bureau"
handelingen = ["besluiten"]
namens = "het bestuur"
van = 2024-09-01
tot_en_met = 2024-09-30
bron = "Besluit van 1 juli 2024"
"""
CHILD = (
    SMALL.replace('onderwerp = { soort = "geen" }', 'onderwerp = { soort = "individu", veld = "kind" }')
    + """
[formulier.kind]
soort = "persoon"
klasse = "direct"
titel = "Kind"
delen = ["voornaam", "geboortedatum"]
[tekst.jarig]
onderwerp = "Jarig"
inhoud = "Op {{uiterlijk}}."
"""
)
AGE = """
[leeftijd.zestien]
titel = "Zestien"
leeftijd = 16
waarschuw = ["P1M"]
bij_leeftijd = { taak = "Doe iets", rol = "bureau" }
"""


@pytest.mark.parametrize("on", ["2024-09-01", "2024-09-30"])
def test_a_mandate_holds_on_its_first_and_last_day(on: str) -> None:
    acts = done(small(MANDATE), ("indienen", "2024-08-01"), ("besluiten", on))
    assert acts[-1].consequences.mandate == "klein"


@pytest.mark.parametrize("on", ["2024-08-31", "2024-10-01"])
def test_and_on_no_other(on: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        done(small(MANDATE), ("indienen", "2024-08-01"), ("besluiten", on))
    (reason,) = refusal.value.reasons
    assert reason.code == "geen_mandaat"
    assert (
        "Besluiten namens het bestuur, vanaf zondag 1 september 2024 tot en met maandag 30 september 2024"
        in reason.mend
    )


def test_who_stands_in_no_register_needs_no_mandate() -> None:
    scheme = small(MANDATE.replace('handelingen = ["besluiten"]', 'handelingen = ["noteren"]'))
    acts = done(scheme, ("indienen", "2024-08-01"), ("besluiten", "2024-08-02"))
    assert acts[-1].consequences.mandate == ""


@pytest.mark.parametrize(
    ("was", "becomes", "key", "words"),
    [
        ('rol = "bureau"', 'rol = "koning"', "rol", "'koning' bestaat niet"),
        ('handelingen = ["besluiten"]', 'handelingen = ["indienen"]', "handelingen", "geen handeling van deze rol"),
        ('handelingen = ["besluiten"]', "handelingen = []", "handelingen", "minstens een handeling"),
        ("tot_en_met = 2024-09-30", "tot_en_met = 2024-08-30", "tot_en_met", "eindigt voor het begint"),
        ('bron = "Besluit van 1 juli 2024"', "als = 'deze.x == 1'\nbron = 'B'", "als", ""),
        ('bron = "Besluit van 1 juli 2024"', "", "", "'bron' ontbreekt"),
    ],
)
def test_a_mandate_that_can_not_be_honoured_is_refused(was: str, becomes: str, key: str, words: str) -> None:
    assert was in MANDATE
    scheme, faults = parse(SMALL + MANDATE.replace(was, becomes))
    assert scheme is None
    place = f"mandaat.klein.{key}".rstrip(".")
    assert any(fault.key == place and words in fault.message and fault.mend for fault in faults), faults


@pytest.mark.parametrize(
    ("was", "becomes", "key", "words"),
    [
        ("leeftijd = 16", "leeftijd = 0", "leeftijd", "kan niet"),
        ('waarschuw = ["P1M"]', 'waarschuw = ["maand"]', "waarschuw.0", ""),
        ('taak = "Doe iets", rol = "bureau"', 'taak = "Doe iets"', "bij_leeftijd", "voor iemand"),
        ('taak = "Doe iets", rol', 'tekst = "jarig", rol', "bij_leeftijd.tekst", "noemt een verjaardag"),
        ("leeftijd = 16", "leeftijd = 16\nals = 'aanvraag.x'", "als", ""),
    ],
)
def test_an_age_that_can_not_be_honoured_is_refused(was: str, becomes: str, key: str, words: str) -> None:
    assert was in AGE
    scheme, faults = parse(CHILD + AGE.replace(was, becomes))
    assert scheme is None
    assert any(f.key == f"leeftijd.zestien.{key}" and words in f.message and f.mend for f in faults), faults


def test_an_age_is_somebodys() -> None:
    assert parse(CHILD + AGE)[0] is not None
    _, faults = parse(SMALL + AGE)
    assert [(fault.key, fault.message) for fault in faults] == [
        ("leeftijd.zestien", "van wie deze leeftijd is, is niet te zien.")
    ]
