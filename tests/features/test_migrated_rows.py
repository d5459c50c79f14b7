"""What migrations do to rows that are there already: the database is brought to just before one, filled, and brought on."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from maatwerk import clock, startup
from maatwerk.db import catalogue
from maatwerk.db import migrate as migrating
from maatwerk.local.engines import Engines
from maatwerk.local.roles import prepare_database
from tests.databases import Database, drop_database

INSERT = "INSERT INTO {} ({}) VALUES ({})"


class Past:
    """A database of its own that stops before a migration; `superuser` sees and writes everything in it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.superuser: Any = None

    async def before(self, identifier: str) -> None:
        with pytest.MonkeyPatch.context() as patching:
            earlier = {name: module for name, module in migrating.migrations().items() if name < identifier}
            assert earlier.keys() != migrating.migrations().keys()
            patching.setattr(migrating, "migrations", lambda: earlier)
            await migrating.migrate(self.database.url("maatwerk_migrate"))
        self.superuser = await asyncpg.connect(self.database.url("postgres"))

    async def put(self, table: str, **row: Any) -> None:
        places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
        await self.superuser.execute(INSERT.format(table, ", ".join(row), places), *row.values())

    async def tenant(self) -> UUID:
        tenant_id = uuid4()
        code = f"proef-{tenant_id.hex[:8]}"
        await self.put("tenant", id=tenant_id, code=code, name=code, created_at=clock.now())
        return tenant_id

    async def arrives(self) -> None:
        """Brings the database up to date; nothing of it is out of order then."""
        await migrating.migrate(self.database.url("maatwerk_migrate"))
        assert await catalogue.faults(self.superuser, startup.declared_tables()) == []


@pytest_asyncio.fixture(loop_scope="session")
async def past(engines: Engines, superuser: asyncpg.Connection) -> AsyncIterator[Past]:
    found = Past(Database(f"maatwerk_{uuid4().hex[:12]}", engines))
    await prepare_database(engines, found.database.name)
    yield found
    if found.superuser is not None:
        await found.superuser.close()
    await drop_database(found.database, superuser)


@pytest.mark.requirement("R36-40")
async def test_what_people_wrote_of_an_involvement_is_dropped_and_the_involvement_stays(past: Past) -> None:
    await past.before("0050_involvement")
    members = [uuid4(), uuid4()]
    await past.superuser.execute("SET session_replication_role = replica")
    for member in members:
        await past.put(
            "involvement", tenant_id=await past.tenant(), case_id=uuid4(), membership_id=member,
            what="is de oom van Saar", declared_by=None, declared_at=clock.now(),
        )  # fmt: skip
    await past.superuser.execute("SET session_replication_role = origin")
    await past.arrives()
    rows = await past.superuser.fetch("SELECT membership_id, what FROM involvement")
    assert {(row["membership_id"], row["what"]) for row in rows} == {(member, "anders") for member in members}
    with pytest.raises(asyncpg.CheckViolationError):
        await past.superuser.execute("UPDATE involvement SET what = 'is de oom van Saar'")
