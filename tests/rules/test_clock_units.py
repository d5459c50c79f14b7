"""Clocks of a scheme that count working days, school weeks, or back from a day; and the holidays of whoever uses the scheme."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from maatwerk.rules.acts import Act
from maatwerk.rules.catching_up import alarms
from maatwerk.rules.clocks import Clock, if_begun
from maatwerk.rules.loading import load, parse
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.school_calendar import OwnHoliday, SchoolCalendar
from maatwerk.rules.standing import standing
from maatwerk.rules.tenant_calendar import needs_calendar, read_calendar, with_calendar
from tests.schemes import SMALL, done, small

TENANTS = Path(__file__).parents[2] / "tenants"
NORTH, SOUTH = SchoolCalendar(region="noord"), SchoolCalendar(region="zuid")


def a_clock(kind: str, length: str, more: str = "", start: str = "handeling.indienen") -> Scheme:
    return small(f'[termijn.t]\ntitel = "T"\nsoort = "{kind}"\nstart = ["{start}"]\nduur = "{length}"\n{more}\n')


def clock(scheme: Scheme, acts: list[Act], at: str) -> Clock:
    return next(c for c in standing(scheme, acts, date.fromisoformat(at)).clocks if c.id == "t")


def filed(scheme: Scheme, on: str) -> list[Act]:
    return done(scheme, ("indienen", on))


WEEKS = a_clock("streef", "P4W", 'eenheid = "schoolweek"')


def test_a_clock_in_school_weeks_goes_by_the_holidays_of_the_tenant() -> None:
    assert needs_calendar(WEEKS)
    north, south = with_calendar(WEEKS, NORTH), with_calendar(WEEKS, SOUTH)
    assert clock(north, filed(north, "2025-10-03"), "2025-10-03").due == date(2025, 11, 7)
    assert clock(south, filed(south, "2025-10-03"), "2025-10-03").due == date(2025, 11, 7)
    assert clock(north, filed(north, "2025-09-17"), "2025-09-17").due == date(2025, 10, 15)
    assert clock(south, filed(south, "2025-09-17"), "2025-09-17").due == date(2025, 10, 22)
    assert with_calendar(WEEKS, SOUTH) is south
    assert not needs_calendar(south)
    assert [step.code for step in clock(south, filed(south, "2025-09-17"), "2025-09-17").steps] == [
        "start", "nominal", "left_out",
    ]  # fmt: skip


def test_a_school_with_days_of_its_own_has_dates_of_its_own() -> None:
    own = OwnHoliday(name="projectweek", first=date(2025, 9, 22), last=date(2025, 9, 26))
    school = with_calendar(WEEKS, SOUTH.of_school((own,)))
    assert clock(school, filed(school, "2025-09-17"), "2025-09-17").due == date(2025, 10, 29)


def test_a_calendar_that_a_scheme_names_itself_stays() -> None:
    scheme = a_clock("streef", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "zuid" }')
    assert not needs_calendar(scheme)
    assert with_calendar(scheme, NORTH) is scheme
    assert clock(scheme, filed(scheme, "2025-09-17"), "2025-09-17").due == date(2025, 10, 22)


def test_other_clocks_need_no_calendar_and_know_none() -> None:
    statutory = a_clock("wettelijk", "P8W")
    assert not needs_calendar(statutory)
    assert with_calendar(statutory, SOUTH) is statutory
    assert clock(statutory, filed(statutory, "2025-02-21"), "2025-02-21").due == date(2025, 4, 22)


@pytest.mark.parametrize(
    ("length", "more", "due", "passes"),
    [
        ("P10D", 'eenheid = "werkdag"', "2025-04-30", "2025-05-01"),
        ("P2W", 'eenheid = "werkweek"', "2025-04-30", "2025-05-01"),
        ("P10D", 'eenheid = "werkdag"\nzonder_vakanties = true', "2025-05-08", "2025-05-09"),
        ("P2W", "zonder_vakanties = true", "2025-05-07", "2025-05-08"),
    ],
)
def test_a_clock_counts_working_days_and_leaves_holidays_out(length: str, more: str, due: str, passes: str) -> None:
    scheme = with_calendar(a_clock("streef", length, more), SOUTH)
    found = clock(scheme, filed(scheme, "2025-04-14"), "2025-04-14")
    assert (found.due.isoformat(), found.passes_on.isoformat()) == (due, passes)


def test_a_recurring_clock_may_count_school_weeks() -> None:
    more = 'eenheid = "schoolweek"\nvoldoet = ["handeling.noteren"]'
    scheme = with_calendar(a_clock("terugkerend", "P3W", more), SOUTH)
    acts = done(scheme, ("indienen", "2025-09-05"), ("noteren", "2025-09-26"))
    assert clock(scheme, acts, "2025-09-27").due == date(2025, 10, 24)


def test_days_that_stand_still_are_no_working_days_of_the_clock() -> None:
    more = 'eenheid = "werkdag"\nschorst = [["handeling.uitnodigen", "handeling.aanvullen"]]'
    scheme = a_clock("streef", "P10D", more)
    acts = done(
        scheme, ("indienen", "2025-04-10"), ("uitnodigen", "2025-04-14"), ("aanvullen", "2025-04-24", {"aantal": 1})
    )
    assert clock(scheme, acts, "2025-04-24").due == date(2025, 5, 6)


@pytest.mark.parametrize(
    ("scheme", "on", "due", "told"),
    [
        (WEEKS, "2025-02-07", "2025-03-07", "Zonder vakantieregio"),
        (with_calendar(WEEKS, SOUTH), "2035-02-07", "2035-03-07", "De schoolvakanties van 2034-2035 zijn niet bekend."),
    ],
)
def test_what_no_calendar_knows_never_breaks_a_case(scheme: Scheme, on: str, due: str, told: str) -> None:
    found = clock(scheme, filed(scheme, on), on)
    assert found.due.isoformat() == due
    assert found.steps[-1].text.startswith(told)
    assert found.steps[-1].text.endswith("controleer deze datum.")


def test_a_statutory_clock_from_a_day_before_the_known_holidays_never_breaks_a_case() -> None:
    scheme = a_clock("wettelijk", "P8W", start="formulier.vanaf")
    acts = done(scheme, ("indienen", "2025-02-07", {"vraag": "x", "vanaf": "1950-01-02"}))
    assert clock(scheme, acts, "2025-02-07").steps[-1].code == "calendar_unknown"


BACK = a_clock(
    "streef",
    "P10D",
    'eenheid = "werkdag"\nvooraf = true\nstopt = ["handeling.indienen"]\nwaarschuw = ["P1W"]',
    start="formulier.vanaf",
)
NOTED = a_clock(
    "streef",
    "P10D",
    'eenheid = "werkdag"\nvooraf = true\nstopt = ["handeling.noteren"]\nwaarschuw = ["P1W", "P8W"]',
    start="formulier.vanaf",
)


@pytest.mark.parametrize(
    ("on", "status"), [("2025-05-20", "gestopt"), ("2025-05-26", "gestopt"), ("2025-05-27", "te_laat_gestopt")]
)
def test_what_is_filed_ten_working_days_before_the_committee_is_in_time(on: str, status: str) -> None:
    acts = done(BACK, ("indienen", on, {"vraag": "x", "vanaf": "2025-06-12"}))
    found = clock(BACK, acts, "2025-06-01")
    assert (found.started, found.due, found.status) == (date(2025, 6, 12), date(2025, 5, 26), status)
    assert found.steps[0].text.startswith("De termijn telt terug vanaf donderdag 12 juni 2025")


def test_a_clock_that_counts_back_warns_and_passes_like_another_and_moves_with_its_day() -> None:
    acts = done(NOTED, ("indienen", "2025-05-01", {"vraag": "x", "vanaf": "2025-06-12"}))
    found = clock(NOTED, acts, "2025-05-02")
    assert (found.due, found.passes_on, found.status) == (date(2025, 5, 26), date(2025, 5, 27), "loopt")
    assert found.warn_on == (date(2025, 5, 19),)  # that of eight weeks before was before anybody knew the day
    told = alarms(NOTED, acts, date.min, date(2025, 6, 30))
    assert [(alarm.kind, alarm.on) for alarm in told] == [
        ("waarschuwing", date(2025, 5, 19)),
        ("verstreken", date(2025, 5, 27)),
    ]
    later = done(
        NOTED,
        ("indienen", "2025-05-01", {"vraag": "x", "vanaf": "2025-06-12"}),
        ("aanvullen", "2025-05-02", {"vanaf": "2025-09-11"}),
    )
    assert clock(NOTED, later, "2025-05-03").due == date(2025, 8, 28)


def test_what_was_done_before_the_day_was_known_is_in_time() -> None:
    acts = done(
        NOTED,
        ("indienen", "2025-05-01", {"vraag": "x", "vanaf": "2025-06-12"}),
        ("noteren", "2025-05-05"),
        ("aanvullen", "2025-05-20", {"vanaf": "2025-05-22"}),
    )
    found = clock(NOTED, acts, "2025-05-21")
    assert (found.due, found.status, found.stopped_on) == (date(2025, 5, 8), "gestopt", date(2025, 5, 5))


KINDS = {
    "streef": 'duur = "P1W"',
    "maximum": 'duur = "P3M"',
    "terugkerend": 'duur = "P3M"\nvoldoet = ["handeling.noteren"]',
    "teller": 'duur = "P3M"\nstopt = ["stap.besluit.besloten"]',
    "wettelijk": 'duur = "P8W"',
}
EACH = small(
    "".join(
        f'[termijn.{kind}]\ntitel = "T"\nsoort = "{kind}"\nstart = ["handeling.indienen"]\n{length}\n'
        for kind, length in KINDS.items()
    )
)


@pytest.mark.requirement("ALL-05")
@pytest.mark.parametrize(
    ("deeds", "due", "passes"),
    [
        # from a Saturday: only the law rolls; a cap and a counter are reached on the day itself
        ([("indienen", "2025-11-15")],
         ["2025-11-22", "2026-02-15", "2026-02-15", "2026-02-15", "2026-01-12"],
         ["2025-11-23", "2026-02-15", "2026-02-16", "2026-02-15", "2026-01-13"]),
        # a talk on the due day keeps the day number of the anchor; nothing else begins again
        ([("indienen", "2025-01-31"), ("noteren", "2025-04-30")],
         ["2025-02-07", "2025-04-30", "2025-07-31", "2025-04-30", "2025-03-28"],
         ["2025-02-08", "2025-04-30", "2025-08-01", "2025-04-30", "2025-03-29"]),
        # a talk on any other day becomes the anchor
        ([("indienen", "2025-01-31"), ("noteren", "2025-03-15")],
         ["2025-02-07", "2025-04-30", "2025-06-15", "2025-04-30", "2025-03-28"],
         ["2025-02-08", "2025-04-30", "2025-06-16", "2025-04-30", "2025-03-29"]),
    ],
)  # fmt: skip
def test_a_week_three_kinds_of_three_months_and_eight_weeks_of_law_each_keep_their_own_arithmetic(
    deeds: list[tuple[str, str]], due: list[str], passes: list[str]
) -> None:
    acts = done(EACH, *deeds)
    found = {each.id: each for each in standing(EACH, acts, acts[-1].on + timedelta(days=1)).clocks}
    assert [found[kind].due.isoformat() for kind in KINDS] == due
    assert [found[kind].passes_on.isoformat() for kind in KINDS] == passes


def test_on_the_day_of_three_months_a_cap_and_a_counter_are_reached_and_a_duty_has_until_its_end() -> None:
    acts = done(EACH, ("indienen", "2025-01-31"))

    def passed(at: date) -> dict[str, bool]:
        return {each.id: each.has_passed for each in standing(EACH, acts, at).clocks if each.id != "wettelijk"}

    assert passed(date(2025, 4, 29)) == {"streef": True, "maximum": False, "terugkerend": False, "teller": False}
    assert passed(date(2025, 4, 30)) == {"streef": True, "maximum": True, "terugkerend": False, "teller": True}
    assert passed(date(2025, 5, 1)) == {"streef": True, "maximum": True, "terugkerend": True, "teller": True}


@pytest.mark.requirement("KOP-19")
def test_weeks_of_school_holiday_count_in_the_eight_weeks_of_the_kop() -> None:
    kop = load((TENANTS / "kop-van-noord-holland/scheme.toml").read_text(encoding="utf-8"))
    assert with_calendar(kop, NORTH) is kop
    assert if_begun(kop, "besluit", date(2025, 12, 1)).due == date(2026, 1, 26)  # two weeks of Christmas holiday
    weeks = parse(
        SMALL
        + '[termijn.t]\ntitel = "T"\nsoort = "wettelijk"\nstart = ["begin"]\nduur = "P8W"\neenheid = "schoolweek"\n'
    )
    assert [fault.key for fault in weeks[1]] == ["termijn.t.eenheid"]


def test_a_partnership_says_whose_holidays_count_in_its_tenant_file() -> None:
    own = {"naam": "mei", "van": date(2026, 4, 18), "tot_en_met": "2026-05-03", "in_plaats_van": "meivakantie"}
    calendar, faults = read_calendar({"vakantieregio": "noord", "eigen_vakantie": [own]})
    assert faults == ()
    holiday = OwnHoliday(name="mei", first=date(2026, 4, 18), last=date(2026, 5, 3), replaces="meivakantie")
    assert calendar == SchoolCalendar(region="noord", own=(holiday,))
    assert read_calendar({}) == (None, ())


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"vakantieregio": "oost"}, "vakantieregio"),
        ({"vakantieregio": 3}, "vakantieregio"),
        (
            {"eigen_vakantie": [{"naam": "x", "van": date(2026, 4, 18), "tot_en_met": date(2026, 4, 18)}]},
            "vakantieregio",
        ),
        ({"vakantieregio": "zuid", "eigen_vakantie": "mei"}, "eigen_vakantie"),
        ({"vakantieregio": "zuid", "eigen_vakantie": [3]}, "eigen_vakantie.0"),
        ({"vakantieregio": "zuid", "eigen_vakantie": [{"naam": "x", "van": "morgen"}]}, "eigen_vakantie.0.van"),
        (
            {
                "vakantieregio": "zuid",
                "eigen_vakantie": [{"naam": "x", "van": "2026-04-18", "tot_en_met": "2026-04-17"}],
            },
            "eigen_vakantie.0",
        ),
    ],
)
def test_a_calendar_that_cannot_be_is_a_fault_with_its_key(settings: dict[str, object], key: str) -> None:
    calendar, faults = read_calendar(settings)
    assert calendar is None
    assert key in [fault.key for fault in faults]
    assert all(fault.message and fault.mend for fault in faults)
