"""The operator's commands, run as a shell would: Dutch lines, exit codes, never a traceback and never a content."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

import asyncpg
import pytest

from maatwerk import audit, outbox
from maatwerk.tenancy import scope
from tests.accounts import member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.recovery import kinds_of
from workers.binding import Bindings


async def maatwerk(database: Database, *typed: str, **environment: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "import sys; from maatwerk.cli import main; sys.exit(main())", *typed),
        env=os.environ | database.environment() | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@dataclass(frozen=True)
class Hopeless:
    handlers: ClassVar[tuple[str, ...]] = ("proef.onbekend",)
    case_id: UUID


async def a_dead_row(tenant: UUID) -> UUID:
    async with scope(tenant, None) as tx:
        [row] = await outbox.post(tx, Hopeless(uuid4()))
    for _ in range(8):
        await Bindings({}, {}).deliver(tenant, row)
    return row


async def test_check_says_that_the_service_may_start_or_why_not(database: Database, tmp_path: Path) -> None:
    code, out, err = await maatwerk(database, "check", MAATWERK_KEK_FILE=str(tmp_path / "kek"))
    assert (code, out) == (1, "")
    assert "Er is geen hoofdsleutel" in err and "Traceback" not in err


async def test_migrate_needs_its_own_url_and_says_what_it_did(database: Database) -> None:
    assert (await maatwerk(database, "migrate"))[0] == 2
    url = database.url("maatwerk_migrate")
    code, out, _ = await maatwerk(database, "migrate", MAATWERK_MIGRATE_DATABASE_URL=url)
    assert (code, out) == (0, "De database was al bij.\n")


async def test_dead_rows_are_listed_and_driven_again(app: Database) -> None:
    assert (await maatwerk(app, "outbox", "dead"))[1] == "Er zijn geen vastgelopen taken.\n"
    tenant = await a_tenant("regio-proef")
    row = await a_dead_row(tenant)
    code, out, _ = await maatwerk(app, "outbox", "dead")
    assert code == 0 and str(row) in out and "regio-proef" in out and "UnknownHandler" in out
    assert (await maatwerk(app, "outbox", "redrive", str(row)))[0] == 0
    code, _, err = await maatwerk(app, "outbox", "redrive", str(row))
    assert code == 2 and "geen vastgelopen taak" in err
    async with outbox.dispatch_scope() as tx:
        assert [waiting.outbox_id for waiting in await outbox.claim(tx)] == [row]


async def test_verify_names_the_first_broken_row_and_the_tenant(app: Database) -> None:
    tenant = await a_tenant("regio-proef")
    await a_tenant("andere-proef")
    async with scope(tenant, None) as tx:
        await audit.record(tx, "proef", "zaak")
        seq = await tx.fetchval("SELECT seq FROM audit_entry")
    await audit.chain(tenant)
    code, out, _ = await maatwerk(app, "audit", "verify")
    assert code == 0 and "regio-proef: in orde, regels: 1" in out
    superuser = await asyncpg.connect(app.url("postgres"))
    await superuser.execute("SET session_replication_role = replica; UPDATE audit_entry SET what = 'iets-anders'")
    await superuser.close()
    code, out, _ = await maatwerk(app, "audit", "verify", "--tenant", "regio-proef")
    assert code == 1 and f"regio-proef: regel {seq} klopt niet" in out and "andere-proef" not in out
    assert (await maatwerk(app, "audit", "verify", "--tenant", "bestaat-niet"))[0] == 2


async def test_a_new_kek_wraps_everything_again_and_says_so(app: Database, tmp_path: Path) -> None:
    kek = str(tmp_path / "kek")
    assert "k1" in (await maatwerk(app, "keys", "new-kek", MAATWERK_KEK_FILE=kek))[1]
    code, out, _ = await maatwerk(app, "keys", "rewrap", MAATWERK_KEK_FILE=kek)
    assert code == 0 and "Klaar: 0 sleutels" in out


async def test_an_app_is_taken_away_by_command_and_an_unknown_address_is_one_line(app: Database) -> None:
    person = await member_of(await a_tenant(), "tenant_admin")
    code, out, _ = await maatwerk(app, "person", "app", "--mail", person.address)
    assert (code, out) == (0, "De app is los; de code voor een nieuwe gaat per mail uit en geldt een dag.\n")
    assert await kinds_of(person.address) == ["app_opnieuw"]
    code, out, err = await maatwerk(app, "person", "app", "--mail", "niemand@voorbeeld.example")
    assert (code, out, err.count("\n")) == (2, "", 1)
    operator = await somebody(operator=True)
    code, out, _ = await maatwerk(app, "person", "app", "--mail", operator.address)
    assert (code, len(out.splitlines()[-1])) == (0, 43)


@pytest.mark.parametrize("typed", [["keys", "rewrap"], ["audit", "verify"], ["outbox", "dead"]])
async def test_a_database_that_is_away_is_one_line(database: Database, typed: list[str]) -> None:
    code, out, err = await maatwerk(database, *typed, MAATWERK_DATABASE_URL="postgresql://x:y@127.0.0.1:1/z")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and "De database is niet bereikbaar" in err
