"""Helpers with school years, spans, reference dates and percentages: right at their edges, and unclear for what can't be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.conditions import UNCLEAR, evaluate
from maatwerk.rules.money import rounded_share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("schooljaar('2024-07-31')", "2023-2024"),
        ("schooljaar('2024-08-01')", "2024-2025"),
        ("schooljaar_begin('2025-07-31')", "2024-08-01"),
        ("schooljaar_einde('2024-08-01')", "2025-07-31"),
        ("schooljaar_einde('2025-07-31')", "2025-07-31"),
        ("jaardag('2025-12-31', 10, 1)", "2025-10-01"),
        ("jaardag(schooljaar_begin('2025-03-01'), 10, 1)", "2024-10-01"),
        ("leeftijd_op('2013-10-01', jaardag('2025-02-01', 10, 1))", 12),
        ("leeftijd_op('2013-10-02', jaardag('2025-02-01', 10, 1))", 11),
        ("dagen_tussen('2025-03-01', '2025-03-01')", 0),
        ("dagen_tussen('2024-02-28', '2024-03-01')", 2),
        ("weken_tussen('2025-03-03', '2025-03-09')", 0),
        ("weken_tussen('2025-03-03', '2025-03-10')", 1),
        ("procent(10001, 50)", 5001),  # half a cent goes up
        ("procent(333, 33)", 110),
        ("procent(0, 100)", 0),
        ("afgerond_op(1249, 500)", 1000),
        ("afgerond_op(1250, 500)", 1500),
        ("afgerond_op(7, 3)", 6),
        ("afgerond_op(8, 3)", 9),
    ],
)
def test_a_helper_reckons_exactly(text: str, value: object) -> None:
    assert evaluate(text, {}) == value


@pytest.mark.parametrize(
    "text",
    [
        "schooljaar('gisteren')",
        "schooljaar_begin('')",
        "schooljaar_einde('2025-02-30')",
        "jaardag('2025-01-01', 2, 30)",
        "jaardag('2025-01-01', 13, 1)",
        "dagen_tussen('2025-03-02', '2025-03-01')",
        "weken_tussen('2025-03-02', '2025-03-01')",
        "procent(100, 101)",
        "procent(100, -1)",
        "procent(-1, 50)",
        "afgerond_op(100, 0)",
        "afgerond_op(-1, 5)",
        "afgerond_op(9223372036854775807, 10)",
    ],
)
def test_what_can_not_be_reckoned_is_unclear(text: str) -> None:
    assert evaluate(text, {}) is UNCLEAR


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_a_share_and_the_rest_are_the_whole_and_neither_is_a_cent_off(cents: int, percent: int) -> None:
    share = rounded_share(cents, percent)
    assert 0 <= share <= cents
    assert abs(share * 100 - cents * percent) <= 50
