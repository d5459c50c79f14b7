"""The engines of a test run: started once, when the first test asks for them, and gone when the run is over."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
import redis.asyncio
from hypothesis import settings

from maatwerk import startup
from maatwerk.crypto import RING, add_kek
from maatwerk.local.engines import Engines
from tests.databases import Database, drop_database, emptying, make_database, make_template

# How long an example takes says more of the machine than of the code; `make bench` measures.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


LONG = ("survival", "fuzzing", "journeys")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes come first, otherwise as shuffled: one that begins last keeps one worker busy and leaves the other idle."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """PostgreSQL and Redis, without durability, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="maatwerk-test-") as folder:
        add_kek(Path(folder) / "kek")
        with Engines.start(Path(folder), fast=True) as running:
            yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def superuser(engines: Engines) -> AsyncIterator[asyncpg.Connection]:
    """The superuser, in the maintenance database; the template of all test databases is ready."""
    await make_template(engines)
    connection = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def own_database(engines: Engines, superuser: asyncpg.Connection) -> AsyncIterator[Database]:
    """A migrated database for one test alone."""
    database = await make_database(engines, superuser)
    yield database
    await drop_database(database, superuser)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_database(engines: Engines, superuser: asyncpg.Connection) -> Database:
    """The database that tests take turns on. Ask for `database`, which empties it first."""
    return await make_database(engines, superuser)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pools(shared_database: Database) -> AsyncIterator[None]:
    """This process's own pools and keys, on the shared database. Ask for `app`, which empties it first."""
    async with startup.running(shared_database.settings(), dispatch=True):
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _cleaner(shared_database: Database) -> AsyncIterator[tuple[asyncpg.Connection, str]]:
    connection = await asyncpg.connect(shared_database.url("postgres"))
    yield connection, await emptying(connection)
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def database(shared_database: Database, _cleaner: tuple[asyncpg.Connection, str]) -> Database:
    """The shared database, as empty as the migrations left it. For processes and direct SQL."""
    connection, statements = _cleaner
    async with connection.transaction():
        await connection.execute(statements)
    return shared_database


@pytest.fixture
def app(database: Database, pools: None) -> Database:
    """The same, with this process's pools open on it: `tenancy.scope` and the actions work."""
    RING.forget()
    return database


@pytest_asyncio.fixture(loop_scope="session")
async def redis_url(engines: Engines) -> str:
    """An empty Redis."""
    async with redis.asyncio.Redis.from_url(engines.redis_url) as client:
        await client.flushall()
    return engines.redis_url
