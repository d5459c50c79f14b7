"""The envelope of a book on a day: made at first use, locked before anybody decides from its room. What a case gives back goes
to the envelope it came from, also when the period has ended since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk.books.queries import COLUMNS, Envelope
from maatwerk.db import new_id
from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance
from maatwerk.rules.periods import period_of
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx, tenant_settings

MADE = """
    INSERT INTO book_envelope (tenant_id, id, scheme_code, book, period, title, unit, ceiling)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, scheme_code, book, period) DO NOTHING
"""
LOCKED = f"""
    SELECT {COLUMNS} FROM book_envelope
    WHERE tenant_id = $1 AND scheme_code = $2 AND book = $3 AND period = $4 FOR UPDATE
"""  # noqa: S608
BOOKED = """
    SELECT DISTINCT ON (v.book) v.book, v.period FROM book_entry e
    JOIN book_envelope v ON v.tenant_id = e.tenant_id AND v.id = e.envelope_id
    WHERE e.tenant_id = $1 AND e.case_id = $2 AND v.book = ANY($3) AND e.kind IN ('reserveren', 'vastleggen')
    ORDER BY v.book, e.seq DESC, e.position DESC
"""


@dataclass(frozen=True)
class Envelopes:
    """Locked envelopes by book: `of_day` for what is new, `booked` where the case last reserved or committed."""

    of_day: Mapping[str, Envelope] = field(default_factory=dict)
    booked: Mapping[str, Envelope] = field(default_factory=dict)

    def of(self, effect: Effect, held: Balance) -> Envelope:
        """Where an entry belongs; `held` is what the case has on the book before it."""
        goes_on = effect.kind in ("vrijgeven", "betalen") or (effect.kind == "vastleggen" and held.reserved > 0)
        return (goes_on and self.booked.get(effect.book)) or self.of_day[effect.book]


async def lock(tx: Tx, scheme: Scheme, book: str, period: str) -> Envelope:
    """The envelope of a period, locked until the transaction ends."""
    definition = scheme.books[book]
    place = (tx.tenant_id, scheme.code, book, period)
    row = await tx.fetchrow(LOCKED, *place)
    if row is None:
        ceiling = definition.ceiling
        if ceiling is None:
            ceiling = budget_of(await tenant_settings(tx), scheme.code, book, place[3])
        await tx.execute(MADE, place[0], new_id(), *place[1:], definition.title, definition.unit, ceiling)
        row = await tx.fetchrow(LOCKED, *place)
    assert row is not None
    return Envelope(**dict(row))


def budget_of(settings: Mapping[str, Any], scheme: str, book: str, period: str) -> int | None:
    """What tenant.toml gives a book in a period: [[budget]] regeling, boek, periode, plafond."""
    for budget in settings.get("budget", ()):
        if (budget.get("regeling"), budget.get("boek"), budget.get("periode")) == (scheme, book, period):
            ceiling = budget.get("plafond")
            return ceiling if isinstance(ceiling, int) else None
    return None


async def set_ceiling(tx: Tx, envelope: Envelope, ceiling: int) -> None:
    """Gives an envelope another ceiling; one below what is committed already is refused."""
    if ceiling < envelope.reserved + envelope.committed:
        raise Invalid.because(
            "plafond_te_laag",
            "Het plafond ligt onder wat al is vastgelegd en gereserveerd.",
            mend="Kies een hoger bedrag.",
            field="plafond",
        )
    await tx.execute(
        "UPDATE book_envelope SET ceiling = $3, seq = seq + 1 WHERE tenant_id = $1 AND id = $2",
        *(tx.tenant_id, envelope.id, ceiling),
    )


async def lock_all(tx: Tx, scheme: Scheme, books: Sequence[str], day: date, case_id: UUID) -> Envelopes:
    """The envelopes of some books, always locked in the same order, so that two decisions never wait for each other."""
    if not books:
        return Envelopes()
    of_day = {book: period_of(scheme.books[book].period, day, scheme.version) for book in books}
    rows = await tx.fetch(BOOKED, tx.tenant_id, case_id, list(books))
    booked = {row["book"]: row["period"] for row in rows}
    places = sorted({*of_day.items(), *booked.items()})
    locked = {(book, period): await lock(tx, scheme, book, period) for book, period in places}
    return Envelopes(
        {place[0]: locked[place] for place in of_day.items()}, {place[0]: locked[place] for place in booked.items()}
    )
