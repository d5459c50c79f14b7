"""School holidays as data: what each region has, what is known and confirmed, and the days of a partnership or school."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, get_args

import pytest

from maatwerk.rules.school_calendar import OwnHoliday, Region, SchoolCalendar

ROWS = tomllib.loads(files("maatwerk.rules").joinpath("law", "school_holidays.toml").read_text(encoding="utf-8"))
YEARS = [year for year in ROWS["school_year"] if year["name"] >= "2019"]
NAMES = ["herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie"]
SOUTH = SchoolCalendar(region="zuid")
MAY = OwnHoliday(name="meivakantie", first=date(2026, 4, 18), last=date(2026, 5, 3), replaces="meivakantie")


def rows_of(year: dict[str, Any], region: str) -> list[dict[str, Any]]:
    return [row for row in year["holidays"] if region in row["regions"]]


def name_on(day: str, region: Region = "zuid", *own: OwnHoliday) -> str | None:
    return SchoolCalendar(region=region, own=own).holiday_on(date.fromisoformat(day))


@pytest.mark.parametrize("region", get_args(Region))
@pytest.mark.parametrize("year", YEARS, ids=[year["name"] for year in YEARS])
def test_every_school_year_has_five_holidays_per_region_from_saturday_to_sunday(
    year: dict[str, Any], region: str
) -> None:
    rows = rows_of(year, region)
    assert [row["name"] for row in rows] == NAMES
    assert [(row["last"] - row["first"]).days + 1 for row in rows] == [9, 16, 9, 9, 44]
    assert {row["first"].weekday() for row in rows} == {5}
    begin = int(year["name"][:4])
    assert date(begin, 9, 1) < rows[0]["first"] < rows[-1]["first"] < date(begin + 1, 8, 1)
    assert year["source"]
    assert year["confirmed"] is (year["name"] != "2026-2027")


def test_the_data_run_from_2019_on_and_the_regions_differ() -> None:
    assert [year["name"] for year in YEARS] == [f"{year}-{year + 1}" for year in range(2019, 2027)]
    for year in YEARS:
        for name in ("herfstvakantie", "voorjaarsvakantie", "zomervakantie"):
            assert len({row["first"] for row in year["holidays"] if row["name"] == name}) > 1


@pytest.mark.parametrize(
    ("region", "first", "last", "name"),
    [
        ("noord", "2019-08-20", "2019-08-25", "zomervakantie 2018-2019"),
        ("zuid", "2020-02-22", "2020-03-01", "voorjaarsvakantie 2019-2020"),
        ("midden", "2022-07-09", "2022-08-21", "zomervakantie 2021-2022"),
        ("noord", "2023-10-21", "2023-10-29", "herfstvakantie 2023-2024"),
        ("zuid", "2025-02-22", "2025-03-02", "voorjaarsvakantie 2024-2025"),
        ("noord", "2025-02-15", "2025-02-23", "voorjaarsvakantie 2024-2025"),
        ("zuid", "2025-10-11", "2025-10-19", "herfstvakantie 2025-2026"),
        ("midden", "2025-10-18", "2025-10-26", "herfstvakantie 2025-2026"),
        ("noord", "2025-12-20", "2026-01-04", "kerstvakantie 2025-2026"),
        ("noord", "2026-02-21", "2026-03-01", "voorjaarsvakantie 2025-2026"),
        ("zuid", "2026-02-14", "2026-02-22", "voorjaarsvakantie 2025-2026"),
        ("zuid", "2026-04-25", "2026-05-03", "meivakantie 2025-2026"),
        ("noord", "2026-07-04", "2026-08-16", "zomervakantie 2025-2026"),
        ("zuid", "2026-07-11", "2026-08-23", "zomervakantie 2025-2026"),
        ("midden", "2026-07-18", "2026-08-30", "zomervakantie 2025-2026"),
    ],
)
def test_a_holiday_holds_its_first_and_last_day(region: Region, first: str, last: str, name: str) -> None:
    assert name_on(first, region) == name_on(last, region) == name
    assert name_on((date.fromisoformat(last) + timedelta(days=1)).isoformat(), region) is None


def test_a_school_year_outside_the_data_is_unknown_which_is_not_the_same_as_without_holidays() -> None:
    assert not SOUTH.is_known(date(2019, 7, 31))
    assert SOUTH.is_known(date(2019, 8, 1))
    assert SOUTH.is_known(date(2027, 7, 31))
    assert not SOUTH.is_known(date(2027, 8, 1))


def test_days_of_ones_own_come_beside_the_holidays_of_the_region() -> None:
    day = OwnHoliday(name="studiedag", first=date(2026, 3, 2), last=date(2026, 3, 2))
    assert name_on("2026-03-02", "zuid", day) == "studiedag 2025-2026"
    assert name_on("2026-03-03", "zuid", day) is None
    assert name_on("2026-02-16", "zuid", day) == "voorjaarsvakantie 2025-2026"


def test_days_of_ones_own_can_replace_a_holiday_of_that_school_year_alone() -> None:
    assert name_on("2026-04-20", "noord", MAY) == "meivakantie 2025-2026"
    early = OwnHoliday(
        name="vroege herfst", first=date(2025, 10, 4), last=date(2025, 10, 12), replaces="herfstvakantie"
    )
    assert name_on("2025-10-15", "zuid", early) is None
    assert name_on("2025-10-06", "zuid", early) == "vroege herfst 2025-2026"
    assert name_on("2024-10-21", "zuid", early) == "herfstvakantie 2024-2025"


def test_what_a_school_replaces_goes_before_what_its_partnership_replaced() -> None:
    partnership = SchoolCalendar(region="noord", own=(MAY,))
    shorter = OwnHoliday(name="mei", first=date(2026, 4, 27), last=date(2026, 5, 1), replaces="meivakantie")
    school = partnership.of_school((shorter,))
    assert partnership.holiday_on(date(2026, 4, 20)) is not None
    assert school.holiday_on(date(2026, 4, 20)) is None
    assert school.holiday_on(date(2026, 4, 27)) == "mei 2025-2026"
    assert partnership.of_school(()) == partnership
    assert hash(partnership.of_school(())) == hash(partnership)


def test_a_replaced_holiday_is_no_longer_unconfirmed() -> None:
    day = date(2026, 10, 19)
    assert [holiday.confirmed for holiday in SOUTH.near(day, day)] == [False]
    own = OwnHoliday(name="herfst", first=date(2026, 10, 17), last=date(2026, 10, 25), replaces="herfstvakantie")
    assert [holiday.confirmed for holiday in SchoolCalendar(region="zuid", own=(own,)).near(day, day)] == [True]
