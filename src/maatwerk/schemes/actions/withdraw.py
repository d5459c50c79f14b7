"""Withdrawing a version: one admin may stop it, and stopping brings no other rules in force (docs/decisions/0012). Cases that run
under it keep it.
"""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Conflict
from maatwerk.schemes.actions.announce import announce
from maatwerk.schemes.queries import PUBLISHED, WITHDRAWN, Stored, stored
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE scheme_version SET state = $3, withdrawn_by = $4, withdrawn_at = $5, changed_at = $5, seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""


async def withdraw(tx: Tx, caller: Caller, version_id: UUID, seen: Version) -> Stored:
    """The version, withdrawn. Raises NotFound, Stale, Conflict for one that is already."""
    found = await stored(tx, caller, version_id, lock=True)
    seen.check(found.seq)
    if found.state == WITHDRAWN:
        raise Conflict.because("al_ingetrokken", "Deze versie is al ingetrokken.")
    await tx.execute(UPDATE, tx.tenant_id, version_id, WITHDRAWN, caller.membership_id, clock.now())
    await audit.record(tx, "regeling.ingetrokken", "regeling", version_id, details={"stand": found.state})
    withdrawn = await stored(tx, caller, version_id)
    if found.state == PUBLISHED:
        await announce(tx, caller, withdrawn)
    return withdrawn
