"""Makes the database and its roles in an embedded PostgreSQL, as its superuser. Production runs db/roles.sql itself."""

from importlib.resources import files

import asyncpg

from maatwerk.local.engines import Engines
from maatwerk.local.faults import LocalFault

LOGIN_ROLES = ("maatwerk_migrate", "maatwerk_app", "maatwerk_dispatch")


def roles_sql() -> str:
    """The statements that make the roles and their rights on the connected database."""
    return files("maatwerk.db").joinpath("roles.sql").read_text(encoding="utf-8")


async def prepare_database(engines: Engines, database: str) -> bool:
    """Makes the database unless it is there, and its roles with the passwords of this data folder.

    Returns whether the database is new. Raises LocalFault when the superuser's password does not fit.
    """
    created = await _create_database(engines, database)
    connection = await asyncpg.connect(engines.postgres_url("postgres", database))
    try:
        await connection.execute(roles_sql())
        for role in LOGIN_ROLES:
            await _set_password(connection, role, engines.secrets.password(role))
    finally:
        await connection.close()
    return created


async def _create_database(engines: Engines, database: str) -> bool:
    try:
        connection = await asyncpg.connect(engines.postgres_url("postgres", "postgres"))
    except asyncpg.InvalidPasswordError:
        raise LocalFault(
            f"Het wachtwoord in {engines.data / 'secrets.json'} hoort niet bij deze databasemap.",
            f"Zet het juiste bestand terug, of verwijder {engines.data} om met een lege demo te beginnen.",
        ) from None
    try:
        if await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            return False
        await connection.execute(f"CREATE DATABASE {quoted(database)} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        return True
    finally:
        await connection.close()


async def _set_password(connection: asyncpg.Connection, role: str, password: str) -> None:
    """ALTER ROLE takes no parameters, so the server itself quotes the text."""
    statement = await connection.fetchval(
        "SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text)", role, password
    )
    await connection.execute(statement)


def quoted(identifier: str) -> str:
    """An SQL identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'
