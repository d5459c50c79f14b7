"""Publishing a proposal, by another admin than who proposed it: from a day on, today or later, new cases begin under it. Cases that
run keep theirs.
"""

from datetime import date
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.schemes import offer_functions, read_text
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid
from maatwerk.schemes.actions.announce import announce
from maatwerk.schemes.actions.propose import refuse_used_name
from maatwerk.schemes.queries import PROPOSED, PUBLISHED, Stored, stored
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE scheme_version
    SET state = $3, valid_from = $4, published_by = $5, published_at = $6, changed_at = $6, seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


async def publish(tx: Tx, caller: Caller, version_id: UUID, seen: Version, valid_from: date) -> Stored:
    """The published version. The caller of this has seen to it that the text is still readable.

    Raises NotFound, Stale, Conflict when it is no proposal, Forbidden for who proposed it, Invalid for a day that was.
    """
    found = await stored(tx, caller, version_id, lock=True)
    seen.check(found.seq)
    if found.state != PROPOSED:
        raise Conflict.because("geen_voorstel", "Alleen wat is voorgesteld, kan worden gepubliceerd.")
    if found.proposed_by is None or found.proposed_by == caller.membership_id:
        raise Forbidden.because(
            "vier_ogen", "Wie een versie voorstelt, publiceert haar niet zelf.", mend="Vraag een andere beheerder."
        )
    _refuse_day(found, valid_from)
    await tx.fetch(LOCK, f"regeling/{tx.tenant_id}/{found.code}")
    await refuse_used_name(tx, found)
    await tx.execute(UPDATE, tx.tenant_id, version_id, PUBLISHED, valid_from, caller.membership_id, clock.now())
    await audit.record(
        tx,
        "regeling.gepubliceerd",
        "regeling",
        version_id,
        details={"tekst": found.digest, "geldig_van": valid_from, "voorgesteld_door": found.proposed_by},
    )
    await offer_functions(tx, read_text(found.source)[0])
    published = await stored(tx, caller, version_id)
    await announce(tx, caller, published)
    return published


def _refuse_day(found: Stored, valid_from: date) -> None:
    if valid_from < clock.today():
        raise Invalid.because(
            "ingangsdatum", "Een regeling gaat vandaag of later in.", mend="Kies een latere dag.", field="geldigVan"
        )
    if found.valid_until is not None and found.valid_until < valid_from:
        raise Invalid.because(
            "ingangsdatum",
            "Volgens haar eigen geldig_tot is deze versie dan al voorbij.",
            mend="Kies een eerdere dag, of pas geldig_tot aan.",
            field="geldigVan",
        )
