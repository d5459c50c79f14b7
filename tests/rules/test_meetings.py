"""Committees with dates, and periods that begin or end on a fixed day: what is due when, and why in words."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.catching_up import alarms, catch_up
from maatwerk.rules.clocks import Clock
from maatwerk.rules.history import fold
from maatwerk.rules.loading import parse
from maatwerk.rules.meetings import planned, with_dates
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

COMMITTEE = """
[vergadering.commissie]
titel = "Commissie toewijzing"
data = [2025-03-13, 2025-04-08]
inleveren = "P10D"
bij_geen_datum = { taak = "Plan een vergadering van de commissie", rol = "bureau" }
[termijn.commissie]
titel = "Vergadering van de commissie"
soort = "streef"
start = ["handeling.indienen"]
vergadering = "commissie"
waarschuw = ["P3D"]
[handeling.adviseren]
titel = "Adviseren"
door = ["bureau"]
uitkomst = "geadviseerd"
[stap.commissie]
titel = "Commissie"
fase = "commissie"
na = ["termijn.commissie.verstreken"]
handelingen = ["adviseren"]
"""


def meets(on: str, scheme: Scheme | None = None) -> Clock:
    scheme = scheme or small(COMMITTEE)
    (clock,) = standing(scheme, done(scheme, ("indienen", on)), date.fromisoformat(on)).clocks
    return clock


def words(clock: Clock) -> str:
    return " ".join(step.text for step in clock.steps)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2025-01-02", "2025-03-13"),
        ("2025-03-03", "2025-03-13"),
        ("2025-03-04", "2025-04-08"),
        ("2025-03-29", "2025-04-08"),
    ],
)
def test_the_first_meeting_of_which_the_closing_day_has_not_passed_is_the_one(filed: str, due: str) -> None:
    assert meets(filed).due == date.fromisoformat(due)


def test_the_date_comes_with_its_reason_in_words() -> None:
    assert words(meets("2025-03-03")) == (
        "Op tijd voor de vergadering van donderdag 13 maart 2025 (sluiting maandag 3 maart 2025): Commissie toewijzing."
    )
    late = words(meets("2025-03-04"))
    assert (
        "Ingeleverd na de sluiting van maandag 3 maart 2025, dus niet voor de vergadering van donderdag 13 maart 2025."
        in late
    )
    assert "vergadering van dinsdag 8 april 2025" in late


@pytest.mark.parametrize(("filed", "due"), [("2025-02-27", "2025-03-13"), ("2025-02-28", "2025-04-08")])
def test_a_closing_day_may_be_counted_in_working_days(filed: str, due: str) -> None:
    working = small(COMMITTEE.replace('"P10D"', '"P10D"\neenheid = "werkdag"'))
    assert meets(filed, working).due == date.fromisoformat(due)


def test_without_time_to_hand_in_the_day_of_the_meeting_itself_is_in_time() -> None:
    open_door = small(COMMITTEE.replace('inleveren = "P10D"\n', ""))
    assert meets("2025-03-13", open_door).due == date(2025, 3, 13)
    assert meets("2025-03-14", open_door).due == date(2025, 4, 8)


def test_a_step_waits_for_the_meeting_and_opens_on_its_day() -> None:
    scheme = small(COMMITTEE)
    acts = done(scheme, ("indienen", "2025-03-04"))
    assert catch_up(scheme, acts, date(2025, 4, 7), Facts()) == ()
    (act,) = catch_up(scheme, acts, date(2025, 4, 8), Facts())
    assert [opened.step for opened in act.consequences.opened] == ["commissie"]
    told = alarms(scheme, acts, date(2025, 3, 4), date(2025, 4, 8))
    assert [(alarm.kind, alarm.on) for alarm in told] == [
        ("waarschuwing", date(2025, 4, 5)), ("verstreken", date(2025, 4, 8)),
    ]  # fmt: skip


def waits(on: str, scheme: Scheme) -> tuple[list[Act], Any]:
    acts = done(scheme, ("indienen", on))
    return acts, standing(scheme, acts, date.fromisoformat(on))


def test_when_no_later_date_is_known_it_says_so_and_somebody_is_asked_to_plan_one() -> None:
    scheme = small(COMMITTEE)
    acts, found = waits("2025-03-30", scheme)
    assert found.clocks == ()
    (waiting,) = found.undated
    assert (waiting.id, waiting.meeting, waiting.started) == ("commissie", "commissie", date(2025, 3, 30))
    assert "er is nog geen datum bekend" in waiting.steps[-1].text
    assert "dinsdag 8 april 2025" in waiting.steps[-1].text
    assert [(e.kind, e.title, e.audience) for e in acts[-1].consequences.effects] == [
        ("taak", "Plan een vergadering van de commissie", "bureau")
    ]
    assert found.look_on == date(2025, 3, 31)
    later = done(scheme, ("indienen", "2025-03-30"), ("noteren", "2025-04-01"))
    assert later[-1].consequences.effects == ()


def test_a_date_that_the_partnership_plans_later_is_the_one_without_another_act() -> None:
    scheme = small(COMMITTEE)
    acts, _ = waits("2025-03-30", scheme)
    settings = {"vergadering": [
        {"regeling": "klein", "vergadering": "commissie", "data": ["2025-06-03"]},
        {"regeling": "klein", "vergadering": "commissie", "data": [date(2025, 5, 6)]},
        {"regeling": "anders", "vergadering": "commissie", "data": ["2025-04-20"]},
    ]}  # fmt: skip
    wider = with_dates(scheme, planned(settings, scheme))
    assert wider is with_dates(scheme, planned(settings, scheme))
    found = standing(wider, acts, date(2025, 4, 1))
    assert (found.undated, found.clocks[0].due, found.look_on) == ((), date(2025, 5, 6), date(2025, 4, 2))
    assert with_dates(scheme, planned({}, scheme)) is scheme


def test_a_closed_case_waits_for_no_meeting() -> None:
    scheme = small(COMMITTEE)
    acts = done(scheme, ("indienen", "2025-03-30"), ("besluiten", "2025-04-01"))
    found = standing(scheme, acts, date(2025, 4, 2))
    assert (found.undated, found.look_on) == ((), None)


ANCHORS = """
[termijn.vanaf_indiening]
titel = "Vanaf de indiening"
soort = "maximum"
start = ["handeling.indienen"]
duur = "P3M"
[termijn.vanaf_volledigheid]
titel = "Vanaf de volledigheid"
soort = "maximum"
start = ["handeling.aanvullen"]
duur = "P3M"
[termijn.vanaf_toekenning]
titel = "Vanaf de toekenning"
soort = "maximum"
start = ["stap.besluit.besloten"]
duur = "P3M"
loopt_door = true
[termijn.vanaf_vaste_dag]
titel = "Vanaf een vaste dag"
soort = "maximum"
begin_op = 2024-10-01
duur = "P3M"
"""


def test_a_period_runs_from_filing_from_completeness_from_the_grant_or_from_a_fixed_day() -> None:
    scheme = small(ANCHORS)
    acts = done(scheme, ("indienen", "2024-09-02"), ("aanvullen", "2024-09-16"), ("besluiten", "2024-09-30"))
    clocks = {clock.id: (clock.started, clock.due) for clock in standing(scheme, acts, date(2024, 9, 30)).clocks}
    assert clocks == {
        "vanaf_indiening": (date(2024, 9, 2), date(2024, 12, 2)),
        "vanaf_volledigheid": (date(2024, 9, 16), date(2024, 12, 16)),
        "vanaf_toekenning": (date(2024, 9, 30), date(2024, 12, 30)),
        "vanaf_vaste_dag": (date(2024, 10, 1), date(2025, 1, 1)),
    }


def test_a_period_from_a_fixed_day_can_be_ended_before_that_day() -> None:
    scheme = small(ANCHORS.replace("begin_op = 2024-10-01", 'begin_op = 2024-10-01\nstopt = ["handeling.noteren"]'))
    acts = done(scheme, ("indienen", "2024-09-02"), ("noteren", "2024-09-10"))
    (clock,) = [c for c in standing(scheme, acts, date(2025, 2, 1)).clocks if c.id == "vanaf_vaste_dag"]
    assert (clock.status, clock.stopped_on) == ("gestopt", date(2024, 9, 10))


@pytest.mark.requirement("DV-20")
@pytest.mark.parametrize(
    ("granted", "kind", "due"),
    [
        ("2024-09-30", "schooljaar", "2025-07-31"),
        ("2024-07-31", "schooljaar", "2024-07-31"),
        ("2024-08-01", "schooljaar", "2025-07-31"),
        ("2024-09-30", "kalenderjaar", "2024-12-31"),
    ],
)
def test_a_grant_ends_with_the_year_in_which_it_was_made_and_going_on_needs_a_new_decision(
    granted: str, kind: str, due: str
) -> None:
    scheme = small(
        f"""
