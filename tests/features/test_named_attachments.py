"""An application names only attachments that it has, each under the question for which it came."""

from uuid import UUID

import pytest

from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import CONSENT, Partnership, regio_36


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def named(region: Partnership, case_id: UUID, **answers: object) -> None:
    async with scope(region.tenant_id, None) as tx:
        await save_draft(tx, await read(tx, case_id, lock=True), Draft(answers))


async def refused(region: Partnership, case_id: UUID, kind: str, **fields: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        await region.do("bas", case_id, kind, **fields)
    return [(reason.code, reason.field) for reason in caught.value.reasons]


@pytest.mark.requirement("R36-30")
@pytest.mark.parametrize("made_up", ["bestand-1", "6f1d6c1a-2c3b-4b7e-9a50-0f3e5d7c9b21"])
async def test_a_consent_form_that_is_not_there_is_no_consent_form(region: Partnership, made_up: str) -> None:
    with pytest.raises(Invalid) as caught:
        await region.open(toestemmingsformulier=[made_up])
    assert [(reason.code, reason.field) for reason in caught.value.reasons] == [("bijlage_onbekend", CONSENT)]
    case_id = await region.open()
    assert await refused(region, case_id, "indienen", toestemmingsformulier=[made_up]) == [
        ("bijlage_onbekend", CONSENT)
    ]
    assert (await region.case(case_id)).seq == 0


async def test_an_attachment_of_another_case_or_question_does_not_count(region: Partnership) -> None:
    other, case_id = await region.open(), await region.open()
    theirs = (await region.case(other)).answers[CONSENT]
    own = (await region.case(case_id)).answers[CONSENT]
    with pytest.raises(Invalid) as caught:
        await named(region, case_id, toestemmingsformulier=theirs, bijlagen=own)
    assert [reason.field for reason in caught.value.reasons] == [CONSENT, "bijlagen"]
    assert (await region.case(case_id)).answers[CONSENT] == own
    wrong = {"toestemmingsformulier": theirs, "bijlagen": own}
    assert await refused(region, case_id, "indienen", **wrong) == [
        ("bijlage_onbekend", CONSENT),
        ("bijlage_onbekend", "bijlagen"),
    ]
    await region.do("bas", case_id, "indienen")
    assert await refused(region, case_id, "aanvullen", bijlagen=theirs) == [("bijlage_onbekend", "bijlagen")]


@pytest.mark.parametrize("text", ["x" * 101, "../../wachtwoorden", "111 222 333", ""])
async def test_text_is_no_attachment_even_in_a_draft(region: Partnership, text: str) -> None:
    case_id = await region.open()
    with pytest.raises(Invalid):
        await named(region, case_id, bijlagen=[text])
