"""Why a number that looks like a BSN is none: kept with the acts that carry it, read by the ondersteuner, never asked twice."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk.crypto import destroy_case_key
from maatwerk.rules.rejudge import rejudge
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser, once
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36
from tests.regio36 import answers

FIRST, SECOND, ORDER = "111222333", "123456782", "Dit is een ordernummer."
TEXT, MARK = f"Zie dossier 111 222 333 ({FIRST}).", {"nummer": "111.222.333", "reden": ORDER}
KEPT = {"nummer": FIRST, "reden": ORDER, "plaatsen": ["behoefte"]}


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def act(
    client: httpx.AsyncClient, case_id: UUID, kind: str, *marks: dict[str, str], **fields: Any
) -> httpx.Response:
    url = f"/api/v1/aanvragen/{case_id}"
    seen = (await client.get(f"{url}/stand")).headers["ETag"]
    body = {"handeling": kind, "velden": fields, "geenBsn": list(marks)}
    return await client.post(f"{url}/handelingen", json=body, headers=once() | {"If-Match": seen})


async def marked(client: httpx.AsyncClient, case_id: UUID) -> Any:
    return (await client.get(f"/api/v1/aanvragen/{case_id}")).json()["geenBsn"]


async def marks_of_acts(client: httpx.AsyncClient, case_id: UUID) -> dict[str, Any]:
    acts = (await client.get(f"/api/v1/aanvragen/{case_id}/handelingen")).json()
    return {each["handeling"]: each["geenBsn"] for each in acts}


async def draft(client: httpx.AsyncClient, region: Partnership) -> UUID:
    """A draft with a number and the reason why it is no BSN, and the signed consent."""
    body = {"regelingId": str(region.scheme_id), "antwoorden": answers(behoefte=TEXT, toestemmingsformulier=None)}
    refused = await client.post("/api/v1/aanvragen", json=body, headers=once())
    assert [wrong["code"] for wrong in refused.json()["invalidParams"]] == ["bsn"]
    made = await client.post("/api/v1/aanvragen", json=body | {"geenBsn": [MARK]}, headers=once())
    assert made.status_code == 201, made.text
    assert (await attach(client, UUID(made.json()["id"]), "toestemmingsformulier", "Akkoord")).status_code == 201
    return UUID(made.json()["id"])


async def attach(client: httpx.AsyncClient, case_id: UUID, field: str, text: str) -> httpx.Response:
    sent = {"bestand": ("stuk.pdf", uploads.pdf(text), "application/pdf")}
    return await client.post(f"/api/v1/aanvragen/{case_id}/bijlagen", data={"veld": field}, files=sent, headers=once())


async def test_the_reason_of_a_draft_is_kept_with_the_filing_and_read_beside_the_number(
    app: Database, region: Partnership
) -> None:
    async with browser(app, region.persons["bas"]) as bas:
        case_id = await draft(bas, region)
        assert await marked(bas, case_id) == [KEPT]
        assert (await act(bas, case_id, "indienen")).status_code == 201
    await enlist(region, "fatima", ["fg"])
    async with browser(app, region.persons["jolijn"]) as jolijn:
        assert await marked(jolijn, case_id) == [KEPT]
        assert await marks_of_acts(jolijn, case_id) == {"indienen": [KEPT]}
    async with browser(app, region.persons["fatima"]) as fatima:
        assert await marks_of_acts(fatima, case_id) == {"indienen": []}
    async with scope(region.tenant_id, None) as tx:
        sealed = await tx.fetchval("SELECT not_bsn FROM case_act WHERE case_id = $1", case_id)
        assert FIRST.encode() not in sealed
        assert b"ordernummer" not in sealed
    assert rejudge((await region.case(case_id)).scheme, (await region.case(case_id)).acts) is None
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, case_id)
    assert (await region.case(case_id)).not_bsn == {}


async def test_later_acts_and_attachments_are_not_asked_again_for_a_number_that_was_explained(
    app: Database, region: Partnership
) -> None:
    async with browser(app, region.persons["bas"]) as bas, browser(app, region.persons["jolijn"]) as jolijn:
        case_id = await draft(bas, region)
        assert (await act(bas, case_id, "indienen")).status_code == 201
        assert (await act(jolijn, case_id, "terugsturen", ontbrekend=f"Waar is {FIRST}?")).status_code == 201
        assert (await act(bas, case_id, "aanvullen", opleiding="3 havo")).status_code == 201
        assert (await attach(bas, case_id, "bijlagen", f"Offerte {FIRST}")).status_code == 201
        assert (await act(bas, case_id, "aanvullen", behoefte="Iemand om de dag mee te beginnen.")).status_code == 201
        assert (await marks_of_acts(jolijn, case_id))["aanvullen"] == []
        again = await act(bas, case_id, "aanvullen", motivatie_tweede=f"Toch {FIRST}.")
        assert again.status_code == 201, again.text
        assert (await marks_of_acts(jolijn, case_id))["aanvullen"] == [KEPT | {"plaatsen": ["motivatie_tweede"]}]
        assert (await marks_of_acts(jolijn, case_id))["terugsturen"] == [KEPT | {"plaatsen": ["ontbrekend"]}]
        assert await marked(jolijn, case_id) == [KEPT | {"plaatsen": ["motivatie_tweede"]}]


async def test_a_reason_that_is_given_with_an_act_is_kept_with_it_and_must_be_one(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    text = {"behoefte": f"Zie {SECOND}."}
    async with browser(app, region.persons["bas"]) as bas, browser(app, region.persons["jolijn"]) as jolijn:
        for number, reason, code in (
            (FIRST, ORDER, "bsn"),
            ("123456789", ORDER, "geen_bsn"),
            (SECOND, "     ", "geen_bsn"),
        ):
            refused = await act(bas, case_id, "aanvullen", {"nummer": number, "reden": reason}, **text)
            assert refused.status_code == 400
            assert code in {wrong["code"] for wrong in refused.json()["invalidParams"]}
        done = await act(bas, case_id, "aanvullen", {"nummer": SECOND, "reden": ORDER}, **text)
        kept = [{"nummer": SECOND, "reden": ORDER, "plaatsen": ["behoefte"]}]
        assert (done.status_code, done.json()["geenBsn"]) == (201, kept)
        assert await marked(jolijn, case_id) == kept
        assert (await marks_of_acts(jolijn, case_id))["aanvullen"] == kept
