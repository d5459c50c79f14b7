"""What a worker does to a row: take it, note the attempt, finish it or fail it. `finish` belongs in the handler's last
transaction: it refuses when another attempt has taken over, and then nothing of this one stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.db import Transaction
from maatwerk.tenancy import scope

RUNNING = timedelta(seconds=120)
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 3600, 10800))
ATTEMPTS = len(BACKOFF) + 1

TAKE = """
    SELECT handler, payload, attempts FROM outbox
    WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL AND dead_at IS NULL
      AND (running_until IS NULL OR running_until <= $3)
    FOR UPDATE SKIP LOCKED
"""
BEGIN = "UPDATE outbox SET attempts = $3, running_until = $4, next_at = $4 WHERE tenant_id = $1 AND id = $2"
FINISH = """
    UPDATE outbox SET done_at = $4, running_until = NULL, failure = NULL, attempts = $3
    WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL AND dead_at IS NULL AND attempts IN ($3, $3 - 1)
"""
FAIL = """
    UPDATE outbox SET attempts = $3, failure = $4, running_until = NULL, next_at = $5, dead_at = $6
    WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL AND dead_at IS NULL AND attempts IN ($3, $3 - 1)
"""
DEAD = """
    SELECT id, handler, attempts, failure, dead_at FROM outbox
    WHERE tenant_id = $1 AND dead_at IS NOT NULL ORDER BY dead_at, id LIMIT $2
"""
REDRIVE = """
    WITH driven AS (
        UPDATE outbox SET dead_at = NULL, failure = NULL, attempts = 0, next_at = $3
        WHERE tenant_id = $1 AND id = $2 AND dead_at IS NOT NULL RETURNING 1)
    SELECT pg_notify('maatwerk_outbox', '') FROM driven
"""


class Superseded(RuntimeError):
    """Another attempt has taken this row over, or it is done: this attempt's transaction must not commit."""


@dataclass(frozen=True)
class Job:
    """A row that a worker has taken; `attempts` counts this one too."""

    tenant_id: UUID
    outbox_id: UUID
    handler: str
    payload: dict[str, Any]
    attempts: int


async def take(tx: Transaction, outbox_id: UUID) -> Job | None:
    """Locks a row for this transaction; None when it is done, dead, or somebody else's at the moment."""
    row = await tx.fetchrow(TAKE, tx.tenant_id, outbox_id, clock.now())
    return row and Job(tx.tenant_id, outbox_id, row["handler"], row["payload"], row["attempts"] + 1)


async def begin(tx: Transaction, job: Job) -> bool:
    """Notes the attempt of work outside any transaction. False, and dead, when it crashed a worker too often."""
    if job.attempts > ATTEMPTS:
        await fail_within(tx, replace(job, attempts=ATTEMPTS), "crashed")
        return False
    await tx.execute(BEGIN, job.tenant_id, job.outbox_id, job.attempts, clock.now() + RUNNING)
    return True


async def finish(tx: Transaction, job: Job) -> None:
    """Marks the row done, in the transaction that records the effect. Raises Superseded."""
    if not await tx.execute(FINISH, job.tenant_id, job.outbox_id, job.attempts, clock.now()):
        raise Superseded("another attempt has taken this row over")


async def fail(job: Job, code: str) -> bool:
    """Notes a failed attempt and when the next is due; answers whether the row is dead now, after eight."""
    async with scope(job.tenant_id, None) as tx:
        return await fail_within(tx, job, code)


async def fail_within(tx: Transaction, job: Job, code: str, *, at: datetime | None = None) -> bool:
    """The same in the transaction that records what failed; `at` is the next attempt, if the usual wait does not suit."""
    moment, dead = clock.now(), job.attempts >= ATTEMPTS
    next_at = moment if dead else at or moment + BACKOFF[job.attempts - 1]
    values = (job.attempts, code, next_at, moment if dead else None)
    return bool(await tx.execute(FAIL, job.tenant_id, job.outbox_id, *values)) and dead


@dataclass(frozen=True)
class DeadJob:
    """A row that failed eight times and waits for a person."""

    outbox_id: UUID
    handler: str
    attempts: int
    failure: str
    dead_at: datetime


async def dead_jobs(tx: Transaction, *, limit: int = 100) -> Sequence[DeadJob]:
    """The tenant's dead rows, the oldest first."""
    return [DeadJob(*row.values()) for row in await tx.fetch(DEAD, tx.tenant_id, limit)]


async def redrive(tx: Transaction, outbox_id: UUID) -> bool:
    """Gives a dead row eight new attempts, from now; False when it is not a dead row of this tenant."""
    return bool(await tx.fetch(REDRIVE, tx.tenant_id, outbox_id, clock.now()))


async def forget_done(tx: Transaction, before: datetime) -> int:
    """Deletes the rows that were done before a moment, and tells how many."""
    return await tx.execute("DELETE FROM outbox WHERE tenant_id = $1 AND done_at < $2", tx.tenant_id, before)
