"""The embedded engines: private, quick, mortal, and plain about what is wrong with their folder."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from maatwerk.local.binaries import reachable
from maatwerk.local.engines import Engines
from maatwerk.local.faults import LocalFault
from maatwerk.local.processes import Account
from tests.journeys.processes import descendants, eventually, listening_addresses, runs, user_of

LOOPBACK = "0100007F"
HOLD = """
import sys, signal
from pathlib import Path
from maatwerk.local.engines import Engines
engines = Engines.start(Path(sys.argv[1]), fast=True)
print(engines.postgres.process.pid, engines.redis.process.pid, flush=True)
signal.pause()
"""
ONCE = """
import sys
from pathlib import Path
from maatwerk.local.engines import Engines
with Engines.start(Path(sys.argv[1]), fast=True, say=print):
    pass
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has been used and was closed in order. Not to be touched: tests get a copy."""
    folder = tmp_path_factory.mktemp("used") / "data"
    with Engines.start(folder, fast=True):
        return folder


@pytest.fixture
def stopped(used: Path, data: Path) -> Path:
    subprocess.run(["cp", "--archive", str(used), str(data)], check=True)
    return data


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """Engines that tests look at and leave as they are."""
    with Engines.start(tmp_path_factory.mktemp("running") / "data", fast=True) as engines:
        yield engines


async def select_one(engines: Engines) -> bool:
    connection = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
    answer = await connection.fetchval("SELECT 1")
    await connection.close()
    return bool(answer == 1)


async def test_both_engines_answer(running: Engines) -> None:
    assert await select_one(running)
    assert redis.Redis.from_url(running.redis_url).ping()


async def test_postgres_is_a_recent_one_with_utf8_and_plain_sorting(running: Engines) -> None:
    connection = await asyncpg.connect(running.postgres_url("postgres", "postgres"))
    answers = [await connection.fetchval(f"SHOW {name}") for name in ("server_encoding", "TimeZone")]
    answers.append(await connection.fetchval("SELECT datcollate FROM pg_database WHERE datname = 'template0'"))
    version = await connection.fetchval("SELECT current_setting('server_version_num')::int")
    await connection.close()
    assert answers == ["UTF8", "UTC", "C"]
    assert version >= 160_000


async def test_postgres_refuses_a_wrong_password(running: Engines) -> None:
    url = running.postgres_url("postgres", "postgres").replace(running.secrets.postgres, "verkeerd")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url)


async def test_postgres_keeps_passwords_as_scram(running: Engines) -> None:
    connection = await asyncpg.connect(running.postgres_url("postgres", "postgres"))
    stored = await connection.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'")
    rules = await connection.fetch("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
    await connection.close()
    assert stored.startswith("SCRAM-SHA-256$")
    assert [rule["auth_method"] for rule in rules] == ["scram-sha-256"]


def test_redis_refuses_who_has_no_password(running: Engines) -> None:
    assert running.redis is not None
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=running.redis.port, retry=None).ping()


def test_redis_never_evicts(running: Engines) -> None:
    assert redis.Redis.from_url(running.redis_url).config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_both_listen_on_loopback_only(running: Engines) -> None:
    assert running.postgres is not None
    assert running.redis is not None
    assert listening_addresses(running.postgres.port) == {LOOPBACK}
    assert listening_addresses(running.redis.port) == {LOOPBACK}


def test_neither_runs_as_root(running: Engines) -> None:
    pids = [part.process.pid for part in running.parts() if part.process]
    assert len(pids) == 2
    assert 0 not in {user_of(pid) for pid in pids}


def test_secrets_are_for_the_owner_only_and_stand_in_no_process_list(running: Engines) -> None:
    assert (running.data / "secrets.json").stat().st_mode & 0o777 == 0o600
    pids = [part.process.pid for part in running.parts() if part.process]
    shown = b"".join(Path(f"/proc/{pid}/{file}").read_bytes() for pid in pids for file in ("cmdline", "environ"))
    assert running.secrets.postgres.encode() not in shown
    assert running.secrets.redis.encode() not in shown


async def test_the_log_of_postgres_holds_no_values(running: Engines) -> None:
    connection = await asyncpg.connect(running.postgres_url("postgres", "postgres"))
    await connection.execute("CREATE TABLE leerling (naam text PRIMARY KEY)")
    for statement in ["INSERT INTO leerling VALUES ('Geheim Persoon')"] * 2:
        try:
            await connection.execute(statement)
        except asyncpg.UniqueViolationError:
            break
    await connection.close()
    log = (running.data / "log" / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "Geheim" not in log


def test_a_second_start_keeps_the_database_that_is_there(stopped: Path) -> None:
    made = (stopped / "postgres" / "PG_VERSION").stat()
    lines: list[str] = []
    with Engines.start(stopped, fast=True, say=lines.append):
        assert (stopped / "postgres" / "PG_VERSION").stat().st_mtime_ns == made.st_mtime_ns
    assert not any("maakte" in line for line in lines)


def test_stopping_leaves_no_process_behind(data: Path) -> None:
    with Engines.start(data, fast=True) as engines:
        pids = {part.process.pid for part in engines.parts() if part.process}
        pids |= {below for pid in pids for below in descendants(pid)}
    assert not any(runs(pid) for pid in pids)


def test_killing_the_parent_takes_the_engines_along(data: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(data)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = {int(pid) for pid in parent.stdout.readline().split()}
        pids |= {below for pid in pids for below in descendants(pid)}
        parent.kill()
    assert len(pids) > 2
    assert eventually(lambda: not any(runs(pid) for pid in pids))


async def test_a_crash_is_no_damage(data: Path) -> None:
    with Engines.start(data) as engines:
        connection = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
        await connection.execute("CREATE TABLE bewaard (nummer int); INSERT INTO bewaard VALUES (7)")
        assert engines.postgres is not None
        engines.postgres.kill()
        engines.postgres.start()
        connection = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
        assert await connection.fetchval("SELECT nummer FROM bewaard") == 7
        await connection.close()


async def test_redis_comes_back_on_the_same_port_with_what_it_had(data: Path) -> None:
    with Engines.start(data) as engines:
        assert engines.redis is not None
        redis.Redis.from_url(engines.redis_url).set("sleutel", "waarde")
        engines.redis.stop()
        with pytest.raises(redis.ConnectionError):
            redis.Redis.from_url(engines.redis_url, retry=None).ping()
        engines.redis.start()
        assert redis.Redis.from_url(engines.redis_url).get("sleutel") == b"waarde"


def test_a_pid_file_whose_number_is_another_programs_by_now_is_no_obstacle(stopped: Path) -> None:
    lines = [str(os.getppid()), str(stopped / "postgres"), "1700000000", "5432", "", "127.0.0.1", "1 1", "ready"]
    (stopped / "postgres" / "postmaster.pid").write_text("\n".join(lines) + "\n", encoding="ascii")
    with Engines.start(stopped, fast=True) as engines:
        assert all(part.process and part.process.poll() is None for part in engines.parts())


def test_a_first_start_that_was_cut_short_is_no_obstacle(data: Path) -> None:
    (data / "postgres.nieuw" / "base").mkdir(parents=True)
    with Engines.start(data, fast=True) as engines:
        assert (engines.data / "postgres" / "PG_VERSION").exists()


def test_two_on_one_folder_is_one_sentence(running: Engines) -> None:
    with pytest.raises(LocalFault, match=r"^De gegevensmap \S+ is al in gebruik\. Stop de andere"):
        Engines.start(running.data)


def test_a_folder_without_its_version_is_damaged(stopped: Path) -> None:
    (stopped / "postgres" / "PG_VERSION").unlink()
    with pytest.raises(LocalFault, match=r"is beschadigd: PG_VERSION ontbreekt\. Zet een kopie terug, of verwijder"):
        Engines.start(stopped, fast=True)


def test_a_truncated_control_file_is_damage(stopped: Path) -> None:
    os.truncate(stopped / "postgres" / "global" / "pg_control", 100)
    with pytest.raises(LocalFault, match=r"is beschadigd: PostgreSQL weigert haar.*Zet een kopie terug, of verwijder"):
        Engines.start(stopped, fast=True)


def test_a_folder_of_another_version_is_named_as_such(stopped: Path) -> None:
    (stopped / "postgres" / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(LocalFault, match=r"is van PostgreSQL 12, en hier draait \d+\."):
        Engines.start(stopped, fast=True)


def test_a_folder_without_its_secrets_says_so(stopped: Path) -> None:
    (stopped / "secrets.json").unlink()
    with pytest.raises(LocalFault, match=r"secrets\.json ontbreekt.*Zet het bestand terug, of verwijder"):
        Engines.start(stopped, fast=True)


def test_broken_secrets_say_so(stopped: Path) -> None:
    (stopped / "secrets.json").write_text('{"postgres": ', encoding="ascii")
    with pytest.raises(LocalFault, match=r"secrets\.json is beschadigd"):
        Engines.start(stopped, fast=True)


def test_a_broken_append_only_file_of_redis_may_be_thrown_away(data: Path) -> None:
    with Engines.start(data):
        pass
    (data / "redis" / "appendonly.aof").write_bytes(b"geen redis\r\n")
    with pytest.raises(LocalFault, match=r"Redis komt niet op.*er gaat niets verloren"):
        Engines.start(data)


def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="ascii")
    with pytest.raises(LocalFault, match=r"^De map \S+ is niet te gebruiken"):
        Engines.start(tmp_path / "data")


def test_after_a_fault_the_folder_is_free_again(stopped: Path) -> None:
    version = stopped / "postgres" / "PG_VERSION"
    version.rename(version.with_name("weg"))
    with pytest.raises(LocalFault):
        Engines.start(stopped, fast=True)
    version.with_name("weg").rename(version)
    with Engines.start(stopped, fast=True):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_that_root_took_over_is_one_sentence(stopped: Path) -> None:
    os.chown(stopped / "postgres", 0, 0)
    with pytest.raises(LocalFault, match=r"is van een andere gebruiker"):
        Engines.start(stopped, fast=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that others cannot pass")
async def test_roots_own_closed_folder_needs_no_wider_rights(data: Path) -> None:
    closed = data / "dicht"
    closed.mkdir(parents=True, mode=0o700)
    with Engines.start(closed / "data", fast=True) as engines:
        assert await select_one(engines)
    assert closed.stat().st_mode & 0o777 == 0o700


def python_for(account: Account) -> list[str]:
    """An interpreter of this version that the account may run, with our import path; skips where there is none."""
    system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    for candidate in (Path(sys.executable), system):
        if candidate.exists() and reachable(candidate, account) and reachable(Path(__file__), account):
            return ["env", f"PYTHONPATH={os.pathsep.join(sys.path)}", "PYTHONDONTWRITEBYTECODE=1", str(candidate)]
    pytest.skip("no interpreter here that another user may run")


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")
def test_an_ordinary_user_can_do_it_too() -> None:
    nobody = pwd.getpwnam("nobody")
    python = python_for(Account(nobody.pw_uid, nobody.pw_gid))
    home = Path("/var/tmp", f"maatwerk-test-{os.getpid()}")
    home.mkdir(mode=0o755)
    try:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        command = [*python, "-c", ONCE, str(home / "data")]
        done = subprocess.run(
            command, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[], cwd=home, capture_output=True, text=True
        )
        assert "PostgreSQL maakte een lege databasemap" in done.stdout, done.stderr
        assert done.returncode == 0
        assert (home / "data" / "postgres").stat().st_uid == nobody.pw_uid
    finally:
        shutil.rmtree(home)


def test_a_polite_signal_to_the_parent_is_enough_too(data: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(data)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGTERM)
    assert eventually(lambda: not any(runs(pid) for pid in pids))
