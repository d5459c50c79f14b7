"""Submitting a complete application through the whole stack, against three bare inserts in the same server."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from benchmarks.bench_service import api, bench_database
from benchmarks.measuring import alternately
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.settings import in_force
from maatwerk.tenancy import scope
from tests.partnership import Partnership, regio_36
from tests.regio36 import answers

WARM_UP = 20
LIMIT, GOAL = 4.0, 2.0


async def measure(folder: Path, times: int) -> dict[str, Any]:
    """The ratio of the medians, and how many round trips to the database one filing makes."""
    async with bench_database(folder) as (_, settings):
        region = await regio_36()
        drafts = [await region.open() for _ in range(times + WARM_UP + 1)]
        trips = await round_trips(region, drafts.pop())
        async with api(settings) as url, httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
            login = await client.post("/sessies", json=region.persons["bas"].login())
            login.raise_for_status()
            waiting = iter([(draft, await version(client, draft)) for draft in drafts])

            async def submit() -> None:
                draft, tag = next(waiting)
                answer = await client.post(
                    f"/aanvragen/{draft}/handelingen",
                    json={"handeling": "indienen", "velden": {}},
                    headers={"Idempotency-Key": str(uuid4()), "If-Match": tag},
                )
                answer.raise_for_status()

            async def bare() -> None:
                (await client.post("/bench/bare", json=answers())).raise_for_status()

            ours, theirs = await alternately(submit, bare, times, WARM_UP)
    return {
        "indienen_mediaan_ms": round(ours.median, 2),
        "kaal_mediaan_ms": round(theirs.median, 2),
        "verhouding": round(ours.median / theirs.median, 2),
        "verhouding_p99": round(ours.p99 / theirs.p99, 2),
        "hooguit": LIMIT,
        "doel": GOAL,
        "heen_en_weer": trips,
    }


async def version(client: httpx.AsyncClient, draft: UUID) -> str:
    """The ETag of a draft."""
    answer = await client.get(f"/aanvragen/{draft}")
    answer.raise_for_status()
    return str(answer.headers["etag"])


async def round_trips(region: Partnership, case_id: UUID) -> int:
    """Queries that one filing sends, BEGIN and COMMIT included."""
    seen: list[str] = []
    bas = region.callers["bas"]
    await region.open()
    async with scope(region.tenant_id, bas.person_id) as tx:
        tx.connection.add_query_logger(lambda record: seen.append(record.query))
        await act(tx, bas, case_id, Deed("indienen"), in_force())
    return len(seen) + 1
