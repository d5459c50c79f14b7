"""The envelope of a book on a day: made at first use, locked before anybody decides from its room."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk.books.queries import COLUMNS, Envelope
from maatwerk.db import new_id
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


async def lock(tx: Tx, scheme: Scheme, book: str, day: date) -> Envelope:
    """The envelope, locked until the transaction ends."""
    definition = scheme.books[book]
    place = (tx.tenant_id, scheme.code, book, period_of(definition.period, day, scheme.version))
    row = await tx.fetchrow(LOCKED, *place)
    if row is None:
        ceiling = definition.ceiling
        if ceiling is None:
            ceiling = _budget(await tenant_settings(tx), scheme.code, book, place[3])
        await tx.execute(MADE, place[0], new_id(), *place[1:], definition.title, definition.unit, ceiling)
        row = await tx.fetchrow(LOCKED, *place)
    assert row is not None
    return Envelope(**dict(row))


def _budget(settings: Mapping[str, Any], scheme: str, book: str, period: str) -> int | None:
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


async def lock_all(tx: Tx, scheme: Scheme, books: list[str], day: date) -> dict[str, Envelope]:
    """Several envelopes, always locked in the same order, so that two decisions never wait for each other."""
    return {book: await lock(tx, scheme, book, day) for book in sorted(books)}


def ids(envelopes: Mapping[str, Envelope]) -> dict[str, UUID]:
    return {book: envelope.id for book, envelope in envelopes.items()}
