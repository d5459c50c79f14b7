"""The roles that roles.sql makes: what each may, seen from the server's own catalogue."""

import asyncpg
import pytest

from maatwerk.local.engines import Engines
from maatwerk.local.roles import prepare_database
from tests.databases import Database

ROLES = """
    SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole
    FROM pg_roles WHERE rolname LIKE 'maatwerk%' ORDER BY rolname
"""


async def test_only_the_backup_role_passes_row_level_security_and_it_cannot_log_in(
    superuser: asyncpg.Connection,
) -> None:
    rows = await superuser.fetch(ROLES)
    assert {row["rolname"]: row["rolcanlogin"] for row in rows} == {
        "maatwerk_app": True,
        "maatwerk_backup": False,
        "maatwerk_dispatch": True,
        "maatwerk_migrate": True,
        "maatwerk_owner": False,
    }
    assert [row["rolname"] for row in rows if row["rolbypassrls"]] == ["maatwerk_backup"]
    assert not any(row["rolsuper"] or row["rolcreatedb"] or row["rolcreaterole"] for row in rows)


async def test_making_the_database_twice_changes_nothing(engines: Engines, superuser: asyncpg.Connection) -> None:
    assert await prepare_database(engines, "maatwerk_twice")
    assert not await prepare_database(engines, "maatwerk_twice")
    await superuser.execute("DROP DATABASE maatwerk_twice")


async def test_what_a_migration_makes_belongs_to_the_owner(own_database: Database) -> None:
    connection = await asyncpg.connect(own_database.url("maatwerk_migrate"))
    await connection.execute("CREATE TABLE proef (id int)")
    owner = await connection.fetchval("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'proef'")
    await connection.close()
    assert owner == "maatwerk_owner"


@pytest.mark.parametrize("role", ["maatwerk_app", "maatwerk_dispatch"])
async def test_a_running_process_makes_no_tables_and_becomes_nobody_else(own_database: Database, role: str) -> None:
    connection = await asyncpg.connect(own_database.url(role))
    for statement in (
        "CREATE TABLE proef (id int)",
        "CREATE TEMPORARY TABLE proef (id int)",
        "CREATE SCHEMA proef",
        "SET ROLE maatwerk_owner",
        "SET ROLE maatwerk_backup",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    await connection.close()
