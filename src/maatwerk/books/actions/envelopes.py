"""The envelope of a book, or of a part of it, on a day: made at first use, locked before anybody decides from its room. What a
case gives back goes to the envelope it came from, also when the period has ended since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk.books.queries import COLUMNS, Envelope
from maatwerk.db import new_id
from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance, pot_of
from maatwerk.rules.estimates import estimate_of
from maatwerk.rules.parts import is_known
from maatwerk.rules.periods import period_of
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import BookDef, Scheme
from maatwerk.tenancy import Tx, tenant_settings

MADE = """
    INSERT INTO book_envelope
        (tenant_id, id, scheme_code, book, period, part, title, unit, ceiling, estimated_pupils, estimated_average)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (tenant_id, scheme_code, book, period, part) DO NOTHING
"""
LOCKED = f"""
    SELECT {COLUMNS} FROM book_envelope
    WHERE tenant_id = $1 AND scheme_code = $2 AND book = $3 AND period = $4 AND part = $5 FOR UPDATE
"""  # noqa: S608
ESTIMATED = "UPDATE book_envelope SET estimated_pupils = $3, estimated_average = $4 WHERE tenant_id = $1 AND id = $2"
BOOKED = """
    SELECT DISTINCT ON (v.book, v.part) v.book, v.part, v.period FROM book_entry e
    JOIN book_envelope v ON v.tenant_id = e.tenant_id AND v.id = e.envelope_id
    WHERE e.tenant_id = $1 AND e.case_id = $2 AND v.book = ANY($3) AND e.kind IN ('reserveren', 'vastleggen')
    ORDER BY v.book, v.part, e.seq DESC, e.position DESC
"""


@dataclass(frozen=True)
class Envelopes:
    """Locked envelopes by pot: `of_day` for what is new, `booked` where the case last reserved or committed."""

    of_day: Mapping[Pot, Envelope] = field(default_factory=dict)
    booked: Mapping[Pot, Envelope] = field(default_factory=dict)

    def of(self, effect: Effect, held: Balance) -> Envelope:
        """Where an entry belongs; `held` is what the case has in its pot before it."""
        pot = pot_of(effect)
        goes_on = held.reserved > 0 if effect.kind == "vastleggen" else effect.kind != "reserveren" or effect.amount < 0
        return (goes_on and self.booked.get(pot)) or self.of_day[pot]

    def rooms(self, held: Mapping[Pot, Balance]) -> dict[Pot, Room]:
        """The room where the case's next commitment in each pot would lie."""
        found = {}
        for pot in {**self.of_day, **self.booked}:
            own = held.get(pot, Balance())
            chosen = self.booked.get(pot) if own.reserved > 0 or pot not in self.of_day else self.of_day[pot]
            envelope = chosen or self.of_day[pot]
            found[pot] = Room(
                envelope.ceiling, envelope.reserved, envelope.committed, own.reserved, own.committed, envelope.told
            )
        return found


async def lock(tx: Tx, scheme: Scheme, pot: Pot, period: str) -> Envelope | None:
    """The envelope of a period, locked until the transaction ends; None for a part that nobody gave a budget. An estimate stays as it
    was made beforehand; an envelope that has none yet takes that of a later version."""
    book = scheme.books[pot.book]
    estimate = estimate_of(book, pot.part)
    expected = (estimate.pupils, estimate.average) if estimate else (None, None)
    key = (scheme.code, pot.book, period, pot.part)
    row = await tx.fetchrow(LOCKED, tx.tenant_id, *key)
    if row is None:
        budget = budget_of(await tenant_settings(tx), *key)
        if budget is None and not is_known(book, pot, {}):
            return None
        made = (*key, book.title, book.unit, _ceiling(book, pot, budget), *expected)
        await tx.execute(MADE, tx.tenant_id, new_id(), *made)
        row = await tx.fetchrow(LOCKED, tx.tenant_id, *key)
    assert row is not None
    found = Envelope(**dict(row))
    if estimate is not None and found.estimated_pupils is None:
        await tx.execute(ESTIMATED, tx.tenant_id, found.id, *expected)
    return found


def _ceiling(book: BookDef, pot: Pot, budget: int | None) -> int | None:
    """What the scheme gives this very pot, else the partnership's budget of the period, else what holds for every part."""
    own = book.parts.get(pot.part) if book.is_divided else book.ceiling
    return own if own is not None else book.ceiling if budget is None else budget


def budget_of(settings: Mapping[str, Any], scheme: str, book: str, period: str, part: str = "") -> int | None:
    """What tenant.toml gives a book in a period: [[budget]] regeling, boek, periode, deel, plafond."""
    for budget in settings.get("budget", ()):
        wanted = (budget.get("regeling"), budget.get("boek"), budget.get("periode"), budget.get("deel", ""))
        if wanted == (scheme, book, period, part):
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


async def lock_all(
    tx: Tx, scheme: Scheme, pots: Collection[Pot], books: Collection[str], day: date, case_id: UUID
) -> Envelopes:
    """The envelopes of some pots, and those where the case has something on these books, always locked in the same order, so
    that two decisions never wait for each other."""
    if not books:
        return Envelopes()
    of_day = {pot: period_of(scheme.books[pot.book].period, day, scheme.version) for pot in pots}
    rows = await tx.fetch(BOOKED, tx.tenant_id, case_id, list(books))
    booked = {Pot(row["book"], row["part"]): row["period"] for row in rows}
    wanted = sorted({*of_day.items(), *booked.items()}, key=lambda each: (each[0].book, each[1], each[0].part))
    locked = {(pot, period): await lock(tx, scheme, pot, period) for pot, period in wanted}
    return Envelopes(_there(of_day, locked), _there(booked, locked))


def _there(periods: Mapping[Pot, str], locked: Mapping[tuple[Pot, str], Envelope | None]) -> dict[Pot, Envelope]:
    return {pot: envelope for pot, period in periods.items() if (envelope := locked[pot, period]) is not None}
