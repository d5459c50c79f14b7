"""Logging in, and what keeps others from it."""

from datetime import timedelta
from pathlib import Path

import pytest

from maatwerk.people.scopes import identity_scope
from tests.accounts import Clock, browser, member_of, somebody
from tests.builders import a_tenant
from tests.databases import Database


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))
    return Clock(tmp_path / "clock")


async def test_a_member_logs_in_and_works_in_the_only_tenant(app: Database) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    async with browser(app, person) as client:
        sessions = (await client.get("/api/v1/sessies")).json()["resultaten"]
        assert [(one["gekozen"], one["huidig"]) for one in sessions] == [(str(tenant), True)]
