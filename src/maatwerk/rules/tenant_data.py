"""A scheme as one partnership keeps it: its own school holidays and the meetings that it planned, filled in when the scheme is read for
it. A scheme stays one text for everybody, and those move without another version.
"""

from collections.abc import Mapping
from typing import Any

from maatwerk.rules.meetings import planned, with_dates
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.school_calendar import OwnHoliday
from maatwerk.rules.tenant_calendar import needs_calendar, read_calendar, with_calendar


def needs_tenant(scheme: Scheme) -> bool:
    """Whether anything of it depends on the partnership."""
    return bool(scheme.meetings) or needs_calendar(scheme)


def as_kept(scheme: Scheme, settings: Mapping[str, Any], of_school: tuple[OwnHoliday, ...] = ()) -> Scheme:
    """The scheme with what the settings (a tenant.toml, or what is stored of it) say of it, for a case of a school that is free on
    days of its own; the same object for the same settings and days."""
    dated = with_dates(scheme, planned(settings, scheme)) if scheme.meetings else scheme
    if not needs_calendar(dated):
        return dated
    calendar = read_calendar(settings)[0]
    return with_calendar(dated, calendar.of_school(of_school) if calendar else None)
