"""Log lines: fields of the allow-list, codes only, and of an exception its class and place but never its words."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest

from maatwerk import logs
from maatwerk.db import new_id

SECRET = "Jan Voorbeeld, 12-03-2011"


@pytest.fixture
def library_logging() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers, root.level = [logs.LibraryHandler()], logging.INFO
    yield
    root.handlers, root.level = before


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def test_a_line_tells_ids_and_codes(capsys: pytest.CaptureFixture[str]) -> None:
    tenant = uuid4()
    logs.set_request_id("req-1")
    try:
        logs.event("outbox.dead", level="error", tenant_id=tenant, attempts=8, handler="mail.send")
    finally:
        logs.set_request_id("")
    [line] = lines(capsys)
    assert line.pop("time")
    assert line == {
        "level": "error",
        "event": "outbox.dead",
        "request_id": "req-1",
        "tenant_id": str(tenant),
        "attempts": 8,
        "handler": "mail.send",
    }


def test_text_and_unknown_fields_stay_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_request_id(f"{SECRET}\n")
    logs.event("proef", code=SECRET, route="/zaken\r\nnep", naam=SECRET)  # type: ignore[call-arg]
    [line] = lines(capsys)
    assert line["code"] == line["route"] == "?"
    assert "naam" not in line and "request_id" not in line


def test_an_exception_is_told_by_class_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        logs.failure("proef", error)
    output = capsys.readouterr().err
    assert SECRET not in output
    assert json.loads(output)["error"] == "ValueError"
    assert "test_platform_logs:" in json.loads(output)["where"]


def test_a_library_is_heard_but_not_quoted(library_logging: None, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("library").warning("sloeg %s over", SECRET)
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("library").exception(SECRET)
    output = capsys.readouterr().err
    assert "Voorbeeld" not in output
    assert [json.loads(line)["logger"] for line in output.splitlines()] == ["library", "library"]


def test_an_uncaught_exception_of_a_process_keeps_its_words_to_itself() -> None:
    program = f"from maatwerk import logs; logs.configure(); raise ValueError({SECRET!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Voorbeeld" not in done.stderr + done.stdout
    assert json.loads(done.stderr)["error"] == "ValueError"


def test_ids_only_increase_and_say_so_in_their_version() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}


def test_ids_keep_increasing_when_the_clock_is_moved_back(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = tmp_path_factory.mktemp("clock") / "clock"
    monkeypatch.setenv("MAATWERK_CLOCK", str(clock))
    clock.write_text("5")
    ahead = new_id()
    clock.write_text("-86400")
    assert new_id() > ahead
