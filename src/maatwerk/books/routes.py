"""Routes for the books: envelopes with their room, entries, the ceiling that a financial controller sets, and what was expected."""

from datetime import datetime
from uuid import UUID

from litestar import Response
from msgspec import UNSET, UnsetType

from maatwerk import audit
from maatwerk.books.actions.correct_estimate import RIGHT, correct_estimate
from maatwerk.books.actions.envelopes import set_ceiling
from maatwerk.books.queries import READING, Entry, Envelope, Estimate, Told, entries, envelope, envelopes, estimates
from maatwerk.books.schemas import (
    ActualView,
    BookView,
    CeilingChange,
    EntryView,
    EstimateCorrection,
    EstimateVersionView,
    EstimateView,
)
from maatwerk.http import FromPath, GivenCaller, GivenPage, GivenVersion, JSONBody, Page, etag, get, header, put
from maatwerk.tenancy import scope

TAG = "Boeken"
ETAG = header("ETag", "De versie, voor If-Match.")


@get("/boeken", permission=READING, summary="De boeken met hun ruimte", tag=TAG)
async def list_books(caller: GivenCaller) -> list[BookView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return [_view(item) for item in await envelopes(tx)]


@get("/boeken/{book_id:uuid}", permission=READING, summary="Een boek", tag=TAG, answers_with=[ETAG])
async def show_book(caller: GivenCaller, book_id: FromPath[UUID]) -> Response[BookView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return _answer(await envelope(tx, book_id))


@put(
    "/boeken/{book_id:uuid}/plafond",
    permission="boeken.beheren",
    summary="Stel het plafond van een boek vast",
    tag=TAG,
    versioned=True,
    answers_with=[ETAG],
)
async def change_ceiling(
    caller: GivenCaller, book_id: FromPath[UUID], version: GivenVersion, data: JSONBody[CeilingChange]
) -> Response[BookView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        found = await envelope(tx, book_id, lock=True)
        version.check(found.seq)
        await set_ceiling(tx, found, data.ceiling)
        await audit.record(tx, "boek.plafond", "boek", book_id, details={"plafond": data.ceiling})
        return _answer(await envelope(tx, book_id))


@put(
    "/boeken/{book_id:uuid}/raming",
    permission=RIGHT,
    summary="Corrigeer de raming van een boek",
    description="Wat er stond blijft bewaard, met de reden van elke correctie. Een raming houdt niets tegen.",
    tag=TAG,
    versioned=True,
    problems=[422],
    answers_with=[ETAG],
)
async def change_estimate(
    caller: GivenCaller, book_id: FromPath[UUID], version: GivenVersion, data: JSONBody[EstimateCorrection]
) -> Response[BookView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        expected = Estimate(data.pupils, data.average)
        return _answer(await correct_estimate(tx, caller, book_id, expected, data.reason, version))


@get("/boeken/{book_id:uuid}/ramingen", permission=READING, summary="Welke ramingen een boek had, en waarom", tag=TAG)
async def list_estimates(caller: GivenCaller, book_id: FromPath[UUID]) -> list[EstimateVersionView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return [_told(each) for each in await estimates(tx, await envelope(tx, book_id))]


@get("/boeken/{book_id:uuid}/boekingen", permission=READING, summary="De boekingen van een boek", tag=TAG)
async def list_entries(caller: GivenCaller, book_id: FromPath[UUID], page: GivenPage) -> Response[Page[EntryView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await envelope(tx, book_id)
        place = await page.after(tx)
        after = (datetime.fromisoformat(place[0]), UUID(place[1])) if place else None
        rows = await entries(tx, book_id, after, page.limit)
        return await page.answer(tx, rows, _entry, lambda row: (row.recorded_at.isoformat(), str(row.id)))


def _answer(found: Envelope) -> Response[BookView]:
    return Response(_view(found), headers={"ETag": etag(found.seq)})


def _view(found: Envelope) -> BookView:
    return BookView(
        id=found.id,
        scheme_code=found.scheme_code,
        book=found.book,
        period=found.period,
        title=found.title,
        unit=found.unit,
        reserved=found.reserved,
        committed=found.committed,
        paid=found.paid,
        part=found.part or UNSET,
        ceiling=UNSET if found.ceiling is None else found.ceiling,
        free=UNSET if found.free is None else found.free,
        estimate=_expected(found),
        actual=_actual(found),
    )


def _expected(found: Envelope) -> EstimateView | UnsetType:
    estimate = found.estimate
    return EstimateView(estimate.pupils, estimate.average, estimate.total) if estimate else UNSET


def _told(each: Told) -> EstimateVersionView:
    pupils, average, total = each.estimate.pupils, each.estimate.average, each.estimate.total
    given = (each.reason or UNSET, each.by or UNSET, each.recorded_at or UNSET)
    return EstimateVersionView(pupils, average, total, *given)


def _actual(found: Envelope) -> ActualView | UnsetType:
    average = UNSET if found.average is None else found.average
    return ActualView(found.pupils, average, found.uncounted or UNSET) if found.estimate else UNSET


def _entry(row: Entry) -> EntryView:
    pupils = UNSET if row.pupils is None else row.pupils
    return EntryView(row.id, row.kind, row.amount, row.over, row.on_day, row.recorded_at, row.number or UNSET, pupils)


HANDLERS = [list_books, show_book, change_ceiling, change_estimate, list_estimates, list_entries]
