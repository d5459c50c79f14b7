"""Mailing an invitation: an inner handler, so that the mail is queued and the token forgotten in one transaction. The words
are the same for everybody, because they may not tell who has an account already."""

from typing import Any

from maatwerk import mail, outbox
from maatwerk.people.invitation_mail import invitation_mail, note_mailed
from maatwerk.people.messages import PersonInvited
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, tenant_settings

SUBJECT = "Uitnodiging voor {tenant}"
TEXT = """Beste {name},

U bent uitgenodigd om mee te werken in {tenant}.

Aanvaard de uitnodiging binnen zeven dagen:
{link}

Vraagt de dienst om de code van de uitnodiging, dan is het deze:
{token}

- Hebt u nog geen account, dan kiest u een wachtwoord en stelt u een app voor codes in.
- Hebt u al een account, dan logt u eerst in en aanvaardt u de uitnodiging daar.

Verwacht u deze uitnodiging niet, dan hoeft u niets te doen."""


async def mail_invitation(tx: Tx, payload: dict[str, Any]) -> None:
    """Queues the mail, unless the invitation was mailed, accepted or withdrawn already."""
    invitation_id = outbox.read(PersonInvited, payload).invitation_id
    found = await invitation_mail(tx, invitation_id)
    if found is None:
        return
    settings = await tenant_settings(tx)
    link = found.link(in_force().public_url)
    await mail.queue(
        tx,
        case_id=None,
        membership_id=None,
        address=found.address,
        name=found.name,
        subject=SUBJECT.format(tenant=found.tenant),
        text=TEXT.format(name=found.name, tenant=found.tenant, link=link, token=found.token),
        kind="people.invitation",
        reply_to=settings.get("ondersteuner", {}).get("mail", ""),
        sender_name=settings.get("afzendernaam", found.tenant),
        dedupe_key=f"invitation/{invitation_id}",
    )
    await note_mailed(tx, invitation_id)
