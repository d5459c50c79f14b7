"""The whole service under its own supervisor, and somebody who kills its processes. What falls is brought back by the
supervisor, as in production; Redis lives outside it, so that it can stay away and come back empty. Nothing here is shared
with other tests."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from maatwerk.local.accounts import FILE, DemoAccount, read_accounts
from maatwerk.local.engines import Engines
from maatwerk.local.mailbox import Mail, Mailbox
from maatwerk.local.ports import answers, free_port
from maatwerk.local.redis_server import RedisServer
from maatwerk.local.running import find_running
from maatwerk.local.secret_file import load_secrets
from maatwerk.outbox.dispatch import LEASE
from maatwerk.outbox.jobs import RUNNING
from tests.clocks import set_clock
from tests.journeys.processes import eventually, runs
from tests.journeys.programs import Program

TENANTS = Path(__file__).parents[2] / "tenants"
MAATWERK = str(Path(sys.executable).with_name("maatwerk"))
BEGIN = datetime(2024, 9, 2, 8, tzinfo=UTC)
WORKERS = ("worker-1", "worker-2")
LONGEST_START = 120.0
LAST_WORDS = 20


@dataclass
class Besieged:
    """A running service; `killed` counts what fell by our hand."""

    program: Program
    url: str
    database_url: str
    mailbox: Mailbox
    accounts: dict[str, DemoAccount]
    clock: Path
    redis: RedisServer
    killed: dict[str, int] = field(default_factory=dict)

    def kill(self, *names: str) -> None:
        """kill -9, and waits until the supervisor has brought them back and they are at work."""
        starts = self._fell(*names)
        self._came_back(starts)

    def lapse(self) -> None:
        """Every worker falls, and their leases end: time passes while none of them lives. Back at work they have all the
        time that the machine needs: one that is struck while it starts does nothing, and wears out what it had taken."""
        starts = self._fell(*WORKERS)
        self.move(RUNNING + LEASE + timedelta(seconds=5))
        self._came_back(starts)

    def move(self, by: timedelta) -> None:
        """Moves the clock of every process, this one's too."""
        set_clock(self.clock, float(self.clock.read_text()) + by.total_seconds())

    def environment(self) -> dict[str, str]:
        """What one more process needs to take part."""
        return {
            "MAATWERK_DATABASE_URL": self.database_url,
            "MAATWERK_REDIS_URL": self.redis.url,
            "MAATWERK_DATA": str(self.program.data),
            "MAATWERK_CLOCK": str(self.clock),
            "MAATWERK_DEMO": "1",
        }

    def as_superuser(self) -> str:
        """The URL by which PostgreSQL's superuser reaches the database, to hold something up."""
        place = self.database_url.rpartition("@")[2]
        password = quote(load_secrets(self.program.data).password("postgres"), safe="")
        return f"postgresql://postgres:{password}@{place}"

    def mails(self, about: str) -> list[Mail]:
        """The mails that arrived with these words in their subject."""
        found = [self.mailbox.read(name) for name in self.mailbox.names()]
        return [mail for mail in found if mail is not None and about in mail.summary.subject]

    def testimony(self) -> str:
        """The last words of its processes, for who has to understand why it did not come through."""
        logs = sorted((self.program.data / "log").glob("*.log"))
        return "\n".join(f"{log.stem}: {line}" for log in logs for line in log.read_text().splitlines()[-LAST_WORDS:])

    def _fell(self, *names: str) -> dict[str, int]:
        """Strikes, and answers how often each had started before."""
        assert eventually(lambda: set(names) <= self.program.pids().keys(), LONGEST_START)
        struck = {name: self.program.pids()[name] for name in names}
        starts = {name: self._starts(name) for name in names}
        for name, pid in struck.items():
            os.kill(pid, signal.SIGKILL)
            self.killed[name] = self.killed.get(name, 0) + 1
        assert eventually(lambda: not any(runs(pid) for pid in struck.values()), LONGEST_START)
        return starts

    def _came_back(self, starts: dict[str, int]) -> None:
        def again() -> bool:
            return all(self._is_at_work(name, before) for name, before in starts.items())

        assert eventually(again, LONGEST_START), f"somebody stayed down of {', '.join(starts)}\n{self.testimony()}"

    def _is_at_work(self, name: str, before: int) -> bool:
        return answers(self.port) if name == "api" else self._starts(name) > before

    def _starts(self, name: str) -> int:
        """How often this process said that it began."""
        log = self.program.data / "log" / f"{name}.log"
        return log.read_text().count("process.started") if log.exists() else 0

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@contextmanager
def besieged(folder: Path) -> Iterator[Besieged]:
    """A new service on a Monday morning in 2024. The caller has MAATWERK_CLOCK point at `folder`/clock."""
    clock, data = folder / "clock", folder / "data"
    set_clock(clock, (BEGIN - datetime.now(UTC)).total_seconds())
    with Engines.start(folder / "redis", fast=True, postgres=False) as engines:
        assert engines.redis is not None
        # Who is not in the story has no account: every account is a password to hash.
        shutil.copytree(TENANTS / "regio-36", folder / "tenants" / "regio-36")
        env = {
            "MAATWERK_TENANTS_DIR": str(folder / "tenants"),
            "MAATWERK_CLOCK": str(clock),
            "MAATWERK_DATA": str(data),
            "MAATWERK_PORT": str(free_port()),
            "MAATWERK_REDIS_URL": engines.redis_url,
        }
        with Program([MAATWERK, "up"], data, env) as program:
            program.reads_until("Klaar:")
            running = find_running(data)
            assert running is not None
            accounts = read_accounts(data / FILE)
            mailbox = Mailbox(Path(running.mails))
            yield Besieged(program, running.url, running.database_url, mailbox, accounts, clock, engines.redis)
