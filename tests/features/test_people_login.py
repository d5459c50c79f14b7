"""Logging in, and what keeps others from it."""

import asyncio
from datetime import timedelta
from time import perf_counter

import pytest

from maatwerk.people.passwords import NOBODY, SHORTEST, hash_password, is_common, matches
from maatwerk.people.scopes import identity_scope
from tests.accounts import PASSWORD, Clock, Somebody, browser, joins, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database

SESSIONS = "/api/v1/sessies"


async def test_a_member_logs_in_and_works_in_the_only_tenant(app: Database) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    async with browser(app, person) as client:
        sessions = (await client.get(SESSIONS)).json()["resultaten"]
        assert [(one["gekozen"], one["huidig"]) for one in sessions] == [(str(tenant), True)]


async def test_a_code_works_once(app: Database) -> None:
    person = await somebody()
    async with browser(app) as client:
        login = person.login()
        assert (await client.post(SESSIONS, json=login)).status_code == 201
        assert (await client.post(SESSIONS, json=login)).status_code == 401
        assert (await client.post(SESSIONS, json=person.login(1))).status_code == 201
        assert (await client.post(SESSIONS, json={**login, "code": person.code()})).status_code == 401


async def test_of_two_logins_with_one_code_at_once_one_succeeds(app: Database) -> None:
    person = await somebody()
    async with browser(app) as client:
        answers = await asyncio.gather(*[client.post(SESSIONS, json=person.login()) for _ in range(4)])
        assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
async def test_a_code_of_another_time_does_not_work(app: Database, steps: int) -> None:
    person = await somebody()
    async with browser(app) as client:
        assert (await client.post(SESSIONS, json=person.login(steps))).status_code == 401


async def test_an_unknown_address_a_wrong_password_and_a_wrong_code_get_the_same_answer(app: Database) -> None:
    person = await somebody()
    wrong = [
        {**person.login(), "adres": "niemand@voorbeeld.example"},
        {**person.login(), "wachtwoord": "paars olifant fietst snel"},
        {**person.login(), "code": f"{(int(person.code()) + 1) % 1_000_000:06}"},
    ]
    async with browser(app) as client:
        answers = [await client.post(SESSIONS, json=login) for login in wrong]
    said = [{**answer.json(), "instance": ""} for answer in answers]
    assert {answer.status_code for answer in answers} == {401}
    assert said[0] == said[1] == said[2]
    assert all("set-cookie" not in answer.headers for answer in answers)


async def test_an_unknown_address_takes_as_long_as_a_wrong_password(app: Database) -> None:
    people = [await somebody() for _ in range(6)]
    known, unknown = [], []
    async with browser(app) as client:
        for number, person in enumerate(people):
            wrong = {**person.login(), "wachtwoord": "iets heel anders dan dat"}
            for times, login in ((known, wrong), (unknown, {**wrong, "adres": f"geen-{number}@voorbeeld.example"})):
                began = perf_counter()
                await client.post(SESSIONS, json=login)
                times.append(perf_counter() - began)
    assert min(unknown) > 0.5 * min(known)
    assert min(known) > 0.5 * min(unknown)


async def test_an_unknown_address_is_hashed_at_the_cost_of_everybodys_password() -> None:
    assert NOBODY.split("$")[:4] == (await hash_password(PASSWORD)).split("$")[:4]
    assert not await matches(NOBODY, "")


async def wrong_tries(client: object, person: Somebody, number: int) -> list[int]:
    wrong = {**person.login(), "wachtwoord": "iets heel anders dan dat"}
    return [(await client.post(SESSIONS, json=wrong)).status_code for _ in range(number)]  # type: ignore[attr-defined]


async def test_guessing_gets_slower_and_never_locks_out(app: Database, clock: Clock) -> None:
    person = await somebody()
    async with browser(app) as client:
        assert await wrong_tries(client, person, 5) == [401] * 5
        refused = await client.post(SESSIONS, json=person.login())
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) <= 2
        waits = []
        for _ in range(12):
            wait = int((await client.post(SESSIONS, json=person.login())).headers["retry-after"])
            waits.append(wait)
            clock.forward(timedelta(seconds=wait))
            assert await wrong_tries(client, person, 1) == [401]
        assert waits == sorted(waits)
        assert waits[-1] <= 901
        clock.forward(timedelta(seconds=901))
        assert (await client.post(SESSIONS, json=person.login())).status_code == 201
        assert await wrong_tries(client, person, 5) == [401] * 5


