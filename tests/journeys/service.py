"""The whole service for journeys: API, worker, relay, ticker and catching mail server as processes, on the run's PostgreSQL and
a Redis of its own (others empty theirs), with a clock that goes to any day and back."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from maatwerk.clock import AMSTERDAM
from maatwerk.crypto import add_kek
from maatwerk.local.accounts import FILE, DemoAccount, read_accounts
from maatwerk.local.client import Person, TookTooLong, wait_for
from maatwerk.local.engines import Engines
from maatwerk.local.mailbox import Mail, Mailbox
from maatwerk.local.ports import LOOPBACK, answers, free_port
from maatwerk.local.processes import kill, spawn
from maatwerk.local.service_processes import children, environment, mail_catcher
from maatwerk.local.supervisor import Child
from maatwerk.settings import Settings
from tests.clocks import set_clock
from tests.databases import Database
from tests.journeys import prepare_service

BEGINNING = datetime(2024, 8, 5, 10, tzinfo=AMSTERDAM)
EVERYBODY_IS_IN = datetime(2020, 8, 3, 10, tzinfo=AMSTERDAM)
UNDONE = "SELECT count(*) FROM outbox WHERE done_at IS NULL AND dead_at IS NULL"
LEFT = "SELECT handler, attempts, failure, next_at, running_until FROM outbox WHERE done_at IS NULL"
T = TypeVar("T")
FORGET = "UPDATE credential SET last_counter = 0; DELETE FROM session; DELETE FROM login_attempt;"


class Onlooker:
    """The superuser's connection, on a thread and a loop of its own. It stays open: journeys ask many times a second."""

    def __init__(self, url: str) -> None:
        self._aside, self._loop = ThreadPoolExecutor(1), asyncio.Runner()
        self._connection: asyncpg.Connection = self._run(asyncpg.connect(url))

    def asks(self, what: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        return self._run(what(self._connection))

    def leaves(self) -> None:
        self._run(self._connection.close())
        self._aside.submit(self._loop.close).result()
        self._aside.shutdown()

    def _run(self, coroutine: Any) -> Any:
        return self._aside.submit(self._loop.run, coroutine).result()


@dataclass
class Service:
    """The running service. `person` gives its users, by the first name of their demo account."""

    settings: Settings
    database: Database
    accounts: dict[str, DemoAccount]
    onlooker: Onlooker
    read: dict[str, Mail] = field(default_factory=dict)
    known: dict[tuple[str, str], Person] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.settings.public_url

    @property
    def clock(self) -> Path:
        return self.settings.data / "clock"

    def person(self, name: str, tenant: str = "regio-36") -> Person:
        """Somebody by his first name in small letters, at work in a tenant; he logs in when he first does something."""
        if (name, tenant) not in self.known:
            account = next(a for a in self.accounts.values() if a.address.startswith(f"{name}."))
            self.known[name, tenant] = Person(self.url, account, tenant)
        return self.known[name, tenant]

    def goes_to(self, day: str, hour: int = 10) -> None:
        """Moves the clock of every process to an hour of a day, also back; then whatever became due is done.

        A clock that goes back would make every code used and every session of the future, so those are forgotten.
        """
        self.settles()
        moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=AMSTERDAM)
        set_clock(self.clock, moment.timestamp() - time.time())
        self.sql(FORGET)
        self.settles(moment)

    def settles(self, until: datetime | None = None) -> None:
        """Waits until nothing that is due is left to do: no message, and no deadline up to a moment."""

        def quiet() -> bool:
            due = self.sql("SELECT count(*) FROM timer WHERE due_at <= $1", until)[0][0] if until else 0
            return not due and not self.sql(UNDONE)[0][0]

        try:
            wait_for(quiet, 30)
        except TookTooLong:
            raise AssertionError(self.sql(LEFT)) from None

    def after(self, **length: float) -> None:
        """Moves the clock on."""
        self.settles()
        offset = float(self.clock.read_text(encoding="ascii"))
        set_clock(self.clock, offset + timedelta(**length).total_seconds())

    def mails(self, about: str, to: str = "", tenant: str = "regio-36") -> list[Mail]:
        """The mails of a tenant with these words in their subject, in order; only those to an address when given. Two tenants
        may have a case of the same number."""
        mailbox = Mailbox(self.settings.data / "mail")
        for name in mailbox.names():
            if name not in self.read and (mail := mailbox.read(name)):
                self.read[name] = mail
        found = [self.read[name] for name in sorted(self.read)]
        ours = f"@{tenant.replace('-', '')}.example"
        return [
            mail
            for mail in found
            if about in mail.summary.subject
            and to in mail.summary.recipients
            and ours in dict(mail.headers).get("Antwoord aan", "")
        ]

    def sql(self, statement: str, *values: Any) -> Sequence[asyncpg.Record]:
        """What stands in the database, as the superuser sees it."""

        async def ask(connection: asyncpg.Connection) -> Sequence[asyncpg.Record]:
            if values:
                return list(await connection.fetch(statement, *values))
            if ";" in statement:
                await connection.execute(statement)
                return []
            return list(await connection.fetch(statement))

        return self.onlooker.asks(ask)

    def loads_tenants(self) -> None:
        """Loads the tenants' folder again, as an operator does after a change."""
        prepare(self.settings)
        self.accounts = read_accounts(self.settings.data / FILE)


