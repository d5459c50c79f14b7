"""Kop van Noord-Holland in a test database, with a school and a wijkteam that let a parent in, and the parent at his phone."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import lxml.html

from maatwerk.cases import schemes
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.case import Draft
from maatwerk.crypto import opening_key
from maatwerk.guests.actions.let_in import let_in
from maatwerk.guests.links import ContactOf
from maatwerk.guests.queries import GuestOfCase
from maatwerk.http import Caller
from maatwerk.mail.queueing import content_of, recipient_of
from maatwerk.organisations.queries import by_name
from maatwerk.tenancy import scope
from tests.accounts import joins, somebody
from tests.partnership import Partnership, loaded

TENANTS = Path(__file__).parents[1] / "tenants"
HANNA, MEES = "hanna.bos@thuis.example", "mees.bos@thuis.example"
FORM = {
    "v.jeugdige.voornaam": "Mees",
    "v.jeugdige.achternaam": "Bos",
    "v.jeugdige.geboortedatum": "01-02-2011",
    "v.aanvrager.voornaam": "Hanna",
    "v.aanvrager.achternaam": "Bos",
    "v.hoedanigheid": "ouder_met_gezag",
    "v.inschrijving": "ingeschreven",
    "v.sector": "vo",
    "v.woongemeente": "Den Helder",
    "v.hulpvraag": "Mees komt de ochtenden niet door.\r\nHij heeft hulp nodig.",
    "v.op_school": "ja",
    "v.zorglocatie": "nee",
    "v.school": "Duinpoort College",
}


async def kop() -> Partnership:
    """The partnership with Mirte of the school, Jelmer of the wijkteam, Carla of the college, and a school that has no part in it."""
    tenant_id = await loaded("kop-van-noord-holland")
    async with scope(tenant_id, None) as tx:
        version = next(item for item in await schemes.current(tx) if item.scheme.code == "oza")
    found = Partnership(tenant_id, version.id)
    await joins_in(found, "mirte", "coordinator", "school", "Duinpoort College")
    await joins_in(found, "jelmer", "partner", "wijkteam", "Wijkteam Den Helder")
    await joins_in(found, "carla", "partner", "college", "Gemeente Den Helder")
    await joins_in(found, "sem", "partner", "wijkteam", "Gemeente Schagen")
    await joins_in(found, "sietske", "ondersteuner", "swv", "Samenwerkingsverband Kop van Noord-Holland")
    return found


async def joins_in(found: Partnership, name: str, role: str, function: str, organisation: str) -> None:
    async with scope(found.tenant_id, None) as tx:
        place = await by_name(tx, organisation)
    assert place is not None
    person = await somebody()
    membership = await joins(person, found.tenant_id, [role], organisation_id=place.id, functions=[function])
    found.persons[name] = person
    found.callers[name] = Caller(
        person.id, found.tenant_id, membership, frozenset([role]), organisation_id=place.id,
        functions=frozenset([function]), municipality=place.municipality or "",
    )  # fmt: skip


async def begun(region: Partnership) -> UUID:
    """A case that the school began for the parents, who fill it in."""
    mirte = region.callers["mirte"]
    async with scope(region.tenant_id, mirte.person_id) as tx:
        return await open_case(tx, mirte, region.scheme_id, Draft())


async def invited(region: Partnership, case_id: UUID, address: str = HANNA, role: str = "ouder") -> GuestOfCase:
    mirte = region.callers["mirte"]
    async with scope(region.tenant_id, mirte.person_id) as tx:
        return await let_in(tx, mirte, case_id, role, ContactOf(address))


async def mailed(region: Partnership, address: str = HANNA) -> list[tuple[str, str]]:
    """(subject, text) of the mails to an address, in order."""
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT id, recipient, content FROM mail WHERE tenant_id = $1 ORDER BY id", tx.tenant_id)
        found = []
        for row in rows:
            key = await opening_key(tx, row["content"])
            if recipient_of(tx, key, row["id"], row["recipient"]).address == address:
                content = content_of(tx, key, row["id"], row["content"])
                found.append((content.subject, content.text))
        return found


async def link(region: Partnership, address: str = HANNA) -> str:
    """The secret of the newest link."""
    texts = [text for _, text in await mailed(region, address) if "/toegang#" in text]
    return re.findall(r"/toegang#(\w{43})", texts[-1])[0]


async def code(region: Partnership, address: str = HANNA) -> str:
    texts = [text for subject, text in await mailed(region, address) if subject == "Uw code"]
    return re.findall(r"^(\d{6})$", texts[-1], re.MULTILINE)[0]


async def enters(client: httpx.AsyncClient, region: Partnership, address: str = HANNA) -> httpx.Response:
    """Opens the newest link, asks the code, fills it in, and looks at the case."""
    secret = await link(region, address)
    page = await client.post("/toegang", data={"link": secret})
    assert page.status_code == 200, page.text
    answer = await client.post("/toegang/code", data={"link": secret, "code": await code(region, address)})
    assert answer.status_code == 303, answer.text
    return await client.get(answer.headers["location"])


async def sends(
    client: httpx.AsyncClient, kind: str, changes: Mapping[str, Any], button: str = "doe", files: Any = None
) -> httpx.Response:
    """Opens the form of an act, fills in, and presses a button, as a browser does."""
    form = await client.get("/mijn-aanvraag/invullen", params={"handeling": kind})
    assert form.status_code == 200, form.text
    data = filled_in(form)
    return await posts(client, {**data, **changes, button: "1"}, files)


async def posts(client: httpx.AsyncClient, data: Mapping[str, Any], files: Any = None) -> httpx.Response:
    """Sends the form of an act as a browser does; a list is a field that stands in it more than once."""
    parts = [
        (name, (None, each)) for name, value in data.items() for each in (value if isinstance(value, list) else [value])
    ]
    return await client.post("/mijn-aanvraag/invullen", files=[*parts, *(files or [])])


def filled_in(page: httpx.Response) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    found: dict[str, Any] = {}
    for element in lxml.html.fromstring(page.text).xpath("//form[@enctype]//*[@name]"):
        name, kind = element.get("name"), element.get("type", "")
        if element.tag == "button" or kind == "file":
            continue
        if element.tag == "textarea":
            found[name] = element.text or ""
        elif element.tag == "select":
            found[name] = next(iter(element.xpath("option[@selected]/@value")), "")
        elif kind in ("radio", "checkbox"):
            if element.get("checked") is not None:
                found.setdefault(name, []).append(element.get("value"))
        elif name == "gevraagd":
            found.setdefault(name, []).append(element.get("value"))
        else:
            found[name] = element.get("value", "")
    return found
