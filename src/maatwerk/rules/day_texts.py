"""Days as texts: 2024-09-02 and nothing else. A day far outside a lifetime is none, so that no term ever runs off the calendar."""

import re
from datetime import date

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2099


def day_of(text: str) -> date:
    """The day a text names, as 2024-09-02 and in no other way. Raises ValueError."""
    if _DATE.fullmatch(text) is None or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise ValueError("no day")
    return date.fromisoformat(text)


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and day_of(value) is not None
    except ValueError:
        return False
