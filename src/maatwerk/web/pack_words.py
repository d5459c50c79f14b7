"""The words that the partnership decided on for good, and how often people corrected the machine. No text of a case stands here."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response

from maatwerk.anonymisation.actions.list_word import unlist_word
from maatwerk.anonymisation.words import KEEP, REMOVE, corrections_of, words_of
from maatwerk.http import Caller, GivenCaller
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, text
from maatwerk.web.rendering import render
from maatwerk.web.returning import see
from maatwerk.web.who import who

PATH = "/beheer/woorden"
REMOVING = "pakketwoorden.verwijderen"
TITLES = {REMOVE: "Gaat voortaan weg", KEEP: "Blijft voortaan staan"}
GONE = "Dit woord staat niet (meer) op een lijst."


@page(PATH, permission="pakketwoorden.lezen")
async def show(caller: GivenCaller) -> Response[str]:
    return await _page(caller)


@form(PATH, permission=REMOVING)
async def remove(caller: GivenCaller, data: Sent) -> Response[str]:
    try:
        word_id = UUID(text(data, "woord"))
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await unlist_word(tx, word_id)
    except (ValueError, NotFound):
        return await _page(caller, [Fault("", GONE)])
    return see(PATH)


async def _page(caller: Caller, faults: Sequence[Fault] = ()) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        words, counts = await words_of(tx), await corrections_of(tx)
    return render(
        "pack_words.html",
        "Fout: vaste woorden" if faults else "Vaste woorden",
        await who(caller),
        status=422 if faults else 200,
        lists=[(title, [each for each in words if each.kind == kind]) for kind, title in TITLES.items()],
        counts=counts,
        may_remove=caller.may(REMOVING),
        faults=faults,
    )


SCREENS = [show, remove]
