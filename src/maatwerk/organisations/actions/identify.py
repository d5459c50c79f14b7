"""What a number stands for in all tenants together: looked up or made, nobody's, and never told to a tenant. It keeps nothing but
the number, so there is nothing to learn from it about who else has it."""

from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.organisations.numbers import Number
from maatwerk.people import identity_scope

INSERT = """
    INSERT INTO organisation (id, number_kind, number, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (number_kind, number) DO NOTHING
"""
SELECT = "SELECT id FROM organisation WHERE number_kind = $1 AND number = $2"


async def same_for_all(number: Number | None) -> UUID | None:
    """The id of what has this number; None without a number. Opens its own scope."""
    if number is None:
        return None
    async with identity_scope() as tx:
        await tx.execute(INSERT, new_id(), number.kind, number.value, clock.now())
        found: UUID = await tx.fetchval(SELECT, number.kind, number.value)
        return found
