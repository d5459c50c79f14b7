"""Timers: deadlines as rows, claimed by the ticker."""

from maatwerk.timers.schedule import schedule
from maatwerk.timers.ticking import tick

__all__ = ["schedule", "tick"]
