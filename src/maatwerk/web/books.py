"""The books of the partnership with their room, and beside an estimate what came of it. It names no case and no pupil."""

from litestar import Response

from maatwerk.books.queries import READING, envelopes
from maatwerk.http import GivenCaller
from maatwerk.tenancy import scope
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.who import who


@page("/boeken", permission=READING)
async def show_books(caller: GivenCaller) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await envelopes(tx)
    return render("books.html", "Boeken", await who(caller), books=found)


SCREENS = [show_books]
