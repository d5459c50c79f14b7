"""What the mail of an invitation needs, for the handler that sends it. The token is opened here, at the last moment, and
is gone from the database once the mail left."""

from dataclasses import dataclass, field
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto import opening_key, unseal
from maatwerk.people.actions.invite import place
from maatwerk.tenancy import Tx

READ = """
    SELECT i.email, i.name, i.sealed_token, i.expires_at, t.name AS tenant
    FROM invitation i JOIN tenant t ON t.id = i.tenant_id
    WHERE i.tenant_id = $1 AND i.id = $2 AND i.sealed_token IS NOT NULL AND i.accepted_at IS NULL
      AND i.withdrawn_at IS NULL AND i.expires_at > $3
"""


@dataclass(frozen=True)
class InvitationMail:
    """To whom, from which partnership, and the token that the link carries behind its #."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    tenant: str
    token: str = field(repr=False)

    def link(self, public_url: str) -> str:
        """The page where the invitation is accepted; what stands behind # never reaches a server or its log."""
        return f"{public_url}/uitnodiging#{self.token}"


async def invitation_mail(tx: Tx, invitation_id: UUID) -> InvitationMail | None:
    """The mail to send, or None when the invitation was mailed, accepted or withdrawn already, or has expired."""
    row = await tx.fetchrow(READ, tx.tenant_id, invitation_id, clock.now())
    if row is None:
        return None
    sealed = row["sealed_token"]
    token = unseal(await opening_key(tx, sealed), place(tx, invitation_id, "sealed_token"), sealed).decode()
    return InvitationMail(row["email"], row["name"], row["tenant"], token)


async def note_mailed(tx: Tx, invitation_id: UUID) -> None:
    """Forgets the token; only its digest stays."""
    await tx.execute(
        "UPDATE invitation SET sealed_token = NULL WHERE tenant_id = $1 AND id = $2", tx.tenant_id, invitation_id
    )
