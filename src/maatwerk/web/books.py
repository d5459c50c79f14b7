"""The books of the partnership with their room, and beside an estimate what came of it; who may, corrects the estimate. It names no
case and no pupil."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Response

from maatwerk.books.actions.correct_estimate import RIGHT, correct_estimate
from maatwerk.books.queries import READING, Envelope, Estimate, envelope, envelopes, estimates
from maatwerk.http import Caller, GivenCaller
from maatwerk.http.fields import Name
from maatwerk.rules.budgeting import MOST_CASES, MOST_EACH
from maatwerk.rules.refusals import NotFound, Refused, Stale
from maatwerk.tenancy import scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, cents_of, faults_of, fits, seen_version, text
from maatwerk.web.rendering import counted, render
from maatwerk.web.returning import see
from maatwerk.web.who import who

PATH = "/boeken"
MONEY = "eurocent"
CHANGED = "Het boek is intussen gewijzigd. Kijk of alles nog klopt, en doe het dan nog eens."
_NUMBER = re.compile(r"[0-9]{1,12}")


@page(PATH, permission=READING)
async def show_books(caller: GivenCaller) -> Response[str]:
    return await _page(caller)


@form(PATH, permission=RIGHT)
async def correct(caller: GivenCaller, data: Sent) -> Response[str]:
    try:
        book_id = UUID(text(data, "boek"))
    except ValueError as error:
        raise NotFound.because("boek_onbekend", "Dit boek bestaat niet.") from error
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        unit = (await envelope(tx, book_id)).unit
    expected, reason = _typed(data, unit), text(data, "reden")
    if isinstance(expected, list):
        return await _page(caller, expected, data)
    try:
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await correct_estimate(tx, caller, book_id, expected, reason, seen_version(data))
    except Stale:
        return await _page(caller, [Fault("", CHANGED)], data)
    except Refused as refusal:
        return await _page(caller, faults_of(refusal), data)
    return see(PATH)


def _typed(data: Mapping[str, Any], unit: str) -> Estimate | list[Fault]:
    """The estimate that somebody typed, or what is wrong with it and with its reason."""
    pupils, average = text(data, "leerlingen"), text(data, "gemiddelde")
    number = int(pupils) if _NUMBER.fullmatch(pupils) else 0
    money = unit == MONEY
    amount = cents_of(average) if money else int(average) if _NUMBER.fullmatch(average) else None
    faults = []
    if not 1 <= number <= MOST_CASES:
        faults.append(Fault("leerlingen", f"Leerlingen: vul een heel getal in van 1 tot en met {MOST_CASES}."))
    if not 1 <= (amount or 0) <= MOST_EACH:
        example = "een bedrag in, zoals 1.250,00" if money else "een heel getal in, zoals 12"
        faults.append(Fault("gemiddelde", f"Gemiddeld: vul {example}, van hooguit {counted(MOST_EACH, unit)}."))
    if not fits(Name, text(data, "reden")):
        faults.append(Fault("reden", "Reden: schrijf in hooguit 200 tekens waarom de raming anders wordt."))
    return faults or Estimate(number, amount or 0)


async def _page(caller: Caller, faults: Sequence[Fault] = (), data: Mapping[str, Any] | None = None) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await envelopes(tx)
        history = {book.id: await estimates(tx, book) for book in found if book.estimate}
    sent = data or {}
    return render(
        "books.html",
        "Fout: boeken" if faults else "Boeken",
        await who(caller),
        status=422 if faults else 200,
        books=found,
        history=history,
        averages={book.id: _as_typed(book) for book in found if book.estimate},
        may_correct=caller.may(RIGHT),
        faults=faults,
        told={fault.field: fault.message for fault in faults},
        corrected=text(sent, "boek"),
        sent={name: text(sent, name) for name in ("leerlingen", "gemiddelde", "reden")},
    )


def _as_typed(book: Envelope) -> str:
    """The average as somebody would type it."""
    average = book.estimate.average if book.estimate else 0
    return f"{average // 100},{average % 100:02d}" if book.unit == MONEY else str(average)


SCREENS = [show_books, correct]
