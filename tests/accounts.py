"""Accounts for tests: people who log in over HTTP as real ones do, and a clock that can be moved."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pyotp

from maatwerk import asgi, clock
from maatwerk.http import Application
from maatwerk.people import accounts, identity_scope, totp
from maatwerk.people.actions.invite import Invitee
from maatwerk.people.actions.provision import provision_member
from maatwerk.people.passwords import hash_password
from maatwerk.people.queries import Seat
from maatwerk.settings import Settings
from tests.databases import Database

PASSWORD = "paars olifant fietst traag"
BASE_URL = "http://127.0.0.1:8000"
_HASHES: dict[str, str] = {}


@dataclass(frozen=True)
class Clock:
    """The service's clock; forward only, because time is."""

    path: Path

    def forward(self, by: timedelta) -> None:
        """Moves every process's clock."""
        present = float(self.path.read_text()) if self.path.exists() else 0.0
        self.path.write_text(str(present + by.total_seconds()))


@dataclass(frozen=True)
class Somebody:
    """A person with an account, as his password manager knows him."""

    id: UUID
    address: str
    password: str
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code of his app now, or some steps later."""
        return pyotp.HOTP(self.secret).at(int(clock.now().timestamp()) // totp.STEP + steps)

    def login(self, steps: int = 0) -> dict[str, str]:
        return {"adres": self.address, "wachtwoord": self.password, "code": self.code(steps)}


async def somebody(address: str = "", *, operator: bool = False) -> Somebody:
    """An account without a membership. All have one password, which is hashed once in a run: it costs as much as a test."""
    address, secret = address or f"persoon-{uuid4().hex[:10]}@voorbeeld.example", totp.new_totp_secret()
    hashed = _HASHES.get(PASSWORD) or _HASHES.setdefault(PASSWORD, await hash_password(PASSWORD))
    async with identity_scope() as tx:
        person_id = await accounts.create(tx, address, hashed=hashed, totp=secret, counter=0, operator=operator)
    assert person_id is not None
    return Somebody(person_id, address, PASSWORD, secret)


async def joins(
    person: Somebody,
    tenant_id: UUID,
    roles: Sequence[str],
    seats: Sequence[Seat] = (),
    organisation_id: UUID | None = None,
    functions: Sequence[str] = (),
) -> UUID:
    """Makes the person a member; answers the membership."""
    invitee = Invitee(
        person.address, "Jip Voorbeeld", roles, seats, organisation_id=organisation_id, functions=functions
    )
    return await provision_member(tenant_id, person.id, invitee)


async def member_of(
    tenant_id: UUID, *roles: str, seats: Sequence[Seat] = (), functions: Sequence[str] = ()
) -> Somebody:
    """A new person who is a member of the tenant."""
    person = await somebody()
    await joins(person, tenant_id, roles, seats, functions=functions)
    return person


@asynccontextmanager
async def browser(
    database: Database, person: Somebody | None = None, *, demo: bool = True
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the real application that keeps its cookies; logged in when a person is given."""
    application = _application(database.settings(MAATWERK_DEMO="1" if demo else ""))
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        if person is not None:
            answer = await client.post("/api/v1/sessies", json=person.login())
            assert answer.status_code == 201, answer.text
        yield client


@cache
def _application(settings: Settings) -> Application:
    return asgi.build(settings, start=False)


def once() -> dict[str, str]:
    """The header of a creating request."""
    return {"Idempotency-Key": str(uuid4())}
