"""A part of a dry run, by a worker: some cases outside any transaction, then what was found, the place to go on from and the next
message in one. Whatever dies in between, each case counts once.
"""

import time
from collections.abc import Sequence
from contextlib import aclosing
from datetime import date
from uuid import UUID

from maatwerk import clock, outbox
from maatwerk.schemes.checking import checked
from maatwerk.schemes.dry_running import Judged, Period, judged
from maatwerk.schemes.dry_runs import Run, run
from maatwerk.schemes.messages import DryRunWanted
from maatwerk.schemes.reading import as_kept
from maatwerk.tenancy import Tx, scope, tenant_settings

MOST, SECONDS = 200, 20.0
SOURCE = "SELECT code, digest, source, valid_from FROM scheme_version WHERE tenant_id = $1 AND id = $2"
CHANGE = """
    INSERT INTO dry_run_change (tenant_id, dry_run_id, case_id, seq, act, title, sort, was, becomes, reasons)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
ON = """
    UPDATE dry_run SET state = $3, done = done + $4, unchanged = unchanged + $5, changed = changed + $6, erased = erased + $7,
        last_day = $8, last_id = $9, finished_at = $10
    WHERE tenant_id = $1 AND id = $2
"""


async def dry_run(job: outbox.Job) -> None:
    """Does one part, and posts the next. A run of which the text has changed since lapses."""
    run_id = outbox.read(DryRunWanted, job.payload).dry_run_id
    async with scope(job.tenant_id, None, read_only=True) as tx:
        found = await run(tx, run_id)
        version = await tx.fetchrow(SOURCE, tx.tenant_id, found.scheme_version_id)
        settings = await tenant_settings(tx)
    assert version is not None
    part: list[Judged] = []
    state = "vervallen"
    if version["digest"] == found.digest:
        text = await checked(version["source"])
        scheme = as_kept(text.scheme, version["valid_from"], settings)
        period = Period(job.tenant_id, version["code"], found.from_day, found.until_day)
        state, until = "klaar", time.monotonic() + SECONDS
        async with aclosing(judged(scheme, period, _place(found))) as cases:
            async for each in cases:
                part.append(each)
                if len(part) >= MOST or time.monotonic() > until:
                    state = "bezig"
                    break
    async with scope(job.tenant_id, None) as tx:
        await _keep(tx, await run(tx, run_id, lock=True), part, state)
        await outbox.finish(tx, job)


def _place(found: Run) -> tuple[date, UUID] | None:
    return None if found.last_day is None or found.last_id is None else (found.last_day, found.last_id)


async def _keep(tx: Tx, found: Run, part: Sequence[Judged], state: str) -> None:
    changes = [(each.case_id, each.change) for each in part if each.change is not None]
    await tx.executemany(
        CHANGE,
        [
            (tx.tenant_id, found.id, case_id, c.seq, c.act, c.title, c.group, c.was, c.becomes, list(c.reasons))
            for case_id, c in changes
        ],
    )
    erased = sum(each.erased for each in part)
    await tx.execute(
        ON,
        *(tx.tenant_id, found.id, state, len(part), len(part) - len(changes) - erased, len(changes), erased),
        *((part[-1].filed_on, part[-1].case_id) if part else (found.last_day, found.last_id)),
        None if state == "bezig" else clock.now(),
    )
    if state == "bezig":
        await outbox.post(tx, DryRunWanted(found.id))
