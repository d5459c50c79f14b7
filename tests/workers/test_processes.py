"""Real relay, worker and ticker processes on a real Redis that is stopped and emptied under them: nothing posted is
lost and nothing has its effect twice."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from maatwerk import audit, clock, outbox
from maatwerk.local.engines import Engines
from maatwerk.people.actions.forget_password import forget_password
from maatwerk.tenancy import scope
from maatwerk.timers import schedule
from tests.accounts import member_of
from tests.builders import a_tenant
from tests.clocks import set_clock
from tests.databases import Database

PATIENCE = 20.0


@dataclass(frozen=True)
class Inside:
    handlers: ClassVar[tuple[str, ...]] = ("proef.inner",)
    case_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Outside:
    handlers: ClassVar[tuple[str, ...]] = ("proef.outer",)
    case_id: UUID = field(default_factory=uuid4)


class Running:
    """The processes of one test, their clock and the toy handlers' folder."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.folder = folder
        self.environment = (
            os.environ | environment | {"TOY_FOLDER": str(folder), "MAATWERK_CLOCK": str(folder / "clock")}
        )
        self.processes: list[asyncio.subprocess.Process] = []

    async def start(self, *modules: str) -> list[asyncio.subprocess.Process]:
        started = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", module, env=self.environment, stderr=asyncio.subprocess.DEVNULL
            )
            for module in modules
        ]
        self.processes += started
        return started

    async def stop(self) -> None:
        for process in self.processes:
            if process.returncode is None:
                process.terminate()
        for process in self.processes:
            await asyncio.wait_for(process.wait(), 10)

    def move(self, step: timedelta) -> None:
        """Moves the clock of these processes and of this one."""
        path = self.folder / "clock"
        offset = float(path.read_text(encoding="ascii")) if path.exists() else 0.0
        set_clock(path, offset + step.total_seconds())

    def attempts(self) -> int:
        return len(list(self.folder.glob("*-*.*")))

    async def until_attempts(self, wanted: int) -> None:
        async def reached() -> bool:
            return self.attempts() == wanted

        await until(reached)


@pytest_asyncio.fixture(loop_scope="session")
async def running(
    app: Database, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Running]:
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))
    processes = Running(app.environment(), tmp_path)
    yield processes
    (tmp_path / "hold").unlink(missing_ok=True)
    await processes.stop()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def effects(tenant: UUID) -> int:
    async with scope(tenant, None) as tx:
        return int(await tx.fetchval("SELECT coalesce(max(last), 0) FROM tenant_counter WHERE kind = 'effect'"))


async def until_effects(tenant: UUID, wanted: int) -> None:
    async def reached() -> bool:
        return await effects(tenant) >= wanted

    await until(reached)


async def until_all_is_done(tenant: UUID) -> None:
    async def empty() -> bool:
        async with scope(tenant, None) as tx:
            return not await tx.fetchval("SELECT count(*) FROM outbox WHERE done_at IS NULL")

    await until(empty)


async def posted(tenant: UUID, message: type[Inside | Outside], times: int) -> None:
    for _ in range(times):
        async with scope(tenant, None) as tx:
            await outbox.post(tx, message())


async def test_what_is_posted_is_done_once_by_several_workers(running: Running) -> None:
    tenant = await a_tenant()
    await posted(tenant, Inside, 20)
    await running.start("workers.relay", "tests.workers.toy_worker", "tests.workers.toy_worker")
    await posted(tenant, Inside, 20)
    await posted(tenant, Outside, 10)
    await until_all_is_done(tenant)
    assert await effects(tenant) == 50
    assert running.attempts() == 10


async def test_the_work_of_a_killed_worker_is_done_by_another(running: Running) -> None:
    tenant = await a_tenant()
    (running.folder / "hold").touch()
    _, worker = await running.start("workers.relay", "tests.workers.toy_worker")
    await posted(tenant, Outside, 3)
    await posted(tenant, Inside, 10)
    await running.until_attempts(3)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()
    (running.folder / "hold").unlink()
    await running.start("tests.workers.toy_worker")
    running.move(timedelta(minutes=3))
    await until_all_is_done(tenant)
    assert await effects(tenant) == 13
    assert running.attempts() == 6


