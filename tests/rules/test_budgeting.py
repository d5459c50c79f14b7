"""How many cases fit in a budget, when it is used at the pace of last year, and what a group takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.budgeting import Reached, simulate
from maatwerk.rules.refusals import Invalid

EUROS = 100


def test_thirty_cases_of_five_thousand_fit_in_a_hundred_and_fifty_thousand_and_a_group_takes_27_percent() -> None:
    found = simulate(150_000 * EUROS, [5_000 * EUROS] * 30, group=40_000 * EUROS)
    assert (found.total, found.fits, found.left) == (150_000 * EUROS, 30, 0)
    assert (found.group_share, found.groups) == (27, 3)
    assert [(each.share, each.case) for each in found.reached] == [(75, 23), (90, 27), (100, 30)]


def test_at_the_pace_of_last_year_the_nth_case_comes_a_year_after_the_nth_of_then() -> None:
    begin = date(2023, 9, 1)
    pace = [begin + timedelta(days=10 * n) for n in range(28)]
    found = simulate(150_000 * EUROS, [5_000 * EUROS] * 30, pace)
    assert found.reached == (
        Reached(75, 23, date(2025, 4, 8)),
        Reached(90, 27, date(2025, 5, 18)),
        Reached(100, 30, None),
    )


def test_a_leap_day_becomes_the_last_of_february() -> None:
    assert simulate(100, [100], [date(2024, 2, 29)]).reached[2].on == date(2025, 2, 28)


def test_cases_of_different_sizes_fit_in_the_order_in_which_they_came() -> None:
    found = simulate(1_000, [400, 400, 400, 100])
    assert (found.fits, found.left, found.average) == (2, -300, 325)
    assert [(each.share, each.case) for each in found.reached] == [(75, 2), (90, 3), (100, 3)]


def test_what_is_left_is_filled_with_average_cases() -> None:
    found = simulate(1_000, [100, 200])
    assert (found.fits, found.left) == (2 + 4, 700)
    assert [each.case for each in found.reached] == [5, 6, 7]


def test_no_amounts_are_refused() -> None:
    for amounts in ([], [0, 0]):
        with pytest.raises(Invalid):
            simulate(1_000, amounts)


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(lambda found: sum(found) > 0),
    st.integers(1, 10**9),
)
def test_more_money_never_fits_fewer_cases_and_shares_come_in_order(
    ceiling: int, amounts: list[int], more: int
) -> None:
    less, ample = simulate(ceiling, amounts), simulate(ceiling + more, amounts)
    assert less.fits <= ample.fits
    assert less.left + more == ample.left
    cases = [each.case for each in less.reached]
    assert cases == sorted(cases)
