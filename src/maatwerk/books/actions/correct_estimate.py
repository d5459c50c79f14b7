"""Correcting what was expected of an envelope: what stood there stays, with the reason of each correction. An estimate holds nothing
back, so nothing that was booked changes."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.books.queries import Envelope, Estimate, envelope, estimates
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO estimate_correction (tenant_id, envelope_id, n, pupils, average, reason, corrected_by, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
TOUCH = "UPDATE book_envelope SET seq = seq + 1 WHERE tenant_id = $1 AND id = $2"
RIGHT = "ramingen.corrigeren"


async def correct_estimate(
    tx: Tx, caller: Caller, envelope_id: UUID, expected: Estimate, reason: str, version: Version
) -> Envelope:
    """The envelope with another estimate. Raises NotFound, Stale, Refused for one that has none, Invalid for what it is already."""
    found = await envelope(tx, envelope_id, lock=True)
    version.check(found.seq)
    if found.estimate is None:
        raise Refused.because(
            "geen_raming", "Dit boek heeft in deze periode geen raming om te corrigeren.",
            mend="Zet een raming in een volgende versie van de regeling: die geldt dan ook voor deze periode.",
        )  # fmt: skip
    if found.estimate == expected:
        raise Invalid.because("zelfde_raming", "Dit is de raming al.", mend="Geef een ander aantal of gemiddelde.")
    number = len(await estimates(tx, found))
    values = (expected.pupils, expected.average, reason, caller.membership_id, clock.now())
    await tx.execute(INSERT, tx.tenant_id, envelope_id, number, *values)
    await tx.execute(TOUCH, tx.tenant_id, envelope_id)
    details = {"leerlingen": expected.pupils, "gemiddelde": expected.average}
    await audit.record(tx, "boek.raming", "boek", envelope_id, details=details)
    return await envelope(tx, envelope_id)
