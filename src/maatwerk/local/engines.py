"""PostgreSQL and Redis for one data folder, as children that die with us. Start them from a thread that stays alive."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from maatwerk.local.binaries import postgres_programs, redis_program
from maatwerk.local.data_folder import engine_account, open_data, own_folder
from maatwerk.local.ports import LOOPBACK
from maatwerk.local.postgres import Postgres
from maatwerk.local.redis_server import RedisServer
from maatwerk.local.secret_file import Secrets, load_secrets

Say = Callable[[str], None]


def _silent(_: str) -> None:
    return None


class Engines:
    """Holds the lock on `data` from start to stop. `postgres` or `redis` is None when it lives elsewhere."""

    def __init__(self, data: Path, *, fast: bool = False, postgres: bool = True, redis: bool = True) -> None:
        """Locks the folder and reads its secrets; starts nothing yet. Raises LocalFault."""
        self.data = data.resolve()
        self._closing = ExitStack()
        self._closing.enter_context(open_data(self.data))
        try:
            self.secrets: Secrets = load_secrets(self.data)
            self.postgres = self._postgres(fast) if postgres else None
            self.redis = self._redis(fast) if redis else None
        except BaseException:
            self._closing.close()
            raise

    @classmethod
    def start(cls, data: Path, *, fast: bool = False, postgres: bool = True, say: Say = _silent) -> Self:
        """The engines, ready for use."""
        engines = cls(data, fast=fast, postgres=postgres)
        engines.run(say)
        return engines

    def run(self, say: Say = _silent) -> None:
        """Starts what was asked for and says so; on a fault nothing keeps running."""
        try:
            if self.postgres:
                began, new = time.monotonic(), not self.postgres.folder.exists()
                self.postgres.start()
                made = "maakte een lege databasemap en " if new else ""
                say(f"PostgreSQL {made}luistert op poort {self.postgres.port} ({time.monotonic() - began:.1f} s).")
            if self.redis:
                self.redis.start()
                say(f"Redis luistert op poort {self.redis.port}.")
        except BaseException:
            self.stop()
            raise

    def parts(self) -> list[Postgres | RedisServer]:
        """The engines that run here."""
        return [part for part in (self.postgres, self.redis) if part is not None]

    def stop(self) -> None:
        """Redis, then PostgreSQL, then the lock; does nothing the second time."""
        if self.redis:
            self.redis.stop()
        if self.postgres:
            self.postgres.stop()
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def postgres_url(self, role: str, database: str) -> str:
        """The URL by which this role reaches that database; it holds the role's password."""
        assert self.postgres is not None
        password = quote(self.secrets.password(role), safe="")
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self.postgres.port}/{database}"

    @property
    def redis_url(self) -> str:
        """The URL of Redis; it holds the password."""
        assert self.redis is not None
        return self.redis.url

    def _postgres(self, fast: bool) -> Postgres:
        folder = self.data / "postgres"
        account = engine_account(folder)
        log = self.data / "log" / "postgres.log"
        return Postgres(folder, log, self.secrets.postgres, postgres_programs(account), account, fast)

    def _redis(self, fast: bool) -> RedisServer:
        folder = self.data / "redis"
        account = engine_account(folder)
        own_folder(folder, account)
        log = self.data / "log" / "redis.log"
        return RedisServer(folder, log, self.secrets.redis, redis_program(account), account, fast)
