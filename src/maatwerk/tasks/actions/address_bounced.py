"""A mail that does not arrive becomes a task: handler `tasks.address_bounced`. The task does not say the address; the delivery
log of the case does, masked, with the member whose it is."""

from typing import Any
from uuid import UUID

from maatwerk import outbox
from maatwerk.mail.messages import MailBounced
from maatwerk.mail.queries import delivery
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

KIND = "mailadres"
TITLE = "Controleer het mailadres: een bericht kon niet worden bezorgd"
OPEN = """
    SELECT EXISTS (SELECT FROM task WHERE tenant_id = $1 AND case_id IS NOT DISTINCT FROM $2 AND kind = $3
        AND done_at IS NULL AND starts_with(source_key, $4))
"""


async def address_bounced(tx: Tx, payload: dict[str, Any]) -> None:
    """Inner handler: one open task per case and recipient, however many mails to him come back."""
    mail_id = outbox.read(MailBounced, payload).mail_id
    found = await delivery(tx, mail_id)
    if found is None:
        return
    source = _source(found.recipient_membership or mail_id)
    if await tx.fetchval(OPEN, tx.tenant_id, found.case_id, KIND, source):
        return
    await create(tx, case_id=found.case_id, title=TITLE, role=ONDERSTEUNER, kind=KIND, source_key=f"{source}{mail_id}")


def _source(about: UUID) -> str:
    return f"{KIND}:{about}:"
