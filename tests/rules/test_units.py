"""Terms in working days, working weeks and school weeks, outside the holidays, and counted back: dates, reasons, doubts, laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.rules.backwards import term_before
from maatwerk.rules.calendar import is_ordinary_day
from maatwerk.rules.counting import Counting
from maatwerk.rules.lengths import Length, Unit, subtract
from maatwerk.rules.refusals import Refused
from maatwerk.rules.school_calendar import OwnHoliday, Region, SchoolCalendar
from maatwerk.rules.spans import Suspension
from maatwerk.rules.terms import Kind, Term, next_due, term

SOUTH = SchoolCalendar(region="zuid")


def day(text: str) -> date:
    return date.fromisoformat(text)


def school_weeks(start: str, count: int, region: Region = "zuid", *own: OwnHoliday) -> Term:
    return term(day(start), Length(count, "school_week"), "target", school=SchoolCalendar(region=region, own=own))


def texts(found: Term, code: str) -> list[str]:
    return [step.text for step in found.steps if step.code == code]


@pytest.mark.parametrize(
    ("start", "count", "unit", "due"),
    [
        ("2025-04-14", 3, "working_day", "2025-04-17"),
        ("2025-04-14", 4, "working_day", "2025-04-22"),  # Good Friday, the weekend, Easter Monday
        ("2025-04-14", 10, "working_day", "2025-04-30"),
        ("2025-04-14", 2, "working_week", "2025-04-30"),  # twice five working days
        ("2025-05-01", 1, "working_day", "2025-05-02"),
        ("2025-05-02", 1, "working_day", "2025-05-06"),  # 5 May
        ("2025-05-28", 1, "working_day", "2025-06-02"),  # Ascension Day, a decree day, the weekend
        ("2025-11-15", 1, "working_day", "2025-11-17"),  # from a Saturday
    ],
)
def test_working_days_are_the_ordinary_days_of_the_law(start: str, count: int, unit: Unit, due: str) -> None:
    assert term(day(start), Length(count, unit), "target").due == day(due)


@pytest.mark.parametrize(
    ("region", "start", "count", "due"),
    [
        ("zuid", "2025-02-07", 4, "2025-03-14"),  # the week of 24 February is a holiday
        ("noord", "2025-02-07", 4, "2025-03-14"),  # there it is that of 17 February
        ("noord", "2025-02-21", 1, "2025-03-02"),  # begun in the holiday: to the Sunday of the next school week
        ("zuid", "2025-02-14", 1, "2025-02-21"),
        ("noord", "2025-02-14", 1, "2025-02-28"),
        ("midden", "2025-10-10", 1, "2025-10-17"),
        ("zuid", "2025-10-10", 1, "2025-10-24"),
        ("midden", "2025-12-12", 2, "2026-01-09"),  # two weeks of Christmas
        ("zuid", "2026-07-03", 2, "2026-08-28"),  # six weeks of summer
        ("zuid", "2026-05-11", 1, "2026-05-18"),  # a week with Ascension Day has school days
    ],
)
def test_school_weeks_leave_out_the_weeks_of_holiday_of_the_region(
    region: Region, start: str, count: int, due: str
) -> None:
    assert school_weeks(start, count, region).due == day(due)


def test_a_week_without_a_school_day_is_no_school_week_though_a_holiday_fills_it_only_partly() -> None:
    rest = OwnHoliday(name="meivakantie", first=date(2025, 5, 6), last=date(2025, 5, 9))
    assert school_weeks("2025-04-25", 1).due == day("2025-05-09")
    assert school_weeks("2025-04-25", 1, "zuid", rest).due == day("2025-05-16")  # Monday 5 May is a rest day


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2025-02-20", Length(3, "day", outside_holidays=True), "2025-03-04"),
        ("2025-02-20", Length(1, "week", outside_holidays=True), "2025-03-08"),
        ("2025-02-20", Length(3, "working_day", outside_holidays=True), "2025-03-04"),
        ("2025-02-20", Length(1, "working_week", outside_holidays=True), "2025-03-06"),
    ],
)
def test_a_length_outside_the_holidays_leaves_their_days_out(start: str, length: Length, due: str) -> None:
    assert term(day(start), length, "target", school=SOUTH).due == day(due)


@pytest.mark.parametrize(
    ("before", "length", "last_day"),
    [
        ("2025-06-13", Length(3, "working_day"), "2025-06-10"),  # a Friday, and the Tuesday
        ("2025-06-13", Length(4, "working_day"), "2025-06-06"),  # Whit Monday
        ("2025-06-12", Length(10, "working_day"), "2025-05-26"),
        ("2025-05-05", Length(2, "week"), "2025-04-21"),  # Easter Monday: nothing rolls
        ("2025-05-31", Length(3, "month"), "2025-02-28"),
        ("2024-02-29", Length(1, "year"), "2023-02-28"),
        ("2025-03-14", Length(4, "school_week"), "2025-02-07"),
        ("2025-03-07", Length(1, "school_week"), "2025-02-21"),
        ("2025-03-04", Length(3, "day", outside_holidays=True), "2025-02-20"),
        ("2025-11-10", Length(1, "working_week"), "2025-11-03"),
    ],
)
def test_a_term_counts_back_from_a_day_and_never_rolls(before: str, length: Length, last_day: str) -> None:
    school = SOUTH if length.needs_school_calendar else None
    assert term_before(day(before), length, school=school).due == day(last_day)


def test_the_atw_leaves_a_statutory_term_that_counts_back_alone() -> None:
    found = term_before(day("2025-05-05"), Length(2, "week"), "statutory")
    assert found.due == day("2025-04-21")
    assert found.steps[-1].text == (
        "Een termijn die terugtelt verschuift niet (Atw art. 1 lid 2), ook al is dat Tweede Paasdag."
    )
    assert term_before(day("2025-04-21"), Length(3, "day"), "statutory").due == day("2025-04-18")  # nor art. 2


def test_days_on_which_a_term_in_other_units_stands_still_are_left_out_of_them() -> None:
    stop = [Suspension(day("2025-04-14"), day("2025-04-24"))]  # 15 to 23 April: five working days
    found = term(day("2025-04-10"), Length(10, "working_day"), "target", suspensions=stop)
    assert found.due == day("2025-05-06")
    assert texts(found, "suspended") == [
        "Opgeschort van dinsdag 15 april 2025 tot en met woensdag 23 april 2025: 5 werkdagen erbij, "
        "dus dinsdag 6 mei 2025."
    ]
    holiday = [Suspension(day("2025-02-23"), day("2025-03-02"))]  # all of it in a week of holiday
    weeks = term(day("2025-02-07"), Length(4, "school_week"), "target", school=SOUTH, suspensions=holiday)
    assert weeks.due == day("2025-03-14")
    assert "geen dag erbij" in texts(weeks, "suspended")[0]


def test_a_recurring_duty_may_be_in_school_weeks_and_counts_each_time_from_its_anchor() -> None:
    length = Length(3, "school_week")
    dues = term(day("2025-09-05"), length, "recurring", count=3, school=SOUTH).dues
    assert dues == (day("2025-09-26"), day("2025-10-24"), day("2025-11-14"))
    assert next_due(day("2025-09-05"), [dues[0]], length, school=SOUTH) == dues[1]
    assert next_due(day("2025-09-05"), [day("2025-09-12")], length, school=SOUTH) == day("2025-10-03")


def test_the_derivation_names_what_did_not_count() -> None:
    assert texts(school_weeks("2025-02-07", 4), "left_out") == ["Niet meegeteld: voorjaarsvakantie 2024-2025."]
    assert texts(term(day("2025-04-14"), Length(10, "working_day"), "target"), "left_out") == [
        "Niet meegeteld: Goede Vrijdag (vrijdag 18 april 2025) en Tweede Paasdag (maandag 21 april 2025)."
    ]
    assert texts(term(day("2025-11-03"), Length(5, "working_day"), "target"), "left_out") == []
    assert texts(term(day("2025-01-01"), Length(300, "working_day"), "target"), "left_out")[0].endswith("en 4 andere.")
    assert term_before(day("2025-06-13"), Length(4, "working_day")).steps[0].text == (
        "De termijn telt terug vanaf vrijdag 13 juni 2025; die dag telt zelf niet mee."
    )


def test_a_date_says_when_it_leans_on_a_holiday_that_is_not_confirmed() -> None:
    told = "In regio zuid nog niet bevestigd: herfstvakantie 2026-2027; controleer deze datum."
    assert texts(school_weeks("2026-10-05", 4), "school_holidays_unconfirmed") == [told]
    assert texts(school_weeks("2026-09-25", 2), "school_holidays_unconfirmed") == []  # up to 9 October
    near = school_weeks("2026-09-28", 2)  # up to 12 October: one week earlier and the holiday would be in it
    assert texts(near, "school_holidays_unconfirmed") == [told]
    assert texts(term_before(day("2026-11-20"), Length(5, "school_week"), school=SOUTH), "school_holidays_unconfirmed")
    own = OwnHoliday(name="herfst", first=date(2026, 10, 17), last=date(2026, 10, 25), replaces="herfstvakantie")
    assert texts(school_weeks("2026-10-05", 4, "zuid", own), "school_holidays_unconfirmed") == []


def test_a_date_says_when_a_school_year_is_not_known_and_is_refused_when_none_is() -> None:
    found = school_weeks("2027-07-01", 4)
    assert texts(found, "school_holidays_unknown") == [
        "De schoolvakanties van 2027-2028 zijn hier niet bekend en dus niet overgeslagen; controleer deze datum."
    ]
    back = term_before(day("2027-10-01"), Length(12, "school_week"), school=SOUTH)
    assert texts(back, "school_holidays_unknown")
    for attempt in (
        lambda: school_weeks("2027-09-01", 4),
        lambda: school_weeks("2015-09-01", 4),
        lambda: term_before(day("2029-10-01"), Length(4, "school_week"), school=SOUTH),
        lambda: term(day("2030-01-01"), Length(4, "day", outside_holidays=True), "cap", school=SOUTH),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert [reason.code for reason in caught.value.reasons] == ["school_holidays_unknown"]


def test_a_date_says_that_many_schools_lengthen_the_may_holiday_unless_it_was_replaced() -> None:
    assert texts(school_weeks("2026-04-10", 3), "school_holidays_often_longer") == [
        "Van de meivakantie 2025-2026 telt de vaste week; veel scholen zijn langer vrij en geven dan eigen dagen op."
    ]
    longer = OwnHoliday(name="mei", first=date(2026, 4, 18), last=date(2026, 5, 3), replaces="meivakantie")
    assert texts(school_weeks("2026-04-10", 3, "zuid", longer), "school_holidays_often_longer") == []
    assert school_weeks("2026-04-10", 3, "zuid", longer).due == day("2026-05-15")
    assert school_weeks("2026-04-10", 3).due == day("2026-05-08")


def test_working_days_in_a_year_without_known_decrees_say_so() -> None:
    found = term(day("2028-12-20"), Length(30, "working_day"), "target")
    assert texts(found, "decrees_unknown") == [
        "De bij besluit gelijkgestelde dagen van 2029 zijn hier niet bekend; controleer deze datum."
    ]


@pytest.mark.parametrize(
    ("code", "kind", "length", "school"),
    [
        ("law_counts_calendar_days", "statutory", Length(10, "working_day"), None),
        ("law_counts_calendar_days", "statutory", Length(4, "school_week"), SOUTH),
        ("law_counts_calendar_days", "statutory", Length(4, "week", outside_holidays=True), SOUTH),
        ("region_missing", "target", Length(4, "school_week"), None),
        ("region_missing", "cap", Length(4, "day", outside_holidays=True), None),
    ],
)
def test_a_unit_that_cannot_be_counted_is_refused(
    code: str, kind: Kind, length: Length, school: SchoolCalendar | None
) -> None:
    attempts = [lambda: term(day("2025-02-03"), length, kind, school=school)]
    if kind in ("statutory", "target"):
        attempts.append(lambda: term_before(day("2025-02-03"), length, kind, school=school))  # type: ignore[arg-type]
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        assert [reason.code for reason in caught.value.reasons] == [code]
        assert caught.value.reasons[0].mend


def test_pairs_that_cannot_be_are_refused() -> None:
    for code, attempt in (
        ("unit_differs", lambda: Length(4, "week").counted_in("working_day")),
        ("unit_differs", lambda: Length(4, "day").counted_in("school_week")),
        ("unit_differs", lambda: Length(4, "day").counted_in("week")),
        ("holidays_not_skipped", lambda: Length(3, "month", outside_holidays=True)),
        ("holidays_not_skipped", lambda: Length(3, "school_week", outside_holidays=True)),
        ("kind_never_backwards", lambda: term_before(day("2025-02-03"), Length(1, "day"), "cap")),  # type: ignore[arg-type]
        ("date_too_far", lambda: term_before(date.min, Length(1, "week"))),
        ("date_too_far", lambda: subtract(date(1, 2, 1), Length(2, "month"))),
        ("holidays_unknown", lambda: term(date(2100, 12, 30), Length(5, "working_day"), "target")),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert [reason.code for reason in caught.value.reasons] == [code]


starts = st.dates(date(2019, 9, 1), date(2026, 6, 30))
counted = st.one_of(
    st.builds(Length, st.integers(1, 60), st.just("working_day"), st.booleans()),
    st.builds(Length, st.integers(1, 12), st.sampled_from(["working_week", "week"]), st.booleans()),
    st.builds(Length, st.integers(1, 12), st.just("school_week")),
)
calendars = st.builds(
    lambda region, first, days: SchoolCalendar(
        region=region, own=(OwnHoliday(name="eigen", first=first, last=first + timedelta(days=days)),)
    ),
    st.sampled_from(["noord", "midden", "zuid"]),
    starts,
    st.integers(0, 20),
)
PER_UNIT = {"week": 7, "school_week": 7, "working_week": 5, "working_day": 1}
few = settings(max_examples=40)


@few
@given(starts, st.integers(0, 40), counted, st.integers(0, 5), calendars)
def test_a_later_start_or_a_longer_length_never_ends_earlier(
    start: date, later: int, length: Length, more: int, school: SchoolCalendar
) -> None:
    due = term(start, length, "target", school=school).due
    longer = Length(length.count + more, length.unit, length.outside_holidays)
    assert start < due <= term(start + timedelta(days=later), longer, "target", school=school).due


@few
@given(starts, counted, calendars)
def test_a_term_ends_on_a_day_that_counts_and_holds_exactly_as_many_as_it_says(
    start: date, length: Length, school: SchoolCalendar
) -> None:
    counting, wanted = Counting(length, school), length.count * PER_UNIT[length.unit]
    due = term(start, length, "target", school=school).due
    assert counting.counts(due)
    assert not counting.works or is_ordinary_day(due)
    assert sum(counting.counts(start + timedelta(days=n)) for n in range(1, (due - start).days + 1)) == wanted
    back = term_before(start, length, school=school).due
    assert back < start
    assert counting.counts(back)
    assert sum(counting.counts(back + timedelta(days=n)) for n in range((start - back).days)) == wanted


@few
@given(starts, counted, calendars, st.integers(0, 30), st.integers(1, 20), st.integers(1, 20))
def test_a_suspension_in_two_parts_adds_what_the_whole_adds(
    start: date, length: Length, school: SchoolCalendar, wait: int, first: int, second: int
) -> None:
    invited = start + timedelta(days=wait)
    middle, completed = invited + timedelta(days=first), invited + timedelta(days=first + second)
    whole = [Suspension(invited, completed)]
    parts = [Suspension(invited, middle), Suspension(middle - timedelta(days=1), completed)]
    for each in (length, Length(length.count, "week")):
        once = term(start, each, "target", school=school, suspensions=whole)
        assert once == term(start, each, "target", school=school, suspensions=parts)
        assert once.due >= term(start, each, "target", school=school).due
