"""On which legal day an act may stand. A late act is dated back, but never to before there was something to act upon: the opening of
its step, or what it goes back on."""

from collections.abc import Iterator
from datetime import date

from maatwerk.rules.acts import Act
from maatwerk.rules.calendar import in_words
from maatwerk.rules.history import History
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme


def refuse_day(scheme: Scheme, history: History, act: Act, today: date) -> None:
    """Raises Invalid for a day that can't be. `act` has its step, "" for one that happens outside any: that may be dated back to
    the filing."""
    if act.on > today:
        raise Invalid.because("in_toekomst", "De datum van een handeling ligt niet in de toekomst.", field="op")
    if history.filed_on and act.on < history.filed_on:
        raise Invalid.because("voor_indiening", "De datum ligt voor de dag van indiening.", field="op")
    first, why = max(_happened_before(scheme, history, act), default=(date.min, ""))
    if act.on < first:
        title = scheme.acts[act.kind].title
        raise Invalid.because(
            "voor_de_stap",
            f"{title} kan niet op {in_words(act.on)} zijn gedaan: {why} op {in_words(first)}.",
            mend=f"Kies {in_words(first)} of een latere dag.",
            field="op",
        )


def _happened_before(scheme: Scheme, history: History, act: Act) -> Iterator[tuple[date, str]]:
    """(day, what) of everything without which the act could not have been."""
    if act.step and (opened := history.steps[act.step].opened_on):
        yield opened, f"de stap {scheme.steps[act.step].title} begon pas"
    for name in scheme.acts[act.kind].reopens:
        state, why = history.steps[name], f"in de stap {scheme.steps[name].title} gebeurde nog iets"
        yield from ((day, why) for day in (state.opened_on, state.ended_on) if day)
        yield from ((done.on, why) for done in history.acts if done.consequences.step == name)
