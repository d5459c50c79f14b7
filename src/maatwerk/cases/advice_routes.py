"""Routes for advice: a school asks, the ondersteuner answers, without a pupil."""

from uuid import UUID

from litestar import Response
from msgspec import UNSET

from maatwerk.cases.advice import Advice, advice, advice_list, answer, ask
from maatwerk.cases.schemas import AdviceAnswer, AdviceView, NewAdvice
from maatwerk.http import FromPath, GivenCaller, GivenOnce, GivenPage, JSONBody, Page, get, post
from maatwerk.tenancy import scope

TAG = "Adviesvragen"


@post(
    "/adviesvragen",
    permission="advies.vragen",
    summary="Vraag advies, zonder leerling",
    tag=TAG,
    creates=True,
    problems=[404],
)
async def ask_one(once: GivenOnce, data: JSONBody[NewAdvice]) -> Response[AdviceView]:
    async with once.scope() as tx:
        return await once.answer(tx, _view(await ask(tx, once.caller, data.scheme_version_id, data.question)))


@get("/adviesvragen", permission="advies.lezen", summary="De adviesvragen", tag=TAG)
async def list_advice(caller: GivenCaller, page: GivenPage) -> Response[Page[AdviceView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await advice_list(tx, caller, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, _view, lambda row: (str(row.id),))


@get("/adviesvragen/{advice_id:uuid}", permission="advies.lezen", summary="Een adviesvraag", tag=TAG)
async def show_advice(caller: GivenCaller, advice_id: FromPath[UUID]) -> AdviceView:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        return _view(await advice(tx, caller, advice_id))


@post(
    "/adviesvragen/{advice_id:uuid}/_beantwoord", permission="advies.geven", summary="Beantwoord een adviesvraag", tag=TAG,
    creates=True, status=200, problems=[409],
)  # fmt: skip
async def answer_one(once: GivenOnce, advice_id: FromPath[UUID], data: JSONBody[AdviceAnswer]) -> Response[AdviceView]:
    async with once.scope() as tx:
        return await once.answer(tx, _view(await answer(tx, once.caller, advice_id, data.answer)), status=200)


def _view(found: Advice) -> AdviceView:
    return AdviceView(
        id=found.id,
        scheme_version_id=found.scheme_version_id,
        organisation_id=found.organisation_id,
        question=found.question,
        created_at=found.asked_at,
        answer=UNSET if found.answer is None else found.answer,
        answered_at=found.answered_at or UNSET,
        case_id=found.case_id or UNSET,
    )


HANDLERS = [ask_one, list_advice, show_advice, answer_one]