def prepare(settings: Settings) -> None:
    """Loads tenants and people on a day before all journeys: somebody is a member from the day on which he comes, and the clock
    may stand years after the day to which a journey goes."""
    clock = settings.data / "clock-of-loading"
    set_clock(clock, EVERYBODY_IS_IN.timestamp() - time.time())
    command = [sys.executable, prepare_service.__file__]
    given = environment(settings) | {"PYTHONPATH": os.getcwd(), "MAATWERK_CLOCK": str(clock)}
    subprocess.run(command, check=True, env=given, timeout=60)


@contextmanager
def running(database: Database, data: Path, tenants: Path) -> Iterator[Service]:
    """Starts everything on an own database, and stops it."""
    add_kek(data / "kek")
    with Engines(data / "redis-engine", fast=True, postgres=False) as engines:
        engines.run()
        settings = _settings(database, data, tenants, engines.redis_url)
        service = Service(settings, database, {}, Onlooker(database.url("postgres")))
        set_clock(service.clock, BEGINNING.timestamp() - time.time())
        mail_port = int(settings.smtp_url.rpartition(":")[2])
        catcher = mail_catcher(data / "mail", mail_port, free_port())
        processes = [_spawn(child, data) for child in [catcher, *_children(settings)]]
        try:
            service.loads_tenants()
            wait_for(lambda: answers(settings.port) and answers(mail_port), 30)
            yield service
        finally:
            for person in service.known.values():
                person.close()
            for process in processes:
                process.terminate()
            for process in processes:
                _end(process)
            service.onlooker.leaves()


def _settings(database: Database, data: Path, tenants: Path, redis_url: str) -> Settings:
    port = free_port()
    given = database.settings(
        MAATWERK_DATA=str(data), MAATWERK_TENANTS_DIR=str(tenants), MAATWERK_REDIS_URL=redis_url,
        MAATWERK_PORT=str(port), MAATWERK_SMTP_URL=f"smtp://{LOOPBACK}:{free_port()}", MAATWERK_KEK_FILE=str(data / "kek"),
    )  # fmt: skip
    return replace(given, demo=True)


def _children(settings: Settings) -> list[Child]:
    return [child for child in children(settings) if child.name != "worker-2"]


def _spawn(child: Child, data: Path) -> "subprocess.Popen[bytes]":
    return spawn(child.argv, log=data / f"{child.name}.log", env=child.env)


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        kill(process)
