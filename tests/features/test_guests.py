"""A parent without an account: let in by the school with a link and a code, into one case, in one role."""

import pytest

from maatwerk.tenancy import scope
from tests.accounts import browser, once
from tests.databases import Database
from tests.guests import FORM, HANNA, begun, enters, invited, kop, mailed, sends
from tests.pages import seen
from tests.partnership import Partnership


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await kop()


async def test_a_parent_fills_in_keeps_a_draft_and_files(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        page = await enters(client, region)
        assert "Jeugdhulp in een OZA-traject aanvragen" in seen(page)
        answer = await sends(client, "indienen", {**FORM, "v.jeugdige.geboortedatum": "31-02-2011"}, "bewaren")
        assert answer.status_code == 422
        assert "schrijf dag, maand en jaar" in seen(answer)
        assert "31-02-2011" in answer.text
        answer = await sends(client, "indienen", FORM, "bewaren")
        assert answer.status_code == 303, seen(answer)
        answer = await sends(client, "indienen", {})
        assert answer.status_code == 303, seen(answer)
        page = await client.get("/mijn-aanvraag")
        assert "identiteit niet met DigiD vastgesteld" in seen(page)
    case = await region.case(case_id)
    assert case.acts[0].by.role == "ouder"
    assert case.answers["hulpvraag"] == "Mees komt de ochtenden niet door.\nHij heeft hulp nodig."
