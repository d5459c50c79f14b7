"""Telling the case how its pack stands: facts that the scheme's conditions read, and with them the case's own projection."""

from uuid import UUID

from maatwerk import clock
from maatwerk.anonymisation.queries import blocked
from maatwerk.cases.actions.append import write_projection
from maatwerk.cases.actions.facts import declare, outside
from maatwerk.cases.case import Case
from maatwerk.tenancy import Tx

READY, BLOCKS = "pakket_klaar", "pakket_blokkades"


async def announce(tx: Tx, case: Case, pack_id: UUID) -> int:
    """Declares that the pack is made and how many items hold it back; answers that number. The case is locked by the caller."""
    count = await blocked(tx, pack_id)
    await declare(tx, case.id, {READY: True, BLOCKS: count})
    await write_projection(tx, case, clock.today(), await outside(tx, case))
    return count
