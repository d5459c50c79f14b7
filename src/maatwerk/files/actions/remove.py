"""Taking an attachment away. The row stays to say that there was one; name, metadata and content go."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.files import chunks
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx

REMOVE = """
    UPDATE file SET removed_at = $3, name = NULL, digest = NULL, metadata = NULL
    WHERE tenant_id = $1 AND id = $2 AND case_id = $4 AND purpose = 'bijlage' AND removed_at IS NULL
"""


async def remove(tx: Tx, case_id: UUID, file_id: UUID) -> None:
    """Removes an attachment of this draft; the caller has checked that it is one. Raises NotFound for one of another case and for a
    letter, also the second time."""
    if not await tx.execute(REMOVE, tx.tenant_id, file_id, clock.now(), case_id):
        raise NotFound.because("bestand_onbekend", "Dit bestand bestaat niet in deze zaak.")
    await chunks.drop(tx, file_id)
    await audit.record(tx, "bijlage.weggehaald", "bijlage", file_id)
