"""Between the quorum and the besluit nothing that a school can get says what the outcome is: two cases that differ in nothing else
are asked for everything, and answer the same."""

import re
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from maatwerk import asgi
from maatwerk.cases import schemes
from maatwerk.crypto import tenant_key
from maatwerk.decisions.actions.tick import tick
from maatwerk.http.guard import handlers_of
from maatwerk.mail.queueing import content_of
from maatwerk.organisations.queries import by_name
from maatwerk.rules.permissions import PUBLIC, SESSION, rights_of
from maatwerk.settings import Settings
from maatwerk.tasks.queries import of_case
from maatwerk.tenancy import scope
from tests.accounts import Clock, browser, once
from tests.databases import Database
from tests.pages import seen
from tests.partnership import Partnership, enlist, regio_36
from tests.regio36 import SCHEME

SOURCE = (Path(__file__).parents[2] / "tenants/regio-36/scheme.toml").read_text(encoding="utf-8")
TWINS = {"bas": "voor", "els": "tegen"}
UUIDS, MOMENTS = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
OUTCOMES = ("afwijz", "afgewezen", "akkoord")
OWN = {"toestemming_vastleggen": {"wie": "ouder", "stand": "gegeven"}, "intrekken": {}}


@pytest.fixture
async def region(app: Database) -> Partnership:
    """Two schools, each with one case that was just decided: of bas with yes, of els with no."""
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        other = await by_name(tx, "Rivierlyceum")
    assert other is not None
    await enlist(found, "els", ["coordinator"], organisation_id=other.id)
    return found


async def decided(region: Partnership) -> dict[str, UUID]:
    bas, cases = region.callers["bas"], {}
    for who, vote in TWINS.items():
        region.callers["bas"] = region.callers[who]
        try:
            cases[who] = await region.to_review()
        finally:
            region.callers["bas"] = bas
        for seat in ("de_meierij", "swv_3006"):
            await region.do(seat, cases[who], "stemmen", stem=vote, motivering="Daarom.")
    return cases


async def prepared(region: Partnership, case_id: UUID) -> None:
    """What only a rejection needs before it is sent."""
    await region.do("jolijn", case_id, "advies_vastleggen", advies="Vraag het wijkteam.")
    await region.do("jolijn", case_id, "bellen_afspreken", zetel="swv_3006")
    await region.do("swv_3006", case_id, "gebeld")


def readable(things: dict[str, str]) -> Iterator[str]:
    """The address of everything that a coordinator may ask for."""
    rights = {*rights_of({"coordinator"}), PUBLIC, SESSION}
    for route, handler, _ in handlers_of(asgi.build(Settings.from_environment({}), start=False)):
        if "GET" in handler.http_methods and handler.opt["permission"] in rights:
            yield route.path_format.format(**things)


def filtered() -> Iterator[str]:
    phases = {step.phase for step in SCHEME.steps.values()} | {"afgewezen", "afgerond", "ingetrokken"}
    yield from (f"/api/v1/aanvragen?fase={phase}" for phase in sorted(phases))
    yield from ("/api/v1/aanvragen?zaaknummer=NUMMER", "/api/v1/werklijst?rol=coordinator", "/?rol=coordinator")
    yield from (f"/api/v1/taken?status={state}&aanvraagId=ZAAK" for state in ("open", "afgerond"))


