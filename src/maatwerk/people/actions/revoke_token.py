"""Revoking a token: it is worth nothing from the next request on."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx

REVOKE = """
    UPDATE api_token SET revoked_at = $4
    WHERE tenant_id = $1 AND id = $2 AND membership_id = $3 AND revoked_at IS NULL
"""


async def revoke_token(tx: Tx, caller: Caller, token_id: UUID) -> None:
    """Revokes a token of the caller. Raises NotFound for one that is not his, or revoked already."""
    if not await tx.execute(REVOKE, tx.tenant_id, token_id, caller.membership_id, clock.now()):
        raise NotFound.because("geen_token", "Dit token is er niet.")
    await audit.record(tx, "token.revoked", "api_token", token_id)
