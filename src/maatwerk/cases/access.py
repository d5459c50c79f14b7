"""Who may look at a case, and as what. One function for pages, API, files and search: whoever it refuses sees nothing.

A reviewer never passes here for the case itself: the pack is what reviewers get (reviews/).
"""

from typing import Literal

from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.rules.history import fold
from maatwerk.rules.permissions import COORDINATOR, FG, ONDERSTEUNER, REVIEWER
from maatwerk.rules.refusals import Forbidden

Look = Literal["inhoud", "stand"]


def seat_of(caller: Caller, case: Case) -> str:
    """The chair on which the caller sits in this case, "" when on none. A chair that was given to another counts no more, nor one
    of a seat that he has no more."""
    for state in fold(case.scheme, case.acts).steps.values():
        for chair in state.chairs:
            if chair.person and chair.person == str(caller.membership_id) and chair.slot in caller.seats:
                return chair.slot
    return ""


def role_in(caller: Caller, case: Case) -> str:
    """The role in which the caller meets this case: as the school, the ondersteuner or a seat; "" for nobody."""
    if ONDERSTEUNER in caller.roles:
        return ONDERSTEUNER
    if COORDINATOR in caller.roles and caller.organisation_id == case.organisation_id:
        return COORDINATOR
    if REVIEWER in caller.roles and seat_of(caller, case):
        return REVIEWER
    return FG if FG in caller.roles else ""


def authorise(caller: Caller, case: Case, look: Look) -> str:
    """The caller's role in the case for looking at its content or only at where it stands.

    Raises Forbidden; the caller of this service is in the same tenant, so this tells nothing of another one.
    """
    role = role_in(caller, case)
    allowed = (COORDINATOR, ONDERSTEUNER) if look == "inhoud" else (COORDINATOR, ONDERSTEUNER, REVIEWER, FG)
    if role not in allowed:
        raise Forbidden.because("geen_toegang", "U hebt geen toegang tot deze zaak.")
    return role
