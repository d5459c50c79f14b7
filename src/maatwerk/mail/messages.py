"""Facts about mails for others. They name the mail, never whom it was for."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class MailQueued:
    """A mail waits to be sent."""

    handlers: ClassVar[tuple[str, ...]] = ("mail.send",)
    mail_id: UUID


@dataclass(frozen=True)
class MailBounced:
    """A mail will not arrive: refused for good, sent back, or not taken in eight attempts."""

    handlers: ClassVar[tuple[str, ...]] = ("tasks.address_bounced",)
    mail_id: UUID