async def test_an_unknown_address_is_slowed_down_just_the_same(app: Database) -> None:
    nobody = Somebody((await somebody()).id, "niemand@voorbeeld.example", PASSWORD, "JBSWY3DPEHPK3PXP" * 2)
    async with browser(app) as client:
        assert await wrong_tries(client, nobody, 7) == [401] * 5 + [429] * 2


async def test_many_tries_at_once_are_counted_too(app: Database) -> None:
    person = await somebody()
    async with browser(app) as client:
        wrong = {**person.login(), "wachtwoord": "iets heel anders dan dat"}
        answers = await asyncio.gather(*[client.post(SESSIONS, json=wrong) for _ in range(12)])
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [401] * 5 + [429] * 7


async def test_a_session_id_that_a_client_brings_is_never_taken_over(app: Database) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app) as client:
        client.cookies.set("sessie", "door-een-aanvaller-gekozen", domain="127.0.0.1")
        answer = await client.post(SESSIONS, json=person.login())
        assert answer.cookies["sessie"] != "door-een-aanvaller-gekozen"
    async with browser(app) as client:
        client.cookies.set("sessie", "door-een-aanvaller-gekozen", domain="127.0.0.1")
        assert (await client.get(SESSIONS)).status_code == 401


async def test_choosing_a_tenant_gives_a_new_secret_and_kills_the_old_one(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    person = await member_of(first, "coordinator")
    await joins(person, second, ["tenant_admin"])
    async with browser(app, person) as client:
        before = client.cookies["sessie"]
        assert (await client.get("/api/v1/leden")).status_code == 403
        chosen = await client.put(f"{SESSIONS}/huidig/partnerschap", json={"partnerschapId": str(second)})
        assert chosen.json()["gekozen"] == str(second)
        assert client.cookies["sessie"] != before
        assert (await client.get("/api/v1/leden")).status_code == 200
        client.cookies.clear()
        client.cookies.set("sessie", before, domain="127.0.0.1")
        assert (await client.get(SESSIONS)).status_code == 401


async def test_the_cookie_is_for_this_host_over_tls_and_out_of_reach_of_scripts(app: Database) -> None:
    person = await somebody()
    async with browser(app, demo=False) as client:
        cookie = (await client.post(SESSIONS, json=person.login())).headers["set-cookie"]
        name, *parts = cookie.split("; ")
        assert name.startswith("__Host-sessie=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(parts)
        assert not any(part.lower().startswith("domain") for part in parts)


async def test_logging_out_ends_the_session_and_clears_the_browser(app: Database) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as client:
        kept = client.cookies["sessie"]
        answer = await client.delete(f"{SESSIONS}/huidig")
        assert answer.status_code == 204
        assert "cookies" in answer.headers["clear-site-data"]
        client.cookies.set("sessie", kept, domain="127.0.0.1")
        assert (await client.get(SESSIONS)).status_code == 401


async def test_half_an_hour_without_use_ends_a_session(app: Database, clock: Clock) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as client:
        for _ in range(3):
            clock.forward(timedelta(minutes=29))
            assert (await client.get(SESSIONS)).status_code == 200
        clock.forward(timedelta(minutes=30))
        assert (await client.get(SESSIONS)).status_code == 401


async def test_ten_hours_end_a_session_however_busy(app: Database, clock: Clock) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as client:
        for _ in range(23):
            clock.forward(timedelta(minutes=26))
            assert (await client.get(SESSIONS)).status_code == 200
        clock.forward(timedelta(minutes=3))
        assert (await client.get(SESSIONS)).status_code == 401


async def test_somebody_sees_and_ends_his_own_sessions_only(app: Database) -> None:
    tenant = await a_tenant()
    person, other = await member_of(tenant, "coordinator"), await member_of(tenant, "coordinator")
    async with browser(app, person) as one, browser(app, other) as two:
        mine = (await one.get(SESSIONS)).json()["resultaten"]
        assert len(mine) == 1
        assert (await two.delete(f"{SESSIONS}/{mine[0]['id']}")).status_code == 404
        assert (await one.get(SESSIONS)).status_code == 200
        assert (await one.post(SESSIONS, json=person.login(1))).status_code == 201
        assert (await one.delete(f"{SESSIONS}/{mine[0]['id']}")).status_code == 204
        assert len((await one.get(SESSIONS)).json()["resultaten"]) == 1


async def test_ending_all_other_sessions_leaves_the_one_that_asks_and_those_of_others(app: Database) -> None:
    tenant = await a_tenant()
    person, other = await member_of(tenant, "coordinator"), await member_of(tenant, "coordinator")
    async with browser(app, person) as one, browser(app) as two, browser(app, other) as stranger:
        await two.post(SESSIONS, json=person.login(1))
        assert (await one.delete(f"{SESSIONS}/andere")).status_code == 204
        assert [client.status_code for client in [await each.get(SESSIONS) for each in (one, two, stranger)]] == [
            200, 401, 200,
        ]  # fmt: skip


async def test_a_new_password_ends_every_other_session(app: Database) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    change = {"huidigWachtwoord": PASSWORD, "code": "", "nieuwWachtwoord": "groene kikker zingt luid"}
    async with browser(app, person) as one, browser(app) as two:
        await two.post(SESSIONS, json=person.login(1))
        assert (await two.get(SESSIONS)).status_code == 200
        used = await one.put("/api/v1/account/wachtwoord", json={**change, "code": person.code(1)})
        assert used.status_code == 401
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as one, browser(app) as two:
        done = await one.put("/api/v1/account/wachtwoord", json={**change, "code": person.code(1)})
        assert done.status_code == 204, done.text
        assert (await one.get(SESSIONS)).status_code == 200
        await two.post(SESSIONS, json=person.login())
        assert (await two.get(SESSIONS)).status_code == 401


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elf tekens!", "wachtwoord_kort"),
        ("welkom123456", "wachtwoord_bekend"),
        ("P@ssw0rd1234", "wachtwoord_bekend"),
        ("Utrecht2025!!", "wachtwoord_bekend"),
        ("qwertyuiop123", "wachtwoord_bekend"),
        ("1qaz2wsx3edc", "wachtwoord_bekend"),
        ("aaaaaaaaaaaaaaaa", "wachtwoord_bekend"),
    ],
)
async def test_a_short_or_guessable_password_is_refused(app: Database, password: str, code: str) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    change = {"huidigWachtwoord": PASSWORD, "code": person.code(1), "nieuwWachtwoord": password}
    async with browser(app, person) as client:
        answer = await client.put("/api/v1/account/wachtwoord", json=change)
        assert answer.status_code == 400
        assert answer.json()["invalidParams"][0]["code"] == code


