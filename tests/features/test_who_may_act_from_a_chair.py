"""A chair is no safe place: who turns out to be involved, or lost the seat, does nothing from it any more."""

from dataclasses import replace
from typing import Any

import pytest

from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.reviews.actions.declare_involved import declare_involved
from maatwerk.rules.refusals import Forbidden
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import Partnership, regio_36

DEEDS: dict[str, dict[str, Any]] = {
    "stemmen": {"stem": "voor", "motivering": "Past."},
    "vragen": {"vraag": "Wat is al geprobeerd?"},
    "contact_vastleggen": {"met": "school", "inhoud": "Gebeld."},
}


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


@pytest.mark.requirement("R36-40")
@pytest.mark.parametrize("kind", DEEDS)
async def test_somebody_involved_neither_votes_nor_asks_nor_writes(region: Partnership, kind: str) -> None:
    case_id = await region.to_review()
    membership = region.callers["de_meierij"].membership_id
    assert membership is not None
    async with scope(region.tenant_id, None) as tx:
        await declare_involved(tx, region.callers["jolijn"], await read(tx, case_id), membership, "bekende")
    with pytest.raises(Forbidden) as refused:
        await region.do("de_meierij", case_id, kind, **DEEDS[kind])
    assert refused.value.reasons[0].code == "betrokken"


async def test_who_lost_the_seat_follows_the_case_no_more_and_does_not_vote(region: Partnership) -> None:
    case_id = await region.to_review()
    await region.do("de_meierij", case_id, "stemmen", **DEEDS["stemmen"])
    await unseated(region, "de_meierij")
    with pytest.raises(Forbidden):
        await region.do("de_meierij", case_id, "stemmen", **DEEDS["stemmen"])
    case = await region.case(case_id)
    with pytest.raises(Forbidden):
        authorise(region.callers["de_meierij"], case, "stand")


async def unseated(region: Partnership, who: str) -> None:
    """Takes the seat away in the database, and from the caller as a next request would find him."""
    caller = region.callers[who]
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("DELETE FROM membership_seat WHERE membership_id = $1", caller.membership_id)
    region.callers[who] = replace(caller, seats=frozenset())
