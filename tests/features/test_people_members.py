"""Members and tokens: what somebody may do changes at once, and a token never may more than its member."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from maatwerk import clock as service_clock
from maatwerk.http import Caller, Credentials
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.people.identifying import identify
from maatwerk.people.queries import Seat, members_with_role
from maatwerk.people.secrets import digest, is_api_token, new_api_token
from maatwerk.rules.permissions import RIGHTS, TENANT_ROLES, allowed, clashes, rights_of
from maatwerk.tenancy import scope
from tests.accounts import Clock, Somebody, browser, joins, member_of, once, somebody
from tests.builders import a_tenant
from tests.databases import Database

MEMBERS = "/api/v1/leden"
TOKENS = "/api/v1/tokens"


def in_days(days: float) -> str:
    return (service_clock.now() + timedelta(days=days)).isoformat()


async def a_token(client: httpx.AsyncClient, *scopes: str, days: float = 30) -> httpx.Response:
    body = {"naam": "Koppeling", "rechten": list(scopes), "geldigTot": in_days(days)}
    return await client.post(TOKENS, json=body, headers=once())


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.requirement("ALL-08")
async def test_taking_a_role_away_works_with_the_next_request(app: Database) -> None:
    tenant = await a_tenant()
    admin, person = await member_of(tenant, "tenant_admin"), await somebody()
    membership = await joins(person, tenant, ["ondersteuner"])
    async with browser(app, admin) as boss, browser(app, person) as client:
        assert (await client.get(MEMBERS)).status_code == 200
        seen = await boss.get(f"{MEMBERS}/{membership}")
        changed = await boss.patch(
            f"{MEMBERS}/{membership}", json={"rollen": ["coordinator"]}, headers={"If-Match": seen.headers["etag"]}
        )
        assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
        assert (await client.get(MEMBERS)).status_code == 403


async def test_a_change_of_somebody_elses_version_is_refused(app: Database) -> None:
    tenant = await a_tenant()
    membership = await joins(await somebody(), tenant, ["coordinator"])
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss:
        url, body = f"{MEMBERS}/{membership}", {"naam": "Robin Voorbeeld"}
        assert (await boss.patch(url, json=body)).status_code == 428
        assert (await boss.patch(url, json=body, headers={"If-Match": '"1"'})).status_code == 200
        assert (await boss.patch(url, json=body, headers={"If-Match": '"1"'})).status_code == 412
        assert (await boss.get(url)).json()["naam"] == "Robin Voorbeeld"


async def test_ending_a_membership_kills_its_sessions_and_tokens_here_and_none_elsewhere(app: Database) -> None:
    here, elsewhere = await a_tenant(), await a_tenant()
    person = await somebody()
    membership = await joins(person, here, ["ondersteuner"])
    async with browser(app, person) as inside, browser(app, await member_of(here, "tenant_admin")) as boss:
        token = (await a_token(inside, "leden.lezen")).json()["token"]
        await joins(person, elsewhere, ["ondersteuner"])
        async with browser(app) as outside:
            await outside.post("/api/v1/sessies", json=person.login(1))
            chosen = {"partnerschapId": str(elsewhere)}
            await outside.put("/api/v1/sessies/huidig/partnerschap", json=chosen)
            assert (await inside.get(MEMBERS)).status_code == 200
            assert (await outside.get(MEMBERS, headers=bearer(token))).status_code == 200
            ended = await boss.delete(f"{MEMBERS}/{membership}", headers={"If-Match": '"1"'})
            assert ended.status_code == 204
            assert (await inside.get(MEMBERS)).status_code == 401
            assert (await outside.get(MEMBERS, headers=bearer(token))).status_code == 401
            assert (await outside.get(MEMBERS)).status_code == 200
            tenants = (await outside.get("/api/v1/partnerschappen")).json()["resultaten"]
            assert [one["id"] for one in tenants] == [str(elsewhere)]


async def test_the_last_administrator_stays(app: Database) -> None:
    tenant = await a_tenant()
    person = await somebody()
    membership = await joins(person, tenant, ["tenant_admin"])
    url, version = f"{MEMBERS}/{membership}", {"If-Match": '"1"'}
    async with browser(app, person) as boss:
        assert (await boss.patch(url, json={"rollen": ["ondersteuner"]}, headers=version)).status_code == 409
        assert (await boss.delete(url, headers=version)).status_code == 409
        await member_of(tenant, "tenant_admin")
        assert (await boss.delete(url, headers=version)).status_code == 204


async def test_what_a_change_leaves_out_stays_and_null_empties(app: Database) -> None:
    tenant = await a_tenant()
    membership = await joins(await somebody(), tenant, ["reviewer"], [Seat("vo-1", False)])
    url = f"{MEMBERS}/{membership}"
    async with browser(app, await member_of(tenant, "tenant_admin")) as boss:
        changes: list[tuple[dict[str, Any], Any, Any]] = [
            ({"telefoon": "06-00000012"}, "06-00000012", "vo-1"),
            ({"stoelen": [{"stoel": "mbo-2", "plaatsvervanger": True}]}, "06-00000012", "mbo-2"),
            ({"telefoon": None}, None, "mbo-2"),
        ]
        for number, (body, phone, seat) in enumerate(changes, 1):
            answer = (await boss.patch(url, json=body, headers={"If-Match": f'"{number}"'})).json()
            assert (answer.get("telefoon"), answer["stoelen"][0]["stoel"]) == (phone, seat)


async def test_who_has_a_role_is_found_and_who_logs_in_brings_his_seats(app: Database) -> None:
    tenant = await a_tenant()
    regular, substitute = await somebody(), await somebody()
    await joins(substitute, tenant, ["reviewer"], [Seat("vo-1", True)])
    await joins(regular, tenant, ["reviewer"], [Seat("vo-1", False), Seat("mbo-1", True)])
    async with scope(tenant, None) as tx:
        assert {one.person_id for one in await members_with_role(tx, "reviewer")} == {regular.id, substitute.id}
    assert (await member_with_session(app, substitute)).seats == {"vo-1"}


async def member_with_session(app: Database, person: Somebody) -> Caller:
    async with browser(app, person) as client:
        secret = client.cookies["sessie"]
    from_session = await identify(Credentials(session=secret))
    assert from_session is not None
    return from_session


async def test_a_token_is_shown_once_stored_as_a_digest_and_works(app: Database) -> None:
    tenant = await a_tenant("regio-99")
    async with browser(app, await member_of(tenant, "ondersteuner")) as client:
        key = once()
        body = {"naam": "Koppeling", "rechten": ["leden.lezen"], "geldigTot": in_days(30)}
        made = await client.post(TOKENS, json=body, headers=key)
        again = await client.post(TOKENS, json=body, headers=key)
        secret = made.json()["token"]
        assert secret.startswith("mw_regio99_")
        assert is_api_token(secret)
        assert again.json() == {name: value for name, value in made.json().items() if name != "token"}
        listed = (await client.get(TOKENS)).json()["resultaten"]
        assert [one["laatsteTekens"] for one in listed] == [secret[-4:]]
    async with browser(app) as machine:
        assert (await machine.get(MEMBERS, headers=bearer(secret))).status_code == 200
    async with scope(tenant, None) as tx:
        row = await tx.fetchrow("SELECT digest, seen_at FROM api_token")
        kept = await tx.fetchval("SELECT answer FROM idempotency_key")
    assert row is not None
    assert row["digest"] == digest(secret)
    assert row["seen_at"] is not None
    assert secret.encode() not in bytes(kept)


async def test_a_token_may_what_its_scopes_say_and_no_more_than_its_member(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "ondersteuner")) as client, browser(app) as machine:
        assert (await a_token(client, "leden.beheren")).status_code == 403
        assert (await a_token(client, "bestaat.niet")).status_code == 403
        secret = (await a_token(client, "scholen.lezen")).json()["token"]
        assert (await machine.get("/api/v1/scholen", headers=bearer(secret))).status_code == 200
        assert (await machine.get(MEMBERS, headers=bearer(secret))).status_code == 403
        for path in ("/api/v1/sessies", TOKENS, "/api/v1/partnerschappen"):
            assert (await machine.get(path, headers=bearer(secret))).status_code == 403
        more = {"naam": "Nog een", "rechten": ["scholen.lezen"], "geldigTot": in_days(1)}
        assert (await machine.post(TOKENS, json=more, headers={**bearer(secret), **once()})).status_code == 403


async def test_a_token_ends_at_its_term_and_when_it_is_revoked(app: Database, clock: Clock) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "ondersteuner")
    async with browser(app, person) as client, browser(app) as machine:
        assert (await a_token(client, "leden.lezen", days=367)).status_code == 400
        assert (await a_token(client, "leden.lezen", days=-1)).status_code == 400
        short = (await a_token(client, "leden.lezen", days=0.01)).json()
        long = (await a_token(client, "leden.lezen", days=365)).json()
        assert (await machine.get(MEMBERS, headers=bearer(short["token"]))).status_code == 200
        assert (await client.delete(f"{TOKENS}/{long['id']}")).status_code == 204
        assert (await client.delete(f"{TOKENS}/{long['id']}")).status_code == 404
        assert (await machine.get(MEMBERS, headers=bearer(long["token"]))).status_code == 401
        clock.forward(timedelta(minutes=15))
        assert (await machine.get(MEMBERS, headers=bearer(short["token"]))).status_code == 401


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.replace("mw_", "xw_"), lambda t: t.swapcase()]
)
async def test_a_token_with_a_typing_error_is_401(app: Database, change: Any) -> None:
    async with browser(app) as machine:
        token = change(new_api_token("regio-99"))
        assert not is_api_token(token)
        assert (await machine.get(MEMBERS, headers=bearer(token))).status_code == 401


async def test_a_refusal_in_ones_own_tenant_is_in_the_audit_trail(app: Database) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    async with browser(app, person) as client:
        assert (await client.get(MEMBERS)).status_code == 403
    async with scope(tenant, None) as tx:
        rows = await tx.fetch("SELECT actor_id, what, ground FROM audit_entry WHERE what = 'access.refused'")
    assert [tuple(row) for row in rows] == [(person.id, "access.refused", "geen_recht")]


async def test_an_operator_works_in_no_tenant(app: Database) -> None:
    operator = await somebody(operator=True)
    tenant = await a_tenant()
    membership = await joins(await somebody(), tenant, ["coordinator"])
    async with browser(app, operator) as client:
        for path in (MEMBERS, f"{MEMBERS}/{membership}", "/api/v1/scholen", TOKENS):
            assert (await client.get(path)).status_code == 403
        chosen = {"partnerschapId": str(tenant)}
        assert (await client.put("/api/v1/sessies/huidig/partnerschap", json=chosen)).status_code == 404


async def test_a_member_belongs_to_an_organisation_of_his_own_tenant_only(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    async with scope(first, None) as tx:
        organisation = (await register(tx, NewOrganisation("school", "De Lindehof", sector="vo"), None)).id
    await joins(await somebody(), first, ["coordinator"], organisation_id=organisation)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await joins(await somebody(), second, ["coordinator"], organisation_id=organisation)


TABLES = ("membership", "membership_seat", "invitation", "api_token", "tenant_organisation", "idempotency_key")
IDENTITY = ("person", "credential", "login_attempt")


async def test_direct_sql_as_the_application_sees_one_tenant_and_no_account(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    person = await somebody()
    for tenant in (first, second):
        await joins(person, tenant, ["reviewer"], [Seat("vo-1", False)])
    connection = await asyncpg.connect(app.url())
    try:
        for table in (*TABLES, *IDENTITY, "session", "organisation"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
        async with connection.transaction():
            await connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(first))
            for table in IDENTITY:
                assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
            assert await connection.fetchval("SELECT array_agg(DISTINCT tenant_id) FROM membership") == [first]
            assert await connection.fetchval("SELECT array_agg(DISTINCT tenant_id) FROM membership_seat") == [first]
            assert (
                await connection.execute("UPDATE membership SET name = 'x' WHERE tenant_id = $1", second) == "UPDATE 0"
            )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with connection.transaction():
                await connection.execute("SELECT set_config('app.tenant_id', $1, true)", str(first))
                await connection.execute(
                    "INSERT INTO membership (tenant_id, id, person_id, name, email, roles, active_from, created_at)"
                    " VALUES ($1, $2, $3, 'x', 'x', '{}', $4, $5)",
                    *(second, uuid4(), person.id, service_clock.today(), service_clock.now()),
                )
    finally:
        await connection.close()


async def test_a_tenant_sees_the_sessions_that_work_in_it_and_no_others(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    one, two = await member_of(first, "coordinator"), await member_of(second, "fg")
    async with browser(app, one), browser(app, two), scope(first, None) as tx:
        assert await tx.fetchval("SELECT array_agg(chosen) FROM session") == [first]


@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_a_right_is_of_known_roles_and_of_nobody_else(right: str) -> None:
    assert RIGHTS[right] <= TENANT_ROLES | {"operator"}
    assert not allowed((), right)
    assert not allowed({"verzonnen"}, right)


def test_an_unknown_right_is_nobodys() -> None:
    assert not allowed(TENANT_ROLES, "verzonnen")
    assert rights_of(()) == frozenset()


@pytest.mark.parametrize(
    ("roles", "together"),
    [
        (("coordinator",), True),
        (("ondersteuner", "tenant_admin", "financial_controller"), True),
        (("fg",), True),
        (("fg", "financial_controller"), False),
        (("reviewer", "ondersteuner"), False),
        (("reviewer", "coordinator"), False),
        (("operator", "tenant_admin"), False),
    ],
)
def test_roles_that_must_stay_apart_do_not_stand_in_one_membership(roles: tuple[str, ...], together: bool) -> None:
    assert (clashes(roles) == ()) is together


def test_two_secrets_are_never_the_same_and_have_full_length() -> None:
    tokens = {new_api_token("x") for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token.split("_")[2]) for token in tokens} == {43}
