"""A case that goes over to another school: who meets it then, and who no more."""

from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.cases.meeting import meet
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.rules.refusals import Forbidden, Refused
from maatwerk.tenancy import scope
from tests.accounts import browser
from tests.databases import Database
from tests.guests import FORM, begun, enters, invited, joins_in, kop, sends
from tests.partnership import Partnership

OTHER = "Waddenlicht College"


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


async def test_a_school_that_is_not_the_partnerships_takes_nothing_over(app: Database, region: Partnership) -> None:
    case_id = await filed(app, region)
    per = clock.today().isoformat()
    with pytest.raises(Refused) as refusal:
        await region.do("jelmer", case_id, "inschrijving_vastleggen", school="Onbekend College", per=per)
    assert [reason.code for reason in refusal.value.reasons] == ["school_onbekend"]
    with pytest.raises(Refused):
        await region.do("jelmer", case_id, "inschrijving_vastleggen", school=OTHER, per="2099-01-01")
    assert meet(region.callers["mirte"], await region.case(case_id)).roles == ("school",)
