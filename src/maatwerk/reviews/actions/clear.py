"""The ondersteuner says that somebody is not involved after all: a declaration is withdrawn, or a name that a school wrote is set
aside. Only what people said can be undone: what somebody did in a pupil's case is a fact (R36-40)."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.reviews.actions.declare_involved import task_of
from maatwerk.reviews.involvement import cases_of_pupil
from maatwerk.reviews.queries import Seated, seated
from maatwerk.rules.involvement import Cleared
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.tasks.actions.finish import finish_source
from maatwerk.tenancy import Tx

WITHDRAW = """
    UPDATE involvement SET withdrawn_at = $4, withdrawn_by = $5, withdrawn_because = $6
    WHERE tenant_id = $1 AND case_id = $2 AND membership_id = $3 AND withdrawn_at IS NULL RETURNING declared_at
"""
SET_ASIDE = """
    INSERT INTO mention_set_aside (tenant_id, case_id, membership_id, reason, seen, set_by, set_at)
    SELECT $1, $2, $3, $4, jsonb_object_agg(c.id, c.seq), $5, $6 FROM support_case c
    WHERE c.tenant_id = $1 AND c.id = ANY($7)
    ON CONFLICT (tenant_id, case_id, membership_id) DO UPDATE
        SET reason = excluded.reason, seen = excluded.seen, set_by = excluded.set_by, set_at = excluded.set_at
"""
DID = {"handelde_in_zaak", "opende_zaak"}


async def withdraw(tx: Tx, caller: Caller, case: Case, membership_id: UUID, because: Cleared) -> str:
    """Takes back what was declared in this case, and tells why the member is still involved ("" when he isn't). The caller holds
    the case's lock. Raises NotFound when nothing was declared."""
    declared_at = await tx.fetchval(
        WITHDRAW, tx.tenant_id, case.id, membership_id, clock.now(), caller.membership_id, because
    )
    if declared_at is None:
        raise NotFound.because("niet_gemeld", "Dit lid is in deze zaak niet als betrokkene gemeld.", field="lidId")
    details = {"lid": membership_id}
    await audit.record(tx, "betrokkene.ingetrokken", "zaak", case.id, ground=because, details=details)
    found = await _seated(tx, case, membership_id)
    if found is not None and found.candidate.involved:
        return found.candidate.involved
    for slot in case.scheme.seats:
        await finish_source(tx, task_of(case.id, slot, membership_id, declared_at), caller.membership_id)
    return ""


async def set_aside(tx: Tx, caller: Caller, case: Case, membership_id: UUID, because: Cleared) -> str:
    """Says that the texts that name a reviewer, as they are now, don't make him involved in this case; the answer is as of
    `withdraw`. A text that names him later counts again. Raises NotFound, Refused when he did something himself or isn't named.
    """
    found = await _seated(tx, case, membership_id)
    if found is None:
        raise NotFound.because("geen_kandidaat", "Dit lid kan op geen zetel van deze regeling zitten.", field="lidId")
    if DID.intersection(found.findings):
        raise Refused.because(
            "zelf_gehandeld", "Dit lid handelde zelf in een zaak van de leerling; dat is niet terzijde te leggen."
        )
    if "genoemd_in_aanvraag" not in found.findings or not case.seq:
        raise Refused.because(
            "niet_genoemd", "Dit lid wordt in geen ingediende tekst genoemd, of dat is al terzijde gelegd."
        )
    await tx.execute(
        SET_ASIDE,
        *(tx.tenant_id, case.id, membership_id, because, caller.membership_id, clock.now()),
        await cases_of_pupil(tx, case),
    )
    details = {"lid": membership_id}
    await audit.record(tx, "betrokkene.terzijde", "zaak", case.id, ground=because, details=details)
    left = await _seated(tx, case, membership_id)
    return left.candidate.involved if left else ""


async def _seated(tx: Tx, case: Case, membership_id: UUID) -> Seated | None:
    return next((each for each in await seated(tx, case) if each.candidate.person == str(membership_id)), None)
