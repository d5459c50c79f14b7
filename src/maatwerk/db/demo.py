"""The marker of a database that demo mode made. The application can read it and never write it."""

import asyncpg

from maatwerk import clock
from maatwerk.db.engine import APP


async def mark_demo(migrate_url: str) -> None:
    """Marks the database, once, as made by demo mode; `migrate_url` is of maatwerk_migrate."""
    connection = await asyncpg.connect(migrate_url)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL ROLE maatwerk_owner")
            await connection.execute("SELECT set_config('app.scope', 'demo', true)")
            if not await connection.fetchval("SELECT EXISTS (SELECT FROM demo_marker)"):
                await connection.execute("INSERT INTO demo_marker (made_at) VALUES ($1)", clock.now())
    finally:
        await connection.close()


async def is_demo() -> bool:
    """Whether demo mode made this database."""
    async with APP.open("RESET ALL; BEGIN READ ONLY") as tx:
        return bool(await tx.fetchval("SELECT EXISTS (SELECT FROM demo_marker)"))
