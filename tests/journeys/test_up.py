"""`maatwerk up`, as a new user meets it: one line per step, ready soon, stopped soon, and plain when it cannot."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from maatwerk.local.ports import free_port
from maatwerk.local.running import find_running
from tests.journeys.processes import eventually, listening_addresses, queued, runs
from tests.journeys.programs import Program

UP = [str(Path(sys.executable).with_name("maatwerk")), "up"]


def up(data: Path, port: int) -> Program:
    return Program(UP, data, {"MAATWERK_DATA": str(data), "MAATWERK_PORT": str(port)})


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The service, up for the first time; for tests that leave it so."""
    with up(tmp_path_factory.mktemp("up") / "data", free_port()) as program:
        program.reads_until("Klaar:")
        yield program


def test_it_says_in_dutch_what_it_does_while_it_does_it(service: Program) -> None:
    begin = ["Hoofdsleutel", "PostgreSQL", "Redis", "Database", "Migraties:", "Samenwerkingsverbanden"]
    assert [line.split()[0] for line in service.lines[: len(begin)]] == begin
    assert service.lines[-1].startswith("Klaar: http://127.0.0.1:")


def test_everything_that_belongs_to_it_runs(service: Program) -> None:
    pids = service.pids()
    assert {"supervisor", "postgres", "redis", "mail", "api", "relay", "ticker", "worker-1"} <= pids.keys()
    assert all(runs(pid) for pid in pids.values())


def test_the_service_and_the_caught_mail_answer_on_loopback_only(service: Program) -> None:
    running = find_running(service.data)
    assert running is not None
    with httpx.Client(trust_env=False) as client:
        assert client.get(f"{running.url}/api/v1/openapi.json").status_code == 200
        assert client.get(running.mail_page).status_code == 200
    ports = [httpx.URL(url).port for url in (running.url, running.mail_page)]
    assert [listening_addresses(port) for port in ports if port] == [{"0100007F"}] * 2


def test_only_its_owner_can_read_its_secrets(service: Program) -> None:
    private = [*service.data.glob("*.json"), service.data / "kek"]
    assert len(private) > 3
    assert {path.stat().st_mode & 0o077 for path in private} == {0}


def test_a_second_one_on_the_same_folder_says_so_in_one_line(service: Program) -> None:
    env = {"MAATWERK_DATA": str(service.data), "MAATWERK_PORT": str(free_port())}
    done = subprocess.run(UP, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("maatwerk up: De gegevensmap")
    assert done.stderr.count("\n") == 1


def test_a_busy_port_is_said_in_one_line(service: Program, tmp_path: Path) -> None:
    running = find_running(service.data)
    assert running is not None
    env = {"MAATWERK_DATA": str(tmp_path / "data"), "MAATWERK_PORT": running.url.rpartition(":")[2]}
    done = subprocess.run(UP, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is bezet door een ander programma." in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_number_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    env = {"MAATWERK_DATA": str(tmp_path / "data"), "MAATWERK_PORT": "acht"}
    done = subprocess.run(UP, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_ctrl_c_stops_all_and_the_second_time_it_is_ready_within_ten_seconds(tmp_path: Path) -> None:
    port = free_port()
    with up(tmp_path / "data", port) as first:
        first.reads_until("Klaar:")
        everything = first.everything()
        began = time.monotonic()
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(10) == 0
        assert time.monotonic() - began < 10
    assert not any(runs(pid) for pid in everything)
    assert find_running(tmp_path / "data") is None
    began = time.monotonic()
    with up(tmp_path / "data", port) as second:
        second.reads_until("Klaar:")
        # Supervisor and API start one after the other; what they waited for a processor is the other tests' time.
        took = time.monotonic() - began - queued(second.process.pid) - queued(second.pids()["api"])
        assert took < 10
        assert not any("maakte" in line for line in second.lines)
        everything = second.everything()
        second.process.kill()
        assert eventually(lambda: not any(runs(pid) for pid in everything))