class Reader:
    """A coordinator who asks; what he is told, without what differs between any two cases."""

    def __init__(self, client: httpx.AsyncClient, case_id: UUID, number: str, name: str) -> None:
        self.client, self.case_id, self.number, self.name = client, str(case_id), number, name

    async def everything(self, region: Partnership) -> dict[str, str]:
        files = (await self.client.get(f"/api/v1/aanvragen/{self.case_id}/bijlagen")).json()
        things = dict.fromkeys(("task_id", "advice_id", "mail_id", "session_id", "token_id", "item_id"), str(uuid4()))
        things |= {"case_id": self.case_id, "file_id": files[0]["id"], "scheme_version_id": str(region.scheme_id)}
        things |= dict.fromkeys(("membership_id", "book_id", "organisation_id", "digest", "path", "name"), str(uuid4()))
        found = {}
        for url in (*readable(things), *filtered()):
            asked = url.replace("ZAAK", self.case_id).replace("NUMMER", self.number)
            found[self.plain(url)] = self.read(await self.client.get(asked))
        return found

    async def tries(self, kind: str, fields: dict[str, Any]) -> str:
        """What an act of this kind answers."""
        url = f"/api/v1/aanvragen/{self.case_id}"
        tag = (await self.client.get(f"{url}/stand")).headers["ETag"]
        body = {"handeling": kind, "velden": fields}
        return self.read(await self.client.post(f"{url}/handelingen", json=body, headers=once() | {"If-Match": tag}))

    def read(self, answer: httpx.Response) -> str:
        told = {name: answer.headers.get(name, "") for name in ("etag", "location", "link")}
        return self.plain(f"{answer.status_code} {told} {answer.text}")

    def plain(self, text: str) -> str:
        text = text.replace(self.number, "NUMMER").replace(self.name, "MAIL")
        return MOMENTS.sub("TOEN", UUIDS.sub("ID", text))


@asynccontextmanager
async def readers(app: Database, region: Partnership, cases: dict[str, UUID]) -> Any:
    async with browser(app, region.persons["bas"]) as one, browser(app, region.persons["els"]) as two:
        clients = {"bas": one, "els": two}
        yield [
            Reader(client, cases[who], str((await region.case(cases[who])).number), region.persons[who].address)
            for who, client in clients.items()
        ]


async def same(region: Partnership, twins: list[Reader]) -> dict[str, str]:
    """What both are told, which has to be equal."""
    first, second = [await twin.everything(region) for twin in twins]
    for url, answer in first.items():
        assert second[url] == answer, url
    return first


@pytest.mark.requirement("R36-46", "R36-49")
async def test_nothing_that_a_school_can_get_tells_the_outcome_before_the_besluit(
    app: Database, region: Partnership
) -> None:
    cases = await decided(region)
    async with readers(app, region, cases) as twins:
        at_once = await same(region, twins)
        await prepared(region, cases["els"])
        later = await same(region, twins)
        assert later == at_once, "what the ondersteuner prepares shows nowhere either"
        for url in (
            "/api/v1/aanvragen/ID/stand",
            "/api/v1/aanvragen/ID/handelingen",
            "/zaken/ID",
            "/api/v1/aanvragen/ID",
        ):
            assert later[url].startswith("200 ")
            assert '"uitkomst":"afwijzing"' not in later[url]
            assert '"handeling":"stemmen","' not in later[url] or url.endswith("stand")
        assert "Daarom." not in "".join(later.values())
        assert "NUMMER" in later["/api/v1/aanvragen?fase=beoordeling"]
        assert "NUMMER" not in later["/api/v1/aanvragen?fase=besluit"]
        for kind in SCHEME.acts.keys() - OWN.keys():
            one, two = [await twin.tries(kind, {"antwoord": "Nog iets."}) for twin in twins]
            assert (one, one[:3]) == (two, one[:3]), kind
            assert one[:3] in ("400", "403", "409"), kind


@pytest.mark.requirement("R36-46")
async def test_what_a_school_does_itself_meanwhile_tells_it_nothing_either(app: Database, region: Partnership) -> None:
    cases = await decided(region)
    await prepared(region, cases["els"])
    async with readers(app, region, cases) as twins:
        for kind, fields in OWN.items():
            one, two = [await twin.tries(kind, fields) for twin in twins]
            assert one == two
            assert one.startswith("201 ")
            assert "volgnummer" not in one
            await same(region, twins)


