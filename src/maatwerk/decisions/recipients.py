"""Who hears of an act: members, never a pupil or a parent. A mail to them names a case number and a link, nothing more."""

from collections.abc import Sequence
from uuid import UUID

from maatwerk.cases.case import Case
from maatwerk.people import queries as people
from maatwerk.people.queries import Member
from maatwerk.rules.acts import Act, Chair
from maatwerk.rules.belonging import is_at
from maatwerk.rules.history import fold
from maatwerk.rules.places import places, seat_roles
from maatwerk.tenancy import Tx


def panel_of(case: Case, role: str) -> tuple[Sequence[Chair], frozenset[str]]:
    """The chairs of a role in the panel that opened last with any, and the seats that voted in it."""
    own = seat_roles(case.scheme)
    states = [
        state
        for state in fold(case.scheme, case.acts).steps.values()
        if any(own.get(chair.slot) == role for chair in state.chairs)
    ]
    if not states:
        return (), frozenset()
    latest = max(states, key=lambda state: (state.opened_on is not None, state.opened_on))
    return [chair for chair in latest.chairs if own.get(chair.slot) == role], frozenset(latest.votes)


def concerned(case: Case, act: Act, role: str) -> list[UUID]:
    """Who on the chairs of a role an act concerns: a new one on a chair, all of a new panel, else those who need not vote any more
    or, while it is open, all but the one who acted."""
    result = act.consequences
    if result.seated:
        return [UUID(result.seated.person)] if seat_roles(case.scheme).get(result.seated.slot) == role else []
    chairs, voted = panel_of(case, role)
    opened = any(item.chairs for item in result.opened)
    ended = any(item.step == act.step for item in result.ended) and result.vote is not None
    return [
        UUID(chair.person)
        for chair in chairs
        if chair.person and (opened or (chair.person != act.by.person and not (ended and chair.slot in voted)))
    ]


async def recipients(tx: Tx, case: Case, act: Act | None, audience: str) -> list[Member]:
    """The active members of an audience of the scheme for this case: of a school first who opened it."""
    place = places(case.scheme).get(audience)
    if place is None:
        return []
    able = await people.members_holding(tx, audience, place)
    if place == "zetel":
        chairs = panel_of(case, audience)[0]
        wanted = set(concerned(case, act, audience)) if act else {UUID(c.person) for c in chairs if c.person}
        return [member for member in able if member.id in wanted]
    able = [member for member in able if is_at(member, place, case.organisation_id, case.home_municipality)]
    return [member for member in able if place == "school" and member.id == case.opened_by] or able
