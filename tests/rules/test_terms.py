"""Every vector of the law, and the laws that hold for any date."""

from collections.abc import Callable
from contextlib import suppress
from datetime import MAXYEAR, date, timedelta
from random import Random
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maatwerk.rules.calendar import is_ordinary_day, next_ordinary_day
from maatwerk.rules.lengths import Length, Unit, add
from maatwerk.rules.refusals import Refused
from maatwerk.rules.terms import (
    Kind,
    Roll,
    Suspension,
    art_4_excludes,
    last_day_for_objection,
    next_due,
    term,
)


def day(text: str) -> date:
    """A date written as in the Netherlands."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def suspended(invited: str, completed: str) -> Suspension:
    return Suspension(day(invited), day(completed))


def codes(start: str, length: str, kind: Kind = "statutory", *, roll: Roll | None = None) -> list[str]:
    return [step.code for step in term(day(start), Length.parse(length), kind, roll=roll).steps]


@pytest.mark.parametrize(
    ("start", "length", "nominal", "due"),
    [
        ("21-02-2025", "P8W", "18-04-2025", "22-04-2025"),  # Good Friday
        ("10-03-2025", "P8W", "05-05-2025", "06-05-2025"),  # 5 May, every year
        ("01-03-2025", "P8W", "26-04-2025", "28-04-2025"),  # King's Day on the 26th
        ("02-03-2026", "P8W", "27-04-2026", "28-04-2026"),  # King's Day
        ("03-04-2025", "P8W", "29-05-2025", "02-06-2025"),  # Ascension Day, a decree day, the weekend
        ("30-10-2025", "P8W", "25-12-2025", "29-12-2025"),  # both Christmas days, the weekend
        ("06-11-2026", "P8W", "01-01-2027", "04-01-2027"),  # New Year's Day on a Friday
        ("06-02-2026", "P8W", "03-04-2026", "07-04-2026"),  # Good Friday
        ("03-01-2026", "P13W", "04-04-2026", "04-04-2026"),  # over twelve weeks: art. 4
        ("30-11-2024", "P8W", "25-01-2025", "27-01-2025"),  # a mere Saturday
        ("31-08-2025", "P3M", "30-11-2025", "01-12-2025"),  # three months roll
        ("31-01-2025", "P4M", "31-05-2025", "31-05-2025"),  # four don't
        ("07-11-2023", "P2Y", "07-11-2025", "07-11-2025"),
        ("08-11-2023", "P2Y", "08-11-2025", "08-11-2025"),  # a Saturday: years don't roll
    ],
)
def test_a_statutory_term_rolls_as_the_law_says(start: str, length: str, nominal: str, due: str) -> None:
    found = term(day(start), Length.parse(length), "statutory")
    assert [step.date for step in found.steps if step.code == "nominal"] == [day(nominal)]
    assert found.due == day(due)
    assert found.dues == (day(due),)
    assert found.steps[-1].date == day(due)


@pytest.mark.parametrize(
    ("start", "suspension", "extended", "due"),
    [
        ("03-02-2025", ("10-02-2025", "20-02-2025"), "09-04-2025", "09-04-2025"),
        ("21-02-2025", ("10-03-2025", "20-03-2025"), "27-04-2025", "28-04-2025"),  # rolled first: 01-05
    ],
)
def test_a_suspension_moves_the_nominal_end_and_rolling_comes_last(
    start: str, suspension: tuple[str, str], extended: str, due: str
) -> None:
    found = term(day(start), Length(8, "week"), "statutory", suspensions=[suspended(*suspension)])
    assert [step.date for step in found.steps if step.code == "suspended"] == [day(extended)]
    assert found.due == day(due)


@pytest.mark.parametrize(
    ("kind", "start", "length", "roll", "due"),
    [
        ("cap", "30-11-2024", "P3M", None, "28-02-2025"),
        ("cap", "31-08-2025", "P3M", None, "30-11-2025"),  # a Sunday
        ("cap", "31-01-2025", "P3M", None, "30-04-2025"),
        ("target", "14-04-2025", "P1W", None, "21-04-2025"),
        ("target", "14-04-2025", "P1W", "none", "21-04-2025"),
        ("target", "14-04-2025", "P1W", "working_day", "22-04-2025"),
        ("target", "02-09-2024", "P1W", None, "09-09-2024"),
        ("counter", "15-09-2025", "P3M", None, "15-12-2025"),
        ("counter", "13-09-2025", "P3M", None, "13-12-2025"),  # a Saturday
        ("recurring", "15-03-2025", "P3M", None, "15-06-2025"),  # a Sunday
        ("recurring", "15-03-2025", "P3M", "working_day", "16-06-2025"),
        ("target", "29-02-2024", "P1Y", None, "28-02-2025"),
        ("statutory", "21-02-2025", "P8W", "none", "18-04-2025"),
    ],
)
def test_another_term_rolls_only_when_it_is_asked_to(
    kind: Kind, start: str, length: str, roll: Roll | None, due: str
) -> None:
    assert term(day(start), Length.parse(length), kind, roll=roll).due == day(due)


def test_the_last_day_for_an_objection_is_six_weeks_from_the_day_after() -> None:
    found = last_day_for_objection(day("07-03-2025"))
    assert found.due == day("22-04-2025")
    assert found.steps[0].text == "Bekendgemaakt op vrijdag 7 maart 2025; de termijn begint de dag erna (Awb art. 6:8)."


def test_a_recurring_term_counts_each_time_from_its_anchor() -> None:
    found = term(day("31-01-2025"), Length(3, "month"), "recurring", count=4)
    assert found.dues == tuple(map(day, ("30-04-2025", "31-07-2025", "31-10-2025", "31-01-2026")))
    assert found.due == found.dues[0]


def test_a_recurring_term_that_rolls_keeps_its_anchor() -> None:
    found = term(day("15-03-2025"), Length(3, "month"), "recurring", count=2, roll="working_day")
    assert found.dues == (day("16-06-2025"), day("15-09-2025"))


@pytest.mark.parametrize(
    ("anchor", "done", "due"),
    [
        ("31-01-2025", [], "30-04-2025"),
        ("31-01-2025", ["30-04-2025"], "31-07-2025"),
        ("31-01-2025", ["30-04-2025", "31-07-2025"], "31-10-2025"),
        ("31-01-2025", ["31-07-2025", "30-04-2025"], "31-10-2025"),
        ("31-01-2025", ["15-03-2025"], "15-06-2025"),
        ("31-01-2025", ["30-04-2025", "15-06-2025"], "15-09-2025"),
        ("31-01-2025", ["02-05-2025"], "02-08-2025"),  # late
        ("31-01-2025", ["30-04-2025", "30-04-2025"], "31-07-2025"),  # two deeds on one day
        ("31-01-2025", ["31-01-2025", "10-01-2025"], "30-04-2025"),  # the anchor, and before it
    ],
)
def test_a_deed_on_the_due_day_keeps_the_anchor_and_another_moves_it(anchor: str, done: list[str], due: str) -> None:
    assert next_due(day(anchor), [day(each) for each in done], Length(3, "month")) == day(due)


@pytest.mark.parametrize(
    ("start", "length", "due", "extended"),
    [
        ("21-12-2018", "P3D", "28-12-2018", True),  # 24 (by decree), 25, 26 December and a weekend: 27 and 28
        ("17-04-2025", "P3D", "23-04-2025", True),  # from Good Friday to Easter Monday
        ("17-04-2025", "P5D", "23-04-2025", True),
        ("17-04-2025", "P2D", "22-04-2025", False),  # too short for art. 2: it merely rolls
        ("17-04-2025", "P6D", "23-04-2025", False),
        ("18-07-2025", "P3D", "22-07-2025", True),  # Friday to Monday holds one ordinary day
        ("14-07-2025", "P3D", "17-07-2025", False),
        ("17-04-2025", "P1W", "24-04-2025", False),
    ],
)
def test_a_statutory_term_of_three_days_or_more_holds_two_ordinary_days(
    start: str, length: str, due: str, extended: bool
) -> None:
    found = term(day(start), Length.parse(length), "statutory")
    assert found.due == day(due)
    assert ("two_ordinary_days" in [step.code for step in found.steps]) is extended


def test_suspended_days_are_no_ordinary_days_of_a_short_term() -> None:
    found = term(day("16-07-2025"), Length(3, "day"), "statutory", suspensions=[suspended("16-07-2025", "18-07-2025")])
    assert found.due == day("21-07-2025")  # 17 stands still; 18, the weekend, 21


def test_a_suspension_that_begins_in_the_days_won_by_article_2_counts() -> None:
    suspension = suspended("22-04-2025", "24-04-2025")
    found = term(day("17-04-2025"), Length(3, "day"), "statutory", suspensions=[suspension])
    assert found.due == day("24-04-2025")
    assert [step.code for step in found.steps] == ["start", "nominal", "two_ordinary_days", "suspended"]


def test_a_suspension_of_one_day_or_less_between_its_ends_adds_that_many() -> None:
    start, length = day("03-02-2025"), Length(8, "week")
    for completed, due in (
        ("10-02-2025", "31-03-2025"),
        ("11-02-2025", "31-03-2025"),
        ("12-02-2025", "01-04-2025"),
    ):
        assert term(start, length, "target", suspensions=[suspended("10-02-2025", completed)]).due == day(due)


def test_a_suspension_after_the_end_counts_for_nothing_and_says_so() -> None:
    found = term(day("03-02-2025"), Length(8, "week"), "statutory", suspensions=[suspended("31-03-2025", "14-04-2025")])
    assert found.due == day("31-03-2025")
    assert found.steps[-1].code == "suspension_outside"


def test_a_suspension_that_begins_in_the_extended_term_counts() -> None:
    suspensions = [suspended("01-04-2025", "08-04-2025"), suspended("10-02-2025", "20-02-2025")]
    found = term(day("03-02-2025"), Length(8, "week"), "target", suspensions=suspensions)
    assert found.due == day("15-04-2025")


def test_a_suspension_that_began_before_the_term_counts_from_its_start() -> None:
    found = term(day("03-02-2025"), Length(8, "week"), "target", suspensions=[suspended("20-01-2025", "06-02-2025")])
    assert found.due == day("02-04-2025")


@pytest.mark.parametrize(
    ("length", "excluded"),
    [
        ("P90D", False),
        ("P91D", True),
        ("P12W", False),
        ("P13W", True),
        ("P3M", False),
        ("P4M", True),
        ("P1Y", True),
    ],
)
def test_article_4_reads_the_term_as_it_is_written(length: str, excluded: bool) -> None:
    assert art_4_excludes(Length.parse(length)) is excluded


def test_a_term_of_91_days_may_end_before_one_of_90() -> None:
    start = day("18-01-2025")
    assert term(start, Length(90, "day"), "statutory").due == day("22-04-2025")
    assert term(start, Length(91, "day"), "statutory").due == day("19-04-2025")


def test_the_derivation_tells_each_reason_in_dutch() -> None:
    found = term(day("21-02-2025"), Length(8, "week"), "statutory", suspensions=[suspended("10-03-2025", "20-03-2025")])
    assert [step.text for step in found.steps] == [
        "De termijn begint na vrijdag 21 februari 2025; die dag telt zelf niet mee.",
        "8 weken lopen tot en met vrijdag 18 april 2025.",
        "Opgeschort van dinsdag 11 maart 2025 tot en met woensdag 19 maart 2025 (Awb art. 4:15): "
        "9 dagen erbij, dus zondag 27 april 2025.",
        "Zondag kan niet de laatste dag zijn (Atw art. 1): het wordt maandag 28 april 2025.",
    ]
    assert term(day("21-02-2025"), Length(8, "week"), "statutory").steps[-1].text == (
        "Goede Vrijdag, zaterdag, zondag en Tweede Paasdag kunnen niet de laatste dag zijn (Atw art. 1): "
        "het wordt dinsdag 22 april 2025."
    )


def test_the_derivation_tells_why_a_term_stays() -> None:
    assert codes("03-01-2026", "P13W")[-1] == "not_rolled"
    assert codes("21-02-2025", "P8W", roll="none")[-1] == "not_rolled"
    assert codes("14-04-2025", "P1W", "target")[-1] == "not_rolled"
    assert codes("15-04-2025", "P1W", "target") == ["start", "nominal"]


def test_a_due_day_in_a_year_without_known_decrees_says_so() -> None:
    assert codes("01-06-2029", "P8W")[-1] == "decrees_unknown"
    assert codes("01-06-2028", "P8W") == ["start", "nominal"]


@pytest.mark.parametrize("text", ["P1D", "P8W", "P3M", "P1Y", "P999999D"])
def test_a_length_reads_what_it_writes(text: str) -> None:
    assert str(Length.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "8W", "P", "P0W", "P-1W", "P1.5W", "p8w", "P8W ", "PT8H", "P1Y6M", "P٣D", "P1000000D"],
)
def test_another_length_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Length.parse(text)


@pytest.mark.parametrize("unit", get_args(Unit))
@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_date_beyond_the_calendar_is_refused(kind: Kind, unit: Unit) -> None:
    for count in (1, 90, 999999):
        with pytest.raises(Refused):
            term(date.max, Length(count, unit), kind)
    with pytest.raises(Refused):
        next_due(date.max, [], Length(1, unit))


def test_a_suspension_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(Refused):
        term(
            date(MAXYEAR, 1, 1),
            Length(1, "month"),
            "cap",
            suspensions=[Suspension(date(MAXYEAR, 1, 2), date.max)],
        )
    assert term(date(MAXYEAR, 1, 1), Length(1, "month"), "cap", suspensions=[Suspension(date.max, date.max)])


def test_what_cannot_be_honoured_is_refused() -> None:
    start, weeks = day("03-01-2026"), Length(13, "week")
    attempts: dict[str, Callable[[], object]] = {
        "suspension_reversed": lambda: Suspension(day("20-03-2025"), day("10-03-2025")),
        "length_not_positive": lambda: Length(0, "day"),
        "long_term_never_rolls": lambda: term(start, weeks, "statutory", roll="working_day"),
        "count_needs_recurring": lambda: term(start, weeks, "target", count=2),
        "count_outside": lambda: term(start, weeks, "recurring", count=0),
        "kind_unknown": lambda: term(start, weeks, "wettelijk"),  # type: ignore[arg-type]
        "roll_unknown": lambda: term(start, weeks, "target", roll="monday"),  # type: ignore[arg-type]
    }
    for code, attempt in attempts.items():
        with pytest.raises(Refused) as caught:
            attempt()
        assert [reason.code for reason in caught.value.reasons] == [code]
        assert all(reason.message and reason.mend for reason in caught.value.reasons)


starts = st.dates(date(2015, 1, 1), date(2040, 12, 31))
kinds = st.sampled_from(get_args(Kind))
rolls: st.SearchStrategy[Roll | None] = st.sampled_from([None, "none"])
short = st.one_of(
    st.builds(Length, st.integers(1, 90), st.just("day")),
    st.builds(Length, st.integers(1, 12), st.just("week")),
    st.builds(Length, st.integers(1, 3), st.just("month")),
)
lengths = st.one_of(
    short,
    st.builds(Length, st.integers(1, 400), st.just("day")),
    st.builds(Length, st.integers(1, 60), st.just("week")),
    st.builds(Length, st.integers(1, 30), st.sampled_from(["month", "year"])),
)
pauses = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 25)), max_size=4)


def suspensions_after(start: date, drawn: list[tuple[int, int]]) -> list[Suspension]:
    found = []
    for offset, days in drawn:
        invited = start + timedelta(days=offset)
        found.append(Suspension(invited, invited + timedelta(days=days)))
    return found


@given(starts, st.integers(0, 40), lengths, kinds, pauses)
def test_a_later_start_never_ends_earlier(
    start: date, later: int, length: Length, kind: Kind, drawn: list[tuple[int, int]]
) -> None:
    second = start + timedelta(days=later)
    suspensions = suspensions_after(second, drawn)
    first_due = term(start, length, kind, suspensions=suspensions).due
    assert first_due <= term(second, length, kind, suspensions=suspensions).due


@given(starts, lengths, st.integers(0, 20), kinds, pauses)
def test_a_longer_term_on_the_same_side_of_article_4_never_ends_earlier(
    start: date, length: Length, more: int, kind: Kind, drawn: list[tuple[int, int]]
) -> None:
    longer = Length(length.count + more, length.unit)
    assume(kind != "statutory" or art_4_excludes(length) == art_4_excludes(longer))
    suspensions = suspensions_after(start, drawn)
    shorter_due = term(start, length, kind, suspensions=suspensions).due
    assert shorter_due <= term(start, longer, kind, suspensions=suspensions).due


@given(starts, lengths, kinds, rolls, pauses)
def test_no_term_ends_before_its_nominal_end(
    start: date, length: Length, kind: Kind, roll: Roll | None, drawn: list[tuple[int, int]]
) -> None:
    found = term(start, length, kind, suspensions=suspensions_after(start, drawn), roll=roll)
    assert start < add(start, length) <= found.due
    assert found.due in [step.date for step in found.steps]


@given(starts, short, pauses)
def test_a_statutory_term_of_at_most_twelve_weeks_never_ends_on_a_rest_day(
    start: date, length: Length, drawn: list[tuple[int, int]]
) -> None:
    found = term(start, length, "statutory", suspensions=suspensions_after(start, drawn))
    assert is_ordinary_day(found.due)


@given(starts, short)
def test_a_term_without_suspension_is_its_nominal_end_rolled_or_its_second_ordinary_day(
    start: date, length: Length
) -> None:
    rolled = next_ordinary_day(add(start, length))
    second = [each for n in range(1, 30) if is_ordinary_day(each := start + timedelta(days=n))][1]
    two_days = length.unit != "day" or length.count >= 3
    assert term(start, length, "statutory").due == (max(rolled, second) if two_days else rolled)


@given(starts, lengths, kinds, pauses)
def test_a_day_that_two_suspensions_share_counts_once(
    start: date, length: Length, kind: Kind, drawn: list[tuple[int, int]]
) -> None:
    suspensions = suspensions_after(start, drawn)
    stopped = {
        each.invited + timedelta(days=n) for each in suspensions for n in range(1, (each.completed - each.invited).days)
    }
    end = add(start, length)
    for each in sorted(stopped):
        end += timedelta(days=start < each <= end)
    assert term(start, length, "target", suspensions=suspensions).due == end
    once = term(start, length, kind, suspensions=suspensions)
    assert once == term(start, length, kind, suspensions=[*suspensions, *suspensions])


@given(starts, lengths, kinds, pauses, st.randoms(use_true_random=False))
def test_the_order_of_suspensions_does_not_matter(
    start: date, length: Length, kind: Kind, drawn: list[tuple[int, int]], chance: Random
) -> None:
    suspensions = suspensions_after(start, drawn)
    shuffled = list(suspensions)
    chance.shuffle(shuffled)
    assert term(start, length, kind, suspensions=suspensions) == term(start, length, kind, suspensions=shuffled)


@given(
    starts,
    st.builds(Length, st.integers(1, 12), st.sampled_from(["day", "week", "month"])),
    st.integers(1, 6),
)
def test_deeds_on_each_due_day_follow_the_recurring_term(start: date, length: Length, times: int) -> None:
    dues = term(start, length, "recurring", count=times + 1).dues
    assert list(dues) == sorted(set(dues))
    assert next_due(start, dues[:times], length) == dues[times]


@given(st.text())
def test_any_text_is_a_length_or_is_refused(text: str) -> None:
    with suppress(Refused):
        Length.parse(text)


@given(lengths)
def test_a_length_survives_writing_and_reading(length: Length) -> None:
    assert Length.parse(str(length)) == length
