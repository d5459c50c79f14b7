"""Proposing a concept to the other admins, and taking the proposal back."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Conflict, Refused
from maatwerk.rules.tenant_calendar import needs_calendar
from maatwerk.schemes.actions.announce import announce, other_admins
from maatwerk.schemes.queries import CONCEPT, PROPOSED, Stored, name_is_taken, stored
from maatwerk.schemes.reading import Opened
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE scheme_version SET state = $3, proposed_by = $4, proposed_at = $5, changed_at = $6, seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""


async def propose(tx: Tx, caller: Caller, concept: Opened, seen: Version) -> Stored:
    """The proposal. Raises NotFound, Stale, Conflict when it is no concept or its name was used, Refused without a second admin
    or without the school holidays by which it counts."""
    version_id = concept.stored.id
    found = await stored(tx, caller, version_id, lock=True)
    seen.check(found.seq)
    if found.state != CONCEPT:
        raise Conflict.because("geen_concept", "Alleen een concept kan worden voorgesteld.")
    if needs_calendar(concept.scheme):
        message = "Deze regeling telt met schoolvakanties, en van dit partnerschap is geen vakantieregio bekend."
        raise Refused.because("vakantieregio", message, mend="Vraag de beheerder van de dienst om de vakantieregio.")
    await refuse_used_name(tx, found)
    if not await other_admins(tx, caller):
        raise Refused.because(
            "geen_tweede",
            "Dit partnerschap heeft geen tweede beheerder om te publiceren.",
            mend="Nodig eerst een tweede tenantbeheerder uit.",
        )
    now = clock.now()
    await tx.execute(UPDATE, tx.tenant_id, version_id, PROPOSED, caller.membership_id, now, now)
    await audit.record(tx, "regeling.voorgesteld", "regeling", version_id, details={"tekst": found.digest})
    proposal = await stored(tx, caller, version_id)
    await announce(tx, caller, proposal)
    return proposal


async def take_back(tx: Tx, caller: Caller, version_id: UUID, seen: Version) -> Stored:
    """The concept again. Raises NotFound, Stale, Conflict when it is no proposal."""
    found = await stored(tx, caller, version_id, lock=True)
    seen.check(found.seq)
    if found.state != PROPOSED:
        raise Conflict.because("geen_voorstel", "Deze versie is niet voorgesteld.")
    await tx.execute(UPDATE, tx.tenant_id, version_id, CONCEPT, None, None, clock.now())
    await audit.record(tx, "regeling.teruggenomen", "regeling", version_id)
    return await stored(tx, caller, version_id)


async def refuse_used_name(tx: Tx, found: Stored) -> None:
    """Two published versions under one name could not be told apart. Raises Conflict."""
    if await name_is_taken(tx, found):
        raise Conflict.because(
            "versie_bestaat",
            "Van deze regeling is al een versie met deze naam gepubliceerd.",
            mend="Geef haar in het bestand een andere versie.",
            field="versie",
        )
