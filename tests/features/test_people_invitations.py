"""Inviting and accepting: it works for newcomers and for people known elsewhere, and nobody learns which they are."""

from datetime import timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk import outbox
from maatwerk.crypto import tenant_key
from maatwerk.mail.queueing import content_of
from maatwerk.people import totp
from maatwerk.people.actions.mail_invitation import mail_invitation
from maatwerk.people.invitation_mail import invitation_mail
from maatwerk.people.messages import PersonInvited
from maatwerk.tenancy import scope
from tests.accounts import PASSWORD, Clock, Somebody, browser, joins, member_of, once, somebody
from tests.builders import a_tenant
from tests.databases import Database

INVITATIONS = "/api/v1/uitnodigingen"
ACCEPT = f"{INVITATIONS}/_aanvaard"
NEWCOMER = "nieuw@voorbeeld.example"


def invitation_to(address: str, **more: Any) -> dict[str, Any]:
    return {"mail": address, "naam": "Kim Voorbeeld", "rollen": ["coordinator"], **more}


async def invited(client: httpx.AsyncClient, address: str, **more: Any) -> UUID:
    answer = await client.post(INVITATIONS, json=invitation_to(address, **more), headers=once())
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def mailed_token(tenant: UUID, invitation: UUID) -> str:
    """What the invited person finds in the mail."""
    async with scope(tenant, None) as tx:
        mail = await invitation_mail(tx, invitation)
    assert mail is not None
    return mail.token


async def accepted(client: httpx.AsyncClient, token: str, address: str) -> tuple[httpx.Response, Somebody]:
    """Both steps of somebody without an account."""
    begun = await client.post(ACCEPT, json={"token": token, "wachtwoord": PASSWORD})
    assert begun.json()["status"] == "code-nodig", begun.text
    secret = httpx.URL(begun.json()["inschrijving"]).params["secret"]
    person = Somebody(UUID(int=0), address, PASSWORD, secret)
    body = {"token": token, "wachtwoord": PASSWORD, "code": person.code()}
    return await client.post(ACCEPT, json=body), person


