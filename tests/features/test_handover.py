"""A case that goes over to another school: who meets it then, and who no more."""

from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.cases.case import read
from maatwerk.cases.meeting import meet
from maatwerk.cases.queries import work_list
from maatwerk.decisions.actions.follow import role_task
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.rules.refusals import Forbidden, Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.tasks.holders import holder_of
from maatwerk.tasks.queries import open_tasks
from maatwerk.tenancy import scope
from tests.accounts import browser
from tests.databases import Database
from tests.guests import FORM, begun, enters, invited, joins_in, kop, sends
from tests.partnership import Partnership

OTHER = "Waddenlicht College"
TUNE = "De hulpvraag is kindgericht: stem het plan af met het wijkteam"


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await kop()
    async with scope(found.tenant_id, None) as tx:
        await register(tx, NewOrganisation("school", OTHER, sector="vo", municipality="Texel"), None)
    await joins_in(found, "wende", "coordinator", "school", OTHER)
    return found


async def filed(app: Database, region: Partnership) -> UUID:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        await sends(client, "indienen", FORM, "bewaren")
        assert (await sends(client, "indienen", {})).status_code == 303
    return case_id


@pytest.mark.requirement("KOP-24", "KOP-25")
async def test_from_the_day_of_enrolment_the_other_school_has_the_case_and_the_one_before_sees_it_no_more(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await region.do("jelmer", case_id, "aanvullen", behoefte=["diagnostiek"])
    await region.do("mirte", case_id, "inhoud_beoordelen", stem="voor")
    case = await region.case(case_id)
    assert meet(region.callers["mirte"], case).chairs == {"school": "onderwijs"}
    assert not meet(region.callers["wende"], case).roles
    per = clock.today().isoformat()
    await region.do("jelmer", case_id, "inschrijving_vastleggen", school=OTHER, per=per)
    case = await region.case(case_id)
    assert meet(region.callers["wende"], case).roles == ("school",)
    assert not meet(region.callers["mirte"], case).roles, "her chair alone lets her in no more"
    with pytest.raises(Forbidden):
        await region.do("mirte", case_id, "bespreken", waarover=["voortgang"], verslag="Nog iets.")
    await region.do("wende", case_id, "bespreken", waarover=["voortgang"], verslag="Kennisgemaakt.")
    async with scope(region.tenant_id, None) as tx:
        told = await tx.fetch(
            "SELECT recipient_membership FROM mail WHERE tenant_id = $1 AND kind = 'overgenomen'", tx.tenant_id
        )
        seen = await tx.fetch("SELECT owner_id FROM case_audience WHERE case_id = $1 AND role = 'school'", case_id)
    members = {row["recipient_membership"] for row in told}
    assert members == {region.callers[who].membership_id for who in ("wende", "jelmer")}
    assert [row["owner_id"] for row in seen] == [region.callers["wende"].organisation_id]


@pytest.mark.requirement("KOP-24", "KOP-25")
async def test_the_other_school_has_the_work_the_open_tasks_and_the_chair_from_then_on(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await region.do("jelmer", case_id, "aanvullen", behoefte=["diagnostiek"])
    await region.do("mirte", case_id, "inhoud_beoordelen", stem="voor")
    plan = {"probleem": "Slaapt slecht.", "hulpvraag": "Rust.", "afspraken": "Elke week.", "met_school": "Dagstart."}
    await region.do("jelmer", case_id, "plan_opstellen", gericht_op=["kind"], **plan)
    assert await tasks_of(region, "mirte", case_id) == [TUNE]
    await region.do("jelmer", case_id, "inschrijving_vastleggen", school=OTHER, per=clock.today().isoformat())
    assert not await tasks_of(region, "mirte", case_id)
    assert await tasks_of(region, "wende", case_id) == [TUNE]
    assert not await work(region, "mirte", case_id)
    assert "inhoud_beoordelen" in await work(region, "wende", case_id)
    case, _ = await region.do("wende", case_id, "inhoud_beoordelen", stem="voor")
    assert not case.acts[-1].consequences.ended, "the vote of the school before counts no more"
    case, _ = await region.do("jelmer", case_id, "inhoud_beoordelen", stem="voor")
    assert case.acts[-1].consequences.ended[0].outcome == "eens"


async def test_a_chair_stays_empty_when_nobody_of_the_other_school_can_sit_there(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await region.do("jelmer", case_id, "aanvullen", behoefte=["diagnostiek"])
    async with scope(region.tenant_id, None) as tx:
        await register(tx, NewOrganisation("school", "Stille School", sector="vo", municipality="Texel"), None)
    per = clock.today().isoformat()
    case, _ = await region.do("jelmer", case_id, "inschrijving_vastleggen", school="Stille School", per=per)
    (empty,) = case.acts[-1].consequences.reseated
    assert (empty.step, empty.chair.slot, empty.chair.person) == ("inhoud", "onderwijs", "")
    assert rejudge(case.scheme, case.acts) is None
    assert not await work(region, "mirte", case_id)


@pytest.mark.requirement("KOP-18")
async def test_a_move_to_another_town_gives_work_tasks_and_chair_to_the_team_there(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await region.do("jelmer", case_id, "aanvullen", behoefte=["diagnostiek"])
    await region.do("mirte", case_id, "inhoud_beoordelen", stem="voor")
    async with scope(region.tenant_id, None) as tx:
        case = await read(tx, case_id, lock=True)
        await role_task(tx, case, "wijkteam", "Bel het gezin", f"{case_id}:proef")
    assert "inhoud_beoordelen" in await work(region, "jelmer", case_id)
    await region.do("mirte", case_id, "aanvullen", woongemeente="Schagen")
    assert (await tasks_of(region, "jelmer", case_id), await work(region, "jelmer", case_id)) == ([], [])
    assert await tasks_of(region, "sem", case_id) == ["Bel het gezin"]
    with pytest.raises(Forbidden):
        await region.do("jelmer", case_id, "inhoud_beoordelen", stem="voor")
    case, _ = await region.do("sem", case_id, "inhoud_beoordelen", stem="voor")
    assert case.acts[-1].consequences.ended[0].outcome == "eens", "the school's vote stands"


async def test_a_supplement_that_moves_nobody_leaves_chairs_and_votes_as_they_are(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await region.do("jelmer", case_id, "aanvullen", behoefte=["diagnostiek"])
    await region.do("jelmer", case_id, "inhoud_beoordelen", stem="voor")
    await region.do("mirte", case_id, "aanvullen", woongemeente="Den Helder", opp_akkoord_ouders=True)
    case, _ = await region.do("mirte", case_id, "inhoud_beoordelen", stem="voor")
    assert case.acts[-1].consequences.ended[0].outcome == "eens"


async def tasks_of(region: Partnership, who: str, case_id: UUID) -> list[str]:
    """The titles of somebody's open tasks in a case."""
    async with scope(region.tenant_id, None) as tx:
        return [each.title for each in await open_tasks(tx, holder_of(region.callers[who]), case_id=case_id)]


async def work(region: Partnership, who: str, case_id: UUID) -> list[str]:
    """What somebody's work list says that he can do in a case."""
    caller = region.callers[who]
    async with scope(region.tenant_id, None) as tx:
        rows = [row for role in sorted(caller.works_as) for row in await work_list(tx, caller, role, None, 100)]
    return [act for row in rows if row.id == case_id for act in row.acts]


async def test_a_school_that_is_not_the_partnerships_takes_nothing_over(app: Database, region: Partnership) -> None:
    case_id = await filed(app, region)
    per = clock.today().isoformat()
    with pytest.raises(Refused) as refusal:
        await region.do("jelmer", case_id, "inschrijving_vastleggen", school="Onbekend College", per=per)
    assert [reason.code for reason in refusal.value.reasons] == ["school_onbekend"]
    with pytest.raises(Refused):
        await region.do("jelmer", case_id, "inschrijving_vastleggen", school=OTHER, per="2099-01-01")
    assert meet(region.callers["mirte"], await region.case(case_id)).roles == ("school",)
