"""Clocks of a case: each kind's last day and the day it passes, suspensions, clocks that hang on clocks, what comes by itself."""

from datetime import date, timedelta

import pytest

from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.catching_up import alarms, catch_up
from maatwerk.rules.clocks import Clock
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from tests.regio36 import COORDINATOR, FACTS, ONDERSTEUNER, SCHEME, do, filed, under_review, vote
from tests.rules.test_regio36_intake import BRIDGING
from tests.schemes import done, small


def clock(scheme: Scheme, acts: list[Act], at: str, name: str) -> Clock:
    return next(c for c in standing(scheme, acts, date.fromisoformat(at)).clocks if c.id == name)


def a_clock(kind: str, start: str = "handeling.indienen", length: str = 'duur = "P1W"', more: str = "") -> Scheme:
    return small(f'[termijn.t]\ntitel = "T"\nsoort = "{kind}"\nstart = ["{start}"]\n{length}\n{more}\n')


@pytest.mark.requirement("R36-45")
def test_the_target_of_a_week_runs_from_completeness_and_is_lapsed_the_day_after() -> None:
    acts = do(filed("2024-09-02"), "volledig_verklaren", ONDERSTEUNER, "2024-09-04")
    target = clock(SCHEME, acts, "2024-09-11", "reactie")
    assert (target.due, target.status) == (date(2024, 9, 11), "loopt")
    assert clock(SCHEME, acts, "2024-09-12", "reactie").status == "verstreken"
    assert [step.date for step in target.steps] == [date(2024, 9, 4), date(2024, 9, 11)]
    from_receipt = clock(SCHEME, acts, "2024-09-04", "reactie_vanaf_ontvangst")
    assert from_receipt.due == date(2024, 9, 9)


