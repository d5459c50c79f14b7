"""A dry run for an admin: started from the page of a version, then how far it is and which cases would go otherwise, by number."""

from uuid import UUID

from litestar import Response

from maatwerk.http import FromPath, GivenCaller, GivenPage
from maatwerk.rules.refusals import Invalid
from maatwerk.schemes.actions.start_dry_run import start_dry_run
from maatwerk.schemes.dry_runs import changes, groups, run
from maatwerk.schemes.queries import MANAGING, stored
from maatwerk.tenancy import scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Sent, day
from maatwerk.web.rendering import render
from maatwerk.web.returning import onward_of, see
from maatwerk.web.schemes import SCHEMES
from maatwerk.web.who import who

RUNS = "/beheer/proefdraaien"


@form(f"{SCHEMES}/{{scheme_version_id:uuid}}/proefdraaien", permission=MANAGING)
async def begin(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    first, last = day(data, "eersteDag"), day(data, "laatsteDag")
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await stored(tx, caller, scheme_version_id)
        if first is None or last is None:
            raise Invalid.because("periode", "Kies een eerste en een laatste dag.", field="eersteDag")
        found = await start_dry_run(tx, caller, scheme_version_id, first, last)
    return see(f"{RUNS}/{found.id}")


@page(f"{RUNS}/{{dry_run_id:uuid}}", permission=MANAGING)
async def show_dry_run(caller: GivenCaller, dry_run_id: FromPath[UUID], page: GivenPage) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        found = await run(tx, dry_run_id)
        version = await stored(tx, caller, found.scheme_version_id)
        grouped = await groups(tx, dry_run_id)
        rows = await changes(tx, dry_run_id, await page.after_id(tx), page.limit)
        answer = await page.answer(tx, rows, lambda row: row, lambda row: (str(row.case_id),))
    return render(
        "dry_run.html",
        f"Proefdraaien met {version.title} {version.version}",
        await who(caller),
        found=found,
        version=version,
        groups=grouped,
        changes=answer.content.resultaten,
        onward=onward_of(answer.content),
        begun=not page.cursor,
        address=f"{RUNS}/{dry_run_id}",
    )


SCREENS = [begin, show_dry_run]
