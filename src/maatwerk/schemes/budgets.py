"""A budget reckoned for a tenant: the ceiling that holds and the grants of last year come from its books, the rest from who asks."""

from collections.abc import Sequence

from msgspec import UNSET

from maatwerk import clock
from maatwerk.rules.budgeting import Budget, simulate
from maatwerk.rules.estimates import planned
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.schemes.grants import Grant, ceiling_on, grants_of_last_year
from maatwerk.schemes.schemas import BudgetRequest
from maatwerk.tenancy import Tx


async def budget_of(tx: Tx, scheme: Scheme, asked: BudgetRequest) -> Budget:
    """The simulation. Raises Invalid for an unknown book, no ceiling, or amounts given in no way or in two."""
    if asked.book not in scheme.books:
        mend = f"Kies uit: {', '.join(scheme.books) or 'geen'}."
        raise Invalid.because("boek_onbekend", "Deze regeling kent dat boek niet.", mend=mend, field="boek")
    day = clock.today() if asked.on is UNSET else asked.on
    grants = await grants_of_last_year(tx, scheme, asked.book, day)
    ceiling = await ceiling_on(tx, scheme, asked.book, day) if asked.ceiling is UNSET else asked.ceiling
    if ceiling is None:
        raise Invalid.because(
            "geen_plafond", "Voor dit boek is geen plafond bekend.", mend="Geef een plafond.", field="plafond"
        )
    group = None if asked.group_maximum is UNSET else asked.group_maximum
    expected = planned(scheme.books[asked.book])
    return simulate(ceiling, amounts_of(asked, grants, expected), [grant.on for grant in grants], group)


def amounts_of(asked: BudgetRequest, grants: Sequence[Grant], expected: list[int]) -> list[int]:
    """The amounts in the one way that was chosen; who chooses none reckons with the estimate of the book, when it has one."""
    ways = (asked.count is not UNSET or asked.average is not UNSET, asked.amounts is not UNSET, asked.last_year)
    if not any(ways) and expected:
        return expected
    if sum(ways) != 1:
        mend = "Geef aantal en gemiddelde, of bedragen, of vorigJaar."
        raise Invalid.because("bedragen", "Het moet op precies één manier.", mend=mend, field="bedragen")
    if asked.last_year:
        return [grant.amount for grant in grants]
    if asked.amounts is not UNSET:
        return asked.amounts
    if asked.count is UNSET or asked.average is UNSET:
        raise Invalid.because(
            "bedragen", "Aantal en gemiddelde horen bij elkaar.", mend="Geef ze allebei.", field="aantal"
        )
    return [asked.average] * asked.count