[termijn.toekenning]
titel = "Toekenning"
soort = "streef"
start = ["handeling.toekennen"]
tot = "{kind}"
waarschuw = ["P1M"]
bij_waarschuwing = {{ taak = "Beslis over verlenging", rol = "bureau" }}
[handeling.toekennen]
titel = "Toekennen"
door = ["bureau"]
wanneer = "open"
[handeling.betalen]
titel = "Betalen"
door = ["bureau"]
wanneer = "open"
[voorwaarde.geldt_nog]
bij = ["betalen"]
als = "has(laatste.toekennen) && !termijn.toekenning.verstreken"
melding = "De toekenning geldt alleen in het jaar waarin zij is gegeven."
herstel = "Neem een nieuw besluit."
"""
    )
    acts = done(scheme, ("indienen", "2024-07-01"), ("toekennen", granted))
    (clock,) = standing(scheme, acts, date.fromisoformat(granted)).clocks
    assert clock.due == date.fromisoformat(due)
    assert f"Eindigt met het {kind}" in clock.steps[0].text

    def blocks(day: date) -> list[str]:
        offer = next(o for o in standing(scheme, acts, day).offers if o.act == "betalen")
        return [reason.code for reason in offer.blocks]

    assert blocks(clock.due) == []
    assert blocks(clock.passes_on) == ["geldt_nog"]
    renewed = done(
        scheme, ("indienen", "2024-07-01"), ("toekennen", granted), ("toekennen", clock.passes_on.isoformat())
    )
    (clock,) = standing(scheme, renewed, clock.passes_on).clocks
    assert clock.status == "loopt"


CLOCK = '[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["handeling.indienen"]\n'
MEETING = '[vergadering.v]\ntitel = "V"\ndata = [2025-03-13]\nbij_geen_datum = { taak = "Plan", rol = "bureau" }\n'
LATER = '[rol.ouder]\ntitel = "O"\nplaats = "gezin"\n[[inzage]]\nwie = "ouder"\nvanaf = ["handeling.noteren"]\nuitkomsten = ["besluit"]\n'
FAULTY = [
    (MEETING.replace("[2025-03-13]", "[2025-04-08, 2025-03-13] #!") + CLOCK + 'vergadering = "v"\n', "vergadering.v.data", "op volgorde"),
    (MEETING.replace("[2025-03-13]", "[2025-03-13, 2025-03-13] #!") + CLOCK + 'vergadering = "v"\n', "vergadering.v.data", "twee keer"),
    (MEETING.replace("2025-03-13]", "0001-03-13] #!") + CLOCK + 'vergadering = "v"\n', "vergadering.v.data", "jaar kan niet"),
    (MEETING + 'inleveren = "tien dagen" #!\n' + CLOCK + 'vergadering = "v"\n', "vergadering.v.inleveren", "geen duur"),
    (MEETING + 'inleveren = "P400D" #!\n' + CLOCK + 'vergadering = "v"\n', "vergadering.v.inleveren", "te lang"),
    (MEETING + 'inleveren = "P2M" #!\neenheid = "werkdag"\n' + CLOCK + 'vergadering = "v"\n', "vergadering.v.inleveren", "dagen"),
    (MEETING + CLOCK + 'vergadering = "v"\neenheid = "werkdag" #!\n', "termijn.t.eenheid", "telt niets"),
    (MEETING.replace("[vergadering.v]", "[vergadering.v] #!"), "vergadering.v", "geen enkele termijn"),
    (LATER + MEETING.replace('"bureau" }', '"ouder" } #!') + CLOCK.replace("handeling.indienen", "stap.besluit.besloten") + 'vergadering = "v"\n', "vergadering.v.bij_geen_datum.rol", "nog niet hoort"),
    (MEETING.replace('"bureau" }', '"koning" } #!') + CLOCK + 'vergadering = "v"\n', "vergadering.v.bij_geen_datum.rol", "'koning' bestaat niet"),
    (CLOCK + 'vergadering = "v" #!\n', "termijn.t.vergadering", "'v' bestaat niet"),
    (MEETING + CLOCK.replace("[termijn.t]", "[termijn.t] #!") + 'vergadering = "v"\nduur = "P1W"\n', "termijn.t", "maar een ervan"),
    (CLOCK.replace("[termijn.t]", "[termijn.t] #!") + 'tot = "schooljaar"\nop = 2025-01-01\n', "termijn.t", "maar een ervan"),
    (CLOCK + 'tot = "schooljaar"\nrol = "werkdag" #!\n', "termijn.t.rol", "schuiven nooit"),
    (CLOCK + 'tot = "schooljaar"\nschorst = [["handeling.uitnodigen", "handeling.aanvullen"]] #!\n', "termijn.t.schorst", "verschuift niet"),
    (CLOCK.replace("streef", "terugkerend") + 'tot = "schooljaar"\nvoldoet = ["handeling.noteren"] #!\n', "termijn.t.voldoet", "heeft een duur"),
    (CLOCK + 'tot = "maand" #!\n', "termijn.t.tot", "bestaat hier niet"),
    (MEETING + CLOCK + 'vergadering = "v"\nbegin_op = 2025-01-01 #!\n', "termijn.t.begin_op", "vanaf een moment"),
    (CLOCK + "begin_op = 2025-01-01\nop = 2024-01-01 #!\n", "termijn.t.op", "voor zij begint"),
    (CLOCK + 'begin_op = 0001-01-01 #!\nduur = "P1Y"\n', "termijn.t.begin_op", "jaar kan niet"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "key", "told"), FAULTY, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTY)])
def test_each_fault_names_its_key_its_line_and_the_mend(extra: str, key: str, told: str) -> None:
    text = SMALL + extra
    scheme, found = parse(text)
    assert scheme is None
    mine = [fault for fault in found if fault.key == key and told in fault.message]
    assert mine, [str(fault) for fault in found]
    assert all(fault.mend for fault in found)
    assert mine[0].line == next(number for number, line in enumerate(text.splitlines(), 1) if "#!" in line)


def test_a_meeting_of_which_nobody_hears_that_dates_run_out_is_warned_about() -> None:
    quiet = '[vergadering.v]\ntitel = "V"\n' + CLOCK + 'vergadering = "v"\n'
    scheme, (warning,) = parse(SMALL + quiet)
    assert scheme is not None
    assert (warning.key, warning.severity) == ("vergadering.v", "waarschuwing")
    assert fold(scheme, done(scheme, ("indienen", "2025-01-01"))).acts[-1].consequences.effects == ()
