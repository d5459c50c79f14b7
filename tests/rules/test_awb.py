"""The Awb around one decision: completing, deciding, extending, the penalty for being late, objecting."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.rules.awb import Extension, decision, not_to_treat, time_to_complete
from maatwerk.rules.calendar import is_ordinary_day
from maatwerk.rules.lengths import Length
from maatwerk.rules.objections import decision_on_objection
from maatwerk.rules.penalties import Ground, Penalty, penalty
from maatwerk.rules.refusals import Refused
from maatwerk.rules.spans import Suspension
from maatwerk.rules.statutes import length_of, penalty_rates
from maatwerk.rules.terms import Term, last_day_for_objection

TWO_WEEKS = Length(2, "week")


def day(text: str) -> date:
    return date.fromisoformat(text)


def codes(found: Term | Penalty) -> list[str]:
    return [step.code for step in found.steps]


def refusal(attempt: object) -> str:
    with pytest.raises(Refused) as caught:
        attempt()  # type: ignore[operator]
    (reason,) = caught.value.reasons
    assert reason.message.endswith((".", ")."))
    assert reason.mend
    return reason.code


def test_the_time_to_complete_is_set_by_the_authority_and_does_not_roll() -> None:
    found = time_to_complete(day("2025-04-07"), TWO_WEEKS)
    assert found.due == day("2025-04-21")
    assert (
        found.steps[-1].text == "Dat is Tweede Paasdag; alleen een wettelijke termijn verschuift daarom (Atw art. 1)."
    )


@pytest.mark.parametrize(
    ("completed", "first", "last"),
    [
        (None, "2025-03-25", "2025-04-22"),  # unused until 24 March; four weeks later is Easter Monday
        ("2025-03-20", "2025-03-20", "2025-04-17"),  # in time, and still not enough
        ("2025-03-24", "2025-03-24", "2025-04-22"),
        ("2025-03-26", "2025-03-25", "2025-04-22"),  # too late is as good as unused
        ("2025-03-10", "2025-03-10", "2025-04-07"),
    ],
)
def test_an_application_is_left_untreated_only_after_its_time_and_within_four_weeks(
    completed: str | None, first: str, last: str
) -> None:
    found = not_to_treat(day("2025-03-10"), TWO_WEEKS, completed=day(completed) if completed else None)
    assert (found.first, found.term.due) == (day(first), day(last))
    assert "Awb art. 4:5" in found.term.steps[0].text


def test_a_decision_is_due_eight_weeks_from_receipt_and_later_by_what_stood_still() -> None:
    assert decision(day("2025-02-21")).due == day("2025-04-22")
    assert decision(day("2025-02-21"), suspensions=[Suspension(day("2025-03-10"), day("2025-03-20"))]).due == (
        day("2025-04-28")
    )


def test_days_agreed_with_the_applicant_stand_still_from_the_first_to_the_last() -> None:
    agreed = Suspension.during(day("2025-03-11"), day("2025-03-19"))
    assert agreed == Suspension(day("2025-03-10"), day("2025-03-20"))
    assert decision(day("2025-02-21"), suspensions=[agreed]).due == day("2025-04-28")


def test_an_extension_told_in_time_names_the_day_and_a_second_is_flagged() -> None:
    once = decision(day("2025-02-21"), extensions=[Extension(day("2025-04-22"), day("2025-05-18"))])
    assert once.due == day("2025-05-18")  # a Sunday: the authority named it
    assert codes(once) == ["start", "nominal", "rolled", "extended"]
    assert once.steps[-1].text == "Verlengd op dinsdag 22 april 2025 tot en met zondag 18 mei 2025 (Awb art. 4:14)."
    second = Extension(day("2025-05-18"), day("2025-06-02"))
    twice = decision(day("2025-02-21"), extensions=[second, Extension(day("2025-04-22"), day("2025-05-18"))])
    assert twice.due == day("2025-06-02")
    assert codes(twice)[-2:] == ["extended", "extended_again"]


def test_what_stood_still_before_an_extension_is_in_its_day_and_what_comes_later_moves_it() -> None:
    extension = Extension(day("2025-04-22"), day("2025-05-20"))
    before = Suspension(day("2025-03-10"), day("2025-03-20"))
    after = Suspension(day("2025-05-12"), day("2025-05-15"))
    received = day("2025-02-21")
    assert decision(received, suspensions=[before], extensions=[extension]).due == day("2025-05-20")
    assert decision(received, suspensions=[before, after], extensions=[extension]).due == day("2025-05-22")
    since = Suspension(day("2025-04-10"), day("2025-05-05"))  # within the first term, after the extension was told
    assert decision(
        received, suspensions=[since], extensions=[Extension(day("2025-04-01"), day("2025-04-29"))]
    ).due == (day("2025-05-23"))
    beyond = Suspension(day("2025-05-20"), day("2025-05-30"))
    assert decision(received, suspensions=[beyond], extensions=[extension]).due == day("2025-05-20")


def test_an_extension_after_the_term_or_that_shortens_it_is_refused() -> None:
    received = day("2025-02-21")
    late, short = Extension(day("2025-04-23"), day("2025-05-20")), Extension(day("2025-04-01"), day("2025-04-22"))
    assert refusal(lambda: decision(received, extensions=[late])) == "extension_too_late"
    assert refusal(lambda: decision(received, extensions=[short])) == "extension_shortens"
    assert refusal(lambda: not_to_treat(received, TWO_WEEKS, completed=day("2025-02-20"))) == "completed_before_invited"


@pytest.mark.parametrize(
    ("days", "euros"),
    [(0, 0), (1, 23), (14, 322), (15, 357), (28, 812), (29, 857), (42, 1442), (43, 1442), (400, 1442)],
)
def test_the_penalty_is_23_35_and_45_euros_a_day_for_two_weeks_each(days: int, euros: int) -> None:
    assert penalty_rates(day("2025-04-28")).owed(days) == euros * 100


def test_the_amounts_are_those_of_the_day_on_which_the_notice_came_in() -> None:
    assert penalty_rates(day("2018-12-31")).owed(42) == 126_000
    assert penalty_rates(day("2019-01-01")).owed(42) == 144_200
    assert refusal(lambda: penalty_rates(day("2009-09-30"))) == "law_not_known_then"


def test_the_penalty_runs_from_the_day_after_two_weeks_and_for_42_days_weekends_included() -> None:
    found = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-05-13"))
    assert (found.first, found.last) == (day("2025-05-13"), day("2025-06-23"))
    assert (found.days, found.cents, found.fixed_by) == (1, 2300, None)
    before = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-05-12"))
    assert (before.days, before.cents, before.fixed_by) == (0, 0, None)
    whole = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-09-01"))
    assert (whole.days, whole.cents) == (42, 144_200)
    assert whole.fixed_by is not None
    assert whole.fixed_by.due == day("2025-07-07")
    assert codes(whole) == ["start", "nominal", "penalty_days", "penalty_owed"]
    assert whole.steps[-1].text == "Tot nu toe 42 dagen: € 1.442,00."


def test_the_two_weeks_are_of_the_law_and_roll_but_the_42_days_do_not() -> None:
    found = penalty(day("2025-04-03"), day("2025-04-04"), at=day("2025-09-01"))  # two weeks later is Good Friday
    assert (found.first, found.last) == (day("2025-04-23"), day("2025-06-03"))
    sunday = penalty(day("2025-04-21"), day("2025-04-27"), at=day("2025-09-01"))
    assert sunday.last.isoweekday() == 1
    assert penalty(day("2025-05-01"), day("2025-05-02"), at=day("2025-09-01")).last == day("2025-06-27")


def test_the_day_on_which_the_decision_is_made_known_counts_no_more() -> None:
    found = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-06-01"), made_known=day("2025-05-15"))
    assert (found.days, found.cents) == (2, 4600)
    assert found.fixed_by is not None
    assert found.fixed_by.due == day("2025-05-28")
    in_time = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-06-01"), made_known=day("2025-05-13"))
    assert (in_time.days, in_time.cents, in_time.fixed_by) == (0, 0, None)


@pytest.mark.parametrize("ground", ["unreasonably_late", "not_concerned", "evidently_unfounded"])
def test_there_is_no_penalty_on_the_grounds_of_the_law(ground: Ground) -> None:
    found = penalty(day("2025-04-22"), day("2025-04-28"), at=day("2025-09-01"), none_because=ground)
    assert (found.days, found.cents, found.fixed_by) == (0, 0, None)
    assert "lid 6" in found.steps[-1].text


def test_a_notice_of_default_before_the_term_has_passed_counts_for_nothing() -> None:
    assert refusal(lambda: penalty(day("2025-04-22"), day("2025-04-22"), at=day("2025-09-01"))) == "notice_too_early"


@pytest.mark.parametrize(
    ("committee", "postponed_on", "due"),
    [
        (False, None, "2025-06-03"),
        (True, None, "2025-07-15"),
        (False, "2025-06-03", "2025-07-15"),
        (True, "2025-07-15", "2025-08-26"),
    ],
)
def test_an_objection_is_decided_in_weeks_from_the_day_after_the_time_to_object(
    committee: bool, postponed_on: str | None, due: str
) -> None:
    postponed = day(postponed_on) if postponed_on else None
    found = decision_on_objection(day("2025-03-07"), committee=committee, postponed_on=postponed)
    assert found.due == day(due)
    assert found.steps[0].text == (
        "Bezwaar kon tot en met dinsdag 22 april 2025; de termijn begint de dag erna (Awb art. 7:10)."
    )


def test_postponing_lengthens_the_nominal_end_and_rolling_comes_last() -> None:
    made_known = day("2025-10-02")  # objecting until 13 November; six weeks later is Christmas, twelve 5 February
    assert decision_on_objection(made_known).due == day("2025-12-29")
    assert decision_on_objection(made_known, postponed_on=day("2025-12-29")).due == day("2026-02-05")
    assert decision_on_objection(made_known, committee=True, postponed_on=day("2026-01-05")).due == day("2026-03-19")
    late = day("2025-11-27")  # until 8 January; with a committee and postponed 14 May, Ascension Day, then a decree day
    assert decision_on_objection(late, committee=True, postponed_on=day("2026-03-01")).due == day("2026-05-18")
    stood_still = [Suspension(day("2025-12-01"), day("2025-12-04"))]
    assert decision_on_objection(made_known, suspensions=stood_still).due == day("2025-12-29")  # Saturday 27 December


def test_postponing_after_the_term_is_refused() -> None:
    assert refusal(lambda: decision_on_objection(day("2025-03-07"), postponed_on=day("2025-06-04"))) == (
        "postponed_too_late"
    )


def test_a_length_holds_since_its_day() -> None:
    assert length_of("objection_decided", day("2009-10-01")) == Length(6, "week")
    assert refusal(lambda: length_of("objection_decided", day("2009-09-30"))) == "law_not_known_then"
    assert length_of("objection", day("1995-01-01")) == Length(6, "week")


dates = st.dates(date(2015, 1, 1), date(2027, 12, 31))


@settings(max_examples=40)
@given(dates, st.integers(0, 30), st.booleans())
def test_every_term_of_the_awb_ends_on_an_ordinary_day_and_never_earlier_for_a_later_start(
    start: date, later: int, committee: bool
) -> None:
    second = start + timedelta(days=later)
    for due in (
        lambda on: decision(on).due,
        lambda on: last_day_for_objection(on).due,
        lambda on: not_to_treat(on, TWO_WEEKS).term.due,
        lambda on: decision_on_objection(on, committee=committee, postponed_on=on).due,
    ):
        assert is_ordinary_day(due(start))
        assert start < due(start) <= due(second)


@settings(max_examples=40)
@given(dates, st.integers(1, 60), st.integers(0, 120))
def test_a_penalty_only_grows_to_its_most(due: date, late: int, later: int) -> None:
    received = due + timedelta(days=late)
    now = penalty(due, received, at=received + timedelta(days=later))
    then = penalty(due, received, at=received + timedelta(days=later + 1))
    assert 0 <= now.cents <= then.cents <= penalty_rates(received).owed(42)
    assert (now.fixed_by is not None) == (now.days == 42)
    assert (now.last - now.first).days == 41
