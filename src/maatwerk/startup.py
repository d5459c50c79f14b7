"""Starting a process of the service: the KEK and the database pools, on the running loop. Every process and command
comes through here, so that none forgets one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from maatwerk.crypto import RING, FileKek
from maatwerk.db import APP, DISPATCH
from maatwerk.settings import Settings


async def start(settings: Settings, *, dispatch: bool = False) -> None:
    """Opens the application's pool, the dispatcher's when asked, and loads the KEK. Raises KekUnusable, OSError."""
    RING.use(FileKek(settings.kek_file))
    await APP.start(settings.database_url, size=settings.pool_size)
    if dispatch:
        await DISPATCH.start(settings.dispatch_database_url, size=2)


async def stop() -> None:
    """Closes the pools and forgets the keys."""
    await DISPATCH.stop()
    await APP.stop()
    RING.use(None)


@asynccontextmanager
async def running(settings: Settings, *, dispatch: bool = False) -> AsyncIterator[None]:
    """`start` and, whatever happens, `stop`."""
    await start(settings, dispatch=dispatch)
    try:
        yield
    finally:
        await stop()
