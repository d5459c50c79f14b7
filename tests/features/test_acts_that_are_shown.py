"""Which acts of a case somebody is shown, over HTTP: a vote is nobody's before its time, and a chair's texts are its writer's."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk.people.queries import Seat
from tests.accounts import browser
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36

WRITTEN = "Saar Joosten verdient dit."


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def shown(client: httpx.AsyncClient, case_id: UUID) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/v1/aanvragen/{case_id}/handelingen")
    assert answer.status_code == 200, answer.text
    acts: list[dict[str, Any]] = answer.json()
    return acts


def kinds(acts: list[dict[str, Any]]) -> list[str]:
    return [act["handeling"] for act in acts]


@pytest.mark.requirement("R36-35", "R36-43")
async def test_who_takes_over_a_chair_reads_neither_the_vote_nor_the_texts_of_who_sat_there(
    app: Database, region: Partnership
) -> None:
    substitute = await enlist(region, "vervanger", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.to_review()
    await region.do("de_meierij", case_id, "contact_vastleggen", met="school", inhoud=WRITTEN)
    await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering=WRITTEN)
    await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=str(substitute.membership_id))
    async with browser(app, region.persons["vervanger"]) as client:
        acts = await shown(client, case_id)
        assert kinds(acts) == ["contact_vastleggen"]
        assert acts[0]["velden"] == {"met": "school"}
        await region.do("vervanger", case_id, "stemmen", stem="tegen", motivering=WRITTEN)
        after = await shown(client, case_id)
    assert [act["velden"].get("motivering") for act in after if act["handeling"] == "stemmen"] == [None, WRITTEN]


@pytest.mark.requirement("R36-43")
async def test_a_vote_of_a_round_that_was_broken_off_stays_hidden_from_the_school(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    await region.do("de_meierij", case_id, "stemmen", stem="tegen", motivering="Niet passend.")
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    for who, sees in (("bas", False), ("jolijn", True)):
        async with browser(app, region.persons[who]) as client:
            assert ("stemmen" in kinds(await shown(client, case_id))) is sees
