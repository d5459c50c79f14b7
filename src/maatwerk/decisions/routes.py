"""The route for acts: everything that somebody does to a case comes through here, whatever the scheme calls it."""

from dataclasses import replace
from uuid import UUID

from litestar import Response
from msgspec import UNSET

from maatwerk.anonymisation.actions.release import PackOutdated
from maatwerk.anonymisation.actions.renew import renew
from maatwerk.cases.act_views import act_view, shown
from maatwerk.cases.case import NotBsn, read
from maatwerk.cases.meeting import meet
from maatwerk.cases.schemas import ActView, NewAct
from maatwerk.cases.telling import acts_met, as_met
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.http import FromPath, GivenOnce, GivenVersion, JSONBody, etag, header, post
from maatwerk.settings import in_force
from maatwerk.tenancy import scope


@post(
    "/aanvragen/{case_id:uuid}/handelingen",
    permission="aanvragen.handelen",
    summary="Doe een handeling van de regeling",
    tag="Aanvragen",
    creates=True,
    problems=[403, 404, 409, 412, 422, 428],
    opt={"versioned": True},
    answers_with=[header("ETag", "De versie van de aanvraag na deze handeling.")],
)
async def do(
    once: GivenOnce, case_id: FromPath[UUID], version: GivenVersion, data: JSONBody[NewAct]
) -> Response[ActView]:
    deed = Deed(
        kind=data.act,
        fields=data.fields,
        on=None if data.on is UNSET else data.on,
        not_bsn=tuple(NotBsn(item.digits, item.reason) for item in data.not_bsn),
    )
    caller = once.caller
    try:
        async with once.scope() as tx:
            case, done = await act(tx, caller, case_id, deed, in_force(), version)
            meeting = meet(caller, case)
            told = enumerate(acts_met(case, meeting), start=1)
            place = next((place for place, each in told if each.seq == done.seq), 0)
            headers = {"ETag": etag(as_met(case, meeting).version)}
            mine = shown(case.scheme, done, meeting, caller.acts_as)
            # Who only gave a hint is told that it was recorded, and nothing of the case.
            known = case if meeting.follows else replace(case, number=None)
            return await once.answer(tx, act_view(known, mine, place), headers=headers)
    except PackOutdated:
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await renew(tx, await read(tx, case_id))
        raise


HANDLERS = [do]
