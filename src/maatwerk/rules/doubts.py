"""What a date leans on that isn't certain: school years and decrees that are not in the data, holidays that are not confirmed.
A doubt is a sentence beside the date; only where nothing at all is known the date is refused."""

from collections.abc import Iterator, Sequence
from datetime import date

from maatwerk.rules.calendar import decree_days
from maatwerk.rules.counting import Counting
from maatwerk.rules.derivation import Step, listed
from maatwerk.rules.periods import school_year
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.school_calendar import SchoolCalendar
from maatwerk.rules.spans import Span

_CHECK = "controleer deze datum"


def about(counting: Counting, start: date, due: date, *, rolls: bool = False) -> Iterator[Step]:
    """The doubts about a term between `start` and `due`, whichever comes first. Refused: when the school holidays of none of
    its days are known."""
    first, last = sorted((start, due))
    years = range(first.year, last.year + 1) if counting.works else [due.year] if rolls else []
    if unknown := [str(year) for year in years if not decree_days().known_in(year)]:
        text = f"De bij besluit gelijkgestelde dagen van {_from_to(unknown)} zijn hier niet bekend; {_CHECK}."
        yield Step("decrees_unknown", due, text)
    if counting.school is not None and counting.length.needs_school_calendar:
        yield from _about_schools(counting.school, Span(first, last), due)


def _about_schools(school: SchoolCalendar, term: Span, due: date) -> Iterator[Step]:
    unknown = tuple(dict.fromkeys(school_year(day) for day in term if not school.is_known(day)))
    if unknown and not (school.is_known(term.first) or school.is_known(term.last)):
        message = f"De schoolvakanties van {_from_to(unknown)} zijn niet bekend."
        mend = "Kies een schooljaar waarvan zij bekend zijn, of een duur in gewone weken."
        raise Invalid.because("school_holidays_unknown", message, mend=mend)
    if unknown:
        text = f"De schoolvakanties van {_from_to(unknown)} zijn hier niet bekend en dus niet overgeslagen; {_CHECK}."
        yield Step("school_holidays_unknown", due, text)
    near = school.near(term.first, term.last)
    if unsure := [holiday.in_words() for holiday in near if not holiday.confirmed]:
        text = f"In regio {school.region} nog niet bevestigd: {listed(unsure)}; {_CHECK}."
        yield Step("school_holidays_unconfirmed", due, text)
    if longer := [holiday.in_words() for holiday in near if holiday.often_longer]:
        text = f"Van de {listed(longer)} telt de vaste week; veel scholen zijn langer vrij en geven dan eigen dagen op."
        yield Step("school_holidays_often_longer", due, text)


def _from_to(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} tot en met {names[-1]}"
