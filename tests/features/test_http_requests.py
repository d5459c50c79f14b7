"""What a request has to bring: a right, its own origin, an If-Match, a cursor of ours, an Idempotency-Key."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from litestar import get as bare_get

from maatwerk.http import Caller
from maatwerk.http.expiry import forget_expired
from maatwerk.http.guard import UndeclaredPermission
from maatwerk.tenancy import scope
from tests.accounts import Clock
from tests.builders import a_tenant
from tests.databases import Database
from tests.features.test_http_problems import problem
from tests.toys import HANDLERS, toy

SCHOOL = {"naam": "De Lindehof", "sector": "vo"}


def a_caller(tenant: UUID | None, *roles: str, scopes: frozenset[str] | None = None) -> Caller:
    return Caller(uuid4(), tenant, uuid4(), frozenset(roles), scopes=scopes, session_id=uuid4())


@bare_get("/vergeten")
async def forgotten() -> None:
    """Declares nothing."""


@bare_get("/verzonnen", opt={"permission": "verzonnen"})
async def invented() -> None:
    """Declares a right that nobody can have."""


@pytest.mark.parametrize("handler", [forgotten, invented])
async def test_the_application_does_not_start_with_a_handler_that_declares_no_right(handler: object) -> None:
    with pytest.raises(UndeclaredPermission):
        async with toy(handlers=[*HANDLERS, handler]):  # type: ignore[list-item]
            pass


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (None, 401),
        (a_caller(uuid4(), "tenant_admin"), 200),
        (a_caller(uuid4(), "coordinator"), 403),
        (a_caller(uuid4()), 403),
        (a_caller(None, "tenant_admin"), 403),
        (a_caller(uuid4(), "tenant_admin", scopes=frozenset({"scholen.lezen"})), 403),
        (a_caller(uuid4(), "tenant_admin", scopes=frozenset({"scholen.beheren"})), 200),
        (a_caller(uuid4(), "coordinator", scopes=frozenset({"scholen.beheren"})), 403),
    ],
)
async def test_a_right_needs_a_role_a_tenant_and_for_a_token_a_scope(caller: Caller | None, status: int) -> None:
    async with toy(caller) as client:
        assert (await client.get("/api/v1/geheim")).status_code == status


@pytest.mark.parametrize("value", ["Basic eDp5", "Bearer", "Bearer ", "bearer", "mw_x", ""])
async def test_another_authorization_than_a_bearer_token_is_401_and_says_so(value: str) -> None:
    async with toy(a_caller(uuid4(), "tenant_admin")) as client:
        answer = await client.get("/api/v1/geheim", headers={"Authorization": value})
        problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Origin": "http://127.0.0.1:8000"}, 201),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://elders.example"}, 201),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer mw_x"}, 201),
    ],
)
async def test_a_change_that_another_site_sends_is_refused(headers: dict[str, str], status: int) -> None:
    async with toy() as client:
        answer = await client.post("/api/v1/scholen", json=SCHOOL, headers=headers)
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 428),
        ("", 428),
        ('"7"', 200),
        ('"1", "7"', 200),
        ('"6"', 412),
        ('W/"7"', 412),
        ("*", 412),
        ("7", 400),
        ('"7', 400),
    ],
)
async def test_a_change_names_the_version_that_was_seen(header: str | None, status: int) -> None:
    headers = {} if header is None else {"If-Match": header}
    async with toy() as client:
        answer = await client.patch("/api/v1/scholen/huidig", json=SCHOOL, headers=headers)
        assert answer.status_code == status
        assert answer.headers.get("etag") == ('"8"' if status == 200 else None)


async def pages(client: httpx.AsyncClient, url: str) -> list[str]:
    found = []
    while url:
        answer = await client.get(url)
        assert answer.status_code == 200, answer.text
        found += [item["naam"] for item in answer.json()["resultaten"]]
        url = answer.json().get("volgende", "")
        assert answer.headers.get("link") == (f'<{url}>; rel="next"' if url else None)
    return found


async def test_following_the_pages_gives_everything_once(app: Database) -> None:
    async with toy(a_caller(await a_tenant())) as client:
        for size in (1, 2, 3, 6, 7, 100):
            names = await pages(client, f"/api/v1/lijst?pageSize={size}&sector=mbo")
            assert names == [f"mbo {number}" for number in range(7)]


async def test_a_cursor_of_another_tenant_other_filters_or_nobody_is_400(app: Database) -> None:
    async with toy(a_caller(await a_tenant())) as client:
        url = (await client.get("/api/v1/lijst?pageSize=2")).json()["volgende"]
        problem(await client.get(f"{url}&sector=mbo"), 400)
        cursor = httpx.URL(url).params["cursor"]
        flipped = [cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in range(len(cursor))]
        for junk in (*flipped, cursor[:-1], f"{cursor}A", f"{cursor}=", "A", "é", "x" * 601, "a b", "%00", "-"):
            problem(await client.get("/api/v1/lijst", params={"pageSize": 2, "cursor": junk}), 400)
    async with toy(a_caller(await a_tenant())) as client:
        problem(await client.get(url), 400)


async def counted(tenant: UUID) -> int:
    async with scope(tenant, None) as tx:
        return await tx.fetchval("SELECT coalesce(sum(last), 0) FROM tenant_counter WHERE tenant_id = $1", tenant)


async def test_the_same_creating_request_has_its_effect_once_and_the_same_answer(app: Database) -> None:
    tenant = await a_tenant()
    key = {"Idempotency-Key": f'"{uuid4()}"'}
    async with toy(a_caller(tenant)) as client:
        first = await client.post("/api/v1/leden", json=SCHOOL, headers=key)
        again = await client.post(
            "/api/v1/leden", json=SCHOOL, headers={"Idempotency-Key": key["Idempotency-Key"][1:-1]}
        )
        assert (first.status_code, first.headers["etag"]) == (201, '"1"')
        assert (again.status_code, again.headers["etag"], again.json()) == (201, '"1"', first.json())
        assert again.headers["idempotency-replayed"] == "true"
        problem(await client.post("/api/v1/leden", json={**SCHOOL, "naam": "anders"}, headers=key), 422)
    assert await counted(tenant) == 1
    async with toy(a_caller(tenant)) as client:
        other = await client.post("/api/v1/leden", json=SCHOOL, headers=key)
        assert other.json() != first.json()
    assert await counted(tenant) == 2


@pytest.mark.parametrize("key", [None, "", "kort", '"', "x" * 101, "spatie in de sleutel", "é" * 8])
async def test_a_creating_request_without_a_usable_key_is_400(app: Database, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    async with toy(a_caller(await a_tenant())) as client:
        problem(await client.post("/api/v1/leden", json=SCHOOL, headers=headers), 400)


async def test_while_the_first_is_busy_the_second_is_409(app: Database) -> None:
    tenant, key = await a_tenant(), {"Idempotency-Key": str(uuid4())}
    async with toy(a_caller(tenant)) as client:
        slow = {**SCHOOL, "naam": "traag"}
        first, *others = await asyncio.gather(*[client.post("/api/v1/leden", json=slow, headers=key) for _ in range(4)])
        statuses = sorted(answer.status_code for answer in (first, *others))
        assert statuses == [201, 409, 409, 409]
        assert (await client.post("/api/v1/leden", json=slow, headers=key)).status_code == 201
    assert await counted(tenant) == 1


async def test_a_refused_request_leaves_its_key_free(app: Database) -> None:
    tenant, key = await a_tenant(), {"Idempotency-Key": str(uuid4())}
    async with toy(a_caller(tenant)) as client:
        problem(await client.post("/api/v1/leden", json={**SCHOOL, "naam": "nee"}, headers=key), 409)
        assert (await client.post("/api/v1/leden", json=SCHOOL, headers=key)).status_code == 201
    assert await counted(tenant) == 1


async def test_a_key_is_forgotten_after_a_day(app: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))
    tenant, key = await a_tenant(), {"Idempotency-Key": str(uuid4())}
    async with toy(a_caller(tenant)) as client:
        first = await client.post("/api/v1/leden", json=SCHOOL, headers=key)
        Clock(tmp_path / "clock").forward(timedelta(hours=25))
        second = await client.post("/api/v1/leden", json=SCHOOL, headers=key)
        assert second.json() != first.json()
        Clock(tmp_path / "clock").forward(timedelta(hours=25))
    async with scope(tenant, None) as tx:
        assert await forget_expired(tx) == 1


async def test_what_is_kept_of_an_answer_is_sealed(app: Database) -> None:
    tenant, key = await a_tenant(), {"Idempotency-Key": str(uuid4())}
    async with toy(a_caller(tenant)) as client:
        answer = await client.post("/api/v1/leden", json=SCHOOL, headers=key)
    async with scope(tenant, None) as tx:
        row = await tx.fetchrow("SELECT * FROM idempotency_key")
    assert row is not None
    assert answer.json()["naam"].encode() not in row["answer"]
