"""Making cases one pupil's. A subject is moved as a whole: whoever links a case links all that were linked to it before, and no
subject is left without a case. Links wait for each other, so that two at once can't pull cases apart."""

from uuid import UUID

import msgspec

from maatwerk import audit
from maatwerk.cases.messages import Linked
from maatwerk.outbox import post
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import Tx

LIKELY = """
    SELECT c.id, c.number, c.organisation_id FROM support_case c
    JOIN subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
    WHERE c.tenant_id = $1 AND c.id <> $2 AND c.number IS NOT NULL AND s.person_index = (
        SELECT o.person_index FROM support_case oc JOIN subject o ON o.tenant_id = oc.tenant_id AND o.id = oc.subject_id
        WHERE oc.tenant_id = $1 AND oc.id = $2)
        AND c.subject_id <> (SELECT subject_id FROM support_case WHERE tenant_id = $1 AND id = $2)
    ORDER BY c.number LIMIT 20
"""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
SUBJECT = "SELECT subject_id FROM support_case WHERE tenant_id = $1 AND id = $2"
MOVE = "UPDATE support_case SET subject_id = $3 WHERE tenant_id = $1 AND subject_id = $2"
OF_PUPIL = "SELECT id FROM support_case WHERE tenant_id = $1 AND subject_id = $2 AND number IS NOT NULL ORDER BY id"
EMPTIED = "DELETE FROM subject WHERE tenant_id = $1 AND id = $2"


class Likely(msgspec.Struct):
    """A case that may be of the same pupil; a person decides."""

    id: UUID
    number: str
    organisation_id: UUID


async def likely(tx: Tx, case_id: UUID) -> list[Likely]:
    """Cases that may be of the same pupil and aren't linked."""
    rows = await tx.fetch(LIKELY, tx.tenant_id, case_id)
    return [Likely(**dict(row)) for row in rows]


async def link(tx: Tx, case_id: UUID, other_id: UUID) -> Likely:
    """Makes two cases, and all that are linked to either, of one pupil, and gives the other. Raises Refused unless they are a likely
    match that somebody saw. The caller holds no case's lock: who links later would wait for it while holding what this needs."""
    await tx.execute(ONE_AT_A_TIME, f"subjects/{tx.tenant_id}")
    other = next((item for item in await likely(tx, case_id) if item.id == other_id), None)
    if other is None:
        raise Refused.because(
            "geen_dubbel", "Deze zaken horen niet zichtbaar bij dezelfde leerling.", field="aanvraagId"
        )
    own = await tx.fetchval(SUBJECT, tx.tenant_id, case_id)
    pupil = await tx.fetchval(SUBJECT, tx.tenant_id, other_id)
    await tx.execute(MOVE, tx.tenant_id, own, pupil)
    await tx.execute(EMPTIED, tx.tenant_id, own)
    for row in await tx.fetch(OF_PUPIL, tx.tenant_id, pupil):
        await post(tx, Linked(row["id"]))
    await audit.record(tx, "zaak.gekoppeld", "zaak", case_id, details={"andere": other_id})
    return other
