"""Faults of clocks that count working days or school weeks, or back from a day, and of the school calendar they count by.
The law does neither of the first two."""

from collections.abc import Iterable, Iterator

from maatwerk.rules.calendar import FIRST_YEAR, LAST_YEAR
from maatwerk.rules.decoding import Fault
from maatwerk.rules.moments import is_dated
from maatwerk.rules.reckoning import length_of
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ClockDef
from maatwerk.rules.school_calendar import LONGEST_DAYS, OwnHoliday


def runs_by_the_calendar(clock: ClockDef) -> bool:
    """Whether it simply runs on, day after day."""
    return clock.unit == "kalender" and not clock.outside_holidays and not clock.back


def unit_faults(here: str, clock: ClockDef) -> Iterator[Fault]:
    """Faults of `eenheid`, `zonder_vakanties` and `schoolkalender`."""
    by_school = clock.unit == "schoolweek" or clock.outside_holidays
    key = "eenheid" if clock.unit != "kalender" else "zonder_vakanties"
    if clock.unit != "kalender" or clock.outside_holidays:
        if clock.kind == "wettelijk":
            message = "een wettelijke termijn telt alle kalenderdagen, ook die van schoolvakanties."
            yield Fault(f"{here}.{key}", message, f'haal {key} weg, of kies een andere soort, zoals "streef".')
        if clock.until is not None or clock.period or clock.meeting:
            message = "een vaste dag (op, tot of vergadering) telt niets."
            yield Fault(f"{here}.{key}", message, f"haal {key} weg, of schrijf een duur.")
        elif clock.length:
            yield from _pair(here, clock)
    if clock.school is not None and not by_school:
        message = "deze termijn kijkt niet naar schoolvakanties."
        yield Fault(f"{here}.schoolkalender", message, 'haal hem weg, of kies eenheid = "schoolweek".')
    if clock.school is not None:
        yield from own_holiday_faults(f"{here}.schoolkalender.eigen", clock.school.own)


def _pair(here: str, clock: ClockDef) -> Iterator[Fault]:
    """A length that can't be read at all is told elsewhere."""
    try:
        length_of(clock.length)
    except Refused:
        return
    try:
        length_of(clock.length, clock.unit, clock.outside_holidays)
    except Refused as refusal:
        yield Fault(f"{here}.duur", refusal.reasons[0].message, refusal.reasons[0].mend)


def backward_faults(here: str, clock: ClockDef) -> Iterator[Fault]:
    """Faults of `vooraf`: it counts a length back from a day that was filled in, and nothing moves it."""
    if not clock.back:
        return
    if not clock.length:
        message = "een termijn die terugtelt heeft een duur nodig."
        yield Fault(f"{here}.duur", message, 'schrijf duur = "P10D", en haal op weg.')
    if clock.kind not in ("streef", "wettelijk"):
        message = "een maximum, een teller en een terugkerende termijn tellen niet terug."
        yield Fault(f"{here}.soort", message, 'kies soort = "streef" of "wettelijk", of haal vooraf weg.')
    if not all(map(is_dated, clock.start)):
        message = "terugtellen kan alleen vanaf een dag die iemand invult."
        yield Fault(f"{here}.start", message, 'noem een datumveld, zoals "formulier.<datumveld>".')
    if clock.suspends:
        yield Fault(f"{here}.schorst", "een termijn die terugtelt staat niet stil.", "haal schorst weg.")
    if clock.roll == "werkdag":
        message = "een termijn die terugtelt verschuift niet (Atw art. 1 lid 2)."
        yield Fault(f"{here}.rol", message, 'haal rol weg; tel zo nodig met eenheid = "werkdag".')


def own_holiday_faults(here: str, own: Iterable[OwnHoliday]) -> Iterator[Fault]:
    """Faults of days of one's own, of a partnership or of a school."""
    for index, holiday in enumerate(own):
        if holiday.last < holiday.first:
            yield Fault(f"{here}.{index}", "deze dagen eindigen voor zij beginnen.", "draai van en tot_en_met om.")
        elif (holiday.last - holiday.first).days >= LONGEST_DAYS:
            message = f"een vakantie duurt hooguit {LONGEST_DAYS} dagen."
            yield Fault(f"{here}.{index}", message, "verbeter van of tot_en_met.")
        if not FIRST_YEAR <= holiday.first.year <= LAST_YEAR:
            yield Fault(
                f"{here}.{index}", "dit jaar kan niet.", f"kies een dag van {FIRST_YEAR} tot en met {LAST_YEAR}."
            )
