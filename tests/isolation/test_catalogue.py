"""The catalogue test itself, tested: each thing that it promises to notice is broken once."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from piccolo.columns import Text
from piccolo.table import Table

from maatwerk import startup
from maatwerk.db import catalogue
from tests.databases import Database

BROKEN = {
    "ALTER TABLE timer NO FORCE ROW LEVEL SECURITY": "timer mist (FORCE)",
    "DROP POLICY scope ON case_key": "case_key heeft geen policy",
    "CREATE POLICY loose ON case_key USING (true)": "loose van case_key laat alles door",
    "CREATE POLICY odd ON case_key USING (created_at IS NOT NULL)": "odd van case_key kijkt niet naar de tenant",
    "CREATE UNIQUE INDEX everywhere ON outbox (id)": "everywhere van outbox begint niet met tenant_id",
    "ALTER TABLE pack_key ADD CONSTRAINT astray FOREIGN KEY (case_id, tenant_id)"
    " REFERENCES case_key (case_id, tenant_id)": "astray",
    "CREATE VIEW everything AS SELECT * FROM outbox": "View everything",
    "CREATE MATERIALIZED VIEW all_rows AS SELECT * FROM outbox": "View all_rows",
    "CREATE FUNCTION powerful() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'": "Functie powerful",
    "CREATE TABLE bare (tenant_id uuid)": "bare",
    "ALTER TABLE timer ADD COLUMN extra text": "timer.extra staat in de database",
    "ALTER TABLE timer DROP COLUMN due_at": "timer.due_at staat in de code",
    "ALTER TABLE timer ALTER COLUMN due_at TYPE date": "timer.due_at is date",
    "ALTER TABLE outbox ALTER COLUMN done_at SET NOT NULL": "outbox.done_at",
    "ALTER TABLE timer OWNER TO postgres": "timer is van postgres",
}


@pytest_asyncio.fixture(loop_scope="session")
async def superuser_here(database: Database) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database.url("postgres"))
    yield connection
    await connection.close()


@pytest.mark.parametrize("statement", BROKEN)
async def test_what_is_broken_is_named(superuser_here: asyncpg.Connection, statement: str) -> None:
    change = superuser_here.transaction()
    await change.start()
    try:
        if "REFERENCES case_key" in statement:
            await superuser_here.execute("CREATE UNIQUE INDEX turned ON case_key (case_id, tenant_id)")
        await superuser_here.execute(statement)
        found = await catalogue.faults(superuser_here, startup.declared_tables())
        assert any(BROKEN[statement] in line for line in found), found
    finally:
        await change.rollback()


def test_a_column_without_class_and_keeping_is_named() -> None:
    class Careless(Table):
        fine = Text(primary_key=True, help_text="class=health; keep=case")
        silent = Text()
        odd = Text(help_text="class=wild; keep=case")

    found = catalogue.declaration_faults([Careless])
    assert [line.split()[1] for line in found] == ["careless.silent", "careless.odd"]
