"""The mails to guests, in plain Dutch: a link, and apart from it a code. What a scheme itself has to tell a family goes the same way,
each time with a link of its own."""

from collections.abc import Callable
from uuid import UUID

from maatwerk import mail
from maatwerk.cases.case import Case
from maatwerk.db import new_id
from maatwerk.guests.links import VALID, address_of_link, keep_link
from maatwerk.guests.queries import GuestOfCase
from maatwerk.organisations.queries import organisation
from maatwerk.people.secrets import new_secret
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, tenant_settings

LINK_SUBJECT = "Uw persoonlijke link"
LINK = """Beste heer of mevrouw,

{sender} wil u iets laten zien of vragen. Het gaat over: {scheme}. U doet mee als {role}.

Open deze link:
{link}

- U krijgt dan een tweede mail, met een code van zes cijfers.
- Vul die code in. Daarna kunt u lezen en invullen.
- U hebt geen account en geen wachtwoord nodig.

De link werkt één keer, en {days} dagen lang. Is dat voorbij? Open de link dan toch: u kunt daar een nieuwe vragen.

Stuur deze mail niet door. De link is alleen voor u.

Vraagt de pagina om de code van de link? Dat is deze:
{token}

Kent u {sender} niet, of verwacht u dit niet? Doe dan niets, of bel of mail:
{contact}"""
CODE_SUBJECT = "Uw code"
CODE = """Beste heer of mevrouw,

U opende de link die u van ons kreeg. Dit is uw code:

{code}

Vul de code in op de pagina waar u bent. De code werkt {minutes} minuten.

Hebt u niets geopend? Doe dan niets, en geef de code aan niemand."""


async def mail_link(tx: Tx, case: Case, guest: GuestOfCase) -> None:
    """Mails a new link in words that are the same for everybody."""
    sender = await organisation(tx, case.organisation_id)
    contact = (await _tenant(tx))[0]

    def text(link: str, token: str) -> str:
        return LINK.format(
            sender=sender.name if sender else "De school",
            scheme=case.scheme.title,
            role=case.scheme.roles[guest.role].title.lower(),
            link=link,
            token=token,
            days=VALID.days,
            contact="\n".join(f"- {line}" for line in contact if line),
        )

    await mail_with_link(tx, case, guest, LINK_SUBJECT, text, kind="gast.link", key="")


async def mail_with_link(
    tx: Tx, case: Case, guest: GuestOfCase, subject: str, text: Callable[[str, str], str], *, kind: str, key: str
) -> None:
    """Mails a guest what `text` says of a new link and its secret; the link counts once the mail was queued. Without a `key` every
    call is a mail of its own."""
    if not guest.welcome:
        return
    secret = new_secret()
    link = address_of_link(in_force().public_url, secret)
    if await _queue(tx, case.id, guest, subject, text(link, secret), kind, key or f"gast/{guest.id}/{new_id()}"):
        await keep_link(tx, guest.id, secret)


async def mail_code(tx: Tx, case_id: UUID, guest: GuestOfCase, code: str, minutes: int, key: str) -> None:
    await _queue(tx, case_id, guest, CODE_SUBJECT, CODE.format(code=code, minutes=minutes), "gast.code", key)


async def _queue(tx: Tx, case_id: UUID, guest: GuestOfCase, subject: str, text: str, kind: str, key: str) -> bool:
    assert guest.contact is not None
    (_, reply_to, sender) = await _tenant(tx)
    made = await mail.queue(
        tx,
        case_id=case_id,
        membership_id=None,
        address=guest.contact.address,
        name=guest.contact.address,
        subject=subject,
        text=text,
        kind=kind,
        reply_to=reply_to,
        sender_name=sender,
        dedupe_key=key,
    )
    return made is not None


async def _tenant(tx: Tx) -> tuple[list[str], str, str]:
    """(the lines by which the partnership is reached, where answers go, in whose name it mails)."""
    settings = await tenant_settings(tx)
    person = settings.get("ondersteuner", {})
    name = str(settings.get("afzendernaam") or person.get("naam", ""))
    lines = [str(person.get(key, "")) for key in ("naam", "telefoon", "mail")]
    return lines, str(person.get("mail", "")), name
