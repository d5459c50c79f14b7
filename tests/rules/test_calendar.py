"""The rest days of the law, held against a reckoning of our own and against the decrees."""

from datetime import date, timedelta

import pytest

from maatwerk.rules.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    decree_days,
    in_words,
    is_ordinary_day,
    next_ordinary_day,
    rest_day_name,
)
from maatwerk.rules.refusals import Refused

DECREED = [
    *("2017-04-28", "2017-05-26", "2018-05-11", "2018-12-24", "2018-12-31", "2019-05-31", "2019-12-27"),
    *("2020-05-22", "2021-05-14", "2022-05-27", "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27"),
    *("2025-05-30", "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"),
]


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def article_3(year: int) -> set[date]:
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return moving | fixed | {date.fromisoformat(day) for day in DECREED if day.startswith(str(year))}


@pytest.mark.parametrize("year", range(2015, 2041))
def test_the_rest_days_of_a_year_are_those_of_article_3_the_decrees_and_the_weekends(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    expected = {day for day in days if day.weekday() >= 5} | article_3(year)
    assert {day for day in days if not is_ordinary_day(day)} == expected


def test_the_decree_days_are_exactly_those_of_the_decrees() -> None:
    assert decree_days().days == {date.fromisoformat(day) for day in DECREED}
    assert not decree_days().known_in(2016)
    assert decree_days().known_in(2017)
    assert decree_days().known_in(2028)
    assert not decree_days().known_in(2029)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-04-18", "Goede Vrijdag"),
        ("2025-04-20", "zondag"),  # Easter Sunday
        ("2025-06-08", "zondag"),  # Whit Sunday
        ("2025-04-21", "Tweede Paasdag"),
        ("2025-04-26", "Koningsdag"),  # the 27th is a Sunday
        ("2025-04-27", "zondag"),
        ("2013-04-30", "Koninginnedag"),
        ("2026-05-05", "Bevrijdingsdag"),
        ("2016-05-05", "Bevrijdingsdag en Hemelvaartsdag"),
        ("2025-05-30", "een bij besluit gelijkgestelde dag"),
        ("2025-12-31", None),
        ("2026-02-16", None),  # carnival
        ("2025-05-04", "zondag"),
        ("2026-05-04", None),
        ("2025-11-15", "zaterdag"),
    ],
)
def test_a_rest_day_says_its_dutch_name(day: str, name: str | None) -> None:
    assert rest_day_name(date.fromisoformat(day)) == name


def test_the_next_ordinary_day_is_the_day_itself_or_the_first_after_the_rest_days() -> None:
    assert next_ordinary_day(date(2025, 4, 17)) == date(2025, 4, 17)
    assert next_ordinary_day(date(2025, 4, 18)) == date(2025, 4, 22)
    assert next_ordinary_day(date(2025, 5, 29)) == date(2025, 6, 2)


@pytest.mark.parametrize("day", [date(FIRST_YEAR - 1, 12, 31), date(LAST_YEAR + 1, 1, 1), date.min, date.max])
def test_a_year_whose_holidays_are_unknown_is_refused(day: date) -> None:
    with pytest.raises(Refused) as caught:
        is_ordinary_day(day)
    assert caught.value.reasons[0].code == "holidays_unknown"


def test_the_last_year_of_the_calendar_still_has_its_holidays() -> None:
    assert {name for day in article_3(LAST_YEAR) if (name := rest_day_name(day))} >= {
        "Goede Vrijdag",
        "Koningsdag",
    }


def test_a_day_is_worded_in_dutch() -> None:
    assert in_words(date(2025, 4, 18)) == "vrijdag 18 april 2025"
