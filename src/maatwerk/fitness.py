"""Whether this process may start at all: its database role is powerless enough, its lines to other hosts are encrypted,
its KEK is there and its database is up to date. Each fault is one Dutch line."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import asyncpg
from piccolo.table import Table

from maatwerk.crypto import FileKek, KekUnusable
from maatwerk.db import catalogue
from maatwerk.db.migrate import behind
from maatwerk.settings import Settings

OLDEST = 160000

ROLE = """
    SELECT current_user AS name, r.rolsuper, r.rolbypassrls,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
               OR EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid)
               OR EXISTS (SELECT FROM pg_roles o WHERE o.rolname = 'maatwerk_owner'
                          AND pg_has_role(r.oid, o.oid, 'MEMBER')) AS owns,
           current_setting('server_version_num')::int AS version,
           coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted
    FROM pg_roles r WHERE r.rolname = current_user
"""


async def faults(settings: Settings, tables: Sequence[type[Table]] = ()) -> list[str]:
    """Every reason not to start; the catalogue is looked at too when `tables`, all that the code declares, are given."""
    found = kek_faults(settings)
    if not secure(settings.redis_url, "rediss"):
        found.append("De verbinding met Redis op een andere machine is niet versleuteld: gebruik rediss://.")
    if not settings.database_url:
        return [*found, "MAATWERK_DATABASE_URL is niet gezet."]
    found += await database_faults(settings.database_url, tables)
    if settings.dispatch_database_url:
        found += await database_faults(settings.dispatch_database_url)
    return found


def kek_faults(settings: Settings) -> list[str]:
    """What is wrong with the KEK, if anything."""
    try:
        FileKek(settings.kek_file)
    except KekUnusable as error:
        return [str(error)]
    return []


def is_loopback(host: str | None) -> bool:
    """Whether a host of a URL is this machine; a socket has no host."""
    if not host or host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def secure(url: str, scheme: str) -> bool:
    """Whether a URL stays on this machine or names the scheme that encrypts; one that cannot be read does neither."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return is_loopback(parts.hostname) or parts.scheme == scheme


async def database_faults(url: str, tables: Sequence[type[Table]] = ()) -> list[str]:
    """What is wrong with a role's way to the database; connects as a process would."""
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return ["De database is niet bereikbaar met de opgegeven URL."]
    try:
        found = await _role_faults(connection, urlsplit(url).hostname)
        if waiting := await behind(connection):
            return [*found, f"De database loopt achter (eerst {waiting[0]}); draai: maatwerk migrate."]
        return [*found, *(await catalogue.faults(connection, tables) if tables else ())]
    finally:
        await connection.close()


async def _role_faults(connection: asyncpg.Connection, host: str | None) -> list[str]:
    role = await connection.fetchrow(ROLE)
    assert role is not None
    checks = {
        f"De databaserol {role['name']} is superuser.": role["rolsuper"],
        f"De databaserol {role['name']} mag row-level security omzeilen (BYPASSRLS).": role["rolbypassrls"],
        f"De databaserol {role['name']} is eigenaar van de tabellen.": role["owns"],
        "De verbinding met de database op een andere machine is niet versleuteld; zet TLS aan.": (
            not role["encrypted"] and not is_loopback(host)
        ),
        "PostgreSQL is te oud; versie 16 of nieuwer is nodig.": role["version"] < OLDEST,
    }
    return [text for text, wrong in checks.items() if wrong]
