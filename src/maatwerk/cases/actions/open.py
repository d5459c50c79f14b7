"""Opening a case: a draft of one school under one version of a scheme, sealed from its first answer on."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases import schemes
from maatwerk.cases.actions.save import checked
from maatwerk.cases.case import Draft, seal_draft
from maatwerk.cases.projection import project
from maatwerk.crypto import new_case_key
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import Forbidden
from maatwerk.rules.standing import standing
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO support_case
        (tenant_id, id, scheme_version_id, organisation_id, opened_by, opened_at, phase, draft, draft_seq, standing,
         changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $6)
"""


async def open_case(tx: Tx, caller: Caller, version_id: UUID, draft: Draft) -> UUID:
    """The id of the new draft.

    Raises NotFound or Refused for the scheme, Invalid for answers that don't fit, Forbidden without a school.
    """
    if caller.organisation_id is None or caller.membership_id is None:
        raise Forbidden.because("geen_school", "Alleen wie bij een school hoort, opent een aanvraag.")
    now = clock.now()
    scheme = await schemes.usable(tx, version_id, clock.legal_day(now))
    checked(scheme, draft)
    case_id = new_id()
    key = await new_case_key(tx, case_id)
    found = standing(scheme, (), clock.legal_day(now))
    await tx.execute(
        INSERT,
        *(tx.tenant_id, case_id, version_id, caller.organisation_id, caller.membership_id, now),
        *(found.phase, seal_draft(tx, case_id, key, draft), project(found, {})),
    )
    await audit.record(tx, what="zaak.geopend", object_kind="zaak", object_id=case_id)
    return case_id
