"""The database engine: Piccolo's, over asyncpg, made safe. Nothing runs outside a transaction, and a transaction
belongs to the task that opened it; open one through tenancy, people or outbox, never here."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar, Token
from typing import Any, NoReturn
from uuid import UUID

import asyncpg
import msgspec
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from maatwerk.db.transaction import OutsideTransaction, Transaction, TransactionInTransaction

SESSION = {
    "timezone": "UTC",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


async def prepare(connection: Any) -> None:
    """Lets jsonb travel as Python objects on this connection."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_to_json, decoder=msgspec.json.decode, format="text"
    )


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


async def _keep(connection: object) -> None:
    """Replaces asyncpg's round trip at release: every transaction opens with RESET ALL instead."""


class Joined:
    """What Piccolo's own `transaction()` gets: the transaction that is open already."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def __aenter__(self) -> Transaction:
        return self._transaction

    async def __aexit__(self, *_: object) -> None:
        return None


class Engine(PostgresEngine):
    """One database role's pool. Made at import, without a connection; `start` opens the pool on the running loop."""

    def __init__(self, name: str) -> None:
        super().__init__(config={"database": name})

    async def check_version(self) -> None:
        """Piccolo would connect here, at import; `maatwerk check` looks at the version instead."""

    async def prep_database(self) -> None:
        """No extension is needed."""

    async def start(self, url: str, *, size: int) -> None:
        """Opens the pool on the running loop; at most `size` connections."""
        if self.pool is not None:
            raise RuntimeError("the pool has been started already")
        self.pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            init=prepare,
            reset=_keep,
            server_settings=SESSION,
            statement_cache_size=400,
        )

    async def stop(self) -> None:
        """Closes the pool; connections that do not come back within five seconds are cut."""
        pool, self.pool = self.pool, None
        if pool is None:
            return
        try:
            await asyncio.wait_for(pool.close(), 5)
        except TimeoutError:
            pool.terminate()

    def started_pool(self) -> Any:
        """The pool; raises RuntimeError before `start`."""
        if self.pool is None:
            raise RuntimeError("the pool has not been started")
        return self.pool

    def open(self, opening: str, *, tenant_id: UUID | None = None, actor_id: UUID | None = None) -> Transaction:
        """A transaction that begins with the statements of `opening`, sent in one round trip.

        Raises TransactionInTransaction when this task has one open: nothing here nests.
        """
        if self.current() is not None:
            raise TransactionInTransaction("this task has a transaction open already")
        return Transaction(self, opening, tenant_id=tenant_id, actor_id=actor_id)

    def current(self) -> Transaction | None:
        """The open transaction of this task, if any; one that another task opened does not count."""
        transaction = self._inherited()
        return transaction if transaction is not None and transaction.is_mine() else None

    def enter(self, transaction: Transaction) -> Token[Any]:
        """Makes a transaction the open one of this context; for Transaction itself."""
        variable: ContextVar[Any] = self.current_transaction
        return variable.set(transaction)

    def leave(self, token: Token[Any]) -> None:
        """Undoes `enter`; raises ValueError in another context than that one's."""
        self.current_transaction.reset(token)

    def _inherited(self) -> Transaction | None:
        """What this context knows as open; a child task knows its parent's, and may not use it."""
        variable: ContextVar[Any] = self.current_transaction
        transaction: Transaction | None = variable.get()
        return transaction

    def transaction(self, allow_nested: bool = True) -> Joined:  # type: ignore[override]
        """For Piccolo's own code only: joins the open transaction."""
        return Joined(self._required())

    def atomic(self) -> NoReturn:
        raise OutsideTransaction("open a scope instead of atomic()")

    async def batch(self, query: object, batch_size: int = 100, node: str | None = None) -> NoReturn:
        """Refused: Piccolo would open a connection of its own, without the tenant. Page by cursor instead."""
        raise OutsideTransaction("batch() leaves the transaction; page by cursor")

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Sequence[asyncpg.Record]:
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self._required().fetch(sql, *arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Sequence[asyncpg.Record]:
        return await self._required().fetch(ddl)

    def _required(self) -> Transaction:
        transaction = self._inherited()
        if transaction is None:
            raise OutsideTransaction("a query needs an open scope")
        return transaction


APP = DB = Engine("maatwerk_app")
DISPATCH = Engine("maatwerk_dispatch")
