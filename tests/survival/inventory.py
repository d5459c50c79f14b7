"""What the database holds when the dust has settled, read as the application's own role."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")

ACTS = "SELECT case_id::text, kind, seq, seat, membership_id, consequences FROM case_act ORDER BY case_id, seq"
CASES = "SELECT id::text, number, seq, phase, closed FROM support_case"
OUTBOX = "SELECT id, handler, payload, attempts, done_at, dead_at, running_until FROM outbox"
MAILS = "SELECT case_id::text, kind, state, message_id, attempts FROM mail"
FILES = "SELECT case_id::text, purpose FROM file WHERE removed_at IS NULL"
TASKS = "SELECT case_id::text, title, role, membership_id, done_at FROM task"
ENTRIES = "SELECT case_id::text, envelope_id, kind, amount FROM book_entry"
ENVELOPES = "SELECT id, reserved, committed, paid FROM book_envelope"
PACKS = "SELECT case_id::text, state FROM pack"
TRAIL = "SELECT what, object_id::text FROM audit_entry"


@dataclass(frozen=True)
class Inventory:
    """Rows by table, as they are."""

    acts: Sequence[Any]
    cases: Sequence[Any]
    outbox: Sequence[Any]
    mails: Sequence[Any]
    files: Sequence[Any]
    tasks: Sequence[Any]
    entries: Sequence[Any]
    envelopes: Sequence[Any]
    packs: Sequence[Any]
    trail: Sequence[Any]


def aside(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`, in a thread: the loop of the test run is left alone."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def inventory(url: str, tenant_id: str) -> Inventory:
    """Everything of one tenant, in one snapshot."""
    queries = (ACTS, CASES, OUTBOX, MAILS, FILES, TASKS, ENTRIES, ENVELOPES, PACKS, TRAIL)
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await _enter(connection, tenant_id)
            return Inventory(*[await connection.fetch(query) for query in queries])
    finally:
        await connection.close()


async def unfinished(url: str, tenant_id: str) -> int:
    """How many rows of the outbox are not done."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await _enter(connection, tenant_id)
            return int(await connection.fetchval("SELECT count(*) FROM outbox WHERE done_at IS NULL"))
    finally:
        await connection.close()


async def _enter(connection: asyncpg.Connection, tenant_id: str) -> None:
    await connection.execute("SELECT set_config('app.tenant_id', $1, true)", tenant_id)
