"""When a mail that was not taken is tried again: quickly at first, for greylisting; then for almost two days, for a server that is down."""

from datetime import datetime, timedelta

_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
MAX_ATTEMPTS = len(_WAITS) + 1


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """The moment of the next try after `attempts` failed ones (1 or more); None when it was the last."""
    return now + _WAITS[attempts - 1] if attempts < MAX_ATTEMPTS else None
