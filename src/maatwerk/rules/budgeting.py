"""How many cases fit in a budget: a simulation on amounts, a ceiling and the pace of an earlier year. Amounts are whole numbers in
the book's unit; cases beyond those given cost what these cost on average.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from maatwerk.rules.lengths import Length, add
from maatwerk.rules.refusals import Invalid

SHARES = (75, 90, 100)
MOST_CASES = 10_000
MOST_EACH = 10**12


@dataclass(frozen=True)
class Reached:
    """At which case (counted from 1) a share of the ceiling, in percents, is used, and on which day at the earlier pace; the
    day is None when that year did not come so far, or is not known."""

    share: int
    case: int
    on: date | None


@dataclass(frozen=True)
class Budget:
    """`fits` is how many cases fit in all; `left` is what the given cases leave, below zero what they lack. `group_share` is
    what one group of the maximum takes, in percents, and `groups` how many of those fit."""

    ceiling: int
    cases: int
    total: int
    average: int
    fits: int
    left: int
    reached: tuple[Reached, ...]
    group_share: int | None = None
    groups: int | None = None


def simulate(ceiling: int, amounts: Sequence[int], pace: Sequence[date] = (), group: int | None = None) -> Budget:
    """What a ceiling can bear. `pace` are the days on which the cases of an earlier year were granted: the n-th case of the
    simulation comes a year after the n-th of those. Raises Invalid for amounts that come to nothing."""
    total = sum(amounts)
    if not amounts or total <= 0:
        raise Invalid.because(
            "geen_bedragen", "Er zijn geen bedragen om mee te rekenen.", mend="Geef een gemiddelde groter dan nul."
        )
    average = rounded(total, len(amounts))
    used = [*accumulate(amounts)]
    fits = sum(1 for sofar in used if sofar <= ceiling)
    if total <= ceiling:
        fits += (ceiling - total) * len(amounts) // total
    return Budget(
        ceiling=ceiling,
        cases=len(amounts),
        total=total,
        average=average,
        fits=fits,
        left=ceiling - total,
        reached=tuple(_reached(share, ceiling, used, sorted(pace)) for share in SHARES),
        group_share=None if group is None else rounded(100 * group, ceiling) if ceiling else None,
        groups=None if not group else ceiling // group,
    )


def _reached(share: int, ceiling: int, used: Sequence[int], pace: Sequence[date]) -> Reached:
    wanted = ceiling * share
    case = next((number for number, sofar in enumerate(used, 1) if 100 * sofar >= wanted), None)
    if case is None:
        lacking = wanted - 100 * used[-1]
        case = len(used) + -(-lacking * len(used) // (100 * used[-1]))
    on = add(pace[case - 1], Length(1, "year")) if case <= len(pace) else None
    return Reached(share, case, on)


def rounded(value: int, by: int) -> int:
    """The nearest whole number, a half upwards."""
    return (2 * value + by) // (2 * by)
