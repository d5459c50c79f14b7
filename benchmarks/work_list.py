"""A work list of 25 rows, over HTTP, at a thousand and at a million cases over a hundred tenants: two databases on one
PostgreSQL, each with its API, asked in turns."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from benchmarks.bench_service import DATABASE, api, bench_database, copy_of_database
from benchmarks.measuring import Call, alternately
from maatwerk.local.engines import Engines
from maatwerk.settings import Settings
from tests.partnership import Partnership, regio_36

TENANTS = 100
SMALL = 1_000
LEAST_OWN = 100  # so that the page of 25 is full at either size
WARM_UP = 20
LIMIT_MEDIAN, LIMIT_P99 = 1.2, 1.5
MORE_TENANTS = """
    INSERT INTO tenant (id, code, name, created_at)
    SELECT gen_random_uuid(), 'proef-' || n, 'Proef ' || n, now()
    FROM generate_series(1, $1::int - (SELECT count(*)::int FROM tenant)) AS n
"""
SEED = """
    SET session_replication_role = replica;
    INSERT INTO support_case (tenant_id, id, scheme_version_id, number, organisation_id, opened_by, opened_as, opened_at, seq,
        phase, draft_seq, standing, changed_at)
    SELECT t.id, gen_random_uuid(), $1, $4 || '-' || n, $2, $2, 'coordinator', now() - n * interval '1 second', 2, 'controle volledigheid', 1,
        '{}', now()
    FROM tenant t, generate_series(1, CASE WHEN t.id = $5 THEN greatest($3::int, $6::int) ELSE $3::int END) AS n;
    """
WORK = """
    INSERT INTO work_item (tenant_id, case_id, role, owner_id, since, due, acts)
    SELECT tenant_id, id, 'ondersteuner', '00000000-0000-0000-0000-000000000000', opened_at, current_date, '["volledig_verklaren"]'
    FROM support_case c WHERE NOT EXISTS (
        SELECT FROM work_item w WHERE w.tenant_id = c.tenant_id AND w.case_id = c.id)
"""


async def measure(folder: Path, most: int, times: int) -> dict[str, Any]:
    """Median and p99 of both sizes and their ratios."""
    async with bench_database(folder) as (engines, settings):
        region = await regio_36()
        login = region.persons["jolijn"].login
        async with superuser(engines, DATABASE) as owner:
            await owner.execute(MORE_TENANTS, TENANTS)
            await fill(owner, region, SMALL // TENANTS, "a")
        larger = await copy_of_database(engines, settings, f"{DATABASE}_groot")
        async with superuser(engines, f"{DATABASE}_groot") as owner:
            await fill(owner, region, (most - SMALL) // TENANTS, "b")
            await owner.execute("CHECKPOINT", timeout=900)
        async with reader(settings, login()) as few, reader(larger, login()) as many:
            small, large = await alternately(few, many, times, WARM_UP)
    return {
        "klein_zaken": SMALL,
        "groot_zaken": most,
        "klein_mediaan_ms": round(small.median, 2),
        "groot_mediaan_ms": round(large.median, 2),
        "verhouding_mediaan": round(large.median / small.median, 2),
        "hooguit_mediaan": LIMIT_MEDIAN,
        "verhouding_p99": round(large.p99 / small.p99, 2),
        "hooguit_p99": LIMIT_P99,
    }


async def fill(owner: asyncpg.Connection, region: Partnership, per_tenant: int, prefix: str) -> None:
    """So many more cases in every tenant, each waiting for the ondersteuner; statistics as autovacuum would leave them."""
    settings, insert = SEED.split(";")[:2]
    await owner.execute(settings)
    await owner.execute(
        insert, region.scheme_id, UUID(int=1), per_tenant, prefix, region.tenant_id, LEAST_OWN, timeout=900
    )
    await owner.execute(WORK, timeout=900)
    await owner.execute("RESET session_replication_role")
    await owner.execute("VACUUM ANALYZE support_case", timeout=900)
    await owner.execute("VACUUM ANALYZE work_item", timeout=900)


@asynccontextmanager
async def superuser(engines: Engines, database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(engines.postgres_url("postgres", database))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def reader(settings: Settings, login: dict[str, str]) -> AsyncIterator[Call]:
    """Somebody at an API of his own who reads the first page of the ondersteuner's work list."""
    async with api(settings) as url, httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as client:
        (await client.post("/sessies", json=login)).raise_for_status()

        async def read() -> None:
            answer = await client.get("/werklijst", params={"rol": "ondersteuner", "pageSize": 25})
            answer.raise_for_status()
            assert len(answer.json()["resultaten"]) == 25

        yield read
