"""Timers: deadlines as rows, claimed by the ticker."""

from maatwerk.timers.schedule import look_again, schedule
from maatwerk.timers.ticking import tick

__all__ = ["look_again", "schedule", "tick"]
