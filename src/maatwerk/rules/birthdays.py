"""Ages that a scheme names besides its consents: what somebody has to do by a birthday that passes during a case. The birthday itself is
personal and is told to nobody who can't read it.
"""

from collections.abc import Iterator
from datetime import date

from maatwerk.rules.ages import birthday
from maatwerk.rules.consent import birth_date
from maatwerk.rules.history import History
from maatwerk.rules.lengths import Length, subtract
from maatwerk.rules.scheme import AgeDef, Scheme


def ages_reached(scheme: Scheme, history: History) -> Iterator[tuple[str, AgeDef, tuple[date, ...], date]]:
    """(id, age, the days of its warnings, the birthday) of every age that is reached after the filing of an open case."""
    born = birth_date(scheme, history.answers)
    if born is None or history.closed or history.filed_on is None:
        return
    for name, each in scheme.ages.items():
        day = birthday(born, each.age)
        warned = (subtract(day, Length.parse(text)) for text in each.warn)
        if day > history.filed_on:
            yield name, each, tuple(sorted(on for on in warned if on > history.filed_on)), day


def coming_ages(scheme: Scheme, history: History, after: date) -> list[date]:
    """The days after `after` on which a case must be looked at because of an age."""
    found = ages_reached(scheme, history)
    return [on for _, _, warned, day in found for on in (*warned, day) if on > after]
