"""`maatwerk term` as it is typed: its answers, and one Dutch line for every fault."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerk.commands import term
from maatwerk.commands.dutch import DutchParser

GOOD = ("--start", "2025-02-21", "--length", "P8W")
ENGLISH = (
    "usage",
    "error",
    "argument",
    "required",
    "invalid",
    "unrecognized",
    "expected",
    "options",
    "show this",
)


def run(*typed: str) -> int:
    """Runs the command as the command line does; a fault of the parser becomes its exit code."""
    parser = DutchParser(prog="maatwerk")
    term.add(parser.add_subparsers(required=True, metavar="OPDRACHT"))
    try:
        args = parser.parse_args(["term", *typed])
    except SystemExit as stop:
        return int(stop.code or 0)
    return int(args.run(args))


def test_the_example_of_the_issue_gives_its_date_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    example = "--start 2025-02-21 --length P8W --kind statutory --suspend 2025-03-10/2025-03-20 --json"
    assert run(*example.split()) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due"] == "2025-04-28"
    assert "dues" not in answer
    assert [(step["code"], step["date"]) for step in answer["steps"]] == [
        ("start", "2025-02-21"),
        ("nominal", "2025-04-18"),
        ("suspended", "2025-04-27"),
        ("rolled", "2025-04-28"),
    ]


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("--start 2025-02-21 --length P8W", "2025-04-22"),  # statutory when no kind is given
        ("--start 2026-01-03 --length P13W", "2026-04-04"),
        ("--start 2024-11-30 --length P3M --kind cap", "2025-02-28"),
        ("--start 2025-09-15 --length P3M --kind counter", "2025-12-15"),
        ("--start 2025-04-14 --length P1W --kind target", "2025-04-21"),
        ("--start 2025-04-14 --length P1W --kind target --roll working_day", "2025-04-22"),
        ("--start 2025-04-14 --length 10 --unit werkdag", "2025-04-30"),  # a target when no kind is given
        ("--start 2025-04-14 --length P10D --unit working_day", "2025-04-30"),
        ("--start 2025-04-14 --length 2 --unit werkweek --kind cap", "2025-04-30"),
        ("--start 2025-02-07 --length P4W --unit schoolweek --region zuid", "2025-03-14"),
        ("--start 2025-02-14 --length 1 --unit school_week --region noord", "2025-02-28"),
        ("--start 2025-02-14 --length 1 --unit schoolweek --region zuid", "2025-02-21"),
        ("--start 2025-02-20 --length P3D --kind target --exclude schoolvakanties --region zuid", "2025-03-04"),
        ("--start 2025-04-14 --length 10 --unit werkdag --exclude school_holidays --region midden", "2025-05-08"),
        ("--start 2025-02-21 --length 8 --unit week", "2025-04-22"),
        ("--start 2024-11-30 --length 3 --unit maand --kind cap", "2025-02-28"),
        ("--start 2023-11-08 --length 2 --unit jaar", "2025-11-08"),
        ("--start 2025-06-12 --length 10 --unit werkdag --back", "2025-05-26"),
        ("--start 2025-05-05 --length P2W --back", "2025-04-21"),  # Easter Monday
        ("--start 2025-03-14 --length 4 --unit schoolweek --region zuid --back", "2025-02-07"),
        (
            "--start 2025-02-03 --length P8W --suspend 2025-02-14/2025-02-20 --suspend 2025-02-10/2025-02-18",
            "2025-04-09",
        ),
    ],
)
def test_each_kind_gives_its_date(typed: str, due: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*typed.split(), "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == due


def test_a_recurring_term_lists_its_dates(capsys: pytest.CaptureFixture[str]) -> None:
    typed = "--start 2025-01-31 --length P3M --kind recurring --count 3 --json"
    assert run(*typed.split()) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due"] == "2025-04-30"
    assert answer["dues"] == ["2025-04-30", "2025-07-31", "2025-10-31"]


def test_without_json_it_tells_the_derivation_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*GOOD) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2025-04-22  dinsdag 22 april 2025",
        "",
        "- De termijn begint na vrijdag 21 februari 2025; die dag telt zelf niet mee.",
        "- 8 weken lopen tot en met vrijdag 18 april 2025.",
        "- Goede Vrijdag, zaterdag, zondag en Tweede Paasdag kunnen niet de laatste dag zijn (Atw art. 1): "
        "het wordt dinsdag 22 april 2025.",
    ]


def test_counting_back_tells_its_derivation_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    typed = "--start 2025-06-13 --length 4 --unit werkdag --back"
    assert run(*typed.split()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2025-06-06  vrijdag 6 juni 2025",
        "",
        "- De termijn telt terug vanaf vrijdag 13 juni 2025; die dag telt zelf niet mee.",
        "- 4 werkdagen ervoor is vrijdag 6 juni 2025: de laatste dag.",
        "- Niet meegeteld: Tweede Pinksterdag (maandag 9 juni 2025).",
    ]


def test_a_date_that_leans_on_what_is_not_confirmed_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    typed = "--start 2026-10-05 --length 4 --unit schoolweek --region zuid --json"
    assert run(*typed.split()) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert "nog niet bevestigd: herfstvakantie 2026-2027" in steps[-1]["text"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ((), "--start, --length"),
        (("--start",), "--start: de waarde ontbreekt"),
        (("--start", "2025-02-21"), "verplicht maar niet opgegeven: --length"),
        (("--start", "21-02-2025", "--length", "P8W"), "--start 21-02-2025: Dit is geen datum."),
        (("--start", "2025-02-30", "--length", "P8W"), "--start 2025-02-30: Dit is geen datum."),
        (("--start", "20250221", "--length", "P8W"), "--start 20250221: Dit is geen datum."),
        (("--start", "", "--length", "P8W"), "Dit is geen datum."),
        (("--start", "2025\n02\x1b[31m\udcff", "--length", "P8W"), "Dit is geen datum."),
        (("--start", "x" * 5000, "--length", "P8W"), "Schrijf jaar-maand-dag"),
        (("--start", "2025-02-21", "--length", "8 weken"), "--length 8 weken: Dit is geen duur."),
        (("--start", "2025-02-21", "--length", "P0W"), "--length P0W: Een duur is ten minste 1."),
        (("--start", "9999-12-01", "--length", "P8W", "--kind", "cap"), "na het jaar 9999"),
        (("--start", "2150-02-21", "--length", "P8W"), "feestdagen van 2150"),
        ((*GOOD, "--kind", "legal"), "--kind: legal bestaat niet; kies uit statutory, target"),
        ((*GOOD, "--roll", "monday"), "--roll: monday bestaat niet; kies uit working_day"),
        ((*GOOD, "--count", "twee"), "--count: twee is geen geheel getal"),
        ((*GOOD, "--count", "2"), "Alleen een terugkerende termijn heeft een aantal."),
        ((*GOOD, "--kind", "recurring", "--count", "0"), "Kies een aantal van 1 tot en met 1000."),
        ((*GOOD, "--kind", "recurring", "--count", "9" * 4000), "Kies een aantal"),
        ((*GOOD, "--suspend", "2025-03-10"), "twee datums"),
        ((*GOOD, "--suspend", "2025-03-10/x"), "--suspend 2025-03-10/x: Dit is geen datum."),
        ((*GOOD, "--suspend", "2025-03-20/2025-03-10"), "eindigt voor zij begint"),
        ((*GOOD, "--start", "2025-01-04", "--length", "P13W", "--roll", "working_day"), "Atw art. 4"),
        (("--start", "2025-02-21", "--length", "4"), "Geef --unit erbij, zoals --length 4 --unit week"),
        (("--start", "2025-02-21", "--length", "4", "--unit", "uur"), "uur bestaat niet; kies uit dag, week, maand"),
        (("--start", "2025-02-21", "--length", "0", "--unit", "week"), "--length 0: Een duur is ten minste 1."),
        (("--start", "2025-02-21", "--length", "1234567", "--unit", "week"), "Dit is geen duur."),
        ((*GOOD, "--unit", "werkdag"), "--length P8W: Een duur in weken telt niet in werkdagen."),
        ((*GOOD, "--unit", "schoolweek"), "Geef --region noord, midden of zuid."),
        ((*GOOD, "--exclude", "schoolvakanties"), "Geef --region noord, midden of zuid."),
        ((*GOOD, "--exclude", "feestdagen"), "feestdagen bestaat niet; kies uit schoolvakanties"),
        ((*GOOD, "--region", "zuid"), "Laat --region weg, of geef --unit schoolweek"),
        ((*GOOD, "--unit", "schoolweek", "--region", "oost"), "oost bestaat niet; kies uit noord, midden, zuid"),
        ((*GOOD, "--unit", "schoolweek", "--region", "zuid", "--kind", "statutory"), "wettelijke termijn telt niet in"),
        (
            ("--start", "2025-02-21", "--length", "P3M", "--exclude", "schoolvakanties", "--region", "zuid"),
            "niet overslaan",
        ),
        (
            ("--start", "2035-02-21", "--length", "P4W", "--unit", "schoolweek", "--region", "zuid"),
            "van 2034-2035 zijn niet",
        ),
        ((*GOOD, "--back", "--kind", "cap"), "Kies --kind target of statutory."),
        ((*GOOD, "--back", "--roll", "working_day"), "--back: Terugtellen schorst, schuift en herhaalt niet."),
        ((*GOOD, "--back", "--suspend", "2025-03-10/2025-03-20"), "laat --back weg"),
        ((*GOOD, "--back", "--count", "2"), "laat --back weg"),
        (("--start", "0001-01-02", "--length", "P8W", "--back"), "voor het jaar 1"),
        ((*GOOD, "--unknown"), "onbekend: --unknown"),
        ((*GOOD, "--js"), "onbekend: --js"),
        ((*GOOD, "extra"), "onbekend: extra"),
        ((*GOOD, "--json=ja"), "--json krijgt geen waarde"),
    ],
)
def test_a_fault_is_one_dutch_line_with_exit_code_2(
    typed: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*typed) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.startswith("maatwerk")
    assert err.endswith("\n")
    assert err.removesuffix("\n").isprintable()
    assert len(err) < 400
    assert not any(word in err.lower() for word in ENGLISH)


def test_the_help_is_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("gebruik: maatwerk term")
    assert "toon deze uitleg" in shown
    assert not any(word in shown.lower() for word in ENGLISH)


options = st.sampled_from(
    [
        *("--start", "--length", "--kind", "--suspend", "--roll", "--count", "--json", "--help"),
        *("--unit", "--region", "--exclude", "--back"),
    ]
)
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["2025-02-21", "P8W", "P3M", "cap", "recurring", "9999-12-31", "3", "/", "-1", "schoolweek", "werkdag", "zuid"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(options, values), max_size=10))
def test_whatever_is_typed_gets_an_answer_or_one_line(capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    code = run(*typed)
    out, err = capsys.readouterr()
    assert code in (0, 2)
    assert bool(out) == (code == 0)
    assert err.count("\n") == (1 if code else 0)
