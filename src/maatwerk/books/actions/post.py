"""Posting entries: one row per effect, and the envelope's totals with it. The caller holds the envelope's lock."""

from collections.abc import Mapping
from uuid import UUID

from maatwerk import clock
from maatwerk.books.actions.envelopes import Envelopes
from maatwerk.db import new_id
from maatwerk.rules.acts import Act, Effect
from maatwerk.rules.books import Balance, pot_of
from maatwerk.rules.estimates import Share
from maatwerk.rules.rooms import Pot
from maatwerk.tenancy import Tx

ENTRY = """
    INSERT INTO book_entry
        (tenant_id, id, envelope_id, case_id, seq, position, kind, amount, over, on_day, recorded_at, pupils)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""
TOTALS = """
    UPDATE book_envelope
    SET reserved = reserved + $3, committed = committed + $4, paid = paid + $5, told = greatest(told, $6),
        pupils = pupils + $7, counted = counted + $8
    WHERE tenant_id = $1 AND id = $2
"""
OWN = """
    SELECT envelope_id, kind, amount, over, pupils FROM book_entry
    WHERE tenant_id = $1 AND case_id = $2 ORDER BY seq, position
"""


async def post(
    tx: Tx, case_id: UUID, act: Act, before: Mapping[Pot, Balance], pupils: int | None, envelopes: Envelopes
) -> None:
    """Posts the booking effects of an act; `before` is what the case held in each pot until then, `pupils` the number that it is
    about with the act."""
    held, shares = dict(before), await _shares(tx, case_id)
    for position, effect in enumerate(act.consequences.effects):
        if not effect.book:
            continue
        pot = pot_of(effect)
        old = held.get(pot, Balance())
        envelope = envelopes.of(effect, old)
        new = held[pot] = old.with_entry(effect)
        share = shares.get(envelope.id, Share())
        after = shares[envelope.id] = share.after(effect, pupils)
        moved = share.moved(after)
        await tx.execute(
            ENTRY,
            *(tx.tenant_id, new_id(), envelope.id, case_id, act.seq, position),
            *(effect.kind, effect.amount, effect.over, act.on, clock.now(), moved),
        )
        sums = (new.reserved - old.reserved, new.committed - old.committed, new.paid - old.paid)
        counts = (moved or 0, after.counted - share.counted)
        await tx.execute(TOTALS, tx.tenant_id, envelope.id, *sums, max(effect.passed, default=0), *counts)


async def _shares(tx: Tx, case_id: UUID) -> dict[UUID, Share]:
    """What the case has in each envelope until now."""
    found: dict[UUID, Share] = {}
    for row in await tx.fetch(OWN, tx.tenant_id, case_id):
        entry = Effect(row["kind"], "", row["amount"], row["over"])
        found[row["envelope_id"]] = found.get(row["envelope_id"], Share()).posted(entry, row["pupils"])
    return found
