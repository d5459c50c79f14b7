"""The command line as a whole: help in Dutch, one line per fault, quiet when nobody reads or waits."""

import argparse
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from maatwerk import cli
from maatwerk.rules.refusals import Invalid

MAATWERK = str(Path(sys.executable).parent / "maatwerk")
ENGLISH = ("usage:", "positional arguments", "options:", "show this", "traceback")


def test_the_help_is_dutch_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("gebruik: maatwerk")
    assert not any(word in shown.lower() for word in ENGLISH)
    for command in cli.COMMANDS:
        assert command in shown


def test_every_command_module_is_on_the_command_line() -> None:
    folder = Path(cli.__file__).parent / "commands"
    modules = {path.stem for path in folder.glob("*.py") if "def add(subparsers" in path.read_text(encoding="utf-8")}
    assert modules == set(cli.COMMANDS)


def test_every_command_explains_itself_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    for command in cli.COMMANDS:
        assert cli.main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("gebruik: maatwerk")
        assert not any(word in shown.lower() for word in ENGLISH)


@pytest.mark.parametrize("typed", [["--help"], ["term", "--help"], ["anonymise", "--help"], ["scheme", "--help"]])
def test_a_command_that_needs_no_database_waits_for_no_framework(typed: list[str]) -> None:
    """Every module that is imported is paid for at each start."""
    argv = [sys.executable, "-X", "importtime", MAATWERK, *typed]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=30)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert {"argparse", "maatwerk"} <= imported
    assert not imported & {"asyncpg", "httpx", "litestar", "piccolo", "pikepdf", "pypdf", "redis", "typst"}


def test_without_a_command_the_help_is_shown_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "opdrachten" in capsys.readouterr().err


@pytest.mark.parametrize("typed", [["bestaat-niet"], ["--bestaat-niet"], ["te\x00rm"], ["t" * 5000], ["\udcff"]])
def test_an_unknown_command_is_one_dutch_line(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(typed) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("maatwerk: ")


def listen_to(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """Puts one more command on the command line: `proef`, which does what it is given."""

    def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        subparsers.add_parser("proef").set_defaults(run=run)

    monkeypatch.setattr(cli, "COMMANDS", {"proef": "doe een proef"})
    monkeypatch.setattr(cli, "command", lambda name: SimpleNamespace(add=add))


def test_a_refusal_that_escapes_a_command_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(args: argparse.Namespace) -> int:
        raise Invalid.because("proef", "Dit kan niet.", mend="Kies iets anders.")

    listen_to(monkeypatch, refuse)
    assert cli.main(["proef"]) == 2
    assert capsys.readouterr().err == "maatwerk proef: Dit kan niet. Kies iets anders.\n"


def test_an_interrupted_command_stops_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    listen_to(monkeypatch, interrupted)
    assert cli.main(["proef"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_left_is_no_fault() -> None:
    process = subprocess.Popen(
        [MAATWERK, "term", "--start", "2025-01-31", "--length", "P1D", "--kind", "recurring", "--count", "1000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, complaint = process.communicate(timeout=30)
    assert complaint == b""
    assert process.returncode == 141
