"""Asking for a pack anew, because what it was made of changed. Making it again keeps what people mended where the original stayed."""

from maatwerk.anonymisation.queries import pack_of
from maatwerk.cases.case import Case
from maatwerk.cases.messages import PackWanted
from maatwerk.outbox import post
from maatwerk.tenancy import Tx

WAITING = """
    SELECT DISTINCT case_id FROM pack_item WHERE tenant_id = $1 AND released_at IS NULL AND state <> 'weggelaten'
"""


async def renew(tx: Tx, case: Case) -> None:
    """Asks for the pack of the present round once more. One that was never made needs no asking: it will be made of the case as
    it is then."""
    if await pack_of(tx, case) is not None:
        await post(tx, PackWanted(case.id))


async def renew_waiting(tx: Tx) -> int:
    """The same for every case of the tenant with something that is still to be released; answers how many. What was left out waits for nothing, also after years."""
    rows = await tx.fetch(WAITING, tx.tenant_id)
    for row in rows:
        await post(tx, PackWanted(row["case_id"]))
    return len(rows)
