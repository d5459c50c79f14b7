"""In which roles of its scheme somebody meets a case, and what that opens to him: the one answer for acts, pages, API, files, work and
disclosure. Whoever meets it in no role sees nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.belonging import Place, holds, is_at
from maatwerk.rules.disclosure import rules_for
from maatwerk.rules.history import History, fold
from maatwerk.rules.opening import CLOSED, EVERYTHING, Opening, opened, tells_school
from maatwerk.rules.permissions import FG
from maatwerk.rules.places import places, seat_roles
from maatwerk.rules.scheme import Scheme

ALL = frozenset({EVERYTHING})
OWN_DRAFT = Opening(ALL, ALL, ALL, "eigen concept")


@dataclass(frozen=True)
class Meeting:
    """`roles` in the scheme's order with the places from which he has them, `chairs` by role where he sits. `follows`: he may know
    where the case stands; `opening` is what he sees of its content, `pack` that he reads it anonymised; `answers` that he may fill
    in the form, `school` that he knows of which school it is. `oversees` is the privacy officer: that all was done, and nothing of
    what was filled in."""

    roles: tuple[str, ...] = ()
    places: frozenset[Place] = frozenset()
    chairs: Mapping[str, str] = field(default_factory=dict)
    opening: Opening = CLOSED
    follows: bool = False
    pack: bool = False
    answers: bool = False
    school: bool = False
    oversees: bool = False

    @property
    def seat(self) -> str:
        """The chair on which he sits, "" when on none."""
        return next(iter(self.chairs.values()), "")

    @property
    def office(self) -> bool:
        """Whether he meets it as the partnership's office."""
        return "bureau" in self.places

    @property
    def handles(self) -> bool:
        """Whether he handles it as a whole: the office, and everything is open to him."""
        return self.office and self.opening.whole

    @property
    def only_school(self) -> bool:
        return self.places == {"school"}


def meet(caller: Caller, case: Case) -> Meeting:
    """How the caller meets the case now."""
    if FG in caller.roles:
        return Meeting(follows=True, oversees=True)
    history = fold(case.scheme, case.acts)
    roles, chairs = _roles(caller, case, history)
    if not roles:
        return Meeting()
    rules = [rule for role in roles for rule in rules_for(case.scheme, role, history)]
    own, answers = not case.acts, may_answer(case, roles)
    # What a family is to fill in is not of who began the case for it.
    mine = own and (answers or not case.unfiled)
    return Meeting(
        roles=roles,
        places=frozenset(places(case.scheme)[role] for role in roles),
        chairs=chairs,
        opening=OWN_DRAFT if mine else opened(case.scheme, rules),
        follows=own or any(may_follow(case.scheme, history, role) for role in roles),
        pack=any(rule.treatment == "anoniem" for rule in rules),
        answers=answers,
        school=own or any(knows_school(case.scheme, history, role) for role in roles),
    )


def _roles(caller: Caller, case: Case, history: History) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """(the roles, the chairs by role). A draft is of who opened it and of his school; where its pupil lives is not known yet. A guest
    has the one role in which he was let in, in the one case."""
    where = places(case.scheme)
    if guest := caller.guest:
        let_in = guest.case_id == case.id and where.get(guest.role) == "gezin"
        return ((guest.role,) if let_in else ()), {}
    held = {role: place for role, place in where.items() if holds(caller, role, place)}
    his_own = caller.membership_id is not None and caller.membership_id == case.opened_by
    if not case.acts and not his_own:
        held = {role: "school" for role, place in held.items() if {place, where.get(case.opened_as)} == {"school"}}
    chairs = {
        role: slot for slot in _chairs_of(caller, history) if (role := _role_of(caller, case.scheme, slot)) in held
    }
    roles = tuple(
        role
        for role, place in held.items()
        if (role in chairs and place == "zetel")
        or is_at(caller, place, case.organisation_id, case.home_municipality)
        or (place == "gemeente" and not case.acts)
    )
    return roles, {role: slot for role, slot in chairs.items() if role in roles}


def _chairs_of(caller: Caller, history: History) -> list[str]:
    """The chairs that bear the caller's name. One that was given to another counts no more."""
    mine = str(caller.membership_id)
    return [
        chair.slot
        for state in history.steps.values()
        for chair in state.chairs
        if chair.person and chair.person == mine
    ]


def _role_of(caller: Caller, scheme: Scheme, slot: str) -> str:
    """The role of who sits on a chair; "" when he has that seat no more."""
    role = seat_roles(scheme).get(slot, "")
    return "" if places(scheme).get(role) == "zetel" and slot not in caller.seats else role


def knows_school(scheme: Scheme, history: History, role: str) -> bool:
    """Whether a role may know of which school a case is: it is its own, or the answer is open to it."""
    return places(scheme)[role] == "school" or tells_school(scheme, opened(scheme, rules_for(scheme, role, history)))


def may_follow(scheme: Scheme, history: History, role: str) -> bool:
    """Whether a role may know where a case stands: something of it is open to it, or it may do something now."""
    return bool(rules_for(scheme, role, history)) or may_act(scheme, history, role)


def may_act(scheme: Scheme, history: History, role: str) -> bool:
    """Whether an act that this role may do is open at this moment of the case."""
    if history.closed:
        return any(act.when == "altijd" and role in act.by for act in scheme.acts.values())
    open_now = {
        act for name, state in history.steps.items() if state.status == "open" for act in scheme.steps[name].acts
    }
    return any(
        role in act.by and (name in open_now or (act.when != "stap" and bool(history.acts)))
        for name, act in scheme.acts.items()
    )


def may_answer(case: Case, roles: tuple[str, ...]) -> bool:
    """Whether one of these roles fills in the form: as who files it, and once it was filed as who supplements it."""
    for act in case.scheme.acts.values():
        behaviour = PALETTE[act.behaviour]
        if behaviour.uses_form and (behaviour.files or not case.unfiled) and set(roles).intersection(act.by):
            return True
    return False
