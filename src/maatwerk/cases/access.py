"""Who may look at a case, and how far. One function for pages, API, files and search: whoever it refuses sees nothing."""

from typing import Literal

from maatwerk.cases.case import Case
from maatwerk.cases.meeting import Meeting, meet
from maatwerk.http.caller import Caller
from maatwerk.rules.opening import is_open
from maatwerk.rules.refusals import Forbidden

Look = Literal["stand", "inhoud", "geheel"]


def authorise(caller: Caller, case: Case, look: Look) -> Meeting:
    """How the caller meets the case, for looking at where it stands, at what is open to him of its content, or at the whole as the
    office that handles it.

    Raises Forbidden; the caller of this service is in the same tenant, so this tells nothing of another one.
    """
    meeting = meet(caller, case)
    allowed = {"stand": meeting.follows, "inhoud": is_open(meeting.opening), "geheel": meeting.handles}[look]
    if not allowed:
        raise Forbidden.because("geen_toegang", "U hebt geen toegang tot deze zaak.")
    return meeting