async def test_a_newcomer_chooses_a_password_sets_up_an_app_and_is_a_member(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as visitor:
        token = await mailed_token(tenant, await invited(admin, NEWCOMER))
        done, person = await accepted(visitor, token, NEWCOMER)
        assert done.json()["status"] == "aanvaard"
        assert len(set(done.json()["herstelcodes"])) == 10
        assert (await visitor.post("/api/v1/sessies", json=person.login(1))).json()["gekozen"] == str(tenant)
        members = (await admin.get("/api/v1/leden")).json()["resultaten"]
        assert [(one["mail"], one["rollen"]) for one in members][1] == (NEWCOMER, ["coordinator"])
        states = [one["status"] for one in (await admin.get(INVITATIONS)).json()["resultaten"]]
        assert states == ["aanvaard"]


async def test_somebody_known_elsewhere_logs_in_and_accepts(app: Database) -> None:
    here, elsewhere = await a_tenant(), await a_tenant()
    person = await member_of(elsewhere, "tenant_admin")
    async with browser(app, await member_of(here, "tenant_admin")) as admin, browser(app, person) as client:
        token = await mailed_token(here, await invited(admin, person.address))
        assert (await client.post(ACCEPT, json={"token": token})).json() == {"status": "aanvaard"}
        tenants = (await client.get("/api/v1/partnerschappen")).json()["resultaten"]
        assert {one["id"]: one["rollen"] for one in tenants} == {
            str(here): ["coordinator"],
            str(elsewhere): ["tenantbeheerder"],
        }


async def test_one_person_in_two_tenants_sees_one_at_a_time(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    person = await member_of(first, "tenant_admin")
    await joins(person, second, ["tenant_admin"])
    await member_of(second, "coordinator")
    async with browser(app, person) as client:
        seen = []
        for tenant in (first, second, first):
            chosen = {"partnerschapId": str(tenant)}
            assert (await client.put("/api/v1/sessies/huidig/partnerschap", json=chosen)).status_code == 200
            seen.append({one["id"] for one in (await client.get("/api/v1/leden")).json()["resultaten"]})
        assert [len(one) for one in seen] == [1, 2, 1]
        assert seen[0] == seen[2]
        assert not seen[0] & seen[1]
        for one in seen[1]:
            assert (await client.get(f"/api/v1/leden/{one}")).status_code == 404


async def test_inviting_a_known_address_answers_mails_and_takes_as_long_as_a_new_one(app: Database) -> None:
    here, elsewhere = await a_tenant(), await a_tenant()
    known = [await member_of(elsewhere, "tenant_admin") for _ in range(5)]
    times: dict[bool, list[float]] = {True: [], False: []}
    shapes = []
    async with browser(app, await member_of(here, "tenant_admin")) as admin:
        for number, person in enumerate(known):
            for address in (person.address, f"nieuw-{number:08}@voorbeeld.example"):
                began = perf_counter()
                answer = await admin.post(INVITATIONS, json=invitation_to(address), headers=once())
                times[address == person.address].append(perf_counter() - began)
                shapes.append((answer.status_code, sorted(answer.json()), answer.json()["status"], set(answer.headers)))
                async with scope(here, None) as tx:
                    mail = await invitation_mail(tx, UUID(answer.json()["id"]))
                    assert mail is not None
                    shapes[-1] += (mail.tenant, mail.name, len(mail.token))
    assert all(shape == shapes[0] for shape in shapes)
    assert min(times[True]) < 2 * min(times[False])
    assert min(times[False]) < 2 * min(times[True])


async def test_accepting_without_a_session_looks_the_same_until_its_end_for_a_known_address(app: Database) -> None:
    here, elsewhere = await a_tenant(), await a_tenant()
    known = await member_of(elsewhere, "coordinator")
    async with browser(app, await member_of(here, "tenant_admin")) as admin, browser(app) as visitor:
        of_known = await mailed_token(here, await invited(admin, known.address))
        of_new = await mailed_token(here, await invited(admin, NEWCOMER))
        begun = [
            await visitor.post(ACCEPT, json={"token": token, "wachtwoord": PASSWORD}) for token in (of_known, of_new)
        ]
        assert [sorted(answer.json()) for answer in begun] == [["inschrijving", "status"]] * 2
        refused, _ = await accepted(visitor, of_known, known.address)
        wrong = await visitor.post(ACCEPT, json={"token": of_new, "wachtwoord": PASSWORD, "code": "000000"})
        said = [{**answer.json(), "instance": ""} for answer in (refused, wrong)]
        assert refused.status_code == wrong.status_code == 422
        assert said[0] == said[1]
        assert len((await admin.get("/api/v1/leden")).json()["resultaten"]) == 1
    async with browser(app) as client:
        assert (await client.post("/api/v1/sessies", json=known.login())).status_code == 201


async def test_an_invitation_works_once_and_for_seven_days(app: Database, clock: Clock) -> None:
    tenant = await a_tenant()
    admin_person = await member_of(tenant, "tenant_admin")
    async with browser(app, admin_person) as admin, browser(app) as visitor:
        used = await mailed_token(tenant, await invited(admin, NEWCOMER))
        late = await mailed_token(tenant, await invited(admin, "laat@voorbeeld.example"))
        assert (await accepted(visitor, used, NEWCOMER))[0].status_code == 200
        assert (await visitor.post(ACCEPT, json={"token": used, "wachtwoord": PASSWORD})).status_code == 404
        clock.forward(timedelta(days=6, hours=23))
        assert (await visitor.post(ACCEPT, json={"token": late, "wachtwoord": PASSWORD})).status_code == 200
        clock.forward(timedelta(hours=1))
        gone = await visitor.post(ACCEPT, json={"token": late, "wachtwoord": PASSWORD})
        never = await visitor.post(ACCEPT, json={"token": "0" * 43, "wachtwoord": PASSWORD})
        assert {**gone.json(), "instance": ""} == {**never.json(), "instance": ""}


async def test_a_second_invitation_to_an_address_replaces_the_first(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as visitor:
        first = await mailed_token(tenant, await invited(admin, NEWCOMER))
        await invited(admin, NEWCOMER.upper())
        assert (await visitor.post(ACCEPT, json={"token": first, "wachtwoord": PASSWORD})).status_code == 404
        states = [one["status"] for one in (await admin.get(INVITATIONS)).json()["resultaten"]]
        assert states == ["ingetrokken", "open"]


async def test_the_token_is_sealed_until_it_is_mailed_and_gone_after(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin:
        invitation = await invited(admin, NEWCOMER)
    token = await mailed_token(tenant, invitation)
    async with scope(tenant, None) as tx:
        row = await tx.fetchrow("SELECT * FROM invitation")
        posted = await tx.fetch("SELECT handler, payload FROM outbox")
    assert row is not None
    assert token.encode() not in bytes(row["sealed_token"]) + bytes(row["digest"])
    assert [(one["handler"], outbox.read(PersonInvited, one["payload"])) for one in posted] == [
        ("people.mail_invitation", PersonInvited(invitation))
    ]


async def test_the_mail_is_queued_once_for_every_invitation_and_the_token_forgotten(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin:
        invitation = await invited(admin, NEWCOMER)
    token = await mailed_token(tenant, invitation)
    for _ in range(2):
        async with scope(tenant, None) as tx:
            await mail_invitation(tx, {"invitation_id": str(invitation)})
    async with scope(tenant, None) as tx:
        mails = await tx.fetch("SELECT id, content, recipient FROM mail")
        assert await invitation_mail(tx, invitation) is None
        content = content_of(tx, await tenant_key(tx), mails[0]["id"], mails[0]["content"])
    assert len(mails) == 1
    assert f"/uitnodiging#{token}" in content.text
    assert token.encode() not in bytes(mails[0]["content"])


async def test_an_accepted_invitation_is_not_mailed_any_more(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as visitor:
        invitation = await invited(admin, NEWCOMER)
        await accepted(visitor, await mailed_token(tenant, invitation), NEWCOMER)
    async with scope(tenant, None) as tx:
        assert await invitation_mail(tx, invitation) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"rollen": ["fg", "coordinator"]}, "rollen"),
        ({"rollen": ["fg", "financieel-controller"]}, "rollen"),
        ({"rollen": ["beoordelaar", "ondersteuner"]}, "rollen"),
        ({"rollen": ["operator"]}, "rollen[0]"),
        ({"rollen": []}, "rollen"),
        ({"stoelen": [{"stoel": "vo-1"}]}, "stoelen"),
        ({"rollen": ["beoordelaar"], "stoelen": [{"stoel": "vo-1"}, {"stoel": "vo-1"}]}, "stoelen"),
        ({"organisatieId": "00000000-0000-7000-8000-000000000000"}, "organisatieId"),
        ({"mail": "geen adres"}, "mail"),
        ({"tenantId": "x"}, "tenantId"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused_with_its_place(
    app: Database, more: dict[str, Any], field: str
) -> None:
    async with browser(app, await member_of(await a_tenant(), "tenant_admin")) as admin:
        answer = await admin.post(INVITATIONS, json=invitation_to(NEWCOMER, **more), headers=once())
        assert answer.status_code == 400
        assert field in {param["veld"] for param in answer.json()["invalidParams"]}
        assert (await admin.get(INVITATIONS)).json()["resultaten"] == []


async def test_the_secret_of_a_newcomers_app_is_a_full_one(app: Database) -> None:
    assert len(totp.new_totp_secret()) == 32
    assert totp.new_totp_secret() != totp.new_totp_secret()


async def test_a_person_whose_membership_ended_can_be_invited_again(app: Database) -> None:
    tenant = await a_tenant()
    person = await somebody()
    membership = await joins(person, tenant, ["coordinator"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin:
        again = await admin.post(INVITATIONS, json=invitation_to(person.address), headers=once())
        assert again.status_code == 409
        await admin.delete(f"/api/v1/leden/{membership}", headers={"If-Match": '"1"'})
        token = await mailed_token(tenant, await invited(admin, person.address, rollen=["ondersteuner"]))
        async with browser(app, person) as client:
            assert (await client.post(ACCEPT, json={"token": token})).status_code == 200
            tenants = (await client.get("/api/v1/partnerschappen")).json()["resultaten"]
            assert [one["rollen"] for one in tenants] == [["ondersteuner"]]
