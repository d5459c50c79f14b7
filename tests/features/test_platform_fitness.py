"""Whether a process may start: a Dutch line for each thing that must not be so, and none when all is well."""

from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from maatwerk import fitness
from maatwerk.settings import Settings
from tests.databases import Database


async def test_a_sound_installation_has_no_fault(database: Database) -> None:
    assert await fitness.faults(database.settings()) == []


@pytest.mark.parametrize(
    ("role", "fault"),
    [("postgres", "is superuser"), ("maatwerk_migrate", "is eigenaar"), ("maatwerk_migrate", "eigenaar")],
)
async def test_a_role_that_may_do_too_much_is_refused(database: Database, role: str, fault: str) -> None:
    settings = replace(database.settings(), database_url=database.url(role))
    assert any(fault in line for line in await fitness.faults(settings))


async def test_a_role_that_passes_by_row_level_security_is_refused(
    own_database: Database, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("ALTER ROLE maatwerk_dispatch BYPASSRLS")
    try:
        found = await fitness.faults(own_database.settings())
    finally:
        await superuser.execute("ALTER ROLE maatwerk_dispatch NOBYPASSRLS")
    assert found == ["De databaserol maatwerk_dispatch mag row-level security omzeilen (BYPASSRLS)."]


async def test_a_database_that_is_behind_is_refused(own_database: Database) -> None:
    connection = await asyncpg.connect(own_database.url("maatwerk_migrate"))
    await connection.execute("DELETE FROM migration WHERE name = '0001_platform'")
    await connection.close()
    found = await fitness.database_faults(own_database.url())
    assert found == ["De database loopt achter (eerst 0001_platform); draai: maatwerk migrate."]


async def test_an_empty_database_is_behind(own_database: Database) -> None:
    connection = await asyncpg.connect(own_database.url("maatwerk_migrate"))
    await connection.execute("DROP TABLE migration")
    await connection.close()
    [line] = await fitness.database_faults(own_database.url())
    assert "loopt achter" in line


async def test_without_a_kek_nothing_starts(database: Database, tmp_path: Path) -> None:
    [line] = await fitness.faults(replace(database.settings(), kek_file=tmp_path / "kek"))
    assert line.startswith("Er is geen hoofdsleutel")


async def test_without_a_database_it_says_so(database: Database) -> None:
    settings = replace(database.settings(), dispatch_database_url="")
    assert await fitness.faults(replace(settings, database_url="")) == ["MAATWERK_DATABASE_URL is niet gezet."]
    for url in (
        "postgresql://maatwerk_app:x@127.0.0.1:1/x",
        "onzin",
        database.url().replace("maatwerk_app:", "maatwerk_app:x"),
    ):
        found = await fitness.faults(replace(settings, database_url=url))
        assert found == ["De database is niet bereikbaar met de opgegeven URL."]


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("redis://127.0.0.1:6379/0", True),
        ("redis://:geheim@localhost/0", True),
        ("redis://[::1]:6379/0", True),
        ("redis://redis.example/0", False),
        ("redis://10.0.0.3/0", False),
        ("rediss://redis.example/0", True),
        ("redis://[x", False),
    ],
)
def test_a_line_to_another_host_is_encrypted(url: str, holds: bool) -> None:
    assert fitness.secure(url, "rediss") is holds


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "/var/run", None])
def test_this_machine_counts_as_loopback(host: str | None) -> None:
    assert fitness.is_loopback(host)


@pytest.mark.parametrize("host", ["db.example", "192.168.1.4", "localhost.example", "::ffff:10.0.0.1"])
def test_another_machine_does_not(host: str) -> None:
    assert not fitness.is_loopback(host)


async def test_an_unencrypted_line_to_another_host_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitness, "is_loopback", lambda host: False)
    found = await fitness.database_faults(database.url())
    assert found == ["De verbinding met de database op een andere machine is niet versleuteld; zet TLS aan."]


async def test_settings_from_nothing_are_told_what_is_missing(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MAATWERK_DATA": str(tmp_path)})
    assert len(await fitness.faults(settings)) == 2
