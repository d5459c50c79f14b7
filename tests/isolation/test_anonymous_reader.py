"""Whoever may not learn who the pupil is, against a name planted in every text that anybody writes: each question and each act of every
scheme about pupils. A scheme that has no such reader gets one; each reader is shown all that a scheme may show him."""

import json
import re
import tomllib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk.anonymisation.actions.release import release
from maatwerk.anonymisation.pieces import reader_of, seat_of_role
from maatwerk.cases.case import read
from maatwerk.cases.messages import PackWanted
from maatwerk.outbox import post
from maatwerk.rules import disclosure
from maatwerk.rules.acts import Effect
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.loading import load
from maatwerk.rules.places import seat_roles
from maatwerk.rules.scheme import DisclosureDef, FieldDef, Scheme
from maatwerk.tenancy import scope
from tests.accounts import browser, joins, somebody
from tests.databases import Database
from tests.isolation.promised import read_scheme
from tests.isolation.region import ELSEWHERE, Laid, Region, answer, lay, region
from tests.isolation.test_disclosure import FILES, OF_CASE, WITHOUT_CASE
from tests.packs import deliver

READER = "meelezer"
PUPIL = {"voornaam": "Saartje", "achternaam": "Wolfswinkel"}
PARENT = {"voornaam": "Mirjam", "achternaam": "Zandbergen"}
OTHER = {"voornaam": "Jorrit", "achternaam": "Veldhuizen"}
PLANTED = (
    f"Met saartje wolfswinkel, haar moeder Mirjam Zandbergen en Jorrit Veldhuizen sprak Jolanda Waterkamp over school {ELSEWHERE} "
    "en Praktijk Zwanenburcht; S. Wolfswinkel en mevrouw Zandbergen vonden de afspraak over de dagritmekaart goed."
)
STAYS = "dagritmekaart"
WRITTEN_IN = ("teksten", "tabellen", "vrijgegevenAntwoorden", "aantekeningen", "adviezen")
OF_THE_CASE = re.compile("saartje|wolfswinkel|mirjam|zandbergen|jorrit|veldhuizen", re.IGNORECASE)
OF_THE_TENANT = re.compile(f"jolanda|waterkamp|{ELSEWHERE}|zwanenburcht", re.IGNORECASE)


ABOUT_PUPILS = [code for code, path in FILES.items() if read_scheme(path)["onderwerp"]["soort"] != "geen"]


def say(name: str, asked: FieldDef, files: Mapping[str, UUID]) -> Any:
    """An answer with somebody's name wherever one may write it."""
    person = {"leerling": PUPIL, "ouder": PARENT, "aanvrager": {"voornaam": "Bas", "achternaam": "Coster"}}
    known: dict[str, str] = {**person.get(asked.person, OTHER), "geboortedatum": "2010-05-04"}
    known |= {part: "Spreekt namens Saartje Wolfswinkel" for part in ("functie", "hoedanigheid") if part in asked.parts}
    match asked.kind:
        case "tekst" | "lange_tekst":
            return PLANTED
        case "persoon":
            return known
        case "personen":
            return [known]
        case "tabel":
            return [{column: say(name, each, {}) for column, each in asked.columns.items()}]
        case _:
            return answer(name, asked, files)


def opened_wide(text: str) -> str:
    """The scheme with everything open to its anonymous reader that may be, from its first step on."""
    raw, added = tomllib.loads(text), ""
    reader = next((rule["wie"] for rule in raw["inzage"] if rule.get("bewerking") == "anoniem"), "")
    if not reader:
        added, reader = f'[rol.{READER}]\ntitel = "Meelezer"\nplaats = "gemeente"\n', READER
        if not any(asked["soort"] == "gemeente" for asked in raw.get("formulier", {}).values()):
            added += '[formulier.woont_in]\nsoort = "gemeente"\ntitel = "Woont in"\n'
    scheme = load(f"{text}\n{added}")
    rule = DisclosureDef(audience=reader, treatment="anoniem")
    shown = [name for name in scheme.form if not disclosure.fault(scheme, rule, name, as_text=False)]
    added += f"""
[[inzage]]
wie = "{reader}"
stappen = {json.dumps([*scheme.steps])}
uitkomsten = ["*"]
bewerking = "anoniem"
velden = {json.dumps(shown)}
teksten = {json.dumps([name for name, asked in scheme.form.items() if asked.kind in (*disclosure.WRITTEN, "tabel")])}
handelingsteksten = {json.dumps(act_texts(scheme, reader))}
bijlagen = true
"""
    return f"{text}\n{added}"


