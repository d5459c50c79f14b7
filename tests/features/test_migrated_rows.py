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


@pytest.mark.requirement("ALL-09")
async def test_organisations_that_were_shared_by_name_part_and_those_with_a_number_stay_the_same(past: Past) -> None:
    await past.before("0053_organisation_identity")
    tenants, by_name, by_number = [await past.tenant(), await past.tenant()], uuid4(), uuid4()
    for identifier, name, brin in ((by_name, "De Lindehof", None), (by_number, "De Eik", "99ZZ")):
        await past.put("organisation", id=identifier, kind="school", name=name, brin=brin, created_at=clock.now())
        for tenant_id in tenants:
            await past.put(
                "tenant_organisation",
                tenant_id=tenant_id,
                organisation_id=identifier,
                sector="vo",
                created_at=clock.now(),
            )
    await past.put("person", id=(person := uuid4()), address="jip@voorbeeld.example", created_at=clock.now())
    await past.put(
        "membership", tenant_id=tenants[0], id=uuid4(), person_id=person, name="Jip", email="jip@voorbeeld.example",
        organisation_id=by_name, roles=["coordinator"], active_from=clock.today(), created_at=clock.now(),
    )  # fmt: skip
    await past.arrives()
    rows = await past.superuser.fetch(
        "SELECT t.tenant_id, t.organisation_id, t.kind, t.name, o.number_kind, o.number FROM tenant_organisation t"
        " LEFT JOIN organisation o ON o.id = t.same_as"
    )
    assert {tuple(row) for row in rows} == {
        row
        for tenant_id in tenants
        for row in (
            (tenant_id, by_name, "school", "De Lindehof", None, None),
            (tenant_id, by_number, "school", "De Eik", "brin", "99ZZ"),
        )
    }
    assert await past.superuser.fetchval("SELECT count(*) FROM organisation") == 1
    assert await past.superuser.fetchval("SELECT organisation_id FROM membership") == by_name
