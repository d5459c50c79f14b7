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


@dataclass(frozen=True)
class Linked:
    """A person said that this case and others are of one pupil: who had a part in one has it in all."""

    handlers: ClassVar[tuple[str, ...]] = ("reviews.ask_for_substitutes",)
    case_id: UUID
