"""Direct SQL as the service's roles: a tenant's rows are not there for another, whatever the statement."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from maatwerk import audit, clock, outbox, startup
from maatwerk.crypto import new_case_key, new_pack_key
from maatwerk.db import catalogue
from maatwerk.outbox import post_as_dispatch
from maatwerk.tenancy import next_number, scope
from maatwerk.timers import schedule
from tests.builders import a_tenant
from tests.databases import Database

PLATFORM = [
    "tenant_setting",
    "tenant_counter",
    "tenant_key",
    "case_key",
    "pack_key",
    "outbox",
    "timer",
    "audit_entry",
    "audit_pending",
]
COLUMNS = "SELECT * FROM {} LIMIT 0"


async def a_filled_tenant() -> UUID:
    """A tenant with a row in every table of the platform."""
    tenant, case = await a_tenant(), uuid4()
    async with scope(tenant, uuid4()) as tx:
        await next_number(tx, "zaak", 2024)
        await new_case_key(tx, case)
        await new_pack_key(tx, case, uuid4(), ["seat"])
        await schedule(tx, case, clock.now())
        await audit.record(tx, "proef", "zaak", case)
    async with outbox.dispatch_scope() as dispatch:
        await post_as_dispatch(dispatch, "proef", "Proef", [(tenant, {"case_id": str(case)})])
    return tenant


async def as_role(database: Database, role: str) -> asyncpg.Connection:
    return await asyncpg.connect(database.url(role))


@pytest_asyncio.fixture(loop_scope="session")
async def application(app: Database) -> AsyncIterator[asyncpg.Connection]:
    connection = await as_role(app, "maatwerk_app")
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def dispatcher(app: Database) -> AsyncIterator[asyncpg.Connection]:
    connection = await as_role(app, "maatwerk_dispatch")
    yield connection
    await connection.close()


async def choose(connection: asyncpg.Connection, tenant: UUID | str) -> None:
    await connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(tenant))


@pytest.mark.requirement("ALL-01")
@pytest.mark.parametrize("table", PLATFORM)
async def test_a_tenant_sees_its_own_rows_and_no_others(application: asyncpg.Connection, table: str) -> None:
    one, other = await a_filled_tenant(), await a_filled_tenant()
    for tenant in (one, other):
        async with application.transaction():
            await choose(application, tenant)
            seen = await application.fetch(f"SELECT tenant_id FROM {table}")
            assert {row["tenant_id"] for row in seen} == {tenant}


@pytest.mark.parametrize("table", PLATFORM)
@pytest.mark.parametrize("tenant", ["", "6f1d6c1a-2c3b-4b7e-9a50-0f3e5d7c9b21"])
async def test_without_a_tenant_or_with_an_unknown_one_there_is_nothing(
    application: asyncpg.Connection, table: str, tenant: str
) -> None:
    await a_filled_tenant()
    assert await application.fetchval(f"SELECT count(*) FROM {table}") == 0
    async with application.transaction():
        await choose(application, tenant)
        assert await application.fetchval(f"SELECT count(*) FROM {table}") == 0


@pytest.mark.parametrize("table", PLATFORM)
async def test_a_row_for_another_tenant_cannot_be_written(
    app: Database, application: asyncpg.Connection, table: str
) -> None:
    one, other = await a_tenant(), await a_filled_tenant()
    row = await copied(app, table, other)
    async with application.transaction():
        await choose(application, one)
        names = [name for name in row if not (table == "audit_entry" and name == "seq")]
        values = ", ".join(f"${number}" for number in range(1, len(names) + 1))
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with application.transaction():
                await application.execute(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})", *(row[name] for name in names)
                )


async def copied(database: Database, table: str, tenant: UUID) -> dict[str, Any]:
    superuser = await as_role(database, "postgres")
    try:
        return dict(await superuser.fetchrow(f"SELECT * FROM {table} WHERE tenant_id = $1", tenant))
    finally:
        await superuser.close()


async def test_a_row_cannot_be_moved_to_another_tenant_or_changed_there(application: asyncpg.Connection) -> None:
    one, other = await a_filled_tenant(), await a_filled_tenant()
    async with application.transaction():
        await choose(application, one)
        assert await application.execute("UPDATE timer SET due_at = NULL WHERE tenant_id = $1", other) == "UPDATE 0"
        assert await application.execute("DELETE FROM outbox WHERE tenant_id = $1", other) == "DELETE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with application.transaction():
                await application.execute("UPDATE timer SET tenant_id = $1", other)


async def test_the_application_names_tenants_only_in_the_identity_scope(application: asyncpg.Connection) -> None:
    await a_tenant()
    assert await application.execute("UPDATE tenant SET name = 'x'") == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute("DELETE FROM tenant")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute("INSERT INTO demo_marker VALUES (now())")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT payload FROM outbox",
        "SELECT handler FROM outbox",
        "UPDATE outbox SET done_at = now()",
        "DELETE FROM outbox",
        "DELETE FROM timer",
        "SELECT * FROM audit_entry",
        "SELECT * FROM tenant_key",
        "SELECT * FROM case_key",
        "SELECT * FROM tenant_setting",
    ],
)
async def test_the_dispatcher_reaches_ids_and_moments_only(dispatcher: asyncpg.Connection, statement: str) -> None:
    await a_filled_tenant()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await dispatcher.execute(statement)


@pytest.mark.parametrize("role", ["maatwerk_app", "maatwerk_dispatch"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE outbox DISABLE ROW LEVEL SECURITY",
        "DROP POLICY scope ON outbox",
        "SET ROLE maatwerk_owner",
        "SET ROLE maatwerk_backup",
        "SET session_replication_role = replica",
        "CREATE TEMPORARY TABLE mine (id int)",
    ],
)
async def test_no_serving_role_can_loosen_what_holds_it(app: Database, role: str, statement: str) -> None:
    connection = await as_role(app, role)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    finally:
        await connection.close()


async def test_row_security_cannot_be_switched_off(application: asyncpg.Connection) -> None:
    await a_filled_tenant()
    await application.execute("SET row_security = off")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.fetch("SELECT * FROM outbox")


@pytest.mark.requirement("ALL-01")
async def test_the_catalogue_of_the_whole_database_has_no_fault(application: asyncpg.Connection) -> None:
    assert await catalogue.faults(application, startup.declared_tables()) == []
