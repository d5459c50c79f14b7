"""Log lines: JSON with fields of an allow-list and nothing else. There is no free text, so there is nothing to scrub;
of an exception only its class and the lines of code are told, never its message."""

import logging
import sys
import threading
import traceback
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Literal, TypedDict, Unpack
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.db.facts import is_kind

Level = Literal["info", "warning", "error"]


class Fields(TypedDict, total=False):
    """What a log line may tell, beside time, level, event and request."""

    actor_id: UUID | None
    attempts: int
    case_id: UUID
    code: str
    count: int
    duration_ms: int
    error: str
    handler: str
    logger: str
    method: str
    outbox_id: UUID
    port: int
    process: str
    route: str
    rule_id: str
    seq: int
    status: int
    tenant_id: UUID
    where: str


ALLOWED = frozenset(Fields.__annotations__)
_request: ContextVar[str] = ContextVar("request_id", default="")


def set_request_id(request_id: str) -> None:
    """Every line of this task and its children bears this id from now on."""
    _request.set(request_id if is_kind(request_id) else "")


def event(what: str, *, level: Level = "info", **details: Unpack[Fields]) -> None:
    """Writes one line about `what`, a code such as "outbox.dead"."""
    line: dict[str, Any] = {"time": clock.now(), "level": level, "event": what}
    if request := _request.get():
        line["request_id"] = request
    line |= {name: _plain(value) for name, value in details.items() if name in ALLOWED}
    sys.stderr.write(msgspec.json.encode(line).decode() + "\n")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value if is_kind(value) else "?"
    return value if value is None or isinstance(value, int | UUID) else "?"


def failure(what: str, raised: BaseException, *, level: Level = "error", **details: Unpack[Fields]) -> None:
    """Writes a line about an exception: its class and where it was raised."""
    details["error"], details["where"] = type(raised).__name__, _where(raised.__traceback__)
    event(what, level=level, **details)


def _where(trace: TracebackType | None) -> str:
    """The last five places, innermost last: module:line/module:line."""
    frames = traceback.extract_tb(trace)[-5:]
    text = "/".join(f"{frame.filename.rpartition('/')[2].removesuffix('.py')}:{frame.lineno}" for frame in frames)
    return text[-100:]


class LibraryHandler(logging.Handler):
    """Passes on that a library wanted to say something, and where; not what."""

    def emit(self, record: logging.LogRecord) -> None:
        level: Level = "error" if record.levelno >= logging.ERROR else "warning"
        if record.levelno < logging.WARNING:
            level = "info"
        place = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            failure("library", record.exc_info[1], level=level, logger=record.name)
        else:
            event("library", level=level, logger=record.name, where=place)


def configure() -> None:
    """Routes every library's logging and every uncaught exception of this process through the allow-list."""
    logging.basicConfig(handlers=[LibraryHandler()], level=logging.WARNING, force=True)
    sys.excepthook = lambda kind, error, trace: failure("uncaught", error)
    threading.excepthook = lambda given: failure("uncaught", given.exc_value) if given.exc_value else None
