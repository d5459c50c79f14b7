"""What schemes ask of workers. Ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class DryRunWanted:
    """A dry run waits to be begun, or goes on: each message does a part of it."""

    handlers: ClassVar[tuple[str, ...]] = ("schemes.dry_run",)
    dry_run_id: UUID
