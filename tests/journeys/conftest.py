"""The service that the journeys share: started once, when the first of them asks for it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from maatwerk.local.engines import Engines
from tests.databases import Database, drop_database, make_database
from tests.journeys.service import Service, running

TENANTS = Path(__file__).parents[2] / "tenants"
NEIGHBOUR = Path(__file__).parent / "buurregio"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service_database(engines: Engines, superuser: asyncpg.Connection) -> AsyncIterator[Database]:
    database = await make_database(engines, superuser)
    yield database
    await drop_database(database, superuser)


@pytest.fixture(scope="session")
def running_service(service_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Regio 36 and a neighbour that works by the same scheme, in a tenants' folder of their own."""
    data = tmp_path_factory.mktemp("service")
    tenants = data / "tenants"
    shutil.copytree(TENANTS / "regio-36", tenants / "regio-36")
    shutil.copytree(NEIGHBOUR, tenants / "buurregio")
    shutil.copy(TENANTS / "regio-36" / "scheme.toml", tenants / "buurregio")
    with running(service_database, data, tenants) as service:
        yield service


@pytest.fixture
def service(running_service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """The service, with this process on its clock."""
    monkeypatch.setenv("MAATWERK_CLOCK", str(running_service.clock))
    return running_service
