"""The besluit tells of the round that decided: its amount and its votes, and nothing of a round before it."""

from uuid import UUID

import pytest

from maatwerk.decisions import texts
from maatwerk.decisions.actions.send_letter import compose
from maatwerk.people.queries import Seat
from maatwerk.settings import in_force
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def paragraphs(region: Partnership, case_id: UUID) -> str:
    case, decided = await region.do("jolijn", case_id, "besluit_verzenden")
    async with scope(region.tenant_id, None) as tx:
        who = await texts.contact(tx)
    return "\n".join(compose(case, decided, "besluit_akkoord", who, in_force()).paragraphs)


async def votes(region: Partnership, case_id: UUID, **why: str) -> None:
    for seat, text in why.items():
        await region.do(seat, case_id, "stemmen", stem="voor", motivering=text)


async def test_a_case_that_went_back_is_told_only_what_the_last_round_decided(region: Partnership) -> None:
    case_id = await region.to_review()
    await votes(region, case_id, de_meierij="Eerste ronde, eerste stem.", swv_3006="Eerste ronde, tweede stem.")
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="De kosten kloppen niet.")
    await region.do("bas", case_id, "aanvullen", kosten=[{"omschrijving": "Coaching", "bedrag": 90_000}])
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")
    await votes(region, case_id, swv_3006="Nu past het.", jongerenaanpak="Goed plan.")
    letter = await paragraphs(region, case_id)
    assert "€ 900,00" in letter
    assert "Nu past het. Goed plan." in letter
    assert "Eerste ronde" not in letter


async def test_the_reasons_of_somebody_who_was_replaced_are_not_in_the_letter(region: Partnership) -> None:
    substitute = await enlist(region, "vervanger", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.to_review()
    await votes(region, case_id, de_meierij="Van wie vertrok.")
    await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=str(substitute.membership_id))
    await votes(region, case_id, swv_3006="Past.", jongerenaanpak="Goed plan.")
    letter = await paragraphs(region, case_id)
    assert "Past. Goed plan." in letter
    assert "Van wie vertrok." not in letter
