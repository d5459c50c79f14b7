"""The audit trail: final rows, a chain over them, and the first broken row by name."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from maatwerk import audit
from maatwerk.tenancy import scope
from tests.builders import a_tenant
from tests.databases import Database


@pytest_asyncio.fixture(loop_scope="session")
async def superuser_here(app: Database) -> AsyncIterator[asyncpg.Connection]:
    """Somebody with every right, whom no trigger stops."""
    connection = await asyncpg.connect(app.url("postgres"))
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()


async def recorded(tenant: UUID, times: int) -> list[int]:
    for number in range(times):
        async with scope(tenant, uuid4()) as tx:
            await audit.record(
                tx, "zaak.geopend", "zaak", uuid4(), ground="taak:3", details={"n": number, "wat": ["a"]}
            )
    async with scope(tenant, None) as tx:
        return [row["seq"] for row in await tx.fetch("SELECT seq FROM audit_entry ORDER BY seq")]


async def test_an_entry_says_who_did_what_to_which(app: Database) -> None:
    tenant, person, case = await a_tenant(), uuid4(), uuid4()
    async with scope(tenant, person) as tx:
        await audit.record(tx, "pakket.gelezen", "pakket", case, details={"stoel": "a", "waarden": [1, None]})
    async with scope(tenant, None) as tx:
        entry = await tx.fetchrow("SELECT * FROM audit_entry")
    assert entry is not None
    assert (entry["actor_id"], entry["what"], entry["object_id"]) == (person, "pakket.gelezen", case)
    assert entry["details"] == {"stoel": "a", "waarden": [1, None]}


@pytest.mark.parametrize("details", [{"naam": "Jan Voorbeeld"}, {"x": {"y": 1}}, {"x": 1.5}])
async def test_text_does_not_come_into_the_trail(app: Database, details: dict[str, object]) -> None:
    async with scope(await a_tenant(), None) as tx:
        with pytest.raises(TypeError):
            await audit.record(tx, "zaak.geopend", "zaak", details=details)
        with pytest.raises(TypeError):
            await audit.record(tx, "zaak geopend door Jan", "zaak")


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_application_cannot_change_what_was_written(app: Database, table: str, statement: str) -> None:
    tenant = await a_tenant()
    await recorded(tenant, 1)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope(tenant, None) as tx:
            await tx.execute(statement.format(table))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET what = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
async def test_not_even_the_owner_can(app: Database, statement: str) -> None:
    tenant = await a_tenant()
    await recorded(tenant, 1)
    owner = await asyncpg.connect(app.url("maatwerk_migrate"))
    try:
        with pytest.raises(asyncpg.RestrictViolationError):
            async with owner.transaction():
                await owner.execute("SELECT set_config('app.tenant_id', $1, true)", str(tenant))
                await owner.execute(statement)
    finally:
        await owner.close()


async def test_the_chain_covers_every_entry_once_though_writers_race(app: Database) -> None:
    tenant = await a_tenant()
    await asyncio.gather(*(recorded(tenant, 3) for _ in range(4)), *(audit.chain(tenant) for _ in range(4)))
    while await audit.chain(tenant):
        pass
    verdict = await audit.verify(tenant)
    assert (verdict.links, verdict.pending, verdict.fault) == (12, 0, "")


async def test_an_unchained_entry_is_pending_and_no_fault(app: Database) -> None:
    tenant = await a_tenant()
    await recorded(tenant, 2)
    assert await audit.verify(tenant) == audit.Verdict(0, (await audit.verify(tenant)).head, 2)


TAMPERING = {
    "UPDATE audit_entry SET what = 'zaak.gesloten' WHERE seq = $1": "veranderd",
    "UPDATE audit_entry SET details = '{}' WHERE seq = $1": "veranderd",
    "UPDATE audit_entry SET actor_id = NULL WHERE seq = $1": "veranderd",
    "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE seq = $1": "veranderd",
    "UPDATE audit_link SET hash = sha256(hash) WHERE seq = $1": "veranderd",
    "DELETE FROM audit_entry WHERE seq = $1": "verwijderd",
}


@pytest.mark.parametrize("statement", TAMPERING)
async def test_tampering_names_the_first_broken_row(
    app: Database, superuser_here: asyncpg.Connection, statement: str
) -> None:
    tenant = await a_tenant()
    seqs = await recorded(tenant, 6)
    await audit.chain(tenant)
    await superuser_here.execute(statement, seqs[2])
    await superuser_here.execute("UPDATE audit_entry SET what = 'ook' WHERE seq = $1", seqs[4])
    verdict = await audit.verify(tenant)
    assert (verdict.links, verdict.broken_seq) == (2, seqs[2])
    assert TAMPERING[statement] in verdict.fault


async def test_a_row_taken_out_with_its_link_is_missed(app: Database, superuser_here: asyncpg.Connection) -> None:
    tenant = await a_tenant()
    seqs = await recorded(tenant, 4)
    await audit.chain(tenant)
    await superuser_here.execute("DELETE FROM audit_entry WHERE seq = $1", seqs[1])
    await superuser_here.execute("DELETE FROM audit_link WHERE seq = $1", seqs[1])
    verdict = await audit.verify(tenant)
    assert (verdict.broken_seq, verdict.fault) == (seqs[2], "hiervoor ontbreekt een schakel")


async def test_a_row_slipped_in_is_noticed(app: Database, superuser_here: asyncpg.Connection) -> None:
    tenant = await a_tenant()
    await recorded(tenant, 2)
    await audit.chain(tenant)
    seq = await superuser_here.fetchval(
        "INSERT INTO audit_entry (tenant_id, at, what, object_kind, details)"
        " SELECT tenant_id, at, what, object_kind, details FROM audit_entry LIMIT 1 RETURNING seq"
    )
    assert (await audit.verify(tenant)).broken_seq == seq


async def test_a_restored_tenant_starts_a_new_epoch_that_follows_on(
    app: Database, superuser_here: asyncpg.Connection
) -> None:
    tenant = await a_tenant()
    await recorded(tenant, 2)
    await audit.chain(tenant)
    async with scope(tenant, None) as tx:
        assert await audit.start_epoch(tx) == 2
    seqs = await recorded(tenant, 2)
    await audit.chain(tenant)
    verdict = await audit.verify(tenant)
    assert (verdict.fault, verdict.head.epoch, verdict.head.position) == ("", 2, 2)
    await superuser_here.execute("UPDATE audit_entry SET what = 'x' WHERE seq = $1", seqs[-1])
    assert (await audit.verify(tenant)).broken_seq == seqs[-1]


async def test_a_tenant_sees_and_chains_only_its_own_trail(app: Database) -> None:
    one, other = await a_tenant(), await a_tenant()
    await recorded(one, 2)
    assert await audit.chain(other) == 0
    assert (await audit.verify(other)).pending == 0
