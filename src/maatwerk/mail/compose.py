"""A mail as a message: the sender is the platform's own domain, answers go to the tenant. The same mail has the same Message-ID at every try."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from maatwerk.mail.addresses import address, one_line
from maatwerk.mail.html import as_html

VIA = "maatwerk"
MAILBOX = "no-reply"


@dataclass(frozen=True)
class Mail:
    """One mail to one person. `text` is plain Dutch: an empty line parts paragraphs, lines that start with "- " are a list.

    In the HTML only addresses under `public_url` become links: a text filled in by a stranger can't make one.
    """

    id: UUID
    to: str = field(repr=False)
    to_name: str = field(repr=False)
    sender_name: str = field(repr=False)
    reply_to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    public_url: str


def compose(mail: Mail, *, sender_domain: str, at: datetime) -> EmailMessage:
    """The message, equal for equal arguments; `at` is aware. Raises Refused for an address or a header that can't be."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(
        f"{one_line(mail.sender_name, 'afzender')} via {VIA}", f"{MAILBOX}@{sender_domain}", "afzender"
    )
    message["To"] = _mailbox(one_line(mail.to_name, "ontvanger"), mail.to, "ontvanger")
    if mail.reply_to:
        message["Reply-To"] = _mailbox(one_line(mail.sender_name, "afzender"), mail.reply_to, "antwoordadres")
    message["Subject"] = one_line(mail.subject, "onderwerp")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id(mail.id, sender_domain)}>"
    message["Auto-Submitted"] = "auto-generated"
    text, subject = _readable(mail.text), str(message["Subject"])
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(as_html(subject, text, mail.public_url), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mail.id.hex}")
    message["Content-Language"] = "nl"
    return message


def message_id(mail_id: UUID, sender_domain: str) -> str:
    """The Message-ID of a mail without its brackets."""
    return f"{mail_id}@{sender_domain}"


def _readable(text: str) -> str:
    """The text with plain line ends and without signs that steer instead of saying something."""
    lines = "\n".join(text.splitlines())
    kept = (sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return "".join(kept).strip() + "\n"


def _mailbox(name: str, written: str, field_name: str) -> Address:
    return Address(display_name=name, addr_spec=address(written, field_name))
