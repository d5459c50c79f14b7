"""A password or an app that was lost: who can prove himself gets on, nobody learns whether an account exists, and the second step is
never passed by."""

import asyncio
from datetime import timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk.people import recovery_codes
from maatwerk.people.actions import mail_accounts as mailing
from maatwerk.people.actions.mail_accounts import mail_accounts
from maatwerk.people.actions.reset_app import reset_as_operator
from maatwerk.people.scopes import identity_scope
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import scope
from tests.accounts import PASSWORD, Clock, Somebody, browser, joins, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.recovery import account_mails, kinds_of, mailed_token

SESSIONS = "/api/v1/sessies"
FORGOTTEN = "/api/v1/account/wachtwoord/_vergeten"
CHOOSE = "/api/v1/account/wachtwoord/_kies"
LOST = "/api/v1/account/app/_kwijt"
CODES = "/api/v1/account/herstelcodes"
NEW = "groene kikker zingt luid"


async def forgotten(client: httpx.AsyncClient, address: str) -> str:
    """Asks for the mail and answers the secret in it."""
    answer = await client.post(FORGOTTEN, json={"adres": address})
    assert answer.status_code == 204, answer.text
    return await mailed_token(address, "wachtwoord_vergeten")


async def choose(client: httpx.AsyncClient, token: str, code: str, new: str = NEW) -> httpx.Response:
    return await client.post(CHOOSE, json={"token": token, "wachtwoord": new, "code": code})


async def codes_of(client: httpx.AsyncClient, person: Somebody, steps: int = 1) -> list[str]:
    """New recovery codes of somebody who is logged in."""
    answer = await client.post(CODES, json={"wachtwoord": PASSWORD, "code": person.code(steps)})
    assert answer.status_code == 201, answer.text
    codes: list[str] = answer.json()["herstelcodes"]
    return codes


async def renewed(
    client: httpx.AsyncClient, person: Somebody, proof: str, password: str = PASSWORD
) -> tuple[Somebody, httpx.Response]:
    """Both steps of setting up another app; the person with it."""
    body = {"adres": person.address, "wachtwoord": password, "herstelcode": proof}
    begun = await client.post(LOST, json=body)
    assert begun.json().get("status") == "code-nodig", begun.text
    secret = httpx.URL(begun.json()["inschrijving"]).params["secret"]
    other = Somebody(person.id, person.address, password, secret)
    return other, await client.post(LOST, json={**body, "code": other.code()})


def wrong(code: str) -> str:
    return f"{(int(code) + 10) % 1_000_000:06}"


def said(answer: httpx.Response) -> tuple[int, dict[str, Any]]:
    return answer.status_code, {**(answer.json() if answer.content else {}), "instance": ""}


async def logs_in(client: httpx.AsyncClient, login: dict[str, str]) -> bool:
    return (await client.post(SESSIONS, json=login)).status_code == 201


@pytest.fixture
async def person(app: Database) -> Somebody:
    return await member_of(await a_tenant(), "coordinator")


