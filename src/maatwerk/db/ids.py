"""Identifiers: UUIDv7 made here and never by the database. Within a process they only ever increase, also when the
clock is moved back, so that they order rows of one moment."""

import secrets
import threading
from uuid import UUID

from maatwerk import clock

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, 12 bits that count within one, 62 random bits (RFC 9562, 6.2 method 1)."""
    global _last
    milliseconds = int(clock.now().timestamp() * 1000)
    with _lock:
        _last = max(milliseconds << 12, _last + 1)
        moment = _last
    high = moment >> 12 << 16 | 7 << 12 | moment & 0xFFF
    return UUID(int=high << 64 | 0b10 << 62 | secrets.randbits(62))
