"""The supervisor: what falls gets up, what is told to stop stops, and a kill -9 leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from maatwerk.local.engines import Engines
from maatwerk.local.supervisor import Child, Supervisor
from tests.journeys import small_service
from tests.journeys.processes import eventually, runs
from tests.journeys.programs import Program
from tests.journeys.small_service import STAY


def small(data: Path, *more: str) -> Program:
    program = Program([sys.executable, small_service.__file__, str(data), *more], data)
    program.reads_until("Klaar")
    return program


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Program]:
    with small(tmp_path / "data") as program:
        yield program


@pytest.fixture
def service_with_a_deaf_child(tmp_path: Path) -> Iterator[Program]:
    with small(tmp_path / "data", "koppig") as program:
        yield program


def test_the_pids_of_everything_are_told(service: Program) -> None:
    pids = service.pids()
    assert pids.keys() == {"supervisor", "postgres", "redis", "rustig"}
    assert pids["supervisor"] == service.process.pid
    assert all(runs(pid) for pid in pids.values())
    assert (service.data / "pids.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["rustig", "postgres", "redis"])
def test_what_falls_gets_up_and_it_says_so(service: Program, name: str) -> None:
    before = service.pids()[name]
    (service.data / "pids.json").unlink()
    subprocess.run(["kill", "-9", str(before)], check=True)
    shown = {"postgres": "PostgreSQL", "redis": "Redis"}.get(name, name)
    assert "start opnieuw" in service.reads_until(shown)
    assert eventually((service.data / "pids.json").exists)
    assert eventually(lambda: service.pids().get(name, before) != before and runs(service.pids()[name]))


def test_a_child_that_keeps_falling_gets_longer_pauses(tmp_path: Path) -> None:
    lines: list[str] = []
    child = Child("kort", (sys.executable, "-c", "raise SystemExit(3)"), os.environ)
    (tmp_path / "log").mkdir()
    supervisor = Supervisor(tmp_path, Engines(tmp_path, postgres=False, redis=False), [child], lines.append)
    began = time.monotonic()
    supervisor.run(
        lambda: len([line for line in lines if "code 3" in line]) == 3, lambda: os.kill(os.getpid(), signal.SIGTERM)
    )
    assert time.monotonic() - began > 0.5 + 1.0


def test_a_child_that_may_come_later_leaves_the_processors_until_the_service_answers(tmp_path: Path) -> None:
    ready = tmp_path / "klaar"
    argv = (sys.executable, "-c", f"import pathlib, time; pathlib.Path({str(ready)!r}).touch(); time.sleep(60)")
    children = [Child("eerst", argv, os.environ), Child("later", (sys.executable, "-c", STAY), os.environ, later=True)]
    (tmp_path / "log").mkdir()
    supervisor = Supervisor(tmp_path, Engines(tmp_path, postgres=False, redis=False), children, lambda _: None)
    before: set[str] = set()

    def is_up() -> bool:
        before.update(json.loads((tmp_path / "pids.json").read_text()))
        return ready.exists()

    def announced() -> None:
        assert "later" in json.loads((tmp_path / "pids.json").read_text())
        os.kill(os.getpid(), signal.SIGTERM)

    supervisor.run(is_up, announced)
    assert before == {"eerst", "supervisor"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_stops_everything_within_ten_seconds(service: Program, number: signal.Signals) -> None:
    everything = service.everything()
    began = time.monotonic()
    service.process.send_signal(number)
    assert service.process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert not any(runs(pid) for pid in everything)
    assert not (service.data / "pids.json").exists()


def test_the_engines_stop_last_and_a_deaf_child_is_not_waited_for(service_with_a_deaf_child: Program) -> None:
    service = service_with_a_deaf_child
    pids = service.pids()
    began = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    assert eventually(lambda: not runs(pids["rustig"]))
    assert all(runs(pids[name]) for name in ("koppig", "postgres", "redis"))
    assert service.process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert not any(runs(pid) for pid in pids.values())


def test_killing_the_supervisor_leaves_nothing_running(service: Program) -> None:
    everything = service.everything()
    assert len(everything) > 4
    service.process.kill()
    assert eventually(lambda: not any(runs(pid) for pid in everything))


def test_after_a_kill_the_same_folder_starts_again(service: Program) -> None:
    service.process.kill()
    with small(service.data) as again:
        again.process.terminate()
        assert again.process.wait(10) == 0
    assert not any("maakte" in line for line in again.lines)