@pytest.mark.requirement("R36-45")
def test_the_decision_of_e3_leaves_before_the_target() -> None:
    acts = vote(under_review("2024-09-02"), "de_meierij", "dm1", "voor", "2024-09-03")
    acts = vote(acts, "swv_3006", "s1", "voor", "2024-09-05")
    acts = do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-06")
    target = clock(SCHEME, acts, "2024-10-01", "reactie")
    assert (target.due, target.status, target.stopped_on) == (date(2024, 9, 9), "gestopt", date(2024, 9, 6))
    late = do(vote(vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03"), "swv_3006", "s1", "voor", "2024-09-05"),
              "besluit_verzenden", ONDERSTEUNER, "2024-09-10")  # fmt: skip
    assert clock(SCHEME, late, "2024-09-10", "reactie").status == "te_laat_gestopt"


@pytest.mark.requirement("R36-28")
def test_the_bridging_cap_warns_is_reached_on_the_day_and_never_rolls_off_a_saturday() -> None:
    dates = {"overbrugging_van": "2025-02-22", "overbrugging_tot": "2025-05-22", "overname_op": "2025-05-22",
             "periode_van": "2025-02-22", "periode_tot": "2025-05-22"}  # fmt: skip
    acts = filed("2025-02-03", **{**BRIDGING, **dates})
    cap = clock(SCHEME, acts, "2025-02-22", "overbrugging")
    assert (cap.due, cap.due.isoweekday(), cap.passes_on) == (date(2025, 5, 22), 4, date(2025, 5, 22))
    saturday = filed("2024-11-04", **{**BRIDGING, "overbrugging_van": "2024-11-15", "overbrugging_tot": "2025-02-15",
                                      "periode_van": "2024-11-15", "periode_tot": "2025-02-15", "overname_op": "2025-02-15"})  # fmt: skip
    cap = clock(SCHEME, saturday, "2024-12-01", "overbrugging")
    assert (cap.due, cap.due.isoweekday()) == (date(2025, 2, 15), 6)
    assert cap.warn_on == (date(2025, 2, 1),)
    assert clock(SCHEME, saturday, "2025-02-14", "overbrugging").status == "loopt"
    assert clock(SCHEME, saturday, "2025-02-15", "overbrugging").status == "verstreken"


@pytest.mark.requirement("R36-28")
def test_the_bridging_tells_the_ondersteuner_before_and_at_the_end() -> None:
    acts = filed("2024-11-04", **BRIDGING)
    told = alarms(SCHEME, acts, date(2024, 11, 4), date(2025, 3, 1))
    assert [(a.kind, a.id, a.on) for a in told if a.id == "overbrugging"] == [
        ("waarschuwing", "overbrugging", date(2025, 2, 14)),
        ("verstreken", "overbrugging", date(2025, 2, 28)),
    ]
    assert all(a.follow.role == "ondersteuner" and a.follow.task for a in told if a.id == "overbrugging")
    for later in ({"overbrugging_tot": "2025-04-30"}, {"periode_tot": "2025-04-30"}):
        with pytest.raises(Refused):
            do(acts, "aanvullen", COORDINATOR, "2024-11-05", later)
    taken = do(acts, "overgenomen", ONDERSTEUNER, "2024-11-20")
    assert [a for a in alarms(SCHEME, taken, date(2024, 11, 20), date(2025, 3, 1)) if a.id == "overbrugging"] == []
    assert clock(SCHEME, taken, "2025-03-01", "overbrugging").status == "gestopt"


def test_alarms_are_told_once_each_whatever_the_steps_in_which_one_looks() -> None:
    acts = do(filed("2024-09-02"), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    start, end = date(2024, 9, 2), date(2024, 9, 20)
    at_once = alarms(SCHEME, acts, start, end)
    daily = [a for n in range(18) for a in alarms(SCHEME, acts, start + timedelta(n), start + timedelta(n + 1))]
    assert [(a.kind, a.id, a.on) for a in at_once] == [
        ("waarschuwing", "reactie", date(2024, 9, 7)),
        ("verstreken", "reactie", date(2024, 9, 10)),
        ("verstreken", "reactie_vanaf_ontvangst", date(2024, 9, 10)),
    ]
    assert daily == list(at_once)


def test_the_next_moment_is_the_first_warning_passing_or_birthday() -> None:
    def coming(at: str) -> date | None:
        return standing(SCHEME, acts, date.fromisoformat(at), FACTS).next_moment

    pupil = {"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": "2008-09-09"}
    acts = do(filed("2024-09-02", leerling=pupil), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    assert coming("2024-09-02") == date(2024, 9, 7)
    assert coming("2024-09-07") == date(2024, 9, 9)  # sixteen
    assert coming("2024-09-09") == date(2024, 9, 10)
    assert coming("2024-09-10") is None


def test_who_decides_on_sharing_changes_on_the_sixteenth_birthday() -> None:
    pupil = {"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": "2008-09-09"}
    acts = do(filed("2024-09-02", leerling=pupil), "toestemming_vastleggen", ONDERSTEUNER, "2024-09-02",
              {"wie": "ouder", "stand": "gegeven"})  # fmt: skip

    def state(at: str, acts: list[Act]) -> str:
        return standing(SCHEME, acts, date.fromisoformat(at), FACTS).consents["delen_met_beoordelaars"]

    assert state("2024-09-08", acts) == "gevraagd"  # she has not been heard
    heard = do(acts, "toestemming_vastleggen", ONDERSTEUNER, "2024-09-03", {"wie": "leerling", "stand": "geweigerd"})
    assert state("2024-09-08", heard) == "gegeven"  # she speaks along, her parents decide
    assert state("2024-09-09", heard) == "geweigerd"  # she decides
    assert heard[-1].consequences.became == ("toestemming.delen_met_beoordelaars.gegeven",)


@pytest.mark.parametrize(
    ("kind", "length", "due", "passes"),
    [
        ("streef", "P1W", "2025-04-21", "2025-04-22"),  # Easter Monday: a target stays
        ("wettelijk", "P1W", "2025-04-22", "2025-04-23"),
        ("maximum", "P1W", "2025-04-21", "2025-04-21"),
        ("teller", "P3M", "2025-07-14", "2025-07-14"),
        ("wettelijk", "P13W", "2025-07-14", "2025-07-15"),
    ],
)
def test_each_kind_has_its_last_day_and_the_day_it_passes(kind: str, length: str, due: str, passes: str) -> None:
    scheme = a_clock(kind, length=f'duur = "{length}"')
    found = clock(scheme, done(scheme, ("indienen", "2025-04-14")), "2025-04-14", "t")
    assert (found.due.isoformat(), found.passes_on.isoformat()) == (due, passes)


def test_a_target_rolls_only_when_the_scheme_says_so() -> None:
    scheme = a_clock("streef", more='rol = "werkdag"')
    assert clock(scheme, done(scheme, ("indienen", "2025-04-14")), "2025-04-14", "t").due == date(2025, 4, 22)


def test_a_recurring_clock_goes_on_from_the_deed_unless_it_was_done_on_the_day() -> None:
    more = 'voldoet = ["handeling.noteren"]'
    scheme = a_clock("terugkerend", length='duur = "P3M"', more=more)
    acts = done(scheme, ("indienen", "2025-01-31"))
    assert clock(scheme, acts, "2025-02-01", "t").due == date(2025, 4, 30)
    on_time = done(scheme, ("indienen", "2025-01-31"), ("noteren", "2025-04-30"))
    assert clock(scheme, on_time, "2025-05-01", "t").due == date(2025, 7, 31)
    early = done(scheme, ("indienen", "2025-01-31"), ("noteren", "2025-03-15"))
    assert clock(scheme, early, "2025-05-01", "t").due == date(2025, 6, 15)
    assert clock(scheme, early, "2025-06-16", "t").status == "verstreken"


def test_a_fixed_day_is_the_last_day_whenever_it_starts() -> None:
    scheme = a_clock("streef", start="begin", length="op = 2025-05-31")
    found = clock(scheme, done(scheme, ("indienen", "2025-01-31")), "2025-02-01", "t")
    assert (found.due, found.passes_on) == (date(2025, 5, 31), date(2025, 6, 1))
    assert "vaste dag" in found.steps[0].text


def test_a_clock_can_start_on_a_day_that_was_filled_in_before_the_filing() -> None:
    scheme = a_clock("teller", start="formulier.vanaf", length='duur = "P3M"')
    acts = done(scheme, ("indienen", "2025-11-03", {"vraag": "x", "vanaf": "2025-09-15"}))
    assert clock(scheme, acts, "2025-12-14", "t").status == "loopt"
    assert clock(scheme, acts, "2025-12-15", "t").status == "verstreken"
    acts = done(
        scheme,
        ("indienen", "2025-11-03", {"vraag": "x", "vanaf": "2025-09-15"}),
        ("aanvullen", "2025-11-04", {"vanaf": "2025-10-01"}),
    )
    assert clock(scheme, acts, "2025-12-15", "t").due == date(2026, 1, 1)


SUSPENDED = """
schorst = [["handeling.uitnodigen", "handeling.aanvullen", "termijn.aanvultermijn.verstreken"]]
stopt = ["stap.besluit.besloten"]
[termijn.aanvultermijn]
titel = "Aanvultermijn"
soort = "streef"
start = ["handeling.uitnodigen"]
duur = "P2W"
stopt = ["handeling.aanvullen"]
"""
STATUTORY = a_clock("wettelijk", length='duur = "P8W"', more=SUSPENDED)


def test_a_statutory_term_is_suspended_from_the_invitation_to_the_completion() -> None:
    acts = done(STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"))
    assert clock(STATUTORY, acts, "2025-03-15", "t").status == "geschorst"
    acts = done(
        STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"), ("aanvullen", "2025-03-20", {"aantal": 1})
    )
    found = clock(STATUTORY, acts, "2025-03-21", "t")
    assert (found.due, found.status) == (date(2025, 4, 28), "loopt")
    assert [step.code for step in found.steps] == ["start", "nominal", "suspended", "rolled"]


def test_a_suspension_ends_when_the_time_to_complete_has_passed_unused() -> None:
    acts = done(STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"))
    found = clock(STATUTORY, acts, "2025-05-01", "t")
    assert found.status == "loopt"
    assert found.due == date(2025, 5, 2)  # nominal 18-04 and the 14 days 11 to 24 March
    late = done(
        STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"), ("aanvullen", "2025-04-01", {"aantal": 1})
    )
    assert clock(STATUTORY, late, "2025-05-01", "t").due == date(2025, 5, 2)


def test_a_second_invitation_within_a_suspension_adds_nothing_and_one_after_it_does() -> None:
    within = done(STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"), ("uitnodigen", "2025-03-12"),
                  ("aanvullen", "2025-03-20", {"aantal": 1}))  # fmt: skip
    assert clock(STATUTORY, within, "2025-04-01", "t").due == date(2025, 4, 28)
    again = done(STATUTORY, ("indienen", "2025-02-21"), ("uitnodigen", "2025-03-10"), ("aanvullen", "2025-03-20", {"aantal": 1}),
                 ("uitnodigen", "2025-04-01"), ("aanvullen", "2025-04-03", {"aantal": 2}))  # fmt: skip
    assert clock(STATUTORY, again, "2025-04-04", "t").due == date(2025, 4, 28)  # 27 + 1 = Monday 28 April


def test_a_closed_case_stops_its_clocks_but_a_breach_stays_a_breach() -> None:
    scheme = a_clock("streef")
    in_time = done(scheme, ("indienen", "2025-03-03"), ("besluiten", "2025-03-05"))
    assert clock(scheme, in_time, "2025-06-01", "t").status == "gestopt"
    too_late = done(scheme, ("indienen", "2025-03-03"), ("besluiten", "2025-03-20"))
    assert clock(scheme, too_late, "2025-06-01", "t").status == "verstreken"


ESCALATING = """
[stap.bestuur]
titel = "Bestuur"
fase = "bestuur"
na = ["termijn.t.verstreken"]
handelingen = ["besluiten"]
"""


def test_a_step_can_wait_for_a_clock_and_opens_by_itself_on_the_day_it_passes() -> None:
    scheme = a_clock("streef", more='stopt = ["stap.besluit.besloten"]\n' + ESCALATING)
    acts = done(scheme, ("indienen", "2025-03-03"))
    assert catch_up(scheme, acts, date(2025, 3, 10), Facts()) == ()
    (came,) = catch_up(scheme, acts, date(2025, 3, 25), Facts())
    assert (came.kind, came.on, came.by.role, came.seq) == ("vanzelf", date(2025, 3, 11), "systeem", 2)
    assert [opened.step for opened in came.consequences.opened] == ["bestuur"]
    grown = [*acts, came]
    assert catch_up(scheme, grown, date(2025, 4, 25), Facts()) == ()
    assert standing(scheme, grown, date(2025, 3, 25)).phase == "bestuur"
    assert rejudge(scheme, grown) is None
    assert standing(scheme, acts, date(2025, 3, 3)).next_moment == date(2025, 3, 11)


def test_a_step_can_wait_for_a_day_that_was_filled_in() -> None:
    scheme = small(
        '[stap.later]\ntitel = "Later"\nfase = "later"\nna = ["formulier.vanaf"]\nhandelingen = ["besluiten"]\n'
    )
    future = done(scheme, ("indienen", "2025-03-03", {"vraag": "x", "vanaf": "2025-04-01"}))
    assert fold(scheme, future).steps["later"].status == "wacht"
    assert standing(scheme, future, date(2025, 3, 3)).next_moment == date(2025, 4, 1)
    assert catch_up(scheme, future, date(2025, 3, 31), Facts()) == ()
    assert [act.on for act in catch_up(scheme, future, date(2025, 4, 2), Facts())] == [date(2025, 4, 1)]
    past = done(scheme, ("indienen", "2025-03-03", {"vraag": "x", "vanaf": "2025-03-01"}))
    assert fold(scheme, past).steps["later"].status == "open"
