"""Taking an attachment away. The row stays to say that there was one; name, metadata and content go."""

from uuid import UUID

from maatwerk import clock
from maatwerk.files import chunks
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx

REMOVE = """
    UPDATE file SET removed_at = $3, name = NULL, digest = NULL, metadata = NULL
    WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL
"""


async def remove(tx: Tx, file_id: UUID) -> None:
    """Removes a file of a draft; the caller has checked that it is one. Raises NotFound, also the second time."""
    if not await tx.execute(REMOVE, tx.tenant_id, file_id, clock.now()):
        raise NotFound.because("bestand_onbekend", "Dit bestand bestaat niet.")
    await chunks.drop(tx, file_id)
