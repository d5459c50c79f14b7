"""The besluit tells of the round that decided: its amount and its votes, and nothing of a round before it."""

from uuid import UUID

import pytest

from maatwerk.decisions import texts
from maatwerk.decisions.actions.send_letter import compose
from maatwerk.people.queries import Seat
from maatwerk.rules.refusals import Refused
from maatwerk.settings import in_force
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def paragraphs(region: Partnership, case_id: UUID, text: str = "besluit_akkoord") -> str:
    case, decided = await region.do("jolijn", case_id, "besluit_verzenden")
    async with scope(region.tenant_id, None) as tx:
        who = await texts.contact(tx)
    return "\n".join(compose(case, decided, text, who, in_force()).paragraphs)


async def votes(region: Partnership, case_id: UUID, stem: str = "voor", **why: str) -> None:
    for seat, text in why.items():
        await region.do(seat, case_id, "stemmen", stem=stem, motivering=text)


async def again_under_review(region: Partnership, case_id: UUID) -> None:
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="De kosten kloppen niet.")
    await region.do("bas", case_id, "aanvullen", kosten=[{"omschrijving": "Coaching", "bedrag": 90_000}])
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")


async def test_a_case_that_went_back_is_told_only_what_the_last_round_decided(region: Partnership) -> None:
    case_id = await region.to_review()
    await votes(region, case_id, de_meierij="Eerste ronde, eerste stem.", swv_3006="Eerste ronde, tweede stem.")
    await again_under_review(region, case_id)
    await votes(region, case_id, swv_3006="Nu past het.", jongerenaanpak="Goed plan.")
    letter = await paragraphs(region, case_id)
    assert "€ 900,00" in letter
    assert "Nu past het. Goed plan." in letter
    assert "Eerste ronde" not in letter


@pytest.mark.requirement("R36-49")
async def test_an_advice_of_an_earlier_round_neither_lets_a_rejection_leave_nor_stands_in_its_letter(
    region: Partnership,
) -> None:
    case_id = await region.to_review()
    await votes(region, case_id, "tegen", de_meierij="Te vroeg.", swv_3006="Te vroeg.")
    await region.do("jolijn", case_id, "advies_vastleggen", advies="Vraag de gemeente.")
    await region.do("jolijn", case_id, "bellen_afspreken", zetel="swv_3006")
    await again_under_review(region, case_id)
    await votes(region, case_id, "tegen", de_meierij="Nog te vroeg.", swv_3006="Nog te vroeg.")
    with pytest.raises(Refused) as refused:
        await paragraphs(region, case_id)
    assert [reason.code for reason in refused.value.reasons] == ["advies_bij_afwijzing", "beller_bij_afwijzing"]
    await region.do("jolijn", case_id, "advies_vastleggen", advies="Vraag het wijkteam.")
    await region.do("jolijn", case_id, "bellen_afspreken", zetel="swv_3006")
    letter = await paragraphs(region, case_id, "besluit_afwijzing")
    assert "Vraag het wijkteam." in letter
    assert "gemeente" not in letter


async def test_the_reasons_of_somebody_who_was_replaced_are_not_in_the_letter(region: Partnership) -> None:
    substitute = await enlist(region, "vervanger", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.to_review()
    await votes(region, case_id, de_meierij="Van wie vertrok.")
    await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=str(substitute.membership_id))
    await votes(region, case_id, swv_3006="Past.", jongerenaanpak="Goed plan.")
    letter = await paragraphs(region, case_id)
    assert "Past. Goed plan." in letter
    assert "Van wie vertrok." not in letter
