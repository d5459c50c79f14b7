"""The 11-test, and what looks like a BSN in running text but is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.bsn import find_bsns, is_bsn

BSN = "123456782"
SHORT = "12345672"


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_bsns(text)]


def with_check_digit(start: int) -> str | None:
    """Nine digits that pass, or None when the eight given ones have no check digit."""
    digits = f"{start:08d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
    return f"{digits}{check}" if check < 10 else None


bsns = st.integers(10_000_000, 99_999_999).map(with_check_digit).filter(bool)


@pytest.mark.parametrize("digits", ["123456783", "000000000", "12345678", "1234567820", "", "12345678a", "½23456782"])
def test_what_fails_the_test_is_no_bsn(digits: str) -> None:
    assert not is_bsn(digits)


def test_nine_digits_and_eight_without_the_leading_zero_can_be_a_bsn() -> None:
    assert is_bsn(BSN)
    assert is_bsn(SHORT) == is_bsn("0" + SHORT)


@pytest.mark.parametrize(
    "spelling",
    ["123456782", "123 456 782", "1234.56.782", "1234 56 782", "123-456-782", "12.34.56.782", "123\u00a0456\u00a0782"],
)
def test_a_bsn_is_found_in_broken_spellings(spelling: str) -> None:
    assert found(f"Het nummer is {spelling}, dank.") == [spelling]


@given(bsns, st.sampled_from(["", " ", ".", "-"]))
def test_every_bsn_is_found_in_groups_of_three(bsn: str, separator: str) -> None:
    spelling = separator.join((bsn[:3], bsn[3:6], bsn[6:]))
    assert found(f"nr {spelling}.") == [spelling]


@pytest.mark.parametrize(
    "text",
    [
        "0190aaaa-bbbb-7ccc-8ddd-a123456782bc",
        "12345678-0000-7000-8000-123456782000",
        "tel. 06-12345678",
        "tel. 020 123 4567",
        "+31 6 12345678",
        "0031 612345678",
        "NL13 TEST 0123 4567 89",
        "€ 123.456.782",
        "123.456.782,00",
        "op 13-06-2015 om 9 uur",
        "op 2015-06-13",
        "in 2024-2025 en zaak 2024-0042",
        "kenmerk 1123456782",
        "kenmerk 12345678200",
    ],
)
def test_phones_accounts_amounts_dates_and_longer_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_bsn_beside_a_phone_is_found() -> None:
    assert found("123456782 06-12345678") == [BSN]
    assert found("BSN 123 456 782 06-12345678") == ["123 456 782"]


@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_that_pass(text: str) -> None:
    end = 0
    for span in find_bsns(text):
        assert end <= span.start < span.end <= len(text)
        assert is_bsn("".join(sign for sign in text[span.start : span.end] if sign.isdecimal()))
        end = span.end
