"""Migrations: whole or not at all, once, owned by the owner, and never a data change that quietly touched nothing."""

import asyncio
from types import SimpleNamespace
from uuid import UUID

import asyncpg
import pytest

from maatwerk.db import APP, Transaction
from maatwerk.db import migrate as migrating
from maatwerk.db.demo import is_demo, mark_demo
from maatwerk.db.migrations import ChangeRows, MigrationTouchedNothing, Step, statements, tenant_table
from maatwerk.tenancy import next_number, scope
from tests.builders import a_tenant
from tests.databases import Database

EXTRA = "9999_proef"


def a_migration(monkeypatch: pytest.MonkeyPatch, *steps: Step) -> None:
    """Lets a migration with these steps be the last of all."""

    async def forwards() -> object:
        return statements(EXTRA, "Proef", list(steps))

    known = migrating.migrations() | {EXTRA: SimpleNamespace(ID=EXTRA, forwards=forwards)}
    monkeypatch.setattr(migrating, "migrations", lambda: known)


async def as_migrator(database: Database, steps: list[ChangeRows]) -> list[int]:
    """Runs data steps as the owner, the way a migration does."""
    connection = await asyncpg.connect(database.url("maatwerk_migrate"))
    try:
        async with Transaction(APP, "BEGIN", connection=connection) as tx:
            return [await step.run(tx) for step in steps]
    finally:
        await connection.close()


async def counted(tenant: UUID) -> int:
    async with scope(tenant, None) as tx:
        return int(await tx.fetchval("SELECT sum(last) FROM tenant_counter"))


async def test_a_migrated_database_is_not_behind_and_migrating_again_does_nothing(own_database: Database) -> None:
    assert await migrating.migrate(own_database.url("maatwerk_migrate")) == 0
    connection = await asyncpg.connect(own_database.url())
    try:
        assert await migrating.behind(connection) == []
    finally:
        await connection.close()


async def test_two_at_once_run_a_migration_once(own_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    a_migration(monkeypatch, "CREATE TABLE proef (tenant_id uuid, id int)", tenant_table("proef"))
    url = own_database.url("maatwerk_migrate")
    assert sorted(await asyncio.gather(migrating.migrate(url), migrating.migrate(url))) == [0, 1]


async def test_a_failing_migration_leaves_nothing_behind(
    own_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_migration(monkeypatch, "CREATE TABLE proef (id int)", "SELECT 1 / 0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrating.migrate(own_database.url("maatwerk_migrate"))
    connection = await asyncpg.connect(own_database.url())
    try:
        assert await migrating.behind(connection) == [EXTRA]
        assert await connection.fetchval("SELECT to_regclass('proef') IS NULL")
    finally:
        await connection.close()


async def test_what_a_migration_makes_belongs_to_the_owner(
    own_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_migration(monkeypatch, "CREATE TABLE proef (tenant_id uuid, id int)", tenant_table("proef"))
    await migrating.migrate(own_database.url("maatwerk_migrate"))
    connection = await asyncpg.connect(own_database.url())
    try:
        assert (
            await connection.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'proef'") == "maatwerk_owner"
        )
    finally:
        await connection.close()


async def test_a_change_of_rows_reaches_every_tenant(app: Database) -> None:
    tenants = [await a_tenant(), await a_tenant()]
    for tenant in tenants:
        async with scope(tenant, None) as tx:
            await next_number(tx, "zaak", 2024)
    step = ChangeRows("tenant_counter", "UPDATE tenant_counter SET last = last + 10")
    assert await as_migrator(app, [step]) == [2]
    assert [await counted(tenant) for tenant in tenants] == [11, 11]


async def test_a_change_that_touches_no_row_of_a_filled_table_fails(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        await next_number(tx, "zaak", 2024)
    step = ChangeRows("tenant_counter", "UPDATE tenant_counter SET last = 1 WHERE kind = 'bestaat-niet'")
    with pytest.raises(MigrationTouchedNothing, match="tenant_counter"):
        await as_migrator(app, [step])


async def test_a_change_of_an_empty_table_is_no_fault(app: Database) -> None:
    await a_tenant()
    assert await as_migrator(app, [ChangeRows("tenant_counter", "UPDATE tenant_counter SET last = 1")]) == [0]


async def test_bare_sql_of_the_owner_finds_no_row_at_all(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        await next_number(tx, "zaak", 2024)
    connection = await asyncpg.connect(app.url("maatwerk_migrate"))
    try:
        assert await connection.execute("UPDATE tenant_counter SET last = 7") == "UPDATE 0"
    finally:
        await connection.close()


async def test_only_the_migrator_marks_a_database_as_a_demo(app: Database) -> None:
    assert not await is_demo()
    await mark_demo(app.url("maatwerk_migrate"))
    await mark_demo(app.url("maatwerk_migrate"))
    assert await is_demo()
