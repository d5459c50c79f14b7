"""Versions of regio 36's scheme by way of the API, as two admins make them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import httpx

from maatwerk import clock
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import MADE_BY, open_session
from tests.accounts import browser, once
from tests.databases import Database
from tests.partnership import TENANTS, Partnership, enlist, regio_36

SOURCE = (TENANTS / "regio-36" / "scheme.toml").read_text(encoding="utf-8")
NEWER = SOURCE.replace('versie = "2024-2025"', 'versie = "2025-2026"').replace("nodig = 2", "nodig = 3")
TOML = {"Content-Type": "application/toml"}


async def two_admins() -> Partnership:
    """Regio 36 with two admins, astrid and berend."""
    found = await regio_36()
    await enlist(found, "astrid", ["tenant_admin"])
    await enlist(found, "berend", ["tenant_admin"])
    return found


@asynccontextmanager
async def as_member(app: Database, region: Partnership, name: str) -> AsyncIterator[httpx.AsyncClient]:
    """A session of this member, opened without a code: those work once."""
    async with identity_scope() as tx:
        session = await open_session(tx, region.persons[name].id, made_by=MADE_BY, chosen=region.tenant_id)
    async with browser(app) as client:
        client.cookies.set("sessie", session.secret, domain="127.0.0.1")
        client.base_url = httpx.URL(f"{client.base_url}/api/v1")
        yield client


async def written(client: httpx.AsyncClient, text: str = NEWER) -> str:
    answer = await client.post("/regelingen", content=text.encode(), headers=TOML | once())
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/v1/regelingen/{answer.json()['id']}"
    return str(answer.json()["id"])


async def change(client: httpx.AsyncClient, version: str, what: str, tag: int, **body: Any) -> httpx.Response:
    sent = {"json": body} if body else {}
    return await client.put(f"/regelingen/{version}/{what}", headers={"If-Match": f'"{tag}"'}, **sent)


async def published(app: Database, region: Partnership, text: str = NEWER, day: date | None = None) -> str:
    """A version that astrid wrote and proposed, and berend published."""
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, text)
        assert (await change(astrid, version, "voorstel", 1)).status_code == 200
    async with as_member(app, region, "berend") as berend:
        answer = await change(berend, version, "publicatie", 2, geldigVan=(day or clock.today()).isoformat())
        assert answer.status_code == 200, answer.text
    return version
