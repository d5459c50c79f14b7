"""The transaction that everything runs in: it shows one tenant, never leaks, and never lies about having committed."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from piccolo.table import create_db_tables

from maatwerk.db import (
    APP,
    AnotherTask,
    CommitBecameRollback,
    NoTenant,
    OutsideTransaction,
    TransactionInTransaction,
)
from maatwerk.tenancy import named_scope, next_number, scope
from maatwerk.tenancy.tables import Tenant, TenantCounter
from tests.builders import a_tenant
from tests.databases import Database

DEFERRED = """
    CREATE TABLE twice (tenant_id uuid, id int, UNIQUE (tenant_id, id) DEFERRABLE INITIALLY DEFERRED);
    GRANT SELECT, INSERT, DELETE ON twice TO maatwerk_app
"""


def idle_connections() -> tuple[int, int]:
    pool = APP.started_pool()
    return pool.get_idle_size(), pool.get_size()


async def test_a_query_of_piccolo_joins_the_scope(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await next_number(tx, "zaak", 2024)
        rows = await TenantCounter.select(TenantCounter.last)
    assert rows == [{"last": 1}]


async def test_a_query_without_a_scope_is_refused_instead_of_finding_nothing(app: Database) -> None:
    with pytest.raises(OutsideTransaction):
        await Tenant.select()
    with pytest.raises(OutsideTransaction):
        await Tenant.raw("SELECT 1")


async def test_making_tables_through_the_orm_is_refused_outside_a_migration(app: Database) -> None:
    with pytest.raises(OutsideTransaction):
        await create_db_tables(Tenant, if_not_exists=True)


async def test_batches_are_refused_because_they_leave_the_transaction(app: Database) -> None:
    async with scope(await a_tenant(), None):
        with pytest.raises(OutsideTransaction):
            await Tenant.select().batch(batch_size=10)


async def test_a_scope_in_a_scope_is_refused(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None):
        with pytest.raises(TransactionInTransaction):
            scope(tenant, None)


async def test_a_child_task_cannot_use_the_transaction_of_its_parent(app: Database) -> None:
    async with scope(await a_tenant(), None) as tx:
        outcomes = await asyncio.gather(tx.fetchval("SELECT 1"), Tenant.select().run(), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [AnotherTask, AnotherTask]
        assert await tx.fetchval("SELECT 1") == 1


async def test_a_task_that_outlives_the_scope_cannot_use_it(app: Database) -> None:
    ended = asyncio.Event()
    async with scope(await a_tenant(), None) as tx:

        async def later() -> None:
            await ended.wait()
            await tx.fetchval("SELECT 1")

        task = asyncio.create_task(later())
    ended.set()
    with pytest.raises(OutsideTransaction):
        await task


async def test_a_child_task_may_open_a_scope_of_its_own(app: Database) -> None:
    one, other = await a_tenant(), await a_tenant()

    async def elsewhere() -> str:
        async with scope(other, None) as tx:
            return await next_number(tx, "zaak", 2024)

    async with scope(one, None) as tx:
        await next_number(tx, "zaak", 2024)
        assert await asyncio.create_task(elsewhere()) == "2024-0001"
        assert await next_number(tx, "zaak", 2024) == "2024-0002"


async def test_a_scope_closed_by_another_task_is_refused_and_gives_its_connection_back(app: Database) -> None:
    opened = scope(await a_tenant(), None)
    await asyncio.create_task(opened.__aenter__())
    with pytest.raises((AnotherTask, ValueError)):
        await opened.__aexit__(None, None, None)
    idle, size = idle_connections()
    assert idle == size


async def test_a_failing_commit_gives_the_connection_back(app: Database) -> None:
    owner = await asyncpg.connect(app.url("maatwerk_migrate"))
    await owner.execute(DEFERRED)
    try:
        tenant = await a_tenant()
        for _ in range(3 * APP.started_pool().get_max_size()):
            with pytest.raises(asyncpg.UniqueViolationError):
                async with scope(tenant, None) as tx:
                    await tx.execute("INSERT INTO twice VALUES ($1, 1), ($1, 1)", tenant)
            assert APP.current() is None
        idle, size = idle_connections()
        assert idle == size
    finally:
        await owner.execute("DROP TABLE twice")
        await owner.close()


async def test_a_swallowed_database_error_does_not_pass_for_a_commit(app: Database) -> None:
    tenant = await a_tenant()
    with pytest.raises(CommitBecameRollback):
        async with scope(tenant, None) as tx:
            await next_number(tx, "zaak", 2024)
            with pytest.raises(asyncpg.UndefinedTableError):
                await tx.execute("SELECT * FROM nowhere")
    idle, size = idle_connections()
    assert idle == size


async def test_a_cut_connection_raises_the_first_error_and_the_next_scope_works(app: Database) -> None:
    tenant = await a_tenant()
    with pytest.raises(ZeroDivisionError):
        async with scope(tenant, None) as tx:
            tx.connection.terminate()
            raise ZeroDivisionError
    async with scope(tenant, None) as tx:
        assert await tx.fetchval("SELECT 1") == 1


async def test_a_cancelled_action_leaves_nothing_open(app: Database) -> None:
    tenant = await a_tenant()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), scope(tenant, None) as tx:
            await next_number(tx, "zaak", 2024)
            await tx.fetchval("SELECT pg_sleep(5)")
    assert APP.current() is None
    async with scope(tenant, None) as tx:
        assert await next_number(tx, "zaak", 2024) == "2024-0001"


async def test_the_next_user_of_a_connection_inherits_no_setting(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await tx.fetchval("SELECT set_config('app.tenant_id', $1, false)", str(tenant))
    for _ in range(2 * APP.started_pool().get_max_size()):
        async with named_scope("identity") as tx:
            assert not await tx.fetchval("SELECT current_setting('app.tenant_id', true)")


async def test_a_read_only_scope_refuses_a_write(app: Database) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with scope(await a_tenant(), None, read_only=True) as tx:
            await next_number(tx, "zaak", 2024)


async def test_the_identity_scope_has_no_tenant(app: Database) -> None:
    async with named_scope("identity") as tx:
        with pytest.raises(NoTenant):
            _ = tx.tenant_id


async def test_json_travels_as_objects_by_sql_and_by_piccolo(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, uuid4()) as tx:
        assert await tx.fetchval("SELECT $1::jsonb", {"a": [1, None, "é"]}) == {"a": [1, None, "é"]}
        assert await tx.fetchval("SELECT $1::jsonb", "text") == "text"
        assert await tx.fetchval("SELECT current_setting('app.actor_id')") == str(tx.actor_id)


async def test_numbers_count_per_tenant_kind_and_year_and_a_rollback_gives_one_back(app: Database) -> None:
    one, other = await a_tenant(), await a_tenant()
    with pytest.raises(ZeroDivisionError):
        async with scope(one, None) as tx:
            assert await next_number(tx, "zaak", 2024) == "2024-0001"
            raise ZeroDivisionError

    async def number(tenant_id: object) -> str:
        async with scope(one if tenant_id == one else other, None) as tx:
            return await next_number(tx, "zaak", 2024)

    numbers = await asyncio.gather(*(number(one) for _ in range(20)), number(other))
    assert sorted(numbers[:20]) == [f"2024-{n:04d}" for n in range(1, 21)]
    assert numbers[20] == "2024-0001"
