"""The ondersteuner settles what a school suspects: it is about this member, who is involved from then on, or it is not so and
everybody whom it kept off is free again. One act either way, in the audit trail."""

from dataclasses import replace
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.reviews.actions.declare_involved import declare_involved
from maatwerk.reviews.actions.suspect import task_of
from maatwerk.reviews.suspicions import Suspicion, Verdict, suspicions
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.tasks.actions.finish import finish_source
from maatwerk.tenancy import Tx

SETTLE = """
    UPDATE suspicion SET verdict = $3, membership_id = $4, settled_by = $5, settled_at = $6
    WHERE tenant_id = $1 AND id = $2
"""


async def confirm(tx: Tx, caller: Caller, case: Case, suspicion_id: UUID, membership_id: UUID) -> Suspicion:
    """Declares the member involved as the school said. The caller holds the case's lock. Raises NotFound, Conflict."""
    found = await _open(tx, case, suspicion_id)
    await declare_involved(tx, caller, case, membership_id, found.what)
    return await _settled(tx, caller, found, "bevestigd", membership_id)


async def dismiss(tx: Tx, caller: Caller, case: Case, suspicion_id: UUID) -> Suspicion:
    """Says that nobody is involved by this. Raises as `confirm` does."""
    return await _settled(tx, caller, await _open(tx, case, suspicion_id), "verworpen", None)


async def _open(tx: Tx, case: Case, suspicion_id: UUID) -> Suspicion:
    found = next((each for each in await suspicions(tx, [case]) if each.id == suspicion_id), None)
    if found is None:
        raise NotFound.because("vermoeden_onbekend", "Dit vermoeden bestaat niet.")
    if found.verdict:
        raise Conflict.because("al_afgehandeld", "Dit vermoeden is al bevestigd of verworpen.")
    return found


async def _settled(tx: Tx, caller: Caller, found: Suspicion, verdict: Verdict, membership_id: UUID | None) -> Suspicion:
    await tx.execute(SETTLE, tx.tenant_id, found.id, verdict, membership_id, caller.membership_id, clock.now())
    await finish_source(tx, task_of(found.id), caller.membership_id)
    details = {"vermoeden": found.id, "lid": membership_id}
    await audit.record(tx, f"vermoeden.{verdict}", "zaak", found.case_id, details=details)
    return replace(found, verdict=verdict, membership_id=membership_id)
