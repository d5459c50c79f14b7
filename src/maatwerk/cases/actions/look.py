"""Looking inside a case: its answers, its acts, its files. Discloses a pupil, so it is authorised and logged with what was open
and on which ground."""

from uuid import UUID

from maatwerk.audit.access import log_reading
from maatwerk.cases.access import authorise
from maatwerk.cases.case import Case, read
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.telling import as_met
from maatwerk.http.caller import Caller
from maatwerk.rules.opening import EVERYTHING, Opening
from maatwerk.tenancy import Tx


def fields_of(opening: Opening) -> list[str]:
    """What is open, as the log of readings says it: by name, or that it is all."""
    every_act = EVERYTHING in opening.act_fields
    if opening.whole and every_act:
        return ["alles"]
    fields = {"formulier"} if opening.whole else opening.fields
    return sorted({*fields, *({"handelingen"} if every_act else opening.act_fields)})


async def look(tx: Tx, caller: Caller, case_id: UUID, what: str) -> tuple[Case, Meeting]:
    """The case as somebody may know it, and how he meets it. `what` is the code of what is read. Raises NotFound, Forbidden."""
    case = await read(tx, case_id)
    meeting = authorise(caller, case, "inhoud")
    await log_reading(
        tx,
        membership_id=caller.membership_id,
        case_id=case_id,
        what=what,
        ground=meeting.opening.ground,
        details={"rollen": list(meeting.roles), "velden": fields_of(meeting.opening), **_guest(caller)},
    )
    return as_met(case, meeting), meeting


def _guest(caller: Caller) -> dict[str, UUID]:
    return {"gast": caller.guest.id} if caller.guest else {}
