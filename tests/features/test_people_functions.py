"""Functions: a member has roles of the tenant's own schemes, beside the role in the tenant that bears them."""

from typing import Any

import httpx
import pytest

from maatwerk.cases.schemes import keep_source
from maatwerk.http import Credentials
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.people.functions import offered
from maatwerk.people.identifying import identify
from maatwerk.people.queries import Seat
from maatwerk.rules.permissions import allowed, clashes
from maatwerk.tenancy import scope
from tests.accounts import browser, joins, member_of, once, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.features.test_people_invitations import accepted, invited, mailed_token
from tests.schemes import SMALL

MEMBERS, INVITATIONS = "/api/v1/leden", "/api/v1/uitnodigingen"
COUNCIL = """
[formulier.gemeente]
soort = "gemeente"
titel = "Woongemeente"
[rol.raad]
titel = "Raad van de gemeente"
plaats = "gemeente"
[rol.ouder]
titel = "Ouder"
plaats = "gezin"
"""


async def tenant_with_functions() -> Any:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await keep_source(tx, SMALL + COUNCIL)
    return tenant


async def changed(client: httpx.AsyncClient, membership: Any, version: int, **body: Any) -> httpx.Response:
    return await client.patch(f"{MEMBERS}/{membership}", json=body, headers={"If-Match": f'"{version}"'})


async def test_what_a_scheme_brings_can_be_given_and_is_read_anew_with_every_request(app: Database) -> None:
    tenant = await tenant_with_functions()
    person = await somebody()
    membership = await joins(person, tenant, ["ondersteuner"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss, browser(app, person) as client:
        secret = client.cookies["sessie"]
        listed = (await boss.get("/api/v1/functies")).json()
        assert [(one["id"], one["vanuit"], one["rollen"]) for one in listed] == [
            ("bureau", ["bureau"], ["ondersteuner"]),
            ("raad", ["gemeente"], ["ketenpartner"]),
            ("school", ["school"], ["coordinator"]),
        ]
        answer = await changed(boss, membership, 1, functies=["bureau"])
        assert (answer.status_code, answer.json()["functies"]) == (200, ["bureau"])
        found = await identify(Credentials(session=secret))
        assert found is not None
        assert found.functions == {"bureau"}
        answer = await changed(boss, membership, 2, naam="Robin Voorbeeld")
        assert answer.json()["functies"] == ["bureau"]
        assert (await changed(boss, membership, 3, functies=[])).json()["functies"] == []


@pytest.mark.parametrize(
    ("functions", "roles", "told"),
    [
        (["koning"], ["ondersteuner"], "Deze functie kent geen regeling hier. Kies uit: bureau, ouder, raad, school."),
        (["school"], ["ondersteuner"], "Bij de functie School hoort een andere rol. Geef ook de rol coordinator."),
        (["raad"], ["tenantbeheerder"], "Geef ook de rol ketenpartner."),
        (["ouder"], ["ondersteuner"], "Ouder is geen functie van een lid."),
    ],
)
async def test_a_function_that_the_roles_do_not_bear_is_refused(
    app: Database, functions: list[str], roles: list[str], told: str
) -> None:
    tenant = await tenant_with_functions()
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss:
        body = {"mail": "nieuw@voorbeeld.example", "naam": "Kim", "rollen": roles, "functies": functions}
        answer = await boss.post(INVITATIONS, json=body, headers=once())
        assert answer.status_code == 400
        assert told in answer.json()["invalidParams"][0]["melding"]


async def test_taking_away_the_role_that_bears_a_function_is_refused(app: Database) -> None:
    tenant = await tenant_with_functions()
    membership = await joins(await somebody(), tenant, ["ondersteuner"], functions=["bureau"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss:
        assert (await changed(boss, membership, 1, rollen=["financieel-controller"])).status_code == 400
        assert (await changed(boss, membership, 1, rollen=["financieel-controller"], functies=[])).status_code == 200


async def test_an_invitation_carries_the_functions(app: Database) -> None:
    tenant = await tenant_with_functions()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as visitor:
        invitation = await invited(admin, "raad@voorbeeld.example", rollen=["ketenpartner"], functies=["raad"])
        await accepted(visitor, await mailed_token(tenant, invitation), "raad@voorbeeld.example")
        members = (await admin.get(MEMBERS)).json()["resultaten"]
        assert [(one["rollen"], one["functies"]) for one in members][1] == (["ketenpartner"], ["raad"])
        assert (await admin.get(INVITATIONS)).json()["resultaten"][0]["functies"] == ["raad"]


async def test_a_function_that_a_new_version_drops_stays_for_running_cases(app: Database) -> None:
    tenant = await tenant_with_functions()
    async with scope(tenant, None) as tx:
        await keep_source(tx, SMALL.replace('versie = "1"', 'versie = "2"').replace('"Bureau"', '"Het bureau"'))
        assert [(one.id, one.title) for one in await offered(tx)] == [
            ("bureau", "Het bureau"),
            ("ouder", "Ouder"),
            ("raad", "Raad van de gemeente"),
            ("school", "School"),
        ]


async def test_who_is_identified_brings_the_municipality_of_his_organisation_in_this_tenant(app: Database) -> None:
    tenant, elsewhere = await tenant_with_functions(), await a_tenant()
    person = await somebody()
    for where, municipality in ((elsewhere, "Vught"), (tenant, "Boxtel")):
        async with scope(where, None) as tx:
            town = await register(tx, NewOrganisation("gemeente", municipality, municipality=municipality), None)
        functions = ["raad"] if where is tenant else []
        await joins(person, where, ["partner"], organisation_id=town.id, functions=functions)
    async with browser(app, person) as client:
        await client.put("/api/v1/sessies/huidig/partnerschap", json={"partnerschapId": str(tenant)})
        found = await identify(Credentials(session=client.cookies["sessie"]))
    assert found is not None
    assert (found.municipality, found.functions) == ("Boxtel", {"raad"})


async def test_a_partner_may_sit_on_a_seat_and_a_coordinator_may_not(app: Database) -> None:
    tenant = await a_tenant()
    await joins(await somebody(), tenant, ["partner"], [Seat("tafel", False)])
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss:
        body = {"mail": "c@voorbeeld.example", "naam": "C", "rollen": ["coordinator"], "stoelen": [{"stoel": "tafel"}]}
        assert (await boss.post(INVITATIONS, json=body, headers=once())).status_code == 400


@pytest.mark.parametrize("other", ["reviewer", "coordinator", "ondersteuner", "fg"])
def test_who_comes_from_another_organisation_is_nothing_else_that_sees_cases(other: str) -> None:
    assert clashes(["partner", other])
    assert not clashes(["partner", "tenant_admin"])


def test_a_partner_has_the_fewest_rights() -> None:
    assert not [
        right
        for right in ("leden.lezen", "pakket.bewerken", "boeken.lezen", "taken.overzien", "inzagelog.lezen",
                      "vermoedens.lezen", "zetels.lezen", "aanvragen.behandelen", "verzendingen.lezen")
        if allowed(["partner"], right)
    ]  # fmt: skip