async def test_with_the_mail_and_the_app_somebody_chooses_a_new_password(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        token = await forgotten(client, person.address)
        assert (await choose(client, token, person.code())).status_code == 204
        assert not await logs_in(client, person.login(1))
        assert await logs_in(client, {**person.login(1), "wachtwoord": NEW})
    assert await kinds_of(person.address) == ["wachtwoord_vergeten", "wachtwoord_gewijzigd"]


async def test_a_new_password_ends_every_session_of_the_person_and_nobody_elses(
    app: Database, person: Somebody
) -> None:
    other = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as inside, browser(app, other) as bystander, browser(app) as visitor:
        token = await forgotten(visitor, person.address)
        assert (await choose(visitor, token, person.code(1))).status_code == 204
        assert (await inside.get(SESSIONS)).status_code == 401
        assert (await bystander.get(SESSIONS)).status_code == 200


async def test_the_mail_alone_changes_nothing_without_the_second_step(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        token = await forgotten(client, person.address)
        tries = [wrong(person.code()), "0000-0000-0000-0000-0000-0000", "0" * 43]
        answers = [said(await choose(client, token, code)) for code in tries]
        assert {status for status, _ in answers} == {422}
        assert all(answer == answers[0] for answer in answers)
        assert (await client.post(CHOOSE, json={"token": token, "wachtwoord": NEW})).status_code == 400
        assert (await choose(client, token, token)).status_code == 422, "one secret is not two steps"
        assert await logs_in(client, person.login())


async def test_a_code_of_the_app_that_was_used_is_no_second_step(app: Database, person: Somebody) -> None:
    async with browser(app, person) as client:
        token = await forgotten(client, person.address)
        assert (await choose(client, token, person.code())).status_code == 422
        assert (await choose(client, token, person.code(1))).status_code == 204


async def test_guessing_the_second_step_gets_slower_like_logging_in(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        token = await forgotten(client, person.address)
        statuses = [(await choose(client, token, wrong(person.code()))).status_code for _ in range(7)]
        assert statuses == [422] * 5 + [429] * 2
        assert not await logs_in(client, person.login())


async def test_the_secret_works_once_for_ten_minutes_and_takes_the_others_along(
    app: Database, person: Somebody, clock: Clock
) -> None:
    async with browser(app) as client:
        late = await forgotten(client, person.address)
        clock.forward(timedelta(minutes=10))
        gone = said(await choose(client, late, person.code()))
        never = said(await choose(client, "0" * 43, person.code()))
        assert gone == never
        assert gone[0] == 404
        first, second = await forgotten(client, person.address), await forgotten(client, person.address)
        assert first != second
        assert (await choose(client, first, person.code())).status_code == 204, "asking again takes nothing away"
        assert [said(await choose(client, token, person.code(1)))[0] for token in (first, second)] == [404, 404]


async def test_of_two_uses_of_one_secret_at_once_one_succeeds(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        token = await forgotten(client, person.address)
        codes = [person.code(), person.code(1), person.code(-1)]
        answers = await asyncio.gather(*[choose(client, token, code) for code in codes])
        assert sorted(answer.status_code for answer in answers) == [204, 404, 404]


async def test_a_weak_password_is_refused_and_the_secret_stays(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        token = await forgotten(client, person.address)
        for weak in ("kort", "wachtwoord2024!", person.address):
            answer = await choose(client, token, person.code(), weak)
            assert (answer.status_code, answer.json()["invalidParams"][0]["veld"]) == (400, "wachtwoord")
        assert (await choose(client, token, person.code())).status_code == 204


async def test_asking_answers_the_same_and_takes_as_long_whether_the_account_exists_or_not(app: Database) -> None:
    tenant = await a_tenant()
    people = [await member_of(tenant, "coordinator") for _ in range(8)]
    times: dict[bool, list[float]] = {True: [], False: []}
    answers = []
    async with browser(app) as client:
        for number, each in enumerate(people):
            for address in (each.address, f"persoon-nie{number:07}@voorbeeld.example"):
                began = perf_counter()
                answer = await client.post(FORGOTTEN, json={"adres": address})
                times[address == each.address].append(perf_counter() - began)
                answers.append((answer.status_code, answer.content, set(answer.headers)))
    assert len({(status, content) for status, content, _ in answers}) == 1
    assert all(names == answers[0][2] for _, _, names in answers)
    assert min(times[True]) < 2 * min(times[False])
    assert min(times[False]) < 2 * min(times[True])
    async with identity_scope() as tx:
        rows = await tx.fetch("SELECT kind, length(address) AS length, sealed_token, attempts FROM account_mail")
    assert len({tuple(row.values()) for row in rows}) == 1, "what is written is the same too"


async def test_nobody_gets_a_mail_at_an_address_without_an_account_or_with_one_that_was_closed(
    app: Database, person: Somebody
) -> None:
    closed = await member_of(await a_tenant(), "coordinator")
    async with identity_scope() as tx:
        await tx.execute("UPDATE person SET disabled_at = created_at WHERE id = $1", closed.id)
    async with browser(app) as client:
        for address in ("niemand@voorbeeld.example", closed.address, person.address.upper()):
            assert (await client.post(FORGOTTEN, json={"adres": address})).status_code == 204
    assert await account_mails("niemand@voorbeeld.example") == []
    assert await account_mails(closed.address) == []
    assert await kinds_of(person.address) == ["wachtwoord_vergeten"]
    async with identity_scope() as tx:
        assert await tx.fetchval("SELECT count(*) FROM account_mail") == 0


async def test_asking_too_often_has_to_wait_by_address_and_by_network_and_known_or_not(
    app: Database, person: Somebody, clock: Clock
) -> None:
    async with browser(app) as client:
        for address in (person.address, "niemand@voorbeeld.example"):
            statuses = [(await client.post(FORGOTTEN, json={"adres": address})).status_code for _ in range(7)]
            assert statuses == [204] * 5 + [429] * 2
        refused = await client.post(FORGOTTEN, json={"adres": person.address})
        assert refused.json()["detail"].startswith("Een nieuw wachtwoord is te vaak gevraagd.")
        clock.forward(timedelta(seconds=int(refused.headers["retry-after"])))
        assert (await client.post(FORGOTTEN, json={"adres": person.address})).status_code == 204
        assert await logs_in(client, person.login()), "who is kept from asking is not kept from logging in"
        many = [(await client.post(FORGOTTEN, json={"adres": f"a{n}@b.example"})).status_code for n in range(30)]
        assert many.count(429) >= 5


async def test_the_mail_names_no_partnership_and_its_link_holds_nothing_but_the_secret(app: Database) -> None:
    person, tenants = await somebody(), [await a_tenant("regio-een"), await a_tenant("regio-twee")]
    for tenant in tenants:
        await joins(person, tenant, ["ondersteuner"])
    async with browser(app) as client:
        token = await forgotten(client, person.address)
    ((_, content),) = await account_mails(person.address)
    assert f"/wachtwoord-kiezen#{token}" in content.text
    assert person.address not in content.text
    assert "regio" not in content.text.lower() + content.sender_name.lower()
    assert content.reply_to == ""


async def test_a_partnership_by_which_such_a_mail_travels_does_not_see_it_in_its_log(app: Database) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin:
        await forgotten(admin, person.address)
        async with scope(tenant, None) as tx:
            mail_id = await tx.fetchval("SELECT id FROM mail WHERE tenant_id = $1", tenant)
        assert (await admin.get("/api/v1/verzendingen")).json()["resultaten"] == []
        assert (await admin.get(f"/api/v1/verzendingen/{mail_id}")).status_code == 404


async def test_no_secret_of_it_stands_readable_in_the_database(app: Database, person: Somebody) -> None:
    async with browser(app, person) as client:
        codes = await codes_of(client, person)
        assert (await client.post(FORGOTTEN, json={"adres": person.address})).status_code == 204
        async with identity_scope() as tx:
            waiting = await tx.fetch("SELECT address FROM account_mail")
        token = await mailed_token(person.address, "wachtwoord_vergeten")
    async with identity_scope() as tx:
        rows = await tx.fetch("SELECT digest FROM account_recovery") + await tx.fetch(
            "SELECT digest FROM recovery_code"
        )
    kept = b"".join(bytes(row[0]) for row in [*rows, *waiting])
    for secret in (token, person.address, *codes, *(code.replace("-", "") for code in codes)):
        assert secret.encode() not in kept


async def test_a_mail_that_could_not_be_queued_is_tried_again_with_the_same_secret_and_not_for_ever(
    app: Database, person: Somebody, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any, **__: Any) -> None:
        raise OSError

    async with browser(app) as client:
        await client.post(FORGOTTEN, json={"adres": person.address})
        await client.post(FORGOTTEN, json={"adres": "niemand@voorbeeld.example"})
        with monkeypatch.context() as broken:
            broken.setattr(mailing.mail, "queue", breaks)
            assert await mail_accounts() == 2
        assert await mail_accounts() == 0, "not before a minute"
        clock.forward(timedelta(minutes=1))
        token = await mailed_token(person.address, "wachtwoord_vergeten")
        async with identity_scope() as tx:
            assert await tx.fetchval("SELECT count(*) FROM account_recovery") == 1
        assert (await choose(client, token, person.code())).status_code == 204
        await kinds_of(person.address)
        await client.post(FORGOTTEN, json={"adres": person.address})
        clock.forward(timedelta(hours=1))
        assert await mail_accounts() == 1
    assert await kinds_of(person.address) == ["wachtwoord_vergeten", "wachtwoord_gewijzigd"]


async def test_changing_password_app_or_recovery_codes_while_logged_in_is_mailed_too(
    app: Database, person: Somebody, clock: Clock
) -> None:
    async with browser(app, person) as client:
        await codes_of(client, person)
        clock.forward(timedelta(minutes=2))
        change = {"huidigWachtwoord": PASSWORD, "code": person.code(), "nieuwWachtwoord": NEW}
        assert (await client.put("/api/v1/account/wachtwoord", json=change)).status_code == 204
        begun = await client.post("/api/v1/account/app", json={"wachtwoord": NEW, "code": person.code(1)})
        secret = httpx.URL(begun.json()["inschrijving"]).params["secret"]
        other = Somebody(person.id, person.address, NEW, secret)
        done = await client.put("/api/v1/account/app", json={"code": other.code()})
        assert len(done.json()["herstelcodes"]) == 10
    assert await kinds_of(person.address) == ["herstelcodes_gemaakt", "wachtwoord_gewijzigd", "app_gewijzigd"]


async def test_a_recovery_code_sets_up_another_app_once_and_ends_every_session(app: Database, person: Somebody) -> None:
    async with browser(app, person) as inside, browser(app) as client:
        codes = await codes_of(inside, person)
        other, done = await renewed(client, person, codes[3])
        assert (done.status_code, done.json()["status"]) == (200, "ingesteld")
        assert (await inside.get(SESSIONS)).status_code == 401
        fresh = done.json()["herstelcodes"]
        assert len(set(fresh) - set(codes)) == 10
        assert not await logs_in(client, person.login(1))
        assert await logs_in(client, other.login(1))
        for used in codes[:4]:
            body = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": used}
            assert (await client.post(LOST, json=body)).status_code == 401, (
                "a new app makes the older ones worth nothing"
            )
    assert await kinds_of(person.address) == ["herstelcodes_gemaakt", "app_gewijzigd"]


async def test_beginning_with_a_recovery_code_and_leaving_it_there_costs_nothing(
    app: Database, person: Somebody
) -> None:
    async with browser(app, person) as inside, browser(app) as client:
        codes = await codes_of(inside, person)
        body = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": codes[0]}
        assert (await client.post(LOST, json=body)).status_code == 200
        assert (await inside.get(SESSIONS)).status_code == 200
        assert (await client.post(LOST, json={**body, "code": "000000"})).status_code == 422
        _, done = await renewed(client, person, codes[0])
        assert done.status_code == 200


async def test_of_two_uses_of_one_recovery_code_at_once_one_succeeds(app: Database, person: Somebody) -> None:
    async with browser(app, person) as inside, browser(app) as client:
        codes = await codes_of(inside, person)
        body = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": codes[0]}
        begun = await client.post(LOST, json=body)
        secret = httpx.URL(begun.json()["inschrijving"]).params["secret"]
        code = Somebody(person.id, person.address, PASSWORD, secret).code()
        answers = await asyncio.gather(*[client.post(LOST, json={**body, "code": code}) for _ in range(3)])
        assert sorted(answer.status_code for answer in answers)[0] == 200
        assert [answer.status_code for answer in answers].count(200) == 1


async def test_a_recovery_code_stands_for_the_app_at_a_lost_password_too_and_once(
    app: Database, person: Somebody, clock: Clock
) -> None:
    async with browser(app, person) as inside, browser(app) as client:
        (code, *_) = await codes_of(inside, person)
        assert (await choose(client, await forgotten(client, person.address), code)).status_code == 204
        assert (await choose(client, await forgotten(client, person.address), code)).status_code == 422
        clock.forward(timedelta(minutes=2))
        assert await logs_in(client, {**person.login(), "wachtwoord": NEW})


async def test_whatever_is_wrong_with_a_lost_app_gets_the_same_answer_and_the_same_delays(
    app: Database, person: Somebody
) -> None:
    other = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as inside, browser(app, other) as elsewhere, browser(app) as client:
        (code, *_), (foreign, *_) = await codes_of(inside, person), await codes_of(elsewhere, other)
        right = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": code}
        tries = [
            {**right, "adres": "niemand@voorbeeld.example"},
            {**right, "wachtwoord": "iets heel anders dan dat"},
            {**right, "herstelcode": "0000-0000-0000-0000-0000-0000"},
            {**right, "herstelcode": foreign},
            {**right, "herstelcode": "0" * 43},
        ]
        answers = [said(await client.post(LOST, json=body)) for body in tries]
        assert answers[0][0] == 401
        assert all(answer == answers[0] for answer in answers)
        for address in (person.address, "ander@voorbeeld.example"):
            body = {**right, "adres": address, "wachtwoord": "iets heel anders dan dat"}
            assert 429 in [(await client.post(LOST, json=body)).status_code for _ in range(7)]


async def test_an_app_does_not_stand_for_its_own_loss(app: Database, person: Somebody) -> None:
    async with browser(app) as client:
        body = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": person.code()}
        assert (await client.post(LOST, json=body)).status_code == 400


async def test_new_recovery_codes_ask_for_password_and_app_and_replace_the_older_ones(
    app: Database, person: Somebody, clock: Clock
) -> None:
    async with browser(app, person) as client:
        first = await codes_of(client, person)
        assert all(code == recovery_codes.spelled(code) for code in first)
        clock.forward(timedelta(minutes=2))
        for body in (
            {"wachtwoord": "iets heel anders dan dat", "code": person.code()},
            {"wachtwoord": PASSWORD, "code": wrong(person.code())},
        ):
            assert (await client.post(CODES, json=body)).status_code == 401
        second = await codes_of(client, person)
        async with identity_scope() as tx:
            assert await recovery_codes.codes_left(tx, person.id) == 10
            assert not await recovery_codes.is_code(tx, person.id, first[0])
            assert await recovery_codes.is_code(tx, person.id, second[0])


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{upper}", "{plain}", "{spaced}", "{alike}"])
async def test_a_recovery_code_may_be_typed_as_people_do(app: Database, person: Somebody, typed: str) -> None:
    async with identity_scope() as tx:
        (code, *_) = await recovery_codes.renew_codes(tx, person.id)
    forms = {
        "code": code,
        "upper": code.upper(),
        "plain": code.replace("-", ""),
        "spaced": code.replace("-", " "),
        "alike": code.replace("0", "O").replace("1", "l"),
    }
    async with identity_scope() as tx:
        assert await recovery_codes.spend_code(tx, person.id, typed.format(**forms))
        assert not await recovery_codes.spend_code(tx, person.id, code)


async def resets(admin: httpx.AsyncClient, membership: UUID) -> httpx.Response:
    return await admin.post(f"/api/v1/leden/{membership}/app/_los")


async def test_an_administrator_takes_the_app_away_and_the_member_sets_up_another(app: Database) -> None:
    tenant, person = await a_tenant(), await somebody()
    membership = await joins(person, tenant, ["coordinator"])
    admin_person = await member_of(tenant, "tenant_admin")
    async with browser(app, admin_person) as admin, browser(app, person) as inside, browser(app) as client:
        codes = await codes_of(inside, person)
        assert (await resets(admin, membership)).status_code == 204
        assert (await inside.get(SESSIONS)).status_code == 401
        assert not await logs_in(client, person.login(1)), "a lost app is worth nothing any more"
        body = {"adres": person.address, "wachtwoord": PASSWORD, "herstelcode": codes[0]}
        assert (await client.post(LOST, json=body)).status_code == 401, "nor are the codes that may lie beside it"
        token = await mailed_token(person.address, "app_opnieuw")
        other, done = await renewed(client, person, token)
        assert done.json()["status"] == "ingesteld"
        assert await logs_in(client, other.login(1))
        assert (await client.post(LOST, json={**body, "herstelcode": token})).status_code == 401, "it worked once"
    async with scope(tenant, None) as tx:
        entry = await tx.fetchrow("SELECT actor_id, object_id FROM audit_entry WHERE what = 'app.reset_asked'")
    assert entry is not None
    assert (entry["actor_id"], entry["object_id"]) == (admin_person.id, membership)


async def test_the_administrators_mail_needs_the_password_and_dies_after_a_day(app: Database, clock: Clock) -> None:
    tenant, person = await a_tenant(), await somebody()
    membership = await joins(person, tenant, ["coordinator"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as client:
        await resets(admin, membership)
        token = await mailed_token(person.address, "app_opnieuw")
        body = {"adres": person.address, "wachtwoord": "iets heel anders dan dat", "herstelcode": token}
        assert (await client.post(LOST, json=body)).status_code == 401
        clock.forward(timedelta(hours=24))
        assert (await client.post(LOST, json={**body, "wachtwoord": PASSWORD})).status_code == 401


async def test_who_lost_password_and_app_gets_on_with_both_mails(app: Database) -> None:
    tenant, person = await a_tenant(), await somebody()
    membership = await joins(person, tenant, ["coordinator"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as client:
        await resets(admin, membership)
        from_admin = await mailed_token(person.address, "app_opnieuw")
        token = await forgotten(client, person.address)
        assert (await choose(client, token, person.code())).status_code == 422, "the app is gone"
        assert (await choose(client, token, from_admin)).status_code == 204
        other, done = await renewed(client, person, from_admin, NEW)
        assert done.status_code == 200
        assert await logs_in(client, other.login(1))


async def test_an_account_of_two_partnerships_loses_its_app_only_when_both_ask(app: Database, clock: Clock) -> None:
    person, tenants = await somebody(), [await a_tenant(), await a_tenant()]
    memberships = [await joins(person, tenant, ["coordinator"]) for tenant in tenants]
    admins = [await member_of(tenant, "tenant_admin") for tenant in tenants]
    async with browser(app, admins[0]) as first, browser(app, admins[1]) as second, browser(app) as client:
        alone = await resets(first, memberships[0])
        assert alone.status_code == 204
        assert await kinds_of(person.address) == []
        assert await logs_in(client, person.login())
        assert (await resets(first, memberships[0])).status_code == 204, "twice by one is not both"
        assert await kinds_of(person.address) == []
        clock.forward(timedelta(hours=25))
        for admin, browser_of in zip(admins, (first, second), strict=True):
            assert await logs_in(browser_of, admin.login())
        both = await resets(second, memberships[1])
        assert await kinds_of(person.address) == [], "what the other asked is over a day ago"
        assert said(both) == said(alone), "nobody learns of the other"
        await resets(first, memberships[0])
        assert await kinds_of(person.address) == ["app_opnieuw"]
        assert not await logs_in(client, person.login(1))


async def test_a_membership_that_ended_has_no_say(app: Database) -> None:
    person, here, before = await somebody(), await a_tenant(), await a_tenant()
    membership, former = await joins(person, here, ["coordinator"]), await joins(person, before, ["coordinator"])
    boss = await member_of(before, "tenant_admin")
    async with browser(app, boss) as there, browser(app, await member_of(here, "tenant_admin")) as admin:
        assert (await there.delete(f"/api/v1/leden/{former}", headers={"If-Match": '"1"'})).status_code == 204
        assert (await resets(there, former)).status_code == 409
        await resets(admin, membership)
    assert await kinds_of(person.address) == ["app_opnieuw"]


async def test_asking_ends_the_sessions_in_that_partnership_and_none_elsewhere(app: Database) -> None:
    person, tenants = await somebody(), [await a_tenant(), await a_tenant()]
    memberships = [await joins(person, tenant, ["coordinator"]) for tenant in tenants]
    async with browser(app, person) as one, browser(app) as two:
        await two.post(SESSIONS, json=person.login(1))
        for client, tenant in zip((one, two), tenants, strict=True):
            await client.put(f"{SESSIONS}/huidig/partnerschap", json={"partnerschapId": str(tenant)})
        async with browser(app, await member_of(tenants[0], "tenant_admin")) as admin:
            await resets(admin, memberships[0])
        assert (await one.get(SESSIONS)).status_code == 401
        assert (await two.get(SESSIONS)).status_code == 200


@pytest.mark.parametrize("role", ["ondersteuner", "fg", "coordinator", "reviewer", "financial_controller"])
async def test_only_an_administrator_may_and_not_for_himself(app: Database, role: str) -> None:
    tenant, admin = await a_tenant(), await somebody()
    own = await joins(admin, tenant, ["tenant_admin"])
    async with browser(app, await member_of(tenant, role)) as other, browser(app, admin) as client:
        assert (await resets(other, own)).status_code == 403
        assert (await resets(client, own)).status_code == 409
    async with browser(app, await member_of(await a_tenant(), "tenant_admin")) as stranger:
        assert (await resets(stranger, own)).status_code == 404
    assert await kinds_of(admin.address) == []


async def test_who_runs_the_service_takes_an_app_away_for_who_has_no_administrator(app: Database) -> None:
    tenant, operator = await a_tenant(), await somebody(operator=True)
    person = await member_of(tenant, "tenant_admin")
    assert await reset_as_operator(person.address) == ""
    async with browser(app) as client:
        _, done = await renewed(client, person, await mailed_token(person.address, "app_opnieuw"))
        assert done.status_code == 200
        _, done = await renewed(client, operator, await reset_as_operator(operator.address))
        assert done.status_code == 200
    async with scope(tenant, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM audit_entry WHERE what = 'app.reset_by_operator'") == 1
    with pytest.raises(NotFound):
        await reset_as_operator("niemand@voorbeeld.example")
