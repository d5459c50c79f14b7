"""The dry run of a draft over the cases of a year, as the service does it: read, unsealed, judged again. Against it the judging alone,
so that the ratio says what reading costs.
"""

import time
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.bench_service import bench_database
from maatwerk import clock
from maatwerk.rules.dry_run import change_of
from maatwerk.rules.loading import load
from maatwerk.schemes.dry_running import Period, judged
from tests.partnership import TENANTS, regio_36

TEXT = (TENANTS / "regio-36" / "scheme.toml").read_text(encoding="utf-8")
DRAFT = TEXT.replace(
    'bij = ["indienen", "aanvullen"]\nals = "aanvraag.beeld_binnen_school',
    'bij = ["indienen", "aanvullen"]\nals = "size(aanvraag.kosten) > 5 && aanvraag.beeld_binnen_school',
)


async def measure(folder: Path, cases: int) -> dict[str, Any]:
    """Cases per second, with the number that would be refused: all of them, so that every change is written out too."""
    async with bench_database(folder):
        region = await regio_36()
        for _ in range(cases):
            last = await region.filed()
        known, draft = (await region.case(last)).acts, load(DRAFT)
        today = clock.today()
        period = Period(region.tenant_id, "interventiebudget", today - timedelta(days=1), today)
        begin, changed, done = time.perf_counter(), 0, 0
        async with aclosing(judged(draft, period)) as found:
            async for each in found:
                done, changed = done + 1, changed + (each.change is not None)
        whole = time.perf_counter() - begin
        begin, old = time.perf_counter(), load(TEXT)
        for _ in range(done):
            change_of(old, draft, known)
        alone = time.perf_counter() - begin
    return {
        "zaken": done,
        "gewijzigd": changed,
        "zaken_per_seconde": round(done / whole),
        "alleen_oordelen_per_seconde": round(done / alone),
        "verhouding": round(whole / alone, 2),
    }
