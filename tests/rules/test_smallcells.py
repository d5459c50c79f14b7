"""Small groups: few means a warning unless somebody counted more; coarser means gone from texts too."""

from datetime import date

import pytest

from maatwerk.rules.smallcells import OFFERS, SMALL_GROUP, Cell, Risk, assess, choices, coarsen, holding_on
from maatwerk.rules.tenant_entries import PopulationEntry, PupilCount

CELL = Cell("Duinzicht College", 15, "Meierijstad", "vo")


def counted(on: str, *rows: tuple[str, str, int, int], sector: str = "") -> PopulationEntry:
    counts = tuple(PupilCount(school=s, municipality=m, age=a, count=n, sector=sector) for s, m, a, n in rows)
    return PopulationEntry(on=date.fromisoformat(on), origin="DUO", counts=counts)


def measured(known: int, entry: PopulationEntry | None, threshold: int = 10) -> Risk:
    return assess(CELL, dict.fromkeys(choices(OFFERS), known), entry, threshold, date(2024, 9, 2))


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("known", "population", "small"),
    [(1, None, True), (9, None, True), (10, None, False), (1, 10, False), (40, 9, True), (0, 0, True)],
)
def test_a_group_is_small_below_the_threshold_and_a_count_goes_before_what_is_known(
    known: int, population: int | None, small: bool
) -> None:
    entry = None if population is None else counted("2023-10-01", ("Duinzicht College", "Meierijstad", 15, population))
    assert (SMALL_GROUP in measured(known, entry).codes) is small


def test_a_partnership_may_set_its_own_threshold() -> None:
    assert measured(4, None, threshold=4).codes == ()


@pytest.mark.requirement("R36-37")
def test_after_every_choice_the_group_is_counted_again_and_says_by_whom_and_when() -> None:
    entry = counted(
        "2023-10-01",
        ("duinzicht college", "Meierijstad", 15, 4),
        ("Duinzicht College", "meierijstad", 16, 20),
        ("Duinzicht College", "Oss", 15, 7),
        ("Rivierlyceum", "Meierijstad", 15, 30),
        sector="vo",
    )
    risk = measured(1, entry)
    assert (risk.on, risk.origin, {each.source for each in risk.counts}) == (date(2023, 10, 1), "DUO", {"bevolking"})
    assert {each.coarsening: each.count for each in risk.counts} == {
        (): 4,
        ("leeftijdsband",): 24,
        ("schooltype",): 34,
        ("zonder_gemeente",): 11,
        ("leeftijdsband", "schooltype"): 54,
        ("leeftijdsband", "zonder_gemeente"): 31,
        ("schooltype", "zonder_gemeente"): 41,
        ("leeftijdsband", "schooltype", "zonder_gemeente"): 61,
    }
    by_cases = measured(3, counted("2023-10-01", ("Rivierlyceum", "Meierijstad", 15, 30)))
    assert (by_cases.on, by_cases.origin) == (date(2024, 9, 2), "")
    assert {each.source for each in by_cases.counts} == {"zaken"}, "a group that no figure names is unknown, not empty"


@pytest.mark.requirement("R36-37")
def test_of_several_dates_the_latest_that_was_there_on_the_day_holds() -> None:
    dates = [counted("2024-10-01"), counted("2022-10-01"), counted("2023-10-01")]
    for day, held in (("2024-09-02", "2023-10-01"), ("2024-10-01", "2024-10-01"), ("2022-12-01", "2022-10-01")):
        found = holding_on(dates, date.fromisoformat(day))
        assert found is not None
        assert found.on == date.fromisoformat(held)
    assert holding_on(dates, date(2021, 1, 1)) is None


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zij is 15 jaar en zit op het Duinzicht College.", "Zij is [leeftijd] jaar en zit op het [school]."),
        (
            "Ze is 15. Een jongen van vijftien, bijna 15,5 jaar.",
            "Ze is [leeftijd]. Een jongen van [leeftijd], bijna [leeftijd] jaar.",
        ),
        (
            "Toen zij 14 jaar was; in mei wordt zij 16 jaar.",
            "Toen zij [leeftijd] jaar was; in mei wordt zij [leeftijd] jaar.",
        ),
        (
            "Hij is 15 minuten te laat, een kind van 15.000 euro.",
            "Hij is 15 minuten te laat, een kind van 15.000 euro.",
        ),
        ("Een 15-jarige van DUINZICHT COLLEGE", "Een [leeftijd]-jarige van [school]"),
        (
            "Vijftienjarige van het Duinzicht College, vijftien jaar (15), leeftijd 15; nr 15 niet",
            "[leeftijd]jarige van het [school], [leeftijd] jaar ([leeftijd]), leeftijd [leeftijd]; nr 15 niet",
        ),
        (
            "15 jr; € 15 per uur, 15 uur, 2015 jaar, 1,15 jaar",
            "[leeftijd] jr; € 15 per uur, 15 uur, 2015 jaar, 1,15 jaar",
        ),
    ],
)
def test_a_coarser_text_names_neither_school_nor_exact_age(text: str, left: str) -> None:
    assert coarsen(text, CELL, frozenset({"schooltype", "leeftijdsband"})) == left
    assert coarsen(text, CELL, frozenset()) == text


@pytest.mark.requirement("R36-37")
def test_without_the_municipality_a_text_does_not_name_it_either() -> None:
    text = "Zij woont in meierijstad, niet in Meierijstadse Hoeve."
    assert (
        coarsen(text, CELL, frozenset({"zonder_gemeente"})) == "Zij woont in [gemeente], niet in Meierijstadse Hoeve."
    )
