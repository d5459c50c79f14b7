"""Who is involved in a pupil's case: who may say so of whom, in which words, and how it is undone."""

from typing import get_args

import pytest

from maatwerk.rules.involvement import PARTS, Part
from tests.accounts import browser, once
from tests.databases import Database
from tests.partnership import Partnership, regio_36

BASE = "/api/v1"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


def member_id(region: Partnership, who: str) -> str:
    return str(region.callers[who].membership_id)


def test_every_way_to_be_involved_has_its_words() -> None:
    assert set(get_args(Part)) == set(PARTS)


@pytest.mark.requirement("R36-40")
async def test_how_somebody_is_involved_is_a_code_and_never_a_text(app: Database, region: Partnership) -> None:
    case_id = await region.filed()
    body = {"lidId": member_id(region, "de_meierij"), "hoe": "begeleidt Saar Joosten sinds maart"}
    async with browser(app, region.persons["jolijn"]) as client:
        url = f"{BASE}/aanvragen/{case_id}/betrokkenen"
        refused = await client.post(url, json=body, headers=once())
        assert (refused.status_code, refused.json()["invalidParams"]) == (
            400,
            [{"veld": "hoe", "melding": f"Kies uit: {', '.join(PARTS)}.", "code": "keuze"}],
        )
        for code, title in PARTS.items():
            answer = await client.post(url, json=body | {"hoe": code}, headers=once())
            assert (answer.status_code, answer.json()["hoe"], answer.json()["titel"]) == (201, code, title)
        (row,) = (await client.get(url)).json()
        assert (row["hoe"], row["titel"]) == ("anders", PARTS["anders"])
        described = (await client.get(f"{BASE}/openapi.json")).json()["components"]["schemas"]["NieuweBetrokkene"]
    how = described["properties"]["hoe"]
    assert set(how["enum"]) == set(PARTS)
    assert all(title in how["description"] for title in PARTS.values())