async def test_a_redis_that_is_killed_and_comes_back_empty_loses_nothing(running: Running, engines: Engines) -> None:
    assert engines.redis is not None
    tenant = await a_tenant()
    await running.start("workers.relay")
    await posted(tenant, Inside, 10)
    engines.redis.kill()
    await posted(tenant, Inside, 10)
    engines.redis.start()
    await running.start("tests.workers.toy_worker")
    running.move(timedelta(minutes=1))
    await until_all_is_done(tenant)
    assert await effects(tenant) == 20


async def test_a_redis_that_goes_away_under_a_worker_loses_nothing(running: Running, engines: Engines) -> None:
    assert engines.redis is not None
    tenant = await a_tenant()
    (running.folder / "hold").touch()
    await running.start("workers.relay", "tests.workers.toy_worker")
    await posted(tenant, Outside, 2)
    await running.until_attempts(2)
    engines.redis.kill()
    (running.folder / "hold").unlink()
    await until_effects(tenant, 2)
    engines.redis.start()
    await posted(tenant, Inside, 5)
    running.move(timedelta(minutes=1))
    await until_all_is_done(tenant)
    assert await effects(tenant) == 7


async def test_a_killed_relay_leaves_nothing_behind(running: Running) -> None:
    tenant = await a_tenant()
    relay, _ = await running.start("workers.relay", "tests.workers.toy_worker")
    await posted(tenant, Inside, 10)
    relay.send_signal(signal.SIGKILL)
    await relay.wait()
    await posted(tenant, Inside, 10)
    await running.start("workers.relay")
    running.move(timedelta(minutes=1))
    await until_all_is_done(tenant)
    assert await effects(tenant) == 20


async def test_the_ticker_posts_what_is_due_and_chains_the_audit_trail(running: Running) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await schedule(tx, uuid4(), clock.now() - timedelta(seconds=1))
        await schedule(tx, uuid4(), clock.now() + timedelta(days=2))
        await audit.record(tx, "proef", "zaak", uuid4())
    await running.start("workers.relay", "workers.ticker", "tests.workers.toy_worker")
    await until_effects(tenant, 1)
    running.move(timedelta(days=3))
    await until_effects(tenant, 2)

    async def chained() -> bool:
        return (await audit.verify(tenant)).links == 1

    await until(chained)


async def test_the_ticker_makes_the_mail_of_who_forgot_his_password(running: Running) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    await forget_password(person.address, "")
    await running.start("workers.ticker")

    async def queued() -> bool:
        async with scope(tenant, None) as tx:
            return bool(await tx.fetchval("SELECT count(*) FROM outbox WHERE handler = 'mail.send'"))

    await until(queued)


async def test_a_terminated_process_stops_cleanly(running: Running) -> None:
    tenant = await a_tenant()
    processes = await running.start("workers.relay", "workers.ticker", "tests.workers.toy_worker")
    await posted(tenant, Inside, 1)
    await until_effects(tenant, 1)
    await running.stop()
    assert [process.returncode for process in processes] == [0, 0, 0]


@pytest.mark.parametrize("module", ["workers.ticker", "workers.main"])
async def test_a_process_that_may_not_start_says_why_in_one_line(app: Database, tmp_path: Path, module: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        env=os.environ | app.environment() | {"MAATWERK_KEK_FILE": str(tmp_path / "kek")},
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    *_, last = err.decode().splitlines()
    assert process.returncode == 1
    assert last == f"Er is geen hoofdsleutel: {tmp_path / 'kek'} bestaat niet."


async def test_the_relay_refuses_a_role_that_may_do_too_much(app: Database) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "workers.relay"),
        env=os.environ | app.environment() | {"MAATWERK_DISPATCH_DATABASE_URL": app.url("postgres")},
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "De databaserol postgres is superuser." in err.decode()
