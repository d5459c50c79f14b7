"""Every version of the partnership's schemes, for its admins: what waits for a second one first."""

from litestar import Response

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.http import GivenCaller
from maatwerk.schemes.queries import CONCEPT, MANAGING, PROPOSED, PUBLISHED, WITHDRAWN, listing
from maatwerk.tenancy import scope
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.who import who

SCHEMES = "/beheer/regelingen"
HEADINGS = {
    PROPOSED: "Voorgesteld: een tweede beheerder publiceert",
    CONCEPT: "Concepten",
    PUBLISHED: "Gepubliceerd",
    WITHDRAWN: "Ingetrokken",
}


@page(SCHEMES, permission=MANAGING)
async def show_schemes(caller: GivenCaller) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        rows = await listing(tx, None)
        held = {version.id: version for version in await schemes.current(tx)}
    groups = [(heading, [row for row in rows if row.state == state]) for state, heading in HEADINGS.items()]
    return render(
        "schemes.html",
        "Regelingen",
        await who(caller),
        groups=[(heading, found) for heading, found in groups if found],
        held=held,
        today=clock.today(),
    )


SCREENS = [show_schemes]
