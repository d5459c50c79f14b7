"""What is noted of an unexpected exception: its type and where it came from. Never its text, which may hold personal data."""

import logging
import traceback
from pathlib import Path
from uuid import UUID

_log = logging.getLogger("maatwerk.http")


def note(error: BaseException, request_id: UUID | None) -> None:
    """Logs one line of an exception that nobody expected; the answer names the same request id."""
    _log.error(
        "unexpected_exception",
        extra={"request_id": str(request_id), "kind": type(error).__name__, "frames": frames(error)},
    )


def frames(error: BaseException) -> list[str]:
    """The call path as `module.py:line function`, innermost last, at most twelve."""
    found = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in found]
