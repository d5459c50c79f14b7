"""The delivery log over HTTP, and reports of mail servers that come in by it."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from maatwerk import clock
from maatwerk.mail import queue
from maatwerk.mail.queries import delivery
from maatwerk.tenancy import scope
from tests.accounts import browser, member_of, once
from tests.builders import a_tenant
from tests.databases import Database
from tests.features.test_mail_delivery import report

LOG = "/api/v1/verzendingen"
DOOR = "/api/v1/mail/_bounce"


async def a_mail(tenant: UUID, case: UUID | None = None) -> UUID:
    async with scope(tenant, None) as tx:
        made = await queue(
            tx, case_id=case, membership_id=None, address="jet@school.example", name="Jet", subject="Ontvangen",
            text="Dank u.", kind="ontvangst", reply_to="", sender_name="A. Voorbeeld", dedupe_key=str(uuid4()),
        )  # fmt: skip
    assert made is not None
    return made


async def a_token(client: httpx.AsyncClient, *rights: str) -> dict[str, str]:
    """A token of who is logged in; the headers that carry it."""
    until = (clock.now() + timedelta(days=30)).isoformat()
    asked = {"naam": "mailserver", "rechten": list(rights), "geldigTot": until}
    answer = await client.post("/api/v1/tokens", json=asked, headers=once())
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}", "Content-Type": "message/rfc822"}


async def test_the_log_shows_mails_with_a_masked_address(app: Database) -> None:
    tenant, case = await a_tenant(), uuid4()
    mail = await a_mail(tenant, case)
    await a_mail(tenant)
    for role in ("ondersteuner", "tenant_admin", "fg"):
        async with browser(app, await member_of(tenant, role)) as client:
            assert len((await client.get(LOG)).json()["resultaten"]) == 2
            (shown,) = (await client.get(LOG, params={"aanvraagId": str(case)})).json()["resultaten"]
            detail = (await client.get(f"{LOG}/{mail}")).json()
        assert (shown["id"], shown["aan"], shown["status"]) == (str(mail), "j…@school.example", "wacht")
        assert detail == shown | {"logboek": []}
        assert "jet@" not in str(detail)


async def test_the_log_comes_in_pages_and_by_state(app: Database) -> None:
    tenant = await a_tenant()
    made = [await a_mail(tenant) for _ in range(3)]
    async with browser(app, await member_of(tenant, "fg")) as client:
        first = (await client.get(LOG, params={"pageSize": "2", "status": "wacht"})).json()
        rest = (await client.get(first["volgende"])).json()
        assert (await client.get(LOG, params={"status": "mislukt"})).json() == {"resultaten": []}
    assert [item["id"] for item in first["resultaten"] + rest["resultaten"]] == [str(mail) for mail in made[::-1]]


async def test_the_log_is_not_for_every_role_and_not_for_another_tenant(app: Database) -> None:
    tenant = await a_tenant()
    mail = await a_mail(tenant)
    for role in ("coordinator", "reviewer", "financial_controller"):
        async with browser(app, await member_of(tenant, role)) as client:
            assert (await client.get(LOG)).status_code == 403
    async with browser(app, await member_of(await a_tenant(), "fg")) as client:
        assert (await client.get(LOG)).json() == {"resultaten": []}
        assert (await client.get(f"{LOG}/{mail}")).status_code == 404


@pytest.mark.requirement("ALL-06")
async def test_a_report_by_token_marks_the_mail_and_no_answer_tells_which_mails_there_are(app: Database) -> None:
    tenant = await a_tenant()
    mail = await a_mail(tenant)
    async with browser(app, await member_of(tenant, "tenant_admin")) as client:
        token = await a_token(client, "mail.bounces")
    async with browser(app) as machine:
        known = await machine.post(DOOR, content=report(f"{mail}@maatwerk.example"), headers=token)
        unknown = await machine.post(DOOR, content=report(f"{uuid4()}@maatwerk.example"), headers=token)
        junk = await machine.post(DOOR, content=b"\xff\x00", headers=token)
    assert known.status_code == 202, known.text
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json()) == (junk.status_code, junk.json())
    async with scope(tenant, None) as tx:
        found = await delivery(tx, mail)
        assert found is not None
        assert found.state == "gebounced"
        assert await tx.fetchval("SELECT count(*) FROM outbox WHERE handler = 'tasks.address_bounced'") == 1


async def test_a_report_needs_a_token_with_the_right_and_the_kind_of_content(app: Database) -> None:
    tenant = await a_tenant()
    content = report(f"{uuid4()}@maatwerk.example")
    async with browser(app, await member_of(tenant, "tenant_admin")) as client:
        by_person = await client.post(DOOR, content=content, headers={"Content-Type": "message/rfc822"})
        token = await a_token(client, "mail.bounces")
        other = await a_token(client, "leden.lezen")
    async with browser(app) as machine:
        statuses = [
            by_person.status_code,
            (await machine.post(DOOR, content=content, headers=other)).status_code,
            (await machine.post(DOOR, content=content, headers=token | {"Content-Type": "image/png"})).status_code,
            (await machine.post(DOOR, content=content, headers={"Content-Type": "message/rfc822"})).status_code,
            (await machine.post(DOOR, content=b"x" * 1_000_001, headers=token)).status_code,
        ]
    assert statuses == [403, 403, 415, 401, 413]
