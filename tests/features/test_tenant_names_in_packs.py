"""What the partnership itself knows joins in when texts are cleared: its people, its other schools, its care providers. A pack is made anew
only when that touches its texts."""

from typing import Any
from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.anonymisation.actions.mend import Change, mend
from maatwerk.anonymisation.actions.show_pack import show_pack
from maatwerk.http.etag import Version
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.people.queries import Seat
from maatwerk.tenancy import scope
from tests import uploads
from tests.databases import Database
from tests.packs import attach, with_pack
from tests.partnership import Partnership, enlist, regio_36

STORY = "Zij sprak met Jolijn Waterkamp en M. van den Heuvelink van het Rivierlyceum. De mentor doet mee."


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    await call(found, "jolijn", "Jolijn Waterkamp")
    await call(found, "swv_3006", "drs. M. van den Heuvelink")
    return found


async def call(region: Partnership, who: str, name: str) -> None:
    """A member's name as it is from now on."""
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE membership SET name = $2 WHERE id = $1", region.callers[who].membership_id, name)


async def redacted(region: Partnership, case_id: UUID, path: str = "behoefte") -> str:
    return next(item for item in (await shown(region, case_id)).items if item.path == path).content.redacted


async def shown(region: Partnership, case_id: UUID) -> Any:
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        return await show_pack(tx, jolijn, case_id)


async def outdated(region: Partnership, case_id: UUID) -> bool:
    return bool((await shown(region, case_id)).being_made)


@pytest.mark.requirement("R36-35")
async def test_people_and_other_schools_of_the_partnership_go_and_what_is_its_own_stays(region: Partnership) -> None:
    case_id = await with_pack(
        region, await region.open(behoefte=STORY, motivatie_coordinator="Het Duinzicht en J. Waterkamp kozen dit.")
    )
    assert (
        await redacted(region, case_id)
        == "Zij sprak met [medewerker 1] en [medewerker 2] van het [school 2]. De mentor doet mee."
    )
    assert await redacted(region, case_id, "motivatie_coordinator") == "Het Duinzicht en [medewerker 1] kozen dit."


@pytest.mark.requirement("R36-34")
async def test_the_applicant_whose_contact_is_in_the_pack_is_no_colleague(region: Partnership) -> None:
    await call(region, "bas", "B. Coster")
    case_id = await with_pack(region, await region.open(behoefte="Bas Coster belde, en meneer Coster schreef."))
    assert await redacted(region, case_id) == "[aanvrager] belde, en meneer [aanvrager] schreef."


@pytest.mark.requirement("R36-35")
async def test_a_coordinator_of_another_school_is_not_among_them(region: Partnership) -> None:
    async with scope(region.tenant_id, None) as tx:
        other = await register(tx, NewOrganisation(kind="school", name="Meerwijk", sector="vo"), None)
    await enlist(region, "ver", ["coordinator"], organisation_id=other.id)
    await call(region, "ver", "Jan Heuvelstad")
    case_id = await with_pack(region, await region.open(behoefte="Volgens Jan Heuvelstad van Meerwijk gaat het."))
    assert await redacted(region, case_id) == "Volgens [persoon 1] van [school 2] gaat het."


@pytest.mark.requirement("R36-35")
async def test_who_joins_makes_a_pack_old_only_when_its_texts_may_name_him(region: Partnership) -> None:
    case_id = await with_pack(
        region, await region.open(behoefte="Zij spraken met Okke Zandstra. Wil zij de boer zien?")
    )
    await enlist(region, "wil", ["reviewer"], [Seat("de_meierij", True)])
    await call(region, "wil", "Wil de Groot")
    async with scope(region.tenant_id, None) as tx:
        await register(tx, NewOrganisation(kind="school", name="Meerwijk College", sector="vo"), None)
    assert not await outdated(region, case_id)
    await enlist(region, "okke", ["reviewer"], [Seat("de_meierij", True)])
    await call(region, "okke", "Okke Zandstra")
    assert await outdated(region, case_id)


@pytest.mark.requirement("R36-35")
async def test_who_joins_and_is_named_in_an_attachment_makes_its_pack_old(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Verslag van zandstra"))
    await with_pack(region, case_id)
    await enlist(region, "okke", ["reviewer"], [Seat("de_meierij", True)])
    await call(region, "okke", "Okke Zandstra")
    assert await outdated(region, case_id)


async def test_who_is_no_member_any_more_is_no_colleague(region: Partnership) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE membership SET active_to = $2 WHERE id = $1",
            region.callers["swv_3006"].membership_id,
            clock.today(),
        )
    case_id = await with_pack(region, await region.open(behoefte=STORY))
    assert "[persoon 1] van het [school 2]" in await redacted(region, case_id)


@pytest.mark.requirement("R36-35")
async def test_a_colleague_whom_a_mended_text_names_waits_for_a_second_look(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    found = await shown(region, case_id)
    item = next(each for each in found.items if each.path == "behoefte")
    change = Change("Gesproken met heuvelink, van den")
    done = await mend(region.callers["jolijn"], case_id, item.id, change, Version(frozenset({str(found.pack.seq)})))
    assert (done.item.state, done.item.blocks) == ("geblokkeerd", ("nakijken",))
