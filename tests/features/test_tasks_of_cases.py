"""Tasks that acts make: for whom, done by what, and gone when nothing can do them any more."""

from uuid import UUID

import pytest

from maatwerk.rules.refusals import Invalid
from maatwerk.tasks.queries import of_case
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import Partnership, regio_36

SEND, CALL = "Besluit verzenden", "Bel de school voor een toelichting"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def waiting(region: Partnership, case_id: UUID) -> list[str]:
    async with scope(region.tenant_id, None) as tx:
        return [task.title for task in await of_case(tx, case_id) if task.done_at is None]


async def decided(region: Partnership, vote: str) -> UUID:
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem=vote, motivering="Daarom.")
    return case_id


async def test_a_question_that_nobody_can_answer_any_more_is_no_task_of_the_school(region: Partnership) -> None:
    case_id = await region.to_review()
    await region.do("jongerenaanpak", case_id, "vragen", vraag="Wat is al geprobeerd?")
    assert await waiting(region, case_id) == ["Vraag van een beoordelaar beantwoorden"]
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    assert await waiting(region, case_id) == [SEND]


async def test_a_case_that_closes_leaves_no_task_that_only_an_act_of_it_could_complete(region: Partnership) -> None:
    case_id = await decided(region, "voor")
    await region.do("bas", case_id, "intrekken")
    assert await waiting(region, case_id) == []


async def test_going_back_takes_away_the_tasks_of_the_round_that_is_over(region: Partnership) -> None:
    case_id = await decided(region, "tegen")
    assert await waiting(region, case_id) == ["Advies bij afwijzing vastleggen en besluit verzenden"]
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    assert await waiting(region, case_id) == []


async def test_going_back_takes_away_the_call_about_a_rejection_that_does_not_count_any_more(
    region: Partnership,
) -> None:
    case_id = await decided(region, "tegen")
    await region.do("jolijn", case_id, "bellen_afspreken", zetel="swv_3006")
    assert CALL in await waiting(region, case_id)
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    assert await waiting(region, case_id) == []


@pytest.mark.requirement("R36-50")
async def test_the_call_stays_a_task_after_the_rejection_until_somebody_records_it(region: Partnership) -> None:
    case_id = await decided(region, "tegen")
    with pytest.raises(Invalid) as refused:
        await region.do("jolijn", case_id, "bellen_afspreken", zetel="leerwerkloket")
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("zetel_onbekend", "zetel")]
    await region.do("jolijn", case_id, "bellen_afspreken", zetel="swv_3006")
    await region.do("jolijn", case_id, "advies_vastleggen", advies="Vraag het wijkteam.")
    await region.do("jolijn", case_id, "besluit_verzenden")
    assert (await region.case(case_id)).closed == "afgewezen"
    assert await waiting(region, case_id) == [CALL]
    await region.do("jolijn", case_id, "gebeld")
    assert await waiting(region, case_id) == []
