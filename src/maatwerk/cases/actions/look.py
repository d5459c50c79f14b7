"""Looking inside a case: its answers, its acts, its files. Discloses a pupil, so it is authorised and logged with its ground."""

from uuid import UUID

from maatwerk.audit.access import log_reading
from maatwerk.cases.access import authorise
from maatwerk.cases.case import Case, read
from maatwerk.cases.telling import as_told
from maatwerk.http.caller import Caller
from maatwerk.tenancy import Tx


async def look(tx: Tx, caller: Caller, case_id: UUID, what: str) -> Case:
    """The case as the school or the ondersteuner may know it. `what` is the code of what is read. Raises NotFound, Forbidden."""
    case = await read(tx, case_id)
    role = authorise(caller, case, "inhoud")
    await log_reading(tx, membership_id=caller.membership_id, case_id=case_id, what=what, ground=ground_of(case, role))
    return as_told(case, role)


def ground_of(case: Case, role: str) -> str:
    """The ground that the scheme gives this role for seeing the case."""
    return next((rule.ground for rule in case.scheme.disclosures if rule.audience == role), "")
