"""The real application with one bare handler beside it: what an insert costs in this server without any of our code."""

from typing import Any
from uuid import uuid4

from litestar import Request
from litestar.handlers import HTTPRouteHandler

from maatwerk import asgi
from maatwerk.db import APP
from maatwerk.http import Application, post
from maatwerk.settings import Settings

TABLE = "CREATE TABLE bench_row (tenant_id uuid, id uuid PRIMARY KEY, body jsonb); GRANT INSERT ON bench_row TO maatwerk_app"
INSERT = "INSERT INTO bench_row (tenant_id, id, body) VALUES ($1, $2, $3)"


@post("/bench/bare", permission="public", summary="Drie inserts en niets anders", tag="Meting")
async def bare(request: Request[Any, Any, Any]) -> dict[str, str]:
    """BEGIN, set_config, three INSERTs, COMMIT through asyncpg, on a connection of the same pool."""
    tenant = uuid4()
    body = {"antwoorden": await request.json()}
    connection = await APP.started_pool().acquire()
    try:
        await connection.execute("BEGIN")
        await connection.fetchval("SELECT set_config('app.tenant_id', $1, true)", str(tenant))
        for _ in range(3):
            await connection.execute(INSERT, tenant, uuid4(), body)
        await connection.execute("COMMIT")
    finally:
        await APP.started_pool().release(connection)
    return {"id": str(tenant)}


def create() -> Application:
    """For uvicorn."""
    handlers: list[HTTPRouteHandler] = asgi.API
    handlers.append(bare)
    return asgi.build(Settings.from_environment())
