"""Databases for tests: one made from the migrations, and copies of it. A copy takes tens of milliseconds; emptying
the shared one takes a few, and passes by the triggers that make rows final."""

import asyncio
from dataclasses import dataclass
from uuid import uuid4

import asyncpg

from maatwerk.db.migrate import migrate
from maatwerk.local.engines import Engines
from maatwerk.local.roles import prepare_database, quoted
from maatwerk.settings import Settings

TEMPLATE = "maatwerk_template"
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


@dataclass(frozen=True)
class Database:
    """A migrated database of the embedded PostgreSQL, and how each role reaches it."""

    name: str
    engines: Engines

    def url(self, role: str = "maatwerk_app") -> str:
        return self.engines.postgres_url(role, self.name)

    def environment(self) -> dict[str, str]:
        """What a process needs to work on this database."""
        return {
            "MAATWERK_DATABASE_URL": self.url(),
            "MAATWERK_DISPATCH_DATABASE_URL": self.url("maatwerk_dispatch"),
            "MAATWERK_REDIS_URL": self.engines.redis_url,
            "MAATWERK_DATA": str(self.engines.data),
        }

    def settings(self, **more: str) -> Settings:
        """Settings for this database; `more` are MAATWERK_* variables."""
        return Settings.from_environment(self.environment() | more)


async def make_template(engines: Engines) -> None:
    """The database that every test database is a copy of."""
    await prepare_database(engines, TEMPLATE)
    await migrate(engines.postgres_url("maatwerk_migrate", TEMPLATE))


async def make_database(engines: Engines, superuser: asyncpg.Connection) -> Database:
    """A fresh copy of the template, with the rights that a copy does not take along."""
    name = f"maatwerk_{uuid4().hex[:12]}"
    await superuser.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(TEMPLATE)} OWNER maatwerk_owner")
    await superuser.execute(
        f"REVOKE ALL ON DATABASE {quoted(name)} FROM PUBLIC;"
        f"GRANT CONNECT ON DATABASE {quoted(name)} TO maatwerk_migrate, maatwerk_app, maatwerk_dispatch, maatwerk_backup"
    )
    return Database(name, engines)


async def drop_database(database: Database, superuser: asyncpg.Connection) -> None:
    """Drops it, with whoever is still connected."""
    await superuser.execute(f"DROP DATABASE {quoted(database.name)} WITH (FORCE)")


async def emptying(connection: asyncpg.Connection) -> str:
    """The statements that take a freshly migrated database back to how it is now."""
    tables = [row["relname"] for row in await connection.fetch(TABLES)]
    filled = [table for table in tables if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {quoted(table)})")]
    deletes = "".join(f"DELETE FROM {quoted(table)};" for table in tables if table not in filled)
    return f"SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica; {deletes}"


async def someone_waits(database: Database) -> None:
    """Returns once a transaction waits for another."""
    connection = await asyncpg.connect(database.url("postgres"))
    try:
        async with asyncio.timeout(20):
            while True:
                if await connection.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
                    return
                await asyncio.sleep(0.01)
    finally:
        await connection.close()
