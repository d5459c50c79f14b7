"""Ages and birthdays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.ages import age_on, birthday
from maatwerk.rules.refusals import Refused

births = st.dates(date(1950, 1, 1), date(2030, 12, 31))


def test_an_age_is_reached_on_the_birthday_itself() -> None:
    assert age_on(date(2001, 11, 1), date(2024, 10, 15)) == 22
    assert age_on(date(2001, 11, 1), date(2024, 10, 31)) == 22
    assert age_on(date(2001, 11, 1), date(2024, 11, 1)) == 23


def test_who_was_born_on_29_february_is_older_on_1_march_of_a_common_year() -> None:
    born = date(2012, 2, 29)
    assert birthday(born, 16) == date(2028, 2, 29)
    assert birthday(born, 12) == date(2024, 2, 29)
    assert birthday(born, 18) == date(2030, 3, 1)
    assert age_on(born, date(2030, 2, 28)) == 17
    assert age_on(born, date(2030, 3, 1)) == 18


@given(births, st.integers(0, 120))
def test_a_birthday_is_the_first_day_of_its_age(birth: date, age: int) -> None:
    reached = birthday(birth, age)
    assert age_on(birth, reached) == age
    if age:
        assert age_on(birth, reached - timedelta(days=1)) == age - 1


@given(births, st.integers(0, 40000), st.integers(0, 500))
def test_nobody_grows_younger(birth: date, days: int, more: int) -> None:
    day = birth + timedelta(days=days)
    assert age_on(birth, day) <= age_on(birth, day + timedelta(days=more))


def test_impossible_ages_are_refused_without_telling_the_birth_date() -> None:
    for attempt in (
        lambda: age_on(date(2030, 6, 7), date(2025, 1, 1)),
        lambda: birthday(date(2030, 6, 7), -1),
        lambda: birthday(date(2030, 6, 7), 7970),
        lambda: birthday(date(2030, 6, 7), 10**30),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert "2030" not in f"{caught.value} {caught.value.reasons}"
