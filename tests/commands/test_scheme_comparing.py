"""`maatwerk scheme diff` and `budget` as they are typed: sentences and sums in Dutch, one line for every fault."""

import json
from pathlib import Path

import pytest

from maatwerk import cli
from maatwerk.commands.progress import Progress

ROOT = Path(__file__).parents[2]
REGIO_36 = str(ROOT / "tenants/regio-36")
VERBINDING = str(ROOT / "tenants/de-verbinding")
TEXT = (ROOT / "tenants/regio-36/scheme.toml").read_text(encoding="utf-8")


@pytest.fixture
def newer(tmp_path: Path) -> str:
    path = tmp_path / "nieuw.toml"
    path.write_text(TEXT.replace("nodig = 2", "nodig = 3").replace('duur = "P3M"', 'duur = "P2M"'), encoding="utf-8")
    return str(path)


def test_a_comparison_is_told_by_heading(newer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "diff", REGIO_36, newer]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "STAPPEN\n  Stap 'Beoordeling', hoe zij eindigt, aantal stemmen dat nodig is: was 2, wordt 3.\n"
    )
    assert "was 3 maanden, wordt 2 maanden." in told
    assert cli.main(["scheme", "diff", REGIO_36, REGIO_36]) == 0
    assert capsys.readouterr().out == "De regels zijn gelijk.\n"


def test_a_comparison_as_data_has_the_members_of_the_api(newer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "diff", newer, REGIO_36, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["sleutel"] for each in found] == ["stap.beoordeling.regel.nodig", "termijn.overbrugging.duur"]
    assert all(each.keys() == {"groep", "sleutel", "uitleg"} for each in found)


def test_thirty_of_five_thousand_fit_in_the_book_of_the_scheme(capsys: pytest.CaptureFixture[str]) -> None:
    typed = ["scheme", "budget", VERBINDING, "maatwerkbudget", "--cases", "30", "--average", "5000", "--group", "40000"]
    assert cli.main(typed) == 0
    told = capsys.readouterr().out
    assert "30 zaken van gemiddeld € 5.000,00 is € 150.000,00; dat houdt € 0,00 over." in told
    assert "Er passen 30 zaken in." in told
    assert "90 % is gebruikt bij zaak 27" in told
    assert "Een groep van het maximum neemt 27 %" in told
    assert cli.main([*typed, "--json", "--ceiling", "100000"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["plafond"], found["passend"], found["rest"], found["groepsDeel"]) == (10_000_000, 20, -5_000_000, 40)
    assert [each["zaak"] for each in found["bereikt"]] == [15, 18, 20]


def test_without_amounts_the_estimate_of_the_book_is_reckoned_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "budget", VERBINDING, "maatwerkbudget", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["aantal"], found["gemiddelde"], found["passend"], found["rest"]) == (30, 500_000, 30, 0)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["diff", REGIO_36], "verplicht maar niet opgegeven: NIEUW"),
        (["diff", REGIO_36, "bestaat-niet"], "Hier staat geen regeling."),
        (["diff", REGIO_36, str(ROOT / "README.md")], "heeft een fout"),
        (["budget", VERBINDING, "kas"], "Deze regeling kent dat boek niet."),
        (["budget", REGIO_36, "interventiebudget", "--ceiling", "1"], "Geef --cases en --average"),
        (["budget", VERBINDING, "maatwerkbudget", "--cases", "2"], "Geef --cases en --average"),
        (["budget", VERBINDING, "maatwerkbudget", "--cases", "0", "--average", "1"], "Reken met 1 tot en met"),
        (["budget", VERBINDING, "maatwerkbudget", "--cases", "2", "--average", "0"], "geen bedragen"),
        (["budget", VERBINDING, "maatwerkbudget", "--amounts", "1,x"], "Dit zijn geen hele bedragen."),
        (["budget", REGIO_36, "interventiebudget", "--amounts", "1"], "geen plafond bekend"),
        (["budget", VERBINDING, "maatwerkbudget", "--amounts", "1", "--at", "morgen"], "Dit is geen datum."),
        (["dry-run", "regio-36", REGIO_36, "--from", "2024-02-01"], "verplicht maar niet opgegeven: --until"),
        (["dry-run", "regio-36", REGIO_36, "--from", "2024-02-01", "--until", "2024-01-01"], "Wissel ze om."),
        (
            ["dry-run", "regio-36", REGIO_36, "--from", "2024", "--until", "2024-01-01"],
            "--from 2024: Dit is geen datum.",
        ),
    ],
)
def test_a_wrong_call_is_one_dutch_line_with_exit_code_2(
    typed: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["scheme", *typed]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_where_nobody_watches_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Progress(3, "zaken")
    for _ in range(3):
        bar.step()
    bar.end()
    assert capsys.readouterr().err == ""
