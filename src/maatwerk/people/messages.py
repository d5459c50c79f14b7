"""What happened to people, for others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PersonInvited:
    """An invitation waits to be mailed; its token stands sealed in the row until then."""

    handlers: ClassVar[tuple[str, ...]] = ("people.mail_invitation",)

    invitation_id: UUID
