"""Which days count towards a length, and where the last of them falls. The law knows none of this: a statutory term is in
calendar days, weeks, months or years, and holidays of schools count.

A working day (werkdag) is no Saturday, no Sunday and no rest day of art. 3 Atw, so that a term in working days and a term that
rolls agree on what a day off is; a working week (werkweek) is five of them. A school week (schoolweek, in the law lesweek) is
a calendar week, Monday to Sunday, with at least one school day: a working day outside the school holidays. Weeks of holiday
are left out (Leerplichtwet art. 21: four consecutive lesweken; the inspectorate: a holiday is no lesweek), so a term that
begins in a school week ends on the same weekday. The definitions are ours; docs/decisions/0011 has the reasons.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from maatwerk.rules.calendar import in_words, is_ordinary_day, is_weekend, rest_day_name
from maatwerk.rules.lengths import Length, Unit, add, shift, subtract
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.school_calendar import SchoolCalendar
from maatwerk.rules.spans import Span

_DAYS: Final[dict[Unit, int]] = {"day": 1, "week": 7, "working_day": 1, "working_week": 5, "school_week": 7}


@dataclass(frozen=True)
class Counting:
    """How the days of one term count: by the unit of its `length`, and by `school` where that is about schools."""

    length: Length
    school: SchoolCalendar | None = None

    def __post_init__(self) -> None:
        if self.length.needs_school_calendar and self.school is None:
            message = "Zonder vakantieregio is niet bekend wanneer het schoolvakantie is."
            raise Invalid.because("region_missing", message, mend="Geef de regio: noord, midden of zuid.")

    @property
    def works(self) -> bool:
        return self.length.unit in ("working_day", "working_week")

    def counts(self, day: date) -> bool:
        if self.length.is_calendar:
            return True
        if self.school is not None and self.length.unit == "school_week":
            return is_school_week(self.school, shift(day, -day.weekday()))
        if self.works and not is_ordinary_day(day):
            return False
        return not self.length.outside_holidays or self._holiday_on(day) is None

    def end(self, start: date, length: Length) -> date:
        """The last day of a term of `length` that begins after `start`."""
        return add(start, length) if length.is_calendar else self.after(start, length.count * _DAYS[length.unit])

    def begin(self, end: date, length: Length) -> date:
        """The day that lies `length` before `end`."""
        return subtract(end, length) if length.is_calendar else self.before(end, length.count * _DAYS[length.unit])

    def after(self, day: date, count: int) -> date:
        """The `count`-th day after `day` that counts."""
        return shift(day, count) if self.length.is_calendar else self._walk(day, count, 1)

    def before(self, day: date, count: int) -> date:
        """The `count`-th day before `day` that counts."""
        return shift(day, -count) if self.length.is_calendar else self._walk(day, count, -1)

    def _walk(self, day: date, count: int, step: int) -> date:
        while count:
            day = shift(day, step)
            count -= self.counts(day)
        return day

    def within(self, span: Span) -> int:
        """How many days of `span` count."""
        return span.days if self.length.is_calendar else sum(map(self.counts, span))

    def left_out(self, span: Span) -> tuple[str, ...]:
        """What didn't count in `span`, weekends aside: names of school holidays, and rest days with their date."""
        found: dict[str, None] = {}
        for day in () if self.length.is_calendar else span:
            if not self.counts(day) and (name := self._why_not(day)):
                found[name] = None
        return tuple(found)

    def _why_not(self, day: date) -> str | None:
        outside = None if self.works and not self.length.outside_holidays else self._holiday_on(day)
        if outside is not None or is_weekend(day):
            return outside
        name = rest_day_name(day)
        return f"{name} ({in_words(day)})" if name else None

    def _holiday_on(self, day: date) -> str | None:
        return self.school.holiday_on(day) if self.school else None


@lru_cache(maxsize=4096)
def is_school_week(school: SchoolCalendar, monday: date) -> bool:
    """Whether the week of `monday` has a school day; in a school year that nobody knows every week has."""
    days = (shift(monday, n) for n in range(5))
    return any(school.holiday_on(day) is None and is_ordinary_day(day) for day in days)
