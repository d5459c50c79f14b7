"""Brings a database up to date. Each migration is one transaction, run as maatwerk_owner so that it owns everything;
the migrations themselves stand in the package `migrations`."""

import importlib
import io
import pkgutil
from contextlib import redirect_stdout
from types import ModuleType

import asyncpg
from piccolo.apps.migrations.tables import Migration

from maatwerk.db.engine import APP, prepare
from maatwerk.db.transaction import Transaction

APP_NAME = "maatwerk"
LOCK = 4_203_600_036
SETUP = """
    CREATE TABLE IF NOT EXISTS migration (
        id serial PRIMARY KEY, name varchar(200) NOT NULL, app_name varchar(200) NOT NULL,
        ran_on timestamp NOT NULL DEFAULT current_timestamp);
    GRANT SELECT ON migration TO maatwerk_app, maatwerk_dispatch, maatwerk_backup;
"""


def migrations() -> dict[str, ModuleType]:
    """Every migration module by its ID, in the order in which they run."""
    package = importlib.import_module("migrations")
    modules = [importlib.import_module(f"migrations.{item.name}") for item in pkgutil.iter_modules(package.__path__)]
    return dict(sorted((module.ID, module) for module in modules))


async def migrate(migrate_url: str) -> int:
    """Runs the migrations that the database has not had and tells how many; two at once wait for each other.

    `migrate_url` is of maatwerk_migrate. A migration that fails leaves nothing behind, and its error passes.
    """
    connection = await asyncpg.connect(migrate_url)
    try:
        await prepare(connection)
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        await connection.execute("SET ROLE maatwerk_owner")
        if await connection.fetchval("SELECT to_regclass('public.migration') IS NULL"):
            await connection.execute(SETUP)
        waiting = await behind(connection)
        for name in waiting:
            await _run(connection, name, migrations()[name])
        return len(waiting)
    finally:
        await connection.close()


async def _run(connection: asyncpg.Connection, name: str, module: ModuleType) -> None:
    """One migration and its row in Piccolo's own table, together or not at all."""
    async with Transaction(APP, "BEGIN", connection=connection):
        manager = await module.forwards()
        with redirect_stdout(io.StringIO()):
            await manager.run()
        await Migration.insert().add(Migration(name=name, app_name=APP_NAME))


async def behind(connection: asyncpg.Connection) -> list[str]:
    """The IDs of migrations that this database has not had."""
    if await connection.fetchval("SELECT to_regclass('public.migration') IS NULL"):
        return list(migrations())
    rows = await connection.fetch("SELECT name FROM migration WHERE app_name = $1", APP_NAME)
    done = {row["name"] for row in rows}
    return [name for name in migrations() if name not in done]
