"""Facts about files for others."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class FileQuarantined:
    """A file was kept apart because the virus scanner gave no verdict yet."""

    handlers: ClassVar[tuple[str, ...]] = ("files.scan",)
    file_id: UUID
