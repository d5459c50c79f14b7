"""Timers: deadlines as rows, claimed by the ticker."""

from maatwerk.timers.schedule import schedule

__all__ = ["schedule"]
