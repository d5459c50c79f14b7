"""Small groups: few means a warning unless somebody counted more; coarser means gone from texts too."""

import pytest

from maatwerk.rules.smallcells import SMALL_GROUP, Cell, assess, coarsen, population

CELL = Cell("Duinzicht College", 15, "Meierijstad")


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("known", "counted", "small"),
    [(1, None, True), (9, None, True), (10, None, False), (1, 10, False), (40, 9, True), (0, 0, True)],
)
def test_a_group_is_small_below_the_threshold_and_a_figure_goes_before_what_is_known(
    known: int, counted: int | None, small: bool
) -> None:
    assert (SMALL_GROUP in assess(known, counted).codes) is small


def test_a_partnership_may_set_its_own_threshold() -> None:
    assert assess(4, None, threshold=4).codes == ()


def test_figures_of_a_cell_are_added_up_and_a_cell_that_no_figure_names_is_unknown() -> None:
    figures = [
        {"school": "duinzicht college", "gemeente": "Meierijstad", "leeftijd": 15, "aantal": 12},
        {"school": "Duinzicht College", "gemeente": "meierijstad", "leeftijd": 15, "aantal": 3},
        {"school": "Duinzicht College", "gemeente": "Meierijstad", "leeftijd": 16, "aantal": 99},
        {"school": "Duinzicht College", "gemeente": "Meierijstad", "leeftijd": 15, "aantal": "veel"},
    ]
    assert population(figures, CELL) == 15
    assert population(figures, Cell("Duinzicht College", 14, "Meierijstad")) is None


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zij is 15 jaar en zit op het Duinzicht College.", "Zij is [leeftijd] jaar en zit op het [school]."),
        ("Een 15-jarige van DUINZICHT COLLEGE", "Een [leeftijd]-jarige van [school]"),
        (
            "15 jr; € 15 per uur, 15 uur, 2015 jaar, 1,15 jaar",
            "[leeftijd] jr; € 15 per uur, 15 uur, 2015 jaar, 1,15 jaar",
        ),
    ],
)
def test_a_coarser_text_names_neither_school_nor_exact_age(text: str, left: str) -> None:
    assert coarsen(text, CELL, frozenset({"schooltype", "leeftijdsband"})) == left
    assert coarsen(text, CELL, frozenset()) == text
