"""The penalty for deciding too late (Awb 4:17 and 4:18). Two weeks to repair it, then at most 42 days, of which weekends and
holidays count; the day on which the decision is made known no longer does."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from maatwerk.rules.calendar import in_words
from maatwerk.rules.derivation import Step
from maatwerk.rules.lengths import shift
from maatwerk.rules.money import euro
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.statutes import length_of, penalty_rates
from maatwerk.rules.terms import Term, term

Ground = Literal["unreasonably_late", "not_concerned", "evidently_unfounded"]
_GROUNDS: Final[dict[Ground, str]] = {
    "unreasonably_late": "het bestuursorgaan onredelijk laat in gebreke is gesteld (lid 6 onder a)",
    "not_concerned": "de aanvrager geen belanghebbende is (lid 6 onder b)",
    "evidently_unfounded": "de aanvraag kennelijk niet-ontvankelijk of ongegrond is (lid 6 onder c)",
}


@dataclass(frozen=True)
class Penalty:
    """What is owed as of a day. `first` to `last` are the days over which it can run; `days` of them count so far, for `cents`
    eurocents. `fixed_by` is the term to fix the amount, once it grows no more."""

    first: date
    last: date
    days: int
    cents: int
    fixed_by: Term | None
    steps: tuple[Step, ...]


def penalty(
    decision_due: date,
    received: date,
    *,
    at: date,
    made_known: date | None = None,
    none_because: Ground | None = None,
) -> Penalty:
    """The penalty on the day `at`, after a notice of default that was `received` when a decision was due on `decision_due`.

    The Atw applies to the two weeks and not to the 42 days: lid 1 sets it aside for those alone. Refused: a notice of before
    the term had passed, which counts for nothing.
    """
    if received <= decision_due:
        message = f"De ingebrekestelling is te vroeg: de termijn liep tot en met {in_words(decision_due)}."
        raise Invalid.because("notice_too_early", message, mend="Leg een ingebrekestelling van daarna vast.")
    rates = penalty_rates(received)
    repair = term(received, length_of("after_notice_of_default", received), "statutory")
    first = shift(repair.due, 1)
    last = shift(first, rates.most_days - 1)
    end = min(at, last) if made_known is None else min(at, last, shift(made_known, -1))
    days = 0 if none_because else max((end - first).days + 1, 0)
    cents = rates.owed(days)
    over = days > 0 and (at >= last or (made_known is not None and made_known <= at))
    fixed_by = term(end, length_of("penalty_fixed", end), "statutory") if over else None
    told = f"In gebreke gesteld op {in_words(received)}, na de laatste dag {in_words(decision_due)} (Awb art. 4:17)."
    steps = (Step("start", received, told), *repair.steps[1:], *_counted(first, last, days, cents, none_because))
    return Penalty(first, last, days, cents, fixed_by, steps)


def _counted(first: date, last: date, days: int, cents: int, none_because: Ground | None) -> tuple[Step, ...]:
    if none_because:
        return (Step("no_penalty", first, f"Geen dwangsom, omdat {_GROUNDS[none_because]}."),)
    runs = f"Daarna een dwangsom per dag, van {in_words(first)} tot en met uiterlijk {in_words(last)}"
    found = Step("penalty_days", last, f"{runs}; ook weekenden en feestdagen tellen (Awb art. 4:17 lid 1).")
    number = "1 dag" if days == 1 else f"{days} dagen"
    owed = Step("penalty_owed", shift(first, max(days - 1, 0)), f"Tot nu toe {number}: {euro(cents)}.")
    return (found, owed)
