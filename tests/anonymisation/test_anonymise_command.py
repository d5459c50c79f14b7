"""`maatwerk anonymise` as a process: line for line, without database, key or environment."""

import json
import subprocess
import sys
from pathlib import Path

from tests.anonymisation.invented import CASE

GOOD = json.dumps({"id": "a-1", "known": CASE, "text": "Quinty woont in Bergen."})


def command(*options: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = "import sys; from maatwerk.commands import anonymise as c; import argparse as a; "
    program += "p = a.ArgumentParser(); c.add(p.add_subparsers()); n = p.parse_args(); sys.exit(n.run(n))"
    return subprocess.run(
        [sys.executable, "-c", program, "anonymise", *options], input=typed, capture_output=True, env={}, check=False
    )


def test_each_line_is_answered_in_order_with_its_spans() -> None:
    done = command(typed=f"{GOOD}\n\n{GOOD.replace('a-1', 'a-2')}".encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a-1", "a-2"]
    assert answers[0]["redacted"] == "[leerling] woont in Bergen."
    assert answers[0]["spans"] == [{"start": 0, "end": 6, "label": "persoon", "confidence": 0.97}]
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_damaged_line_is_named_answered_with_an_error_and_does_not_stop_the_rest() -> None:
    bad = [
        '{"id": ',
        "[1]",
        '{"id": 7}',
        '{"id": 8, "text": "x", "known": []}',
        '{"id": 9, "text": "\\ud800"}',
        "[" * 9000,
    ]
    done = command(typed=("\n".join([*bad, GOOD]) + "\n").encode() + b"\xff\xfe\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [bool(answer.get("error")) for answer in answers] == [True] * 6 + [False, True]
    assert [answer["id"] for answer in answers] == [None, None, 7, 8, 9, None, "a-1", None]
    complaints = done.stderr.decode().splitlines()
    assert [line.split(":")[1] for line in complaints] == [f" regel {number}" for number in (1, 2, 3, 4, 5, 6, 8)]


def test_files_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8-sig")
    done = command("--in", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == "a-1"


def test_a_file_that_is_not_there_gives_one_line_without_its_name(tmp_path: Path) -> None:
    done = command("--in", str(tmp_path / "quinty.jsonl"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"quinty" not in done.stderr
