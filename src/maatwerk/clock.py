"""The only reader of the wall clock. Instants are UTC; a legal day is a date in Europe/Amsterdam."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def _offset() -> timedelta:
    """The shift that MAATWERK_CLOCK asks for; a test or a demo moves time by writing seconds into that file."""
    path = os.environ.get("MAATWERK_CLOCK")
    if not path:
        return timedelta(0)
    try:
        return timedelta(seconds=float(Path(path).read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta(0)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset()


def legal_day(instant: datetime) -> date:
    """The Dutch calendar day on which an instant falls: a filing at 23:30 counts for that day."""
    return instant.astimezone(AMSTERDAM).date()


def today() -> date:
    """The present legal day."""
    return legal_day(now())
