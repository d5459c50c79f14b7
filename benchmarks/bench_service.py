"""A database and an API process for one measurement: durable, as production is, and gone afterwards."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx

from benchmarks.server import TABLE
from maatwerk import startup
from maatwerk.crypto import add_kek
from maatwerk.db.migrate import migrate
from maatwerk.local.engines import Engines
from maatwerk.local.ports import free_port
from maatwerk.local.roles import prepare_database, quoted
from maatwerk.local.service_processes import environment
from maatwerk.settings import Settings

DATABASE = "maatwerk_bench"


@asynccontextmanager
async def bench_database(folder: Path) -> AsyncIterator[tuple[Engines, Settings]]:
    """Engines with fsync on, a migrated database, and this process's pools on it."""
    add_kek(folder / "kek")
    with Engines.start(folder) as engines:
        await prepare_database(engines, DATABASE)
        await migrate(engines.postgres_url("maatwerk_migrate", DATABASE))
        given = {
            "MAATWERK_DATABASE_URL": engines.postgres_url("maatwerk_app", DATABASE),
            "MAATWERK_DISPATCH_DATABASE_URL": engines.postgres_url("maatwerk_dispatch", DATABASE),
            "MAATWERK_REDIS_URL": engines.redis_url,
            "MAATWERK_DATA": str(folder),
            "MAATWERK_PORT": str(free_port()),
            "MAATWERK_DEMO": "1",
        }
        os.environ.update(given)
        owner = await asyncpg.connect(engines.postgres_url("postgres", DATABASE))
        await owner.execute(TABLE)
        await owner.close()
        settings = Settings.from_environment(given)
        async with startup.running(settings):
            yield engines, settings


async def copy_of_database(engines: Engines, settings: Settings, name: str) -> Settings:
    """The settings for a copy of the database as it is now; closes this process's pools, because nobody may be on it."""
    await startup.stop()
    superuser = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
    await superuser.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(DATABASE)}")
    await superuser.close()
    await prepare_database(engines, name)
    return replace(
        settings,
        database_url=engines.postgres_url("maatwerk_app", name),
        dispatch_database_url=engines.postgres_url("maatwerk_dispatch", name),
        port=free_port(),
    )


@asynccontextmanager
async def api(settings: Settings) -> AsyncIterator[str]:
    """The API with the bare handler, by uvicorn, in a process of its own."""
    argv = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.server:create", "--host", "127.0.0.1"]
    argv += ["--port", str(settings.port), "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen(argv, env=environment(settings))  # noqa: ASYNC220 - it lives beside us
    url = f"http://127.0.0.1:{settings.port}"
    try:
        async with httpx.AsyncClient(base_url=url) as client:
            for _ in range(1_200):  # a minute: the machine may be busy
                try:
                    await client.get("/api/v1")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait()
