"""Starting a process of the service: whether it may, the KEK, and the database pools on the running loop. Every process
and command comes through here, so that none forgets one."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module

from piccolo.table import Table

from maatwerk.crypto import RING, FileKek, Sealed
from maatwerk.db import APP, DISPATCH
from maatwerk.settings import Settings, put_in_force

COMPOSITION = "maatwerk.piccolo_app"


def declared_tables() -> Sequence[type[Table]]:
    """Every table of the service, by way of the composition root."""
    tables: Sequence[type[Table]] = import_module(COMPOSITION).APP_CONFIG.table_classes
    return tables


def sealed_places() -> Sequence[Sealed]:
    """Every place where a tenant's own data key seals, by the same way."""
    places: Sequence[Sealed] = import_module(COMPOSITION).SEALED_BY_TENANT
    return places


def refuse(faults: Sequence[str]) -> None:
    """Ends this process with exit code 1, after a line on stderr per fault (`fitness`); goes on when there are none."""
    for line in faults:
        sys.stderr.write(f"{line}\n")
    if faults:
        raise SystemExit(1)


async def start(settings: Settings, *, dispatch: bool = False) -> None:
    """Opens the application's pool, the dispatcher's when asked, and loads the KEK. Raises KekUnusable, OSError."""
    put_in_force(settings)
    RING.use(FileKek(settings.kek_file))
    await APP.start(settings.database_url, size=settings.pool_size)
    if dispatch:
        await DISPATCH.start(settings.dispatch_database_url, size=2)


async def stop() -> None:
    """Closes the pools and forgets the keys."""
    await DISPATCH.stop()
    await APP.stop()
    RING.use(None)
    put_in_force(None)


@asynccontextmanager
async def running(settings: Settings, *, dispatch: bool = False) -> AsyncIterator[None]:
    """`start` and, whatever happens, `stop`."""
    try:
        await start(settings, dispatch=dispatch)
        yield
    finally:
        await stop()
