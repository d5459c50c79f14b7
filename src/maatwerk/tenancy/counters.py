"""Numbers per tenant, kind and year, without gaps: two filings of one tenant wait for each other, so take it late."""

from maatwerk.tenancy.scope import Tx

NEXT = """
    INSERT INTO tenant_counter (tenant_id, kind, year, last) VALUES ($1, $2, $3, 1)
    ON CONFLICT (tenant_id, kind, year) DO UPDATE SET last = tenant_counter.last + 1
    RETURNING last
"""


async def next_number(tx: Tx, kind: str, year: int) -> str:
    """The next number of `kind` in `year`, as "2024-0042"; past 9999 it grows a digit. A rollback gives it back."""
    last: int = await tx.fetchval(NEXT, tx.tenant_id, kind, year)
    return f"{year}-{last:04d}"
