"""Who hears of an act: members, never a pupil or a parent. A mail to them names a case number and a link, nothing more."""

from collections.abc import Sequence
from uuid import UUID

from maatwerk.cases.case import Case
from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.people import queries as people
from maatwerk.people.queries import Member
from maatwerk.rules.acts import Act, Chair
from maatwerk.rules.history import fold
from maatwerk.tenancy import Tx


def panel_of(case: Case) -> tuple[Sequence[Chair], frozenset[str]]:
    """The chairs of the panel that opened last, and the seats that voted in it."""
    states = [state for state in fold(case.scheme, case.acts).steps.values() if state.chairs]
    if not states:
        return (), frozenset()
    latest = max(states, key=lambda state: (state.opened_on is not None, state.opened_on))
    return latest.chairs, frozenset(latest.votes)


def reviewers(case: Case, act: Act) -> list[UUID]:
    """The reviewers whom an act concerns: a new one on a chair, all of a new panel, else those who need not vote any more
    or, while it is open, all but the one who acted."""
    result = act.consequences
    if result.seated:
        return [UUID(result.seated.person)]
    chairs, voted = panel_of(case)
    opened = any(item.chairs for item in result.opened)
    ended = any(item.step == act.step for item in result.ended) and result.vote is not None
    return [
        UUID(chair.person)
        for chair in chairs
        if chair.person and (opened or (chair.person != act.by.person and not (ended and chair.slot in voted)))
    ]


async def recipients(tx: Tx, case: Case, act: Act | None, audience: str) -> list[Member]:
    """The active members of an audience of the scheme for this case."""
    if audience == "coordinator":
        everybody = await people.members_with_role(tx, "coordinator")
        able = [member for member in everybody if member.organisation_id == case.organisation_id]
        return [member for member in able if member.id == case.opened_by] or able
    if audience == "beoordelaar":
        wanted = set(reviewers(case, act)) if act else {UUID(c.person) for c in panel_of(case)[0] if c.person}
        return [member for member in await people.members_with_role(tx, "reviewer") if member.id in wanted]
    return await people.members_with_role(tx, PLATFORM_ROLES.get(audience, audience))
