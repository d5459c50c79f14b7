"""Who begins a case, whose draft it is, and what ends with a function: by role of every scheme, over the API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk.cases.case import Case, read
from maatwerk.cases.meeting import Meeting, meet
from maatwerk.http import Caller
from maatwerk.rules.belonging import BY_NAME
from maatwerk.rules.places import places
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser, once
from tests.databases import Database
from tests.isolation.promised import place_of, read_scheme
from tests.isolation.region import HERE, Region, lay, member, region
from tests.isolation.test_disclosure import FILES, OF_CASE

API = "/api/v1"
OUTSIDERS = (["tenant_admin"], ["financial_controller"], ["fg"], ["ondersteuner"], ["coordinator"], ["partner"])


@dataclass
class Office:
    """A region with a client at its API."""

    region: Region
    client: httpx.AsyncClient
    scheme: dict[str, Any]

    def cookie(self, who: Caller) -> dict[str, str]:
        return {"Cookie": f"sessie={self.region.secrets[who.person_id]}"}

    async def get(self, who: Caller, path: str, **query: str) -> httpx.Response:
        return await self.region.get(self.client, who, f"{API}{path}", **query)

    async def begins(self, who: Caller, role: str, answers: dict[str, Any]) -> httpx.Response:
        about = {} if place_of(self.scheme, role) == "school" else {"organisatieId": str(self.region.school)}
        body = {"regelingId": str(self.region.version_id), "antwoorden": answers, **about}
        return await self.client.post(f"{API}/aanvragen", json=body, headers={**once(), **self.cookie(who)})

    async def does(self, who: Caller, case_id: str, kind: str, **fields: Any) -> httpx.Response:
        stand = await self.get(who, f"/aanvragen/{case_id}/stand")
        headers = {**once(), **self.cookie(who), "If-Match": stand.headers.get("etag", '"zaak-0"')}
        body = {"handeling": kind, "velden": fields}
        return await self.client.post(f"{API}/aanvragen/{case_id}/handelingen", json=body, headers=headers)

    async def attaches(self, who: Caller, case_id: str, field: str) -> httpx.Response:
        sent = {"data": {"veld": field}, "files": {"bestand": ("a.pdf", uploads.pdf("Akkoord"))}}
        headers = {**once(), **self.cookie(who)}
        return await self.client.post(f"{API}/aanvragen/{case_id}/bijlagen", headers=headers, **sent)

    async def listed(self, who: Caller, case_id: str) -> list[str]:
        """On which of the lists somebody has a case."""
        found = []
        for path in ("/aanvragen", "/werklijst", "/taken"):
            got = await self.get(who, path)
            if case_id in got.text:
                found.append(path)
        return found


@pytest.fixture
async def office(app: Database, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with browser(app) as client:
        found = await region(FILES[request.param].parent, request.param)
        yield Office(found, client, read_scheme(FILES[request.param]))


every_scheme = pytest.mark.parametrize("office", FILES, indirect=True)
plusvoorziening = pytest.mark.parametrize("office", ["plusvoorziening"], indirect=True)


def begins_with(scheme: dict[str, Any], role: str) -> set[str]:
    """The behaviours of what a role can do at the beginning, as the file says; "binnenlaten" when a family that it lets in files."""
    let_in = {name for name, each in scheme["rol"].items() if role in each.get("link_door", ())}
    files = [each["door"] for each in scheme["handeling"].values() if each.get("gedrag") == "indienen"]
    host = {"binnenlaten"} if any(let_in.intersection(by) for by in files) else set[str]()
    first = {act for step in scheme["stap"].values() if "begin" in step["na"] for act in step["handelingen"]}
    return host | {
        scheme["handeling"][act].get("gedrag", "vastleggen")
        for act in first
        if role in scheme["handeling"][act]["door"] and scheme["handeling"][act].get("gedrag") != "aanvullen"
    }


@every_scheme
async def test_a_case_is_begun_by_whom_the_scheme_lets_act_at_the_beginning_and_its_form_is_for_who_files(
    office: Office,
) -> None:
    form = office.scheme.get("formulier", {})
    asked = next((name for name, field in form.items() if field["soort"] == "school"), "")
    for role in office.region.roles:
        who, may = office.region.people[role, True], begins_with(office.scheme, role)
        empty = await office.begins(who, role, {})
        assert (empty.status_code == 201) == bool(may), (role, empty.text)
        assert empty.status_code in (201, 403)
        if asked:
            filled = await office.begins(who, role, {asked: f"school {HERE}"})
            assert filled.status_code == (201 if "indienen" in may else 403), (role, filled.text)
        for field in (name for name, each in form.items() if each["soort"] == "bestand"):
            if empty.status_code == 201:
                got = await office.attaches(who, empty.json()["id"], field)
                assert (got.status_code == 201) == ("indienen" in may), (role, field, got.text)


@every_scheme
async def test_a_draft_is_of_who_made_it_and_of_his_school_alone(office: Office) -> None:
    for role in office.region.roles:
        maker = office.region.people[role, True]
        if not begins_with(office.scheme, role):
            continue
        case_id = (await office.begins(maker, role, {})).json()["id"]
        colleague = await member(office.region, [role], maker.organisation_id or office.region.school)
        shared = place_of(office.scheme, role) == "school"
        assert ("/aanvragen" in await office.listed(colleague, case_id)) == shared, role
        for call in OF_CASE:
            got = await office.region.get(office.client, colleague, call.path.format(case_id=case_id))
            assert shared or got.status_code in (403, 404), (role, str(call))
        for (other, here), reader in office.region.people.items():
            if reader is maker or (shared and here and place_of(office.scheme, other) == "school"):
                continue
            assert await office.listed(reader, case_id) == [], (role, other)
            for path in ("", "/stand", "/handelingen", "/bijlagen"):
                assert (await office.get(reader, f"/aanvragen/{case_id}{path}")).status_code == 403, (role, other)


@every_scheme
@pytest.mark.parametrize("roles", OUTSIDERS, ids="+".join)
async def test_who_has_no_role_of_the_scheme_begins_nothing_and_reads_nothing(office: Office, roles: list[str]) -> None:
    if set(roles) & {*BY_NAME} & set(office.scheme["rol"]):
        return
    stranger = await member(office.region, [], office.region.school, carriers=roles)
    case_id = str((await lay(office.region, list(office.scheme["stap"])[-1])).case_id)
    assert (await office.begins(stranger, office.region.roles[0], {})).status_code == 403
    assert "/aanvragen" not in await office.listed(stranger, case_id)
    for call in OF_CASE:
        got = await office.region.get(office.client, stranger, call.path.format(case_id=case_id))
        overseen = "fg" in roles and got.status_code == 200
        assert overseen or got.status_code in (403, 404), (str(call), got.status_code)
        assert "kanarie" not in got.text, str(call)


@plusvoorziening
async def test_a_function_that_is_taken_away_ends_all_that_it_gave_at_once(office: Office) -> None:
    boss = await member(office.region, [], office.region.school, carriers=["tenant_admin"])
    case_id = str((await lay(office.region, "traject")).case_id)
    for role in ("projectleider", "school", "jeugdprofessional"):
        who = office.region.people[role, True]
        assert {"/aanvragen", "/taken"} <= set(await office.listed(who, case_id)), role
        seen = await office.get(boss, f"/leden/{who.membership_id}")
        headers = {**office.cookie(boss), "If-Match": seen.headers["etag"]}
        taken = await office.client.patch(f"{API}/leden/{who.membership_id}", json={"functies": []}, headers=headers)
        assert taken.status_code == 200, taken.text
        assert await office.listed(who, case_id) == [], role
        for call in OF_CASE:
            got = await office.region.get(office.client, who, call.path.format(case_id=case_id))
            assert got.status_code in (403, 404), (role, str(call))
        assert (await office.begins(who, role, {})).status_code == 403


@plusvoorziening
async def test_a_hint_gives_who_sent_it_nothing_of_the_case(office: Office) -> None:
    for role in ("jeugdprofessional", "leerplichtambtenaar"):
        sender = office.region.people[role, True]
        case_id = (await office.begins(sender, role, {})).json()["id"]
        pupil = {"voornaam": "Noor", "achternaam": "Bakx"}
        sent = await office.does(sender, case_id, "wenselijk_vinden", school=f"school {HERE}", leerling=pupil)
        assert sent.status_code == 201, sent.text
        assert "zaaknummer" not in sent.json()
        assert await office.listed(sender, case_id) == []
        for call in OF_CASE:
            got = await office.region.get(office.client, sender, call.path.format(case_id=case_id))
            assert got.status_code in (403, 404), (role, str(call))
        school = office.region.people["school", True]
        assert set(await office.listed(school, case_id)) == {"/aanvragen", "/werklijst", "/taken"}
        assert await office.listed(office.region.people["school", False], case_id) == []


@every_scheme
async def test_who_has_several_functions_meets_a_case_as_all_of_them_and_no_more(office: Office) -> None:
    for step in office.scheme["stap"]:
        case = await _read(office.region, (await lay(office.region, step)).case_id)
        for roles in _bearable_together(office):
            together = _in_roles(office.region, roles, case)
            apart = [_in_roles(office.region, (role,), case) for role in roles]
            assert set(together.roles) == {role for each in apart for role in each.roles}
            assert together.opening.fields == frozenset().union(*(each.opening.fields for each in apart))
            assert together.opening.act_fields == frozenset().union(*(each.opening.act_fields for each in apart))
            assert together.opening.files == frozenset().union(*(each.opening.files for each in apart))
            for name in ("follows", "pack", "answers", "school"):
                assert getattr(together, name) == any(getattr(each, name) for each in apart), (roles, name)


def _bearable_together(office: Office) -> list[tuple[str, ...]]:
    """Every set of two or more roles that one role in the tenant bears."""
    own = [role for role in office.region.roles if role not in BY_NAME]
    groups = [[role for role in own if place_of(office.scheme, role) == place] for place in ("bureau", "gemeente")]
    return list(chain.from_iterable(combinations(group, size) for group in groups for size in range(2, len(group) + 1)))


def _in_roles(region: Region, roles: tuple[str, ...], case: Case) -> Meeting:
    """How somebody with just these functions, who is not the one who opened it, meets a case."""
    base = region.people[roles[0], True]
    somebody = replace(base, functions=frozenset(roles), membership_id=UUID(int=7))
    assert {places(region.scheme)[role] for role in roles}
    return meet(somebody, case)


async def _read(region: Region, case_id: UUID) -> Case:
    async with scope(region.tenant_id, None) as tx:
        return await read(tx, case_id)
