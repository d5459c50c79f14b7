"""One open transaction: what `scope` and its sisters yield. It always gives its connection back, whatever COMMIT says,
and it refuses use by another task or after its end, which asyncpg would answer with something stranger."""

import asyncio
from contextlib import suppress
from contextvars import Token
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self
from uuid import UUID

import asyncpg
from piccolo.engine.base import BaseTransaction

if TYPE_CHECKING:
    from maatwerk.db.engine import Engine


class OutsideTransaction(RuntimeError):
    """A query without an open scope: under row-level security it would silently find nothing."""


class TransactionInTransaction(RuntimeError):
    """A scope inside a scope: two tenants or half a rollback would be the result."""


class AnotherTask(RuntimeError):
    """A transaction used by a task that did not open it, such as a child of gather()."""


class CommitBecameRollback(RuntimeError):
    """Somebody swallowed a database error inside the scope, so PostgreSQL rolled back at COMMIT."""


class NoTenant(RuntimeError):
    """This transaction has no tenant: it was opened by another scope than `tenancy.scope`."""


class Transaction(BaseTransaction):
    """Runs SQL with asyncpg's prepared statements; Piccolo's queries inside the block join it."""

    def __init__(
        self,
        engine: "Engine",
        opening: str,
        *,
        tenant_id: UUID | None = None,
        actor_id: UUID | None = None,
        connection: Any = None,
    ) -> None:
        """On a connection of the pool, or on the one given, which then stays the caller's to close."""
        self.actor_id = actor_id
        self._engine = engine
        self._own = connection
        self._pool: Any = None
        self._opening = opening
        self._tenant_id = tenant_id
        self._task: asyncio.Task[Any] | None = None
        self._token: Token[Any] | None = None
        self._raw: Any = None

    @property
    def tenant_id(self) -> UUID:
        """The tenant of this scope; raises NoTenant in a scope that has none."""
        if self._tenant_id is None:
            raise NoTenant("this scope has no tenant")
        return self._tenant_id

    @property
    def connection(self) -> Any:
        """asyncpg's connection, for COPY and cursors; raises when this is not the task that opened the scope."""
        if self._raw is None:
            raise OutsideTransaction("the scope has ended")
        if asyncio.current_task() is not self._task:
            raise AnotherTask("a transaction belongs to the task that opened it")
        return self._raw

    def is_mine(self) -> bool:
        """Whether the running task opened this transaction and has not closed it."""
        return self._raw is not None and asyncio.current_task() is self._task

    async def fetch(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Every row."""
        rows: list[asyncpg.Record] = await self.connection.fetch(sql, *arguments)
        return rows

    async def fetchrow(self, sql: str, *arguments: object) -> asyncpg.Record | None:
        """The first row, or None."""
        row: asyncpg.Record | None = await self.connection.fetchrow(sql, *arguments)
        return row

    async def fetchval(self, sql: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        return await self.connection.fetchval(sql, *arguments)

    async def execute(self, sql: str, *arguments: object) -> int:
        """Runs a statement and tells how many rows it touched; without arguments several statements may be given."""
        status: str = await self.connection.execute(sql, *arguments)
        last = status.rpartition(" ")[2]
        return int(last) if last.isdigit() else 0

    async def executemany(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Runs a statement once per row, pipelined."""
        await self.connection.executemany(sql, rows)

    async def __aenter__(self) -> Self:
        if self._own is None:
            self._pool = self._engine.started_pool()
        self._raw = self._own or await self._pool.acquire()
        self._task = asyncio.current_task()
        try:
            await self._raw.execute(self._opening)
        except BaseException:
            await self._give_back()
            raise
        self._token = self._engine.enter(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        try:
            if error is None:
                await self._commit()
            else:
                await self._roll_back()
        finally:
            await self._give_back()
        return False

    async def _commit(self) -> None:
        status = await self.connection.execute("COMMIT")
        if status != "COMMIT":
            raise CommitBecameRollback("a database error was swallowed inside the scope")

    async def _roll_back(self) -> None:
        """Ends the transaction without hiding the error that is on its way: a lost connection has rolled back."""
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await self._raw.execute("ROLLBACK")

    async def _give_back(self) -> None:
        """Returns the connection, or ends it when it is not surely clean: cut, busy, or in a transaction still."""
        raw, self._raw = self._raw, None
        try:
            if self._token is not None:
                self._engine.leave(self._token)
        finally:
            with suppress(asyncpg.InterfaceError):
                if raw.is_in_transaction():
                    raw.terminate()
            if self._own is None:
                await self._pool.release(raw)