def act_texts(scheme: Scheme, reader: str) -> list[str]:
    """Every text that another than the reader writes in an act."""
    return [
        f"{kind}.{name}"
        for kind, act in scheme.acts.items()
        if act.by[0] != reader and not PALETTE[act.behaviour].uses_form
        for name, asked in act.fields.items()
        if asked.kind in disclosure.WRITTEN
    ]


@dataclass
class Reading:
    """A reader with his case, of which everything was released."""

    region: Region
    case: Laid
    role: str
    client: httpx.AsyncClient

    async def get(self, path: str) -> httpx.Response:
        who = self.region.people[self.role, True]
        return await self.region.get(self.client, who, path.format(case_id=self.case.case_id))


@pytest.fixture(params=ABOUT_PUPILS)
async def reading(app: Database, request: pytest.FixtureRequest) -> AsyncIterator[Reading]:
    code = request.param
    found = await region(FILES[code].parent, code, opened_wide)
    colleague = await joins(await somebody(), found.tenant_id, ["tenant_admin"])
    async with scope(found.tenant_id, None) as tx:
        await tx.execute("UPDATE membership SET name = 'Jolanda Waterkamp' WHERE id = $1", colleague)
        providers = {"instellingen": ["Praktijk Zwanenburcht"]}
        await tx.execute("UPDATE tenant_setting SET settings = settings || $1", providers)
    laid = await lay(found, [*found.scheme.steps][-1], say, (Effect("pakket"),))
    await released(found, laid)
    async with browser(app) as client:
        yield Reading(found, laid, reader_of(found.scheme), client)


async def released(found: Region, laid: Laid) -> None:
    """Makes the pack as a worker does, and releases it as if somebody had looked at every mark."""
    reader = reader_of(found.scheme)
    slots = [chair.slot for act in laid.acts for one in act.consequences.opened for chair in one.chairs]
    seats = [slot for slot in dict.fromkeys(slots) if seat_roles(found.scheme).get(slot) == reader]
    async with scope(found.tenant_id, None) as tx:
        await post(tx, PackWanted(laid.case_id))
    assert await deliver(found.tenant_id) == 1
    async with scope(found.tenant_id, None) as tx:
        await tx.execute("UPDATE pack_item SET state = 'klaar' WHERE kind <> 'bijlage'")
        case = await read(tx, laid.case_id, lock=True)
        await release(tx, case, case.acts[-1], seats=seats or [seat_of_role(reader)], coarsening=frozenset())


@pytest.mark.requirement("R36-35", "R36-36", "R36-42")
async def test_no_name_that_was_written_anywhere_reaches_who_may_not_learn_it(reading: Reading) -> None:
    for call in (*OF_CASE, *WITHOUT_CASE):
        got = await reading.get(call.path)
        assert got.status_code < 500, str(call)
        assert not OF_THE_CASE.findall(got.text), (str(call), got.text)


@pytest.mark.requirement("R36-35", "R36-36", "ALL-04")
async def test_all_that_was_written_is_in_the_pack_without_its_names(reading: Reading) -> None:
    got = await reading.get("/api/v1/aanvragen/{case_id}/beoordelingspakket")
    assert got.status_code == 200, got.text
    scheme, pack = reading.region.scheme, got.json()
    assert not OF_THE_TENANT.findall(json.dumps([pack[part] for part in WRITTEN_IN]))
    written = {path for path, asked in scheme.form.items() if asked.kind in disclosure.WRITTEN}
    assert {text["pad"] for text in pack["teksten"]} >= written
    assert {row["pad"] for row in pack["tabellen"]} == {n for n, asked in scheme.form.items() if asked.kind == "tabel"}
    answered = len(
        [
            path
            for act in reading.case.acts
            for path in act_texts(scheme, reading.role)
            if path.partition(".")[0] == act.kind
        ]
    )
    assert len(pack["vrijgegevenAntwoorden"]) == answered
    assert json.dumps(pack).count(STAYS) >= len(written) + answered


def test_every_scheme_has_such_a_reader_here() -> None:
    for path in (FILES[code] for code in ABOUT_PUPILS):
        text = path.read_text(encoding="utf-8")
        assert reader_of(load(opened_wide(text))) in {*read_scheme(path)["rol"], READER}
