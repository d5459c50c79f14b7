"""`maatwerk tenants check` as it is typed: every fault with file, line, key, reason and mend."""

import json
from pathlib import Path

import pytest

from maatwerk import cli
from tests.schemes import SMALL

ROOT = Path(__file__).parents[2]


def check(*typed: str) -> int:
    return cli.main(["tenants", "check", *typed])


def test_the_tenants_of_the_house_have_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(ROOT / "tenants")) == 0
    assert "geen fouten" in capsys.readouterr().out
    for folder in sorted(path.parent for path in (ROOT / "tenants").glob("*/tenant.toml")):
        assert check(str(folder)) == 0


def test_every_fault_of_every_file_is_shown_with_its_place_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tenant.toml").write_text('code = "x"\nnaam = "X"\n', encoding="utf-8")
    (tmp_path / "een" / "scheme.toml").write_text(SMALL + '[zetel.a]\ntitle = "A"\ntitel = "A"\n', encoding="utf-8")
    (tmp_path / "twee" / "scheme.toml").write_text('code = "x"\n[\n', encoding="utf-8")
    (tmp_path / "twee" / "tenant.toml").write_text("code = 3\n", encoding="utf-8")
    assert check(str(tmp_path)) == 1
    lines = capsys.readouterr().out.splitlines()
    line = (SMALL + "[zetel.a]\n").count("\n") + 1
    assert lines[0].startswith(f"{tmp_path}/een/scheme.toml:{line}: zetel.a.title: de sleutel 'title' is onbekend.")
    assert lines[1].strip() == "Herstel: bedoelde u 'titel'?"
    assert any(f"{tmp_path}/twee/scheme.toml:2: (bestand): dit is geen geldige TOML" in told for told in lines)
    assert any(f"{tmp_path}/twee/tenant.toml:1: code:" in told for told in lines)
    assert lines[-1] == "4 bestanden nagekeken: 4 fouten."


def test_the_same_can_be_had_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "regeling.toml"
    path.write_text('code = "x"\n', encoding="utf-8")
    assert check(str(path), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert {fault["sleutel"] for fault in found} == {""}
    assert all(fault.keys() == {"bestand", "regel", "sleutel", "melding", "herstel", "ernst"} for fault in found)
    path.write_text(SMALL, encoding="utf-8")
    assert check(str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("path", ["bestaat-niet", "\x00", "x" * 5000, str(ROOT / "docs")])
def test_a_path_without_schemes_is_one_dutch_line_with_exit_code_2(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(path) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "Hier staat geen regeling." in err


def test_bytes_that_are_no_text_are_one_dutch_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scheme.toml").write_bytes(b"\xff\xfe\x00code")
    assert check(str(tmp_path)) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_scheme_that_counts_by_school_holidays_needs_the_region_of_its_tenant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weeks = '[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["begin"]\nduur = "P4W"\neenheid = "schoolweek"\n'
    (tmp_path / "scheme.toml").write_text(SMALL + weeks, encoding="utf-8")
    tenant = tmp_path / "tenant.toml"
    for more, code, told in (
        ("", 1, f"{tenant}:1: vakantieregio: een regeling telt hier met schoolvakanties."),
        ('vakantieregio = "oost"\n', 1, f"{tenant}:3: vakantieregio: de waarde 'oost' bestaat hier niet."),
        ('vakantieregio = "zuid"\n', 0, "geen fouten"),
        ('vakantieregio = "zuid"\n[[eigen_vakantie]]\nnaam = "x"\nvan = 2025-05-02\n', 1, "'tot_en_met' ontbreekt"),
    ):
        tenant.write_text('code = "x"\nnaam = "X"\n' + more, encoding="utf-8")
        assert check(str(tmp_path)) == code
        assert told in capsys.readouterr().out
