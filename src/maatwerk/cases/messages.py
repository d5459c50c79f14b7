"""What cases tell others, and which handlers hear it. Ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PackWanted:
    """Texts and attachments of a case must be redacted, for the first time or anew."""

    handlers: ClassVar[tuple[str, ...]] = ("anonymisation.make_pack",)
    case_id: UUID


@dataclass(frozen=True)
class LetterWanted:
    """Effect `position` of act `seq` is a letter that must be made and sent."""

    handlers: ClassVar[tuple[str, ...]] = ("decisions.send_letter",)
    case_id: UUID
    seq: int
    position: int
