"""Facts about files for others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class FileQuarantined:
    """A file was kept apart because the virus scanner gave no verdict yet."""

    handlers: ClassVar[tuple[str, ...]] = ("files.scan",)
    file_id: UUID


@dataclass(frozen=True)
class FileJudged:
    """The virus scanner gave its verdict on a file of this case after all: it is there now, or wiped."""

    handlers: ClassVar[tuple[str, ...]] = ("anonymisation.make_pack",)
    case_id: UUID
