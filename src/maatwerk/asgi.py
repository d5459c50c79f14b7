"""The HTTP process, as a composition root: settings and features make the application. Served as `maatwerk.asgi:create`."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from maatwerk import audit, fitness, logs, startup
from maatwerk.anonymisation.routes import HANDLERS as PACKS
from maatwerk.anonymisation.word_routes import HANDLERS as PACK_WORDS
from maatwerk.books.routes import HANDLERS as BOOKS
from maatwerk.cases.advice_routes import HANDLERS as ADVICE
from maatwerk.cases.file_routes import HANDLERS as CASE_FILES
from maatwerk.cases.routes import HANDLERS as CASES
from maatwerk.decisions.routes import HANDLERS as DECISIONS
from maatwerk.guests import identify_guest
from maatwerk.guests.routes import HANDLERS as GUESTS
from maatwerk.http import Application, Caller, Credentials, create_app
from maatwerk.mail.routes import HANDLERS as MAIL
from maatwerk.organisations.routes import HANDLERS as ORGANISATIONS
from maatwerk.outlines.routes import HANDLERS as OUTLINES
from maatwerk.people import identify
from maatwerk.people.routes import HANDLERS as PEOPLE
from maatwerk.reviews.involvement_routes import HANDLERS as INVOLVEMENT
from maatwerk.reviews.routes import HANDLERS as REVIEWS
from maatwerk.schemes.routes import HANDLERS as SCHEMES
from maatwerk.schemes.trying_routes import HANDLERS as TRYING
from maatwerk.settings import Settings
from maatwerk.tasks.routes import HANDLERS as TASKS
from maatwerk.tenancy import scope
from maatwerk.web.failing import show_failure
from maatwerk.web.screens import PAGES

MEMORY = "/dev/shm"  # noqa: S108 - a folder in memory
API: list[HTTPRouteHandler] = [
    *PEOPLE, *ORGANISATIONS, *TASKS, *MAIL, *BOOKS, *CASES, *CASE_FILES, *ADVICE, *GUESTS, *PACKS, *PACK_WORDS, *REVIEWS,
    *INVOLVEMENT, *DECISIONS, *OUTLINES, *SCHEMES, *TRYING,
]  # fmt: skip


def create() -> Application:
    """The application for a server: settings from the environment, pools opened when it starts."""
    logs.configure()
    keep_uploads_in_memory()
    settings = Settings.from_environment()
    with ThreadPoolExecutor(1) as aside:  # the server's loop runs already, and a fault must end it without a traceback
        startup.refuse(aside.submit(asyncio.run, fitness.faults(settings)).result())
    return build(settings)


def keep_uploads_in_memory() -> None:
    """The form parser spools a large upload to a temporary file; it is of a child, so it may not meet a disk in clear."""
    if os.access(MEMORY, os.W_OK):
        tempfile.tempdir = MEMORY


def build(settings: Settings, *, start: bool = True) -> Application:
    """The application; without `start` it opens no pools, for who has them open or needs none."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with startup.running(settings):
            yield

    return create_app(
        API,
        settings=settings,
        identify=identify_any,
        pages=PAGES,
        show_failure=show_failure,
        on_forbidden=note_forbidden,
        lifespan=[lifespan] if start else [],
    )


async def identify_any(credentials: Credentials) -> Caller | None:
    """The caller of what a request brought: somebody with an account, or a guest of one case."""
    return await (identify_guest(credentials.guest) if credentials.guest else identify(credentials))


async def note_forbidden(caller: Caller, code: str) -> None:
    """Writes to the audit trail of the caller's tenant that he was refused, and why."""
    if caller.tenant is None:
        return
    async with scope(caller.tenant, caller.person_id) as tx:
        await audit.record(tx, "access.refused", "person", caller.person_id, ground=code)
