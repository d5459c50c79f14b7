"""What a chosen coarsening took out of the fields does not stand in the texts either, however the school is called there."""

import pytest

from maatwerk.anonymisation.coarsening import coarser
from maatwerk.rules.smallcells import Cell

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
    assert coarser(text, cell, frozenset()) == coarser(text, None, BOTH) == text
