"""Routes for what people corrected in packs: counts, and the words that the partnership decided on for good."""

from uuid import UUID

from litestar import Response

from maatwerk.anonymisation.actions.list_word import list_word, unlist_word
from maatwerk.anonymisation.schemas import CorrectionView, NewTenantWord, TenantWordView
from maatwerk.anonymisation.words import Correction, TenantWord, corrections_of, words_of
from maatwerk.http import FromPath, GivenCaller, GivenOnce, JSONBody, delete, get, post
from maatwerk.tenancy import scope

TAG = "Pakketwoorden"


@get(
    "/pakketcorrecties", permission="pakketwoorden.lezen", summary="Hoe vaak mensen in pakketten iets verbeterden",
    description="Aantallen per laag en soort, zonder een woord van een tekst", tag=TAG,
)  # fmt: skip
async def show_corrections(caller: GivenCaller) -> list[CorrectionView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return [_correction(each) for each in await corrections_of(tx)]


@get("/pakketwoorden", permission="pakketwoorden.lezen", summary="Woorden die voortaan weggaan of blijven", tag=TAG)
async def show_words(caller: GivenCaller) -> list[TenantWordView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return [_word(each) for each in await words_of(tx)]


@post(
    "/pakketwoorden", permission="pakketwoorden.toevoegen", summary="Zet een woord op een lijst",
    description="Een instelling die voortaan weggaat, of een woord dat voortaan blijft staan; nooit de naam van een mens, want een lijst "
    "geldt voor elke zaak. Pakketten die wachten worden ermee opnieuw gemaakt", tag=TAG, creates=True, problems=[409, 410, 422],
)  # fmt: skip
async def add_word(once: GivenOnce, data: JSONBody[NewTenantWord]) -> Response[TenantWordView]:
    async with once.scope() as tx:
        return await once.answer(tx, _word(await list_word(tx, once.caller, data.case_id, data.kind, data.word)))


@delete(
    "/pakketwoorden/{word_id:uuid}", permission="pakketwoorden.verwijderen", summary="Haal een woord van een lijst",
    tag=TAG,
)  # fmt: skip
async def remove_word(caller: GivenCaller, word_id: FromPath[UUID]) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await unlist_word(tx, word_id)


def _correction(each: Correction) -> CorrectionView:
    return CorrectionView(each.layer, each.label, each.verdict, each.times)  # type: ignore[arg-type]


def _word(each: TenantWord) -> TenantWordView:
    return TenantWordView(each.id, each.kind, each.word, each.added_at)


HANDLERS = [show_corrections, show_words, add_word, remove_word]
