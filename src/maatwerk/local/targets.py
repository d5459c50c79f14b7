"""Where database, Redis and SMTP are: embedded unless MAATWERK_* points elsewhere, and what is refused about elsewhere."""

import ipaddress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import redis

from maatwerk.local.engines import Engines
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import LOOPBACK, free_port, is_free
from maatwerk.local.service_processes import mail_catcher
from maatwerk.local.supervisor import Child
from maatwerk.settings import Settings

DATABASE = "maatwerk"


@dataclass(frozen=True)
class Mails:
    """The catching SMTP server: its process and its page."""

    catcher: Child
    page: str
    folder: Path


def refuse_settings(settings: Settings) -> None:
    """Raises LocalFault for settings with which the demo must not or cannot start; looks at no network."""
    host = urlsplit(settings.public_url).hostname or ""
    if host != "localhost" and not _is_loopback(host):
        raise LocalFault(
            "De demo is alleen op deze machine te bereiken, en MAATWERK_PUBLIC_URL noemt een ander adres.",
            "Laat MAATWERK_PUBLIC_URL weg.",
        )
    if settings.database_url and not (settings.dispatch_database_url and settings.migrate_database_url):
        raise LocalFault(
            "Bij MAATWERK_DATABASE_URL horen MAATWERK_DISPATCH_DATABASE_URL en MAATWERK_MIGRATE_DATABASE_URL.",
            "Geef ze alle drie, of geen.",
        )


def not_ours() -> LocalFault:
    """The sentence for a database without the marker."""
    return LocalFault(
        "Deze database is niet door de demo gemaakt, dus `make up` blijft eraf.",
        "Laat MAATWERK_DATABASE_URL weg voor de ingebouwde database, of kies met MAATWERK_DATA een lege map.",
    )


def refuse_busy_port(port: int) -> None:
    """Raises LocalFault when somebody else listens there, or nobody could."""
    if not 1024 <= port <= 65_000:
        raise LocalFault(
            f"Poort {port} kan niet.", "Kies er een van 1024 tot en met 65000: MAATWERK_PORT=8000 make up."
        )
    if not is_free(port):
        raise LocalFault(
            f"Poort {port} is bezet door een ander programma.",
            f"Stop dat programma, of kies een andere poort: MAATWERK_PORT={port + 10} make up.",
        )


async def refuse_foreign_database(url: str) -> None:
    """Raises LocalFault when this database cannot be reached or lacks the marker of demo mode."""
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        raise LocalFault(
            "De database van MAATWERK_DATABASE_URL is niet te bereiken.", "Kijk adres, naam en wachtwoord na."
        ) from None
    try:
        marked = await connection.fetchval("SELECT EXISTS (SELECT FROM demo_marker)")
    except asyncpg.PostgresError:
        marked = False
    finally:
        await connection.close()
    if not marked:
        raise not_ours()


def refuse_absent_redis(url: str) -> None:
    """Raises LocalFault when no Redis answers there."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError):
        raise LocalFault(
            "De Redis van MAATWERK_REDIS_URL is niet te bereiken.", "Kijk adres en wachtwoord na."
        ) from None


def completed(settings: Settings, engines: Engines, mail_port: int) -> Settings:
    """The settings with what runs here filled in; everything that was given stays."""
    data = engines.data
    filled = replace(
        settings,
        data=data,
        tenants=settings.tenants.resolve(),
        kek_file=settings.kek_file.resolve(),
        smtp_url=settings.smtp_url or f"smtp://{LOOPBACK}:{mail_port}",
        redis_url=settings.redis_url or engines.redis_url,
        demo=True,
    )
    if settings.database_url:
        return filled
    return replace(
        filled,
        database_url=engines.postgres_url("maatwerk_app", DATABASE),
        dispatch_database_url=engines.postgres_url("maatwerk_dispatch", DATABASE),
        migrate_database_url=engines.postgres_url("maatwerk_migrate", DATABASE),
    )


def mails(data: Path, port: int, smtp_port: int) -> Mails:
    """The catcher, with its page on the port after the service's when that one is free."""
    page = port + 1 if is_free(port + 1) else free_port()
    folder = data / "mail"
    return Mails(mail_catcher(folder, smtp_port, page), f"http://{LOOPBACK}:{page}", folder)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
