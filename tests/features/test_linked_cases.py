"""Cases of one pupil: shown as likely, linked by a person, and then one pupil's for good, whoever links what at the same time."""

import asyncio
from uuid import UUID

import pytest

from maatwerk.cases.actions.link import likely, link
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import scope
from tests.accounts import browser, once
from tests.databases import Database, someone_waits
from tests.partnership import Partnership, regio_36

TIJN = {"voornaam": "Tijn", "achternaam": "Verduijn", "geboortedatum": "2010-01-01"}
ORPHANS = "SELECT count(*) FROM subject s WHERE NOT EXISTS (SELECT FROM support_case c WHERE c.subject_id = s.id)"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def joined(region: Partnership, case_id: UUID, other_id: UUID) -> bool:
    """Links two cases in a transaction of its own; False when they were one pupil's already."""
    async with scope(region.tenant_id, None) as tx:
        try:
            await link(tx, case_id, other_id)
        except Refused as refusal:
            assert [reason.code for reason in refusal.reasons] == ["geen_dubbel"]
            return False
    return True


async def pupils(region: Partnership, *case_ids: UUID) -> int:
    """Of how many pupils these cases are; no pupil is left without a case."""
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval(ORPHANS) == 0
        return int(
            await tx.fetchval("SELECT count(DISTINCT subject_id) FROM support_case WHERE id = ANY($1)", [*case_ids])
        )


async def test_likely_matches_are_shown_and_only_a_person_links_them(region: Partnership) -> None:
    first, second, other = await region.filed(), await region.filed(), await region.filed(leerling=TIJN)
    async with scope(region.tenant_id, None) as tx:
        assert [item.id for item in await likely(tx, first)] == [second]
        assert await likely(tx, other) == []
        await link(tx, first, second)
        assert await likely(tx, first) == []
    assert not await joined(region, first, other)
    assert await pupils(region, first, second, other) == 2


@pytest.mark.requirement("R36-40")
async def test_linking_a_case_links_all_that_were_linked_to_it_before(app: Database, region: Partnership) -> None:
    first, second, third, fourth = [await region.filed() for _ in range(4)]
    assert await joined(region, first, third)
    assert await joined(region, second, fourth)
    async with browser(app, region.persons["jolijn"]) as client:
        url = f"/api/v1/aanvragen/{first}"
        answer = await client.post(f"{url}/koppelingen", json={"aanvraagId": str(second)}, headers=once())
        assert (answer.status_code, answer.json()["aanvraagId"]) == (201, str(second))
        assert (await client.get(f"{url}/dubbelen")).json() == []
        again = await client.post(f"{url}/koppelingen", json={"aanvraagId": str(fourth)}, headers=once())
        assert (again.status_code, again.json()["code"]) == (422, "geen_dubbel")
    assert await pupils(region, first, second, third, fourth) == 1


async def test_who_links_while_another_does_waits_and_finds_what_that_one_made(
    app: Database, region: Partnership
) -> None:
    first, second, third = [await region.filed() for _ in range(3)]
    async with scope(region.tenant_id, None) as tx:
        await link(tx, first, second)
        others = [asyncio.create_task(joined(region, *pair)) for pair in ((second, first), (first, third))]
        await someone_waits(app)
    assert await asyncio.gather(*others) == [False, True]
    assert await pupils(region, first, second, third) == 1


async def test_links_in_a_ring_at_the_same_time_end_with_one_pupil(region: Partnership) -> None:
    cases = [await region.filed() for _ in range(5)]
    ring = zip(cases, [*cases[1:], cases[0]], strict=True)
    done = await asyncio.gather(*(joined(region, *pair) for pair in ring))
    assert sorted(done) == [False, True, True, True, True]
    assert await pupils(region, *cases) == 1


async def test_a_link_waits_for_who_acts_on_a_case_that_it_moves(app: Database, region: Partnership) -> None:
    first, second, third = [await region.filed() for _ in range(3)]
    assert await joined(region, first, third)
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        await tx.fetchrow(
            "SELECT id FROM support_case WHERE tenant_id = $1 AND id = $2 FOR UPDATE", tx.tenant_id, third
        )
        linking = asyncio.create_task(joined(region, first, second))
        await someone_waits(app)
    assert await linking
    assert await pupils(region, first, second, third) == 1
