"""Routes for trying a version before it counts: an example, a comparison, a budget, a dry run. What is tried is not kept."""

import asyncio
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response
from litestar.params import QueryParameter
from msgspec import UNSET

from maatwerk import clock
from maatwerk.http import FromPath, GivenCaller, GivenOnce, GivenPage, JSONBody, Page, get, post
from maatwerk.rules.comparing import compare
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.trial import Application, run_trial
from maatwerk.rules.trial_data import as_data
from maatwerk.rules.trial_input import application_of
from maatwerk.schemes.actions.start_dry_run import start_dry_run
from maatwerk.schemes.budgets import budget_of
from maatwerk.schemes.dry_runs import changes, groups, run, runs_of
from maatwerk.schemes.queries import MANAGING, TRYING, stored
from maatwerk.schemes.reading import compared, opened
from maatwerk.schemes.schemas import (
    BudgetRequest,
    BudgetView,
    DryRunChangeView,
    DryRunRequest,
    DryRunView,
    SentenceView,
    TrialRequest,
    TrialView,
)
from maatwerk.schemes.views import budget_view, change_view, run_view, sentence_view
from maatwerk.tenancy import scope

TAG = "Regelingen"
LARGEST_TRIAL = 200_000


@post(
    "/regelingen/{scheme_version_id:uuid}/proef", permission=TRYING, summary="Probeer een regeling uit op een voorbeeld",
    description="Hetzelfde antwoord als `maatwerk scheme try`. Er wordt niets van bewaard of gelogd", tag=TAG, status=200,
    request_max_body_size=LARGEST_TRIAL,
)  # fmt: skip
async def try_out(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: JSONBody[TrialRequest]) -> TrialView:
    scheme = (await opened(caller, scheme_version_id)).scheme
    given = msgspec.to_builtins(data)
    given["geen_bsn"] = ["".join(filter(str.isdigit, each["nummer"])) for each in given.pop("geenBsn")]
    at = clock.today() if data.on is UNSET else data.on
    found = await asyncio.to_thread(_tried, scheme, application_of(scheme, given), at)
    return msgspec.convert(found, TrialView)


@get(
    "/regelingen/{scheme_version_id:uuid}/verschillen", permission=TRYING, summary="Wat een versie verandert, in zinnen", tag=TAG, problems=[422],
)  # fmt: skip
async def show_differences(
    caller: GivenCaller,
    scheme_version_id: FromPath[UUID],
    other: Annotated[
        UUID | None,
        QueryParameter(name="met", description="De versie waarmee wordt vergeleken; standaard die nu geldt."),
    ] = None,
) -> list[SentenceView]:
    old, new = await compared(caller, scheme_version_id, other)
    return [sentence_view(found) for found in compare(old, new)]


@post(
    "/regelingen/{scheme_version_id:uuid}/begroting", permission="regelingen.begroten", summary="Reken na hoeveel zaken passen",
    description="Met een gemiddelde, met bedragen, met wat vorig jaar is toegekend, of anders met de raming van het boek. Er wordt niets van bewaard", tag=TAG,
    status=200,
)  # fmt: skip
async def reckon(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: JSONBody[BudgetRequest]) -> BudgetView:
    scheme = (await opened(caller, scheme_version_id)).scheme
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await budget_of(tx, scheme, data)
    return budget_view(data.book, scheme.books[data.book], found)


@post(
    "/regelingen/{scheme_version_id:uuid}/proefdraaien", permission=MANAGING, summary="Draai een versie proef op eigen zaken",
    description="Over de zaken van deze regeling die in een periode zijn ingediend; een werker doet het", tag=TAG, creates=True,
)  # fmt: skip
async def begin_dry_run(
    once: GivenOnce, scheme_version_id: FromPath[UUID], data: JSONBody[DryRunRequest]
) -> Response[DryRunView]:
    async with once.scope() as tx:
        found = await start_dry_run(tx, once.caller, scheme_version_id, data.from_day, data.to_day)
        return await once.answer(tx, run_view(found, []), headers={"Location": f"/api/v1/proefdraaien/{found.id}"})


@get(
    "/regelingen/{scheme_version_id:uuid}/proefdraaien", permission=MANAGING, summary="De laatste keren proefdraaien", tag=TAG,
)  # fmt: skip
async def list_dry_runs(caller: GivenCaller, scheme_version_id: FromPath[UUID]) -> list[DryRunView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        await stored(tx, caller, scheme_version_id)
        return [run_view(found, await groups(tx, found.id)) for found in await runs_of(tx, scheme_version_id)]


@get(
    "/proefdraaien/{dry_run_id:uuid}", permission=MANAGING, summary="Hoe ver een proefdraai is, en wat er anders gaat", tag=TAG,
)  # fmt: skip
async def show_dry_run(caller: GivenCaller, dry_run_id: FromPath[UUID]) -> DryRunView:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return run_view(await run(tx, dry_run_id), await groups(tx, dry_run_id))


@get(
    "/proefdraaien/{dry_run_id:uuid}/wijzigingen", permission=MANAGING, summary="De zaken die anders zouden gaan", tag=TAG,
)  # fmt: skip
async def list_changes(
    caller: GivenCaller, dry_run_id: FromPath[UUID], page: GivenPage
) -> Response[Page[DryRunChangeView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await run(tx, dry_run_id)
        rows = await changes(tx, dry_run_id, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, change_view, lambda row: (str(row.case_id),))


def _tried(scheme: Scheme, application: Application, at: date) -> Any:
    """What came of it, as JSON has it. A long course takes a second, so it keeps nobody else waiting."""
    return msgspec.to_builtins(as_data(scheme, run_trial(scheme, application, at)))


HANDLERS = [
    try_out, show_differences, reckon, begin_dry_run, list_dry_runs, show_dry_run, list_changes,
]  # fmt: skip
