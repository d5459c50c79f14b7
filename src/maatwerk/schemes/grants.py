"""What a book gave in one period, per case and without the case: the amounts and days that a budget is simulated with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maatwerk.books.actions.envelopes import budget_of
from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance
from maatwerk.rules.periods import period_of
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx, tenant_settings

ENTRIES = """
    SELECT e.case_id, e.kind, e.amount, e.on_day FROM book_entry e
    JOIN book_envelope v ON v.tenant_id = e.tenant_id AND v.id = e.envelope_id
    WHERE e.tenant_id = $1 AND v.scheme_code = $2 AND v.book = $3 AND ($4 = '' OR v.period = $4)
        AND ($4 <> '' OR e.on_day BETWEEN $5 AND $6) ORDER BY e.case_id, e.seq, e.position
"""
CEILING = """
    SELECT part, ceiling FROM book_envelope
    WHERE tenant_id = $1 AND scheme_code = $2 AND book = $3 AND period = $4 AND ceiling IS NOT NULL
"""


@dataclass(frozen=True)
class Grant:
    """What one case was granted in all, and the day of its first grant."""

    on: date
    amount: int


async def grants_of_last_year(tx: Tx, scheme: Scheme, book: str, day: date) -> list[Grant]:
    """The grants of the period before that of a day, in order; cases that gave everything back are not among them. A book that
    lasts as long as a version has no period before it: then of the year up to that day."""
    kind, year_ago = scheme.books[book].period, _a_year_before(day)
    period = "" if kind == "regeling" else period_of(kind, year_ago, scheme.version)
    balances: dict[UUID, Balance] = {}
    first: dict[UUID, date] = {}
    for row in await tx.fetch(ENTRIES, tx.tenant_id, scheme.code, book, period, year_ago, day):
        case_id, entry = row["case_id"], Effect(row["kind"], book, row["amount"])
        balances[case_id] = balances.get(case_id, Balance()).with_entry(entry)
        if entry.kind == "vastleggen":
            first.setdefault(case_id, row["on_day"])
    found = [Grant(on, balances[case_id].committed) for case_id, on in first.items()]
    return sorted((grant for grant in found if grant.amount > 0), key=lambda grant: grant.on)


async def ceiling_on(tx: Tx, scheme: Scheme, book: str, day: date) -> int | None:
    """The ceiling of a book in the period of a day, its parts together: as it was set, else that of the scheme, else as
    tenant.toml gives it."""
    period = period_of(scheme.books[book].period, day, scheme.version)
    rows = await tx.fetch(CEILING, tx.tenant_id, scheme.code, book, period)
    known = scheme.books[book].parts | {row["part"]: int(row["ceiling"]) for row in rows}
    if known:
        return sum(known.values())
    ceiling = scheme.books[book].ceiling
    return budget_of(await tenant_settings(tx), scheme.code, book, period) if ceiling is None else ceiling


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
