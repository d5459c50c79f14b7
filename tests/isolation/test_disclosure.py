"""Every role of every scheme, in every step, against what its file says is open to it: fields, texts, fields of acts, attachments,
outcomes, and the case itself. Whatever is not opened is absent from every answer."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from maatwerk import clock, loading
from maatwerk.cases.act_views import acts_for
from maatwerk.cases.case import read
from maatwerk.cases.meeting import meet
from maatwerk.decisions.recipients import recipients
from maatwerk.http import Caller
from maatwerk.http.caller import Guest
from maatwerk.rules.acts import Identified
from maatwerk.tenancy import scope
from tests.accounts import browser
from tests.databases import Database
from tests.isolation.promised import Promise, place_of, promise, read_scheme, school_fields
from tests.isolation.region import Laid, Region, lay, region
from tests.isolation.test_every_route import CALLS
from tests.partnership import TENANTS

API = "/api/v1"
FILES = {
    read_scheme(path)["code"]: path
    for folder in sorted(TENANTS.iterdir())
    if (folder / "demo.toml").exists()
    for path in loading.scheme_files(folder)
}
READS = [call for call in CALLS if call.method == "GET"]
OF_CASE = [call for call in READS if call.parameters == ("case_id",)]
WITHOUT_CASE = [call for call in READS if not call.parameters]
CANARY = re.compile(r"kanarie_(\w+?)_kanarie")


@dataclass
class Reader:
    """Somebody in a role, and what he is promised of a case."""

    region: Region
    client: httpx.AsyncClient
    who: Caller
    case: Laid
    role: str
    promised: Promise
    scheme: dict[str, Any]

    async def get(self, path: str, **query: str) -> httpx.Response:
        return await self.region.get(self.client, self.who, f"{API}{path}", **query)

    @property
    def path(self) -> str:
        return f"/aanvragen/{self.case.case_id}"

    @property
    def meets(self) -> bool:
        """Whether the case is his: on a seat only once a chair bears his name."""
        chairs = {chair.person for act in self.case.acts for one in act.consequences.opened for chair in one.chairs}
        return place_of(self.scheme, self.role) != "zetel" or str(self.who.membership_id) in chairs

    @property
    def follows(self) -> bool:
        return self.meets and (self.promised.any_rule or self.promised.acts_now)

    @property
    def reviewer(self) -> bool:
        """Whether his role in the tenant reads packs alone: it has no right to open cases."""
        return "reviewer" in self.who.roles

    @property
    def hears_all(self) -> bool:
        return self.promised.heard == {step for step, _ in self.case.ended}

    def may_have(self, name: str) -> bool:
        """Whether the word of an answer, or of a field of an act, may be in what he is answered."""
        promised = self.promised
        asked = (
            self.scheme.get("formulier", {}) if promised.whole else {path.partition(".")[0] for path in promised.fields}
        )
        if name in asked:
            return True
        return any(
            name == f"{kind}_{each}" and promised.opens_act_field(kind, each)
            for kind, act in self.scheme["handeling"].items()
            for each in act.get("velden", {})
        )


Readers = list[Reader]


@pytest.fixture(params=FILES)
async def readers(app: Database, request: pytest.FixtureRequest) -> AsyncIterator[Readers]:
    """For a case in each step of a scheme: a reader in every role."""
    code = request.param
    scheme, found = read_scheme(FILES[code]), await region(FILES[code].parent, code)
    cases = [await lay(found, step) for step in scheme["stap"]]
    async with browser(app) as client:
        yield [
            Reader(found, client, found.people[role, True], case, role, promise(scheme, role, case), scheme)
            for case in cases
            for role in found.roles
        ]


async def test_each_role_reads_in_each_step_what_its_scheme_opens_and_nothing_else(readers: Readers) -> None:
    for reader in readers:
        await _answers_are_those_that_are_open(reader)
        await _acts_are_those_that_are_told(reader)
        await _files_are_those_that_are_open(reader)
        await _the_standing_tells_no_outcome_too_early(reader)
        await _lists_have_it_for_who_follows(reader)
        await _no_other_route_of_the_case_tells_more(reader)
        await _mails_go_to_who_has_the_case(reader)
    for reader in one_of_each_role(readers):
        for call in WITHOUT_CASE:
            got = await reader.region.get(reader.client, reader.who, call.path)
            assert not CANARY.findall(got.text), (reader.role, str(call))


def one_of_each_role(readers: Readers) -> Readers:
    return list({reader.role: reader for reader in readers}.values())


async def _answers_are_those_that_are_open(reader: Reader) -> None:
    got = await reader.get(reader.path)
    assert (got.status_code == 200) == (reader.promised.content and not reader.reviewer), (reader.role, got.text)
    if got.status_code != 200:
        assert got.status_code == 403
        return
    given, promised = got.json(), reader.promised
    computed = {name for name, field in reader.scheme.get("formulier", {}).items() if field["soort"] == "berekend"}
    filed = set(reader.case.acts[0].fields) | (computed & set(given["antwoorden"]))
    open_to_him = filed if promised.whole else {path for path in promised.fields if path.partition(".")[0] in filed}
    assert set(given["antwoorden"]) <= open_to_him, reader.role
    if reader.hears_all:
        assert set(given["antwoorden"]) == open_to_him, reader.role
    knows = promised.whole or bool(promised.fields & school_fields(reader.scheme))
    assert ("organisatieId" in given) == (knows or place_of(reader.scheme, reader.role) == "school"), reader.role


async def _acts_are_those_that_are_told(reader: Reader) -> None:
    got = await reader.get(f"{reader.path}/handelingen")
    assert (got.status_code == 200) == reader.follows, (reader.role, got.text)
    told = got.json() if got.status_code == 200 else []
    may = [act for act in reader.case.acts if act.seq in reader.promised.acts]
    assert len(told) <= len(may), reader.role
    for act in told:
        kind, definition = act["handeling"], reader.scheme["handeling"][act["handeling"]]
        assert kind in {each.kind for each in may}, reader.role
        if definition.get("gedrag") in ("indienen", "aanvullen"):
            assert reader.promised.whole or set(act["velden"]) <= reader.promised.fields, (reader.role, kind)
        elif not (reader.promised.reads_pack and not reader.promised.content):
            wanted = {name for name in act["velden"] if reader.promised.opens_act_field(kind, name)}
            assert set(act["velden"]) == wanted, (reader.role, kind)
        for line in act["uitkomsten"]:
            assert line.partition(":")[0] in reader.promised.heard or act["rol"] == reader.role, (reader.role, line)


async def _files_are_those_that_are_open(reader: Reader) -> None:
    got = await reader.get(f"{reader.path}/bijlagen")
    assert (got.status_code == 200) == (reader.promised.content and not reader.reviewer), reader.role
    promised, case = reader.promised, reader.case
    open_now = {file for field, file in case.files.items() if {"*", field} & promised.files}
    for to, letter in case.letters.items():
        told = to is None or to[1] in promised.acts
        if told and (promised.whole or (to is not None and to[0] == reader.role)):
            open_now.add(letter)
    if got.status_code == 200:
        assert {each["id"] for each in got.json()} == {str(each) for each in open_now}, reader.role
    for file_id in (*case.files.values(), *case.letters.values()):
        fetched = await reader.get(f"{reader.path}/bijlagen/{file_id}")
        may = file_id in open_now and promised.content and not reader.reviewer
        assert (fetched.status_code == 200) == may, (reader.role, file_id)


async def _the_standing_tells_no_outcome_too_early(reader: Reader) -> None:
    got = await reader.get(f"{reader.path}/stand")
    assert (got.status_code == 200) == reader.follows, (reader.role, got.text)
    if got.status_code == 200:
        ended = {step["stap"] for step in got.json()["stappen"] if step["uitkomst"]}
        assert ended <= reader.promised.heard, reader.role
        assert reader.promised.whole or not got.json()["voorwaarden"], reader.role


async def _lists_have_it_for_who_follows(reader: Reader) -> None:
    got = await reader.get("/aanvragen")
    rows = got.json()["resultaten"] if got.status_code == 200 else []
    mine = [row for row in rows if row["id"] == str(reader.case.case_id)]
    assert bool(mine) == (reader.follows and not reader.reviewer), reader.role
    for row in mine:
        knows = reader.promised.whole or bool(reader.promised.fields & school_fields(reader.scheme))
        assert ("organisatieId" in row) == (knows or place_of(reader.scheme, reader.role) == "school"), reader.role
    tasks = (await reader.get("/taken", aanvraagId=str(reader.case.case_id))).json()["resultaten"]
    assert [each["titel"] for each in tasks] == [f"Taak voor {reader.role}"] * reader.meets, reader.role


async def _no_other_route_of_the_case_tells_more(reader: Reader) -> None:
    """No answer and no page about the case has a word that is not open to him."""
    for call in OF_CASE:
        got = await reader.region.get(reader.client, reader.who, call.path.format(case_id=reader.case.case_id))
        assert got.status_code < 500, str(call)
        leaked = {name for name in CANARY.findall(got.text) if not reader.may_have(name)}
        assert not leaked, (reader.role, str(call), leaked)


async def _mails_go_to_who_has_the_case(reader: Reader) -> None:
    async with scope(reader.region.tenant_id, None) as tx:
        told = await recipients(tx, await read(tx, reader.case.case_id), None, reader.role)
    away = reader.region.people[reader.role, False].membership_id
    assert (away in {each.id for each in told}) == (place_of(reader.scheme, reader.role) == "bureau"), reader.role


async def test_who_has_the_same_role_elsewhere_reads_nothing(readers: Readers) -> None:
    for reader in readers:
        if place_of(reader.scheme, reader.role) == "bureau":
            continue
        other = reader.region.people[reader.role, False]
        for call in OF_CASE:
            got = await reader.region.get(reader.client, other, call.path.format(case_id=reader.case.case_id))
            assert got.status_code in (403, 404), (reader.role, str(call), got.status_code)
    for reader in one_of_each_role(readers):
        if place_of(reader.scheme, reader.role) != "bureau":
            for call in WITHOUT_CASE:
                got = await reader.region.get(reader.client, reader.region.people[reader.role, False], call.path)
                assert not [each for each in readers if str(each.case.case_id) in got.text], (reader.role, str(call))


async def test_somebody_of_a_family_reads_of_acts_what_is_named_for_his_role_and_no_words_of_another(
    app: Database,
) -> None:
    code = "oza"
    scheme, found = read_scheme(FILES[code]), await region(FILES[code].parent, code)
    for step in scheme["stap"]:
        laid = await lay(found, step)
        async with scope(found.tenant_id, None) as tx:
            case = await read(tx, laid.case_id)
        for role in (name for name in scheme["rol"] if place_of(scheme, name) == "gezin"):
            guest = Guest(uuid4(), laid.case_id, role, Identified("link_en_code", clock.now()))
            caller = Caller(guest.id, found.tenant_id, None, frozenset(), guest=guest)
            promised = promise(scheme, role, laid)
            for act in acts_for(case, caller, meet(caller, case)):
                if scheme["handeling"][act.act].get("gedrag") not in ("indienen", "aanvullen"):
                    unnamed = {name for name in act.fields if f"{act.act}.{name}" not in promised.act_fields}
                    assert not unnamed, (role, step, act.act)
