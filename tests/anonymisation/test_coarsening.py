"""What a chosen coarsening took out of the fields does not stand in the texts either, however the school is called there."""

import pytest

from maatwerk.anonymisation.coarsening import coarser
from maatwerk.rules.smallcells import UNKNOWN_AGE, Cell

TOWN = "'s-Hertogenbosch"
BOTH = frozenset({"schooltype", "leeftijdsband"})


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("school", "text", "left"),
    [
        ("Duinzicht College", "Vijftien jaar, van het Duinzicht.", "[leeftijd] jaar, van het [school]."),
        ("obs De Regenboog", "Zij zit op De Regenboog; Regenboog bevalt.", "Zij zit op [school]; [school] bevalt."),
        ("obs De Regenboog", "Zij tekende een regenboog.", "Zij tekende een regenboog."),
        ("Petrus Canisius College", "naar petrus canisius en terug naar huis", "naar [school] en terug naar huis"),
        ("Duinzicht College", "[leerling] kwam van [school 2].", "[leerling] kwam van [school 2]."),
    ],
)
def test_a_coarser_text_names_the_school_by_no_name(school: str, text: str, left: str) -> None:
    cell = Cell(school, 15, "Meierijstad", "vo")
    assert coarser(text, cell, BOTH) == left
    assert coarser(text, cell, frozenset()) == text


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zij woont in Den Bosch.", "Zij woont in [gemeente]."),
        ("Zij woont in 's-Hertogenbosch en niet in Oss.", "Zij woont in [gemeente] en niet in Oss."),
        ("Op DWT gaat het goed, op de Wilgen Toren ook.", "Op [school] gaat het goed, op [school] ook."),
    ],
)
def test_a_coarser_text_has_no_other_name_of_the_town_and_no_initials_of_the_school(text: str, left: str) -> None:
    cell = Cell("De Wilgen Toren", 15, TOWN, "vo")
    assert coarser(text, cell, BOTH | {"zonder_gemeente"}) == left


@pytest.mark.requirement("R36-37")
def test_what_is_known_of_a_pupil_goes_from_a_coarser_text_though_something_else_is_unknown() -> None:
    text = "Vijftien jaar, van het Duinzicht, uit Oss."
    every = BOTH | {"zonder_gemeente"}
    assert coarser(text, Cell("Duinzicht College", 15, ""), every) == "[leeftijd] jaar, van het [school], uit Oss."
    assert coarser(text, Cell("", UNKNOWN_AGE, "Oss"), every) == "Vijftien jaar, van het Duinzicht, uit [gemeente]."


def test_with_the_school_goes_the_board_that_may_have_no_other() -> None:
    text = "Stichting Samen Sterk betaalt. De school van Samen Sterk ook."
    left = "[bestuur] betaalt. De school van [bestuur] ook."
    cell = Cell("Duinzicht College", 15, "Oss")
    assert coarser(text, cell, frozenset({"schooltype"}), "Stichting Samen Sterk") == left
    assert coarser(text, cell, frozenset({"leeftijdsband"}), "Stichting Samen Sterk") == text
