"""Random requests against the real application, as every role: Schemathesis with all its checks for a bounded time. The
number of seconds is MAATWERK_FUZZ_SECONDS for all roles together, starting included; `make fuzz` gives ten minutes."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from maatwerk import asgi
from maatwerk.glossary import dutch
from maatwerk.http.guard import handlers_of
from maatwerk.http.operations import path_of
from maatwerk.local.ports import free_port
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import MADE_BY, open_session
from maatwerk.rules.permissions import PUBLIC, SESSION, rights_of
from maatwerk.settings import Settings
from tests.accounts import somebody
from tests.databases import Database
from tests.isolation.victim import Victim, a_victim
from tests.partnership import Partnership, enlist
from tests.regio36 import SCHEME

SECONDS = int(os.environ.get("MAATWERK_FUZZ_SECONDS", "60"))
SECONDS_TO_START = 4
CONFIGURATION = Path(__file__).parent / "schemathesis.toml"
KNOWN = 0.7
SCHEMATHESIS = str(Path(sys.executable).parent / "schemathesis")
ENDS_THE_SESSION = {"deleteSessiesHuidig", "putSessiesHuidigPartnerschap"}
APPLICATION = asgi.build(Settings.from_environment({}), start=False)
NAMES = {
    "coordinator": "bas",
    "ondersteuner": "jolijn",
    "reviewer": "de_meierij",
    "tenant_admin": "beheer",
    "financial_controller": "geld",
    "fg": "toezicht",
    "operator": "",
}


def operations(role: str) -> list[str]:
    """The operations that the role may try; those that anybody may, with the first role only."""
    rights = rights_of([role]) | ({PUBLIC, SESSION} if role == "coordinator" else set())
    found = [
        APPLICATION.state.openapi["paths"].get(path_of(route), {}).get(method.lower(), {}).get("operationId", "")
        for route, handler, _ in handlers_of(APPLICATION)
        for method in handler.http_methods
        if handler.opt["permission"] in rights
    ]
    return sorted(set(found) - ENDS_THE_SESSION - {""})


@pytest_asyncio.fixture(loop_scope="session")
async def victim(app: Database) -> Victim:
    """Regio 36 with something of everything and somebody in every role."""
    found = await a_victim(app)
    for name, role in (("beheer", "tenant_admin"), ("geld", "financial_controller"), ("toezicht", "fg")):
        await enlist(found.partnership, name, [role])
    return found


def configuration(victim: Victim, folder: Path) -> Path:
    """The configuration, and what exists: most requests are about that, as one about nothing gets no further than 404."""
    known: dict[str, list[str]] = {f"path.{dutch(name)}": [value] for name, value in victim.things.items()}
    known |= {f"body.{dutch(name)}": [victim.things[name]] for name in ("case_id", "membership_id")}
    known |= {
        "header.If-Match": [f'"{of}{number}"' for of in ("", "concept-", "zaak-") for number in range(1, 5)],
        f"body.{dutch('scheme_version_id')}": [str(victim.partnership.scheme_id)],
        f"body.{dutch('act')}": sorted(SCHEME.acts),
    }
    lines = []
    for number, values in enumerate(known.values()):
        lines += [f"[dictionaries.bekend-{number}]", f"values = {json.dumps(values)}"]
    lines.append("[parameters]")
    for number, place in enumerate(known):
        lines.append(f'"{place}" = {{ dictionary = "bekend-{number}", probability = {KNOWN} }}')
    path = folder / "schemathesis.toml"
    path.write_text("\n".join([CONFIGURATION.read_text(encoding="utf-8"), *lines]), encoding="utf-8")
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def service(app: Database, victim: Victim) -> AsyncIterator[str]:
    """The address of the application in a process of its own, as it is served."""
    port = free_port()
    environment = os.environ | app.environment() | {"MAATWERK_DEMO": "1", "MAATWERK_PORT": str(port)}
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "uvicorn", "--factory", "maatwerk.asgi:create", "--port", str(port)),
        *("--log-level", "critical"),
        env=environment,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _answers(url)
        yield url
        assert server.returncode is None, "the application stopped by itself"
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(20):
        while True:
            try:
                await client.get(f"{url}/api/v1")
                return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def _cookie(partnership: Partnership, name: str) -> str:
    person = partnership.persons[name] if name else await somebody(operator=True)
    async with identity_scope() as tx:
        chosen = partnership.tenant_id if name else None
        return (await open_session(tx, person.id, made_by=MADE_BY, chosen=chosen)).secret


@pytest.mark.parametrize("role", sorted(NAMES))
async def test_random_requests_find_nothing(service: str, victim: Victim, tmp_path: Path, role: str) -> None:
    cookie = await _cookie(victim.partnership, NAMES[role])
    chosen = operations(role)
    if not chosen:
        pytest.skip("this role may try nothing by itself")
    run = await asyncio.create_subprocess_exec(
        *(SCHEMATHESIS, "--config-file", str(configuration(victim, tmp_path)), "--no-color", "run"),
        *(f"{service}/api/v1/openapi.json", "--max-time", str(max(4, SECONDS // len(NAMES) - SECONDS_TO_START))),
        *("--header", f"Cookie: sessie={cookie}", "--generation-database", "none", "--warnings", "off"),
        *(part for operation in chosen for part in ("--include-operation-id", operation)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    told = (await run.communicate())[0].decode(errors="replace")
    assert run.returncode == 0, told[-12_000:]
