"""The seats of a member, replaced as a whole."""

from collections.abc import Iterable
from uuid import UUID

from maatwerk.tenancy import Tx


async def seat_member(tx: Tx, membership_id: UUID, seats: Iterable[tuple[str, bool]]) -> None:
    """Gives a member these seats, each with whether he is the substitute there, and no others."""
    await tx.execute(
        "DELETE FROM membership_seat WHERE tenant_id = $1 AND membership_id = $2", tx.tenant_id, membership_id
    )
    rows = [(tx.tenant_id, membership_id, code, substitute) for code, substitute in seats]
    await tx.executemany(
        "INSERT INTO membership_seat (tenant_id, membership_id, seat, substitute) VALUES ($1, $2, $3, $4)", list(rows)
    )
