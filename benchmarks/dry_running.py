"""The dry run of a draft over the cases of a year, as the service does it: read, unsealed, judged again. Against it the judging alone,
so that the ratio says what reading costs. Half of the cases were only filed, half went all the way.
"""

import resource
import time
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from benchmarks.bench_service import bench_database
from maatwerk import clock
from maatwerk.cases.case import Case, act_place
from maatwerk.crypto import new_case_key, seal
from maatwerk.db import new_id
from maatwerk.rules.dry_run import change_of
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme
from maatwerk.schemes.dry_running import Period, judged
from maatwerk.tenancy import Tx, scope
from tests.partnership import TENANTS, Partnership, regio_36

TEXT = (TENANTS / "regio-36" / "scheme.toml").read_text(encoding="utf-8")
DRAFT = TEXT.replace(
    'bij = ["indienen", "aanvullen"]\nals = "aanvraag.beeld_binnen_school',
    'bij = ["indienen", "aanvullen"]\nals = "size(aanvraag.kosten) > 5 && aanvraag.beeld_binnen_school',
)
AT_ONCE = 100
ROOM = "UPDATE book_envelope SET ceiling = 20000000 WHERE tenant_id = $1"
COPY_CASE = """
    INSERT INTO support_case SELECT (jsonb_populate_record(c, $3)).* FROM support_case c WHERE tenant_id = $1 AND id = $2
"""
COPY_ACT = """
    INSERT INTO case_act SELECT (jsonb_populate_record(a, jsonb_build_object('case_id', $3::uuid, 'sealed', $5::bytea))).*
    FROM case_act a WHERE tenant_id = $1 AND case_id = $2 AND seq = $4
"""


@dataclass(frozen=True)
class Ran:
    """What a dry run found and took: seconds by the clock on the wall and of this process's own work, megabytes that it grew by."""

    cases: int
    changed: int
    seconds: float
    worked: float
    grown: int


async def measure(folder: Path, cases: int) -> dict[str, Any]:
    """Cases per second under a draft that refuses all of them, so that every change is written out, and under one that changes nothing,
    so that every act is judged again."""
    async with bench_database(folder):
        region = await regio_36()
        patterns = [await region.case(await region.filed()), await decided(region)]
        await fill(region, patterns, cases - len(patterns))
        today = clock.today()
        period = Period(region.tenant_id, "interventiebudget", today - timedelta(days=1), today)
        same, draft = load(TEXT), load(DRAFT)
        refused, unchanged = await run(draft, period), await run(same, period)
    begin = time.process_time()
    for number in range(refused.cases):
        change_of(same, draft, patterns[number % len(patterns)].acts)
    alone = time.process_time() - begin
    return {
        "zaken": refused.cases,
        "gewijzigd": refused.changed,
        "zaken_per_seconde": round(refused.cases / refused.seconds),
        "zaken_per_rekenseconde": round(refused.cases / refused.worked),
        "alleen_oordelen_per_rekenseconde": round(refused.cases / alone),
        "verhouding": round(refused.worked / alone, 2),
        "geheugen_erbij_mb": refused.grown,
        "handelingen_per_zaak": sum(len(case.acts) for case in patterns) / len(patterns),
        "ongewijzigd": unchanged.cases - unchanged.changed,
        "ongewijzigd_per_seconde": round(unchanged.cases / unchanged.seconds),
        "ongewijzigd_per_rekenseconde": round(unchanged.cases / unchanged.worked),
    }


async def run(scheme: Scheme, period: Period) -> Ran:
    begin, worked, most, changed, done = time.perf_counter(), time.process_time(), _most_memory(), 0, 0
    async with aclosing(judged(scheme, period)) as found:
        async for each in found:
            done, changed = done + 1, changed + (each.change is not None)
    seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    return Ran(done, changed, seconds, worked, round((_most_memory() - most) / 1024))


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def decided(region: Partnership) -> Case:
    """A case that went all the way to its decision."""
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(ROOM, region.tenant_id)
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    await region.do("jolijn", case_id, "besluit_verzenden")
    return await region.case(case_id)


async def fill(region: Partnership, patterns: list[Case], cases: int) -> None:
    """So many more cases like these, in turns, each sealed with a key of its own."""
    for first in range(0, cases, AT_ONCE):
        async with scope(region.tenant_id, None) as tx:
            for number in range(first, min(first + AT_ONCE, cases)):
                await _copy(tx, patterns[number % len(patterns)], new_id(), f"proef-{number}")


async def _copy(tx: Tx, pattern: Case, case_id: UUID, number: str) -> None:
    key = await new_case_key(tx, case_id)
    await tx.execute(COPY_CASE, tx.tenant_id, pattern.id, {"id": str(case_id), "number": number})
    for act in pattern.acts:
        sealed = seal(key, act_place(tx, case_id, act.seq), msgspec.json.encode(act.fields))
        await tx.execute(COPY_ACT, tx.tenant_id, pattern.id, case_id, act.seq, sealed)
