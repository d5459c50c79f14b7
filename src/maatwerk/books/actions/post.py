"""Posting entries: one row per effect, and the envelope's totals with it. The caller holds the envelope's lock."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from maatwerk import clock
from maatwerk.books.actions.envelopes import Envelopes
from maatwerk.db import new_id
from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance, pot_of
from maatwerk.rules.rooms import Pot
from maatwerk.tenancy import Tx

ENTRY = """
    INSERT INTO book_entry
        (tenant_id, id, envelope_id, case_id, seq, position, kind, amount, over, on_day, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
TOTALS = """
    UPDATE book_envelope
    SET reserved = reserved + $3, committed = committed + $4, paid = paid + $5, told = greatest(told, $6)
    WHERE tenant_id = $1 AND id = $2
"""


async def post(
    tx: Tx,
    case_id: UUID,
    seq: int,
    day: date,
    effects: Sequence[Effect],
    before: Mapping[Pot, Balance],
    envelopes: Envelopes,
) -> None:
    """Posts the booking effects of act `seq`; `before` is what the case held in each pot until then."""
    held = dict(before)
    for position, effect in enumerate(effects):
        if not effect.book:
            continue
        pot = pot_of(effect)
        old = held.get(pot, Balance())
        envelope = envelopes.of(effect, old)
        new = held[pot] = old.with_entry(effect)
        await tx.execute(
            ENTRY,
            *(tx.tenant_id, new_id(), envelope.id, case_id, seq, position),
            *(effect.kind, effect.amount, effect.over, day, clock.now()),
        )
        moved = (new.reserved - old.reserved, new.committed - old.committed, new.paid - old.paid)
        await tx.execute(TOTALS, tx.tenant_id, envelope.id, *moved, max(effect.passed, default=0))