@pytest.mark.requirement("R36-46", "R36-49")
async def test_the_besluit_tells_each_school_its_own_outcome(app: Database, region: Partnership) -> None:
    cases = await decided(region)
    await prepared(region, cases["els"])
    mails: Callable[[], Any] = lambda: told_by_mail(region, cases)  # noqa: E731
    assert await mails() == {who: ["ontvangst"] for who in TWINS}
    for who in TWINS:
        await region.do("jolijn", cases[who], "besluit_verzenden")
    await region.deliver()
    assert await mails() == {"bas": ["ontvangst", "besluit_akkoord"], "els": ["ontvangst", "besluit_afwijzing"]}
    async with readers(app, region, cases) as (one, two):
        for reader, phase, outcome in ((one, "Afspraken", "akkoord"), (two, "Afgewezen", "afwijzing")):
            assert f"Fase {phase}" in seen(await reader.client.get(f"/zaken/{reader.case_id}"))
            standing = (await reader.client.get(f"/api/v1/aanvragen/{reader.case_id}/stand")).json()
            steps = {step["stap"]: step["uitkomst"] for step in standing["stappen"]}
            acts = (await reader.client.get(f"/api/v1/aanvragen/{reader.case_id}/handelingen")).json()
            assert (steps["beoordeling"], standing["volgnummer"], acts[-1]["volgnummer"]) == (
                outcome,
                acts[-1]["volgnummer"],
                len(acts),
            )
            (row,) = (await reader.client.get("/api/v1/aanvragen")).json()["resultaten"]
            assert row["fase"] == standing["fase"]


TERMS = """
[termijn.na_afwijzing]
titel = "Na een afwijzing"
soort = "streef"
start = ["stap.beoordeling.afwijzing"]
duur = "P1D"
bij_verstrijken = { taak = "Praat met de ouders", rol = "coordinator" }
[termijn.na_indienen]
titel = "Na de indiening"
soort = "streef"
start = ["handeling.indienen"]
duur = "P1D"
bij_verstrijken = { rol = "coordinator", tekst = "stand_van_zaken" }
[tekst.stand_van_zaken]
onderwerp = "Stand van {{zaaknummer}}"
inhoud = "Fase: {{fase}}, uiterlijk {{uiterlijk}}."
"""


async def test_a_term_that_only_the_outcome_started_warns_the_school_when_it_knows_and_no_mail_tells_the_phase(
    region: Partnership, clock: Clock
) -> None:
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, SOURCE.replace("[termijn.reactie]", f"{TERMS}[termijn.reactie]"))
        region.scheme_id = (await schemes.current(tx))[0].id
    case_id = (await decided(region))["els"]
    clock.forward(timedelta(days=3))
    assert await ticked(region, case_id) == ([], ["Fase: beoordeling"])
    await prepared(region, case_id)
    await region.do("jolijn", case_id, "besluit_verzenden")
    assert await ticked(region, case_id) == (["Praat met de ouders"], ["Fase: beoordeling"])


async def ticked(region: Partnership, case_id: UUID) -> tuple[list[str], list[str]]:
    """The tasks of the school and the phases in its mails, once what is due was told."""
    query = "SELECT id, content FROM mail WHERE case_id = $1 AND kind = 'stand_van_zaken'"
    async with scope(region.tenant_id, None) as tx:
        await tick(tx, {"case_id": str(case_id)})
        tasks = [task.title for task in await of_case(tx, case_id) if task.role == "coordinator"]
        key = await tenant_key(tx)
        texts = [content_of(tx, key, row["id"], row["content"]).text for row in await tx.fetch(query, case_id)]
        return tasks, [text.partition(",")[0] for text in texts]


async def told_by_mail(region: Partnership, cases: dict[str, UUID]) -> dict[str, list[str]]:
    query = "SELECT kind FROM mail WHERE case_id = $1 AND recipient_membership = $2 ORDER BY id"
    async with scope(region.tenant_id, None) as tx:
        return {
            who: [row["kind"] for row in await tx.fetch(query, case_id, region.callers[who].membership_id)]
            for who, case_id in cases.items()
        }