@pytest.mark.parametrize(
    "password",
    [
        "fietsbel kraai",
        "zonnebloemtrein",
        "x7$kQ2vLm9#e",
        "ш" * 3 + "дверь окно луна",
        "sloten kroegen pannenkoek zadel, " * 20,
    ],
)
def test_length_is_enough_without_rules_of_composition(password: str) -> None:
    assert len(password) >= SHORTEST
    assert not is_common(password)


async def test_another_app_replaces_the_old_one_once_it_proved_to_work(app: Database) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as client:
        begun = await client.post("/api/v1/account/app", json={"wachtwoord": PASSWORD, "code": person.code(1)})
        secret = dict(part.split("=") for part in begun.json()["inschrijving"].partition("?")[2].split("&"))["secret"]
        other = Somebody(person.id, person.address, PASSWORD, secret)
        wrong = f"{(int(other.code()) + 1) % 1_000_000:06}"
        assert (await client.put("/api/v1/account/app", json={"code": wrong})).status_code == 401
        assert (await client.put("/api/v1/account/app", json={"code": other.code()})).status_code == 200
        assert (await client.put("/api/v1/account/app", json={"code": other.code(1)})).status_code == 409
    async with browser(app) as client:
        assert (await client.post(SESSIONS, json=person.login(1))).status_code == 401
        assert (await client.post(SESSIONS, json=other.login(1))).status_code == 201


async def test_no_secret_of_an_account_stands_readable_in_the_database(app: Database) -> None:
    person = await member_of(await a_tenant(), "coordinator")
    async with browser(app, person) as client:
        cookie = client.cookies["sessie"]
    async with identity_scope() as tx:
        rows = await tx.fetch("SELECT secret FROM credential") + await tx.fetch("SELECT digest FROM session")
        accounts = await tx.fetch("SELECT account FROM login_attempt")
    kept = b"".join(bytes(row[0]) for row in [*rows, *accounts])
    for secret in (PASSWORD, person.secret, "$argon2", cookie, person.address):
        assert secret.encode() not in kept
