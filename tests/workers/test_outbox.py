"""Rows of the outbox and what workers do to them, in this process: effect once, whatever comes twice or breaks."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

from maatwerk import clock, outbox
from maatwerk.outbox.dispatch import LEASE
from maatwerk.outbox.jobs import ATTEMPTS, RUNNING
from maatwerk.tenancy import Tx, next_number, scope
from tests.builders import a_tenant
from tests.databases import Database
from workers.binding import Bindings


@dataclass(frozen=True)
class SomethingHappened:
    handlers: ClassVar[tuple[str, ...]] = ("proef.inner",)
    case_id: UUID
    at: datetime
    kind: str = "geopend"
    seq: int = 3


@dataclass(frozen=True)
class SomethingToSend(SomethingHappened):
    handlers: ClassVar[tuple[str, ...]] = ("proef.outer",)


@dataclass(frozen=True)
class ForTwo(SomethingHappened):
    handlers: ClassVar[tuple[str, ...]] = ("proef.inner", "proef.outer")


def a_message(kind: type[SomethingHappened] = SomethingHappened) -> SomethingHappened:
    return kind(case_id=uuid4(), at=clock.now())


@pytest.fixture
def moved_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "clock"
    path.write_text("0", encoding="ascii")
    monkeypatch.setenv("MAATWERK_CLOCK", str(path))
    return path


def move(moved_clock: Path, step: timedelta) -> None:
    moved_clock.write_text(str(float(moved_clock.read_text()) + step.total_seconds()), encoding="ascii")


async def effects(tenant: UUID) -> int:
    async with scope(tenant, None) as tx:
        return int(await tx.fetchval("SELECT coalesce(max(last), 0) FROM tenant_counter WHERE kind = 'effect'"))


async def count(tx: Tx, payload: dict[str, Any]) -> None:
    await next_number(tx, "effect", 2024)


async def send_and_count(job: outbox.Job) -> None:
    async with scope(job.tenant_id, None) as tx:
        await next_number(tx, "effect", 2024)
        await outbox.finish(tx, job)


async def breaks(*_: object) -> None:
    raise ZeroDivisionError("met tekst die nergens mag staan")


def bindings(inner: Any = count, outer: Any = send_and_count) -> Bindings:
    return Bindings({"proef.inner": inner}, {"proef.outer": outer})


async def posted(tenant: UUID, message: SomethingHappened | None = None, *, at: datetime | None = None) -> list[UUID]:
    async with scope(tenant, None) as tx:
        return await outbox.post(tx, message or a_message(), at=at)


async def claimed() -> set[UUID]:
    async with outbox.dispatch_scope() as tx:
        return {waiting.outbox_id for waiting in await outbox.claim(tx)}


async def state(tenant: UUID, row: UUID) -> dict[str, Any]:
    async with scope(tenant, None) as tx:
        return dict(await tx.fetchrow("SELECT * FROM outbox WHERE id = $1", row) or {})


async def test_a_message_makes_a_row_per_handler_and_reads_back_as_it_was(app: Database) -> None:
    tenant, message = await a_tenant(), a_message(ForTwo)
    rows = await posted(tenant, message)
    assert {(await state(tenant, row))["handler"] for row in rows} == set(ForTwo.handlers)
    assert outbox.read(ForTwo, (await state(tenant, rows[0]))["payload"]) == message


async def test_a_deed_that_rolls_back_posts_nothing(app: Database) -> None:
    tenant = await a_tenant()
    with pytest.raises(ZeroDivisionError):
        async with scope(tenant, None) as tx:
            await outbox.post(tx, a_message())
            raise ZeroDivisionError
    assert await claimed() == set()


async def test_a_message_with_text_is_refused_and_the_text_stays_out_of_the_error(app: Database) -> None:
    tenant = await a_tenant()
    message = SomethingHappened(uuid4(), clock.now(), kind="Kind heet Voorbeeldnaam")
    with pytest.raises(TypeError) as refused:
        await posted(tenant, message)
    assert "Voorbeeldnaam" not in str(refused.value)


async def test_a_row_is_claimed_once_and_again_when_its_lease_is_over(app: Database, moved_clock: Path) -> None:
    rows = set(await posted(await a_tenant()))
    assert await claimed() == rows
    assert await claimed() == set()
    move(moved_clock, LEASE)
    assert await claimed() == rows


async def test_two_relays_never_claim_the_same_row(app: Database) -> None:
    tenant = await a_tenant()
    rows = [row for _ in range(30) for row in await posted(tenant)]

    async def some() -> list[UUID]:
        async with outbox.dispatch_scope() as tx:
            batch = await outbox.claim(tx, limit=20)
            await tx.fetchval("SELECT pg_sleep(0.05)")
            return [waiting.outbox_id for waiting in batch]

    one, other = await asyncio.gather(some(), some())
    assert sorted(one + other) == sorted(rows)


async def test_a_row_for_later_waits_and_tells_the_relay_when(app: Database, moved_clock: Path) -> None:
    later = clock.now() + timedelta(hours=1)
    rows = set(await posted(await a_tenant(), at=later))
    assert await claimed() == set()
    async with outbox.dispatch_scope() as tx:
        assert await outbox.earliest(tx) == later.astimezone(UTC)
    move(moved_clock, timedelta(hours=1, seconds=1))
    assert await claimed() == rows


@pytest.mark.parametrize("kind", [SomethingHappened, SomethingToSend])
async def test_a_row_delivered_many_times_has_its_effect_once(app: Database, kind: type[SomethingHappened]) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant, a_message(kind))
    await asyncio.gather(*(bindings().deliver(tenant, row) for _ in range(6)))
    await bindings().deliver(tenant, row)
    assert await effects(tenant) == 1
    assert (await state(tenant, row))["done_at"] is not None
    assert await claimed() == set()


async def test_a_stranger_to_the_tenant_delivers_nothing(app: Database) -> None:
    tenant, stranger = await a_tenant(), await a_tenant()
    [row] = await posted(tenant)
    await bindings().deliver(stranger, row)
    assert await effects(tenant) == await effects(stranger) == 0


async def test_a_failing_inner_handler_leaves_no_effect_and_is_tried_again_later(
    app: Database, moved_clock: Path
) -> None:
    async def half(tx: Tx, payload: dict[str, Any]) -> None:
        await count(tx, payload)
        raise ZeroDivisionError("geheim")

    tenant = await a_tenant()
    [row] = await posted(tenant)
    await bindings(inner=half).deliver(tenant, row)
    noted = await state(tenant, row)
    assert (noted["attempts"], noted["failure"], noted["done_at"]) == (1, "ZeroDivisionError", None)
    assert await effects(tenant) == 0
    assert await claimed() == set()
    move(moved_clock, timedelta(seconds=6))
    assert await claimed() == {row}
    await bindings().deliver(tenant, row)
    assert await effects(tenant) == 1


@pytest.mark.parametrize("kind", [SomethingHappened, SomethingToSend])
async def test_after_eight_failures_a_row_is_dead_and_visible_and_can_be_driven_again(
    app: Database, moved_clock: Path, kind: type[SomethingHappened]
) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant, a_message(kind))
    for _ in range(ATTEMPTS):
        assert await claimed() == {row}
        await bindings(breaks, breaks).deliver(tenant, row)
        move(moved_clock, timedelta(hours=4))
    assert await claimed() == set()
    async with scope(tenant, None) as tx:
        [dead] = await outbox.dead_jobs(tx)
        assert (dead.outbox_id, dead.attempts, dead.failure) == (row, ATTEMPTS, "ZeroDivisionError")
        assert await outbox.redrive(tx, row)
        assert not await outbox.redrive(tx, row)
    assert await claimed() == {row}
    await bindings().deliver(tenant, row)
    assert await effects(tenant) == 1


async def test_a_crashed_outer_attempt_is_taken_up_when_its_lease_is_over(app: Database, moved_clock: Path) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant, a_message(SomethingToSend))
    async with scope(tenant, None) as tx:
        job = await outbox.take(tx, row)
        assert job is not None
        await outbox.begin(tx, job)
    await bindings().deliver(tenant, row)
    assert await effects(tenant) == 0
    move(moved_clock, RUNNING)
    assert await claimed() == {row}
    await bindings().deliver(tenant, row)
    assert await effects(tenant) == 1


async def test_an_attempt_that_was_overtaken_leaves_no_effect(app: Database, moved_clock: Path) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant, a_message(SomethingToSend))

    async def slow(job: outbox.Job) -> None:
        move(moved_clock, RUNNING)
        await bindings().deliver(tenant, row)
        await send_and_count(job)

    await bindings(outer=slow).deliver(tenant, row)
    assert await effects(tenant) == 1
    assert (await state(tenant, row))["attempts"] == 2


async def test_a_row_that_crashes_its_worker_every_time_dies(app: Database, moved_clock: Path) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant, a_message(SomethingToSend))
    for _ in range(ATTEMPTS):
        async with scope(tenant, None) as tx:
            job = await outbox.take(tx, row)
            assert job is not None and await outbox.begin(tx, job)
        move(moved_clock, RUNNING)
    await bindings().deliver(tenant, row)
    noted = await state(tenant, row)
    assert noted["dead_at"] is not None and noted["failure"] == "crashed"


async def test_a_row_for_an_unknown_handler_fails_instead_of_vanishing(app: Database) -> None:
    tenant = await a_tenant()
    [row] = await posted(tenant)
    await Bindings({}, {}).deliver(tenant, row)
    assert (await state(tenant, row))["failure"] == "UnknownHandler"


async def test_rows_done_long_ago_are_forgotten_and_others_kept(app: Database) -> None:
    tenant = await a_tenant()
    [done], [waiting] = await posted(tenant), await posted(tenant)
    await bindings().deliver(tenant, done)
    async with scope(tenant, None) as tx:
        assert await outbox.forget_done(tx, clock.now() - timedelta(days=1)) == 0
        assert await outbox.forget_done(tx, clock.now() + timedelta(seconds=1)) == 1
    assert await state(tenant, done) == {}
    assert await state(tenant, waiting)
