"""Whose task it is: of the member when it names one, else of the seat, else of the role. The list asks the same of the
database, in queries.py."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.rules.permissions import COORDINATOR


class Addressed(Protocol):
    """What a task says of whom it is for."""

    @property
    def membership_id(self) -> UUID | None: ...
    @property
    def seat(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def owner_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class Holder:
    """A member as tasks know him."""

    membership_id: UUID | None
    roles: frozenset[str]
    seats: frozenset[str] = frozenset()
    owners: frozenset[UUID] = frozenset()

    def has(self, task: Addressed) -> bool:
        """Whether the task is this member's to do: what he was given in a role only as long as he has it. A coordinator has only
        tasks of his own organisation."""
        if task.membership_id is not None:
            return task.membership_id == self.membership_id and (task.role is None or task.role in self.roles)
        if task.seat is not None:
            return task.seat in self.seats
        if task.role not in self.roles:
            return False
        if task.owner_id is None:
            return task.role != COORDINATOR
        return task.owner_id in self.owners


def holder_of(caller: Caller) -> Holder:
    """The caller as tasks know him."""
    return Holder(caller.membership_id, caller.works_as, caller.seats, frozenset(caller.owners))
