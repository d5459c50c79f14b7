"""Asking for a dry run: a row and a message. A worker does it in parts."""

from datetime import date, timedelta
from uuid import UUID

from maatwerk import audit, clock, outbox
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import Conflict, Invalid
from maatwerk.schemes.dry_running import COUNT
from maatwerk.schemes.dry_runs import Run, run
from maatwerk.schemes.messages import DryRunWanted
from maatwerk.schemes.queries import stored
from maatwerk.tenancy import Tx

LONGEST = timedelta(days=1)  # what runs longer will not end by itself any more
INSERT = """
    INSERT INTO dry_run (tenant_id, id, scheme_version_id, digest, from_day, until_day, state, total, asked_by, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, 'wacht', $7, $8, $9)
"""
RUNNING = """
    SELECT EXISTS (SELECT FROM dry_run WHERE tenant_id = $1 AND scheme_version_id = $2 AND finished_at IS NULL
        AND asked_at > $3)
"""


async def start_dry_run(tx: Tx, caller: Caller, version_id: UUID, first: date, last: date) -> Run:
    """The run that waits. Raises NotFound, Invalid for a period that ends before it begins, Conflict while one of this version runs."""
    if last < first:
        raise Invalid.because(
            "periode", "De laatste dag ligt voor de eerste.", mend="Wissel ze om.", field="laatsteDag"
        )
    found = await stored(tx, caller, version_id, lock=True)
    if await tx.fetchval(RUNNING, tx.tenant_id, version_id, clock.now() - LONGEST):
        raise Conflict.because("loopt_al", "Van deze versie loopt al een proefdraai.", mend="Wacht tot die klaar is.")
    run_id = new_id()
    total: int = await tx.fetchval(COUNT, tx.tenant_id, found.code, first, last)
    await tx.execute(
        INSERT,
        *(tx.tenant_id, run_id, version_id, found.digest, first, last, total, caller.membership_id, clock.now()),
    )
    await outbox.post(tx, DryRunWanted(run_id))
    await audit.record(tx, "regeling.proefgedraaid", "regeling", version_id, details={"van": first, "tot": last})
    return await run(tx, run_id)
