"""Where a tenant's own data key seals, told beside the tables (`SEALED_BY_TENANT` in a tables.py): without that a new key could not take the
place of an older one. What a case's or pack's key seals is no concern here; only those keys themselves are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.crypto.sealing import Context, Key


def _itself(outer: Key, owner: UUID, row: Mapping[str, Any]) -> Key:
    return outer


@dataclass(frozen=True)
class Sealed:
    """Columns of a table that the owner's data key seals.

    `record` are the columns that name a row within its tenant, and with a slash between them the record of its context;
    `of_people`: the key of the identity scope seals; `key_column` repeats the key's id; `derive` makes the sealing key.
    """

    table: str
    columns: tuple[str, ...]
    record: tuple[str, ...] = ("id",)
    of_people: bool = False
    key_column: str = ""
    derive: Callable[[Key, UUID, Mapping[str, Any]], Key] = _itself

    def context(self, owner: UUID, column: str, row: Mapping[str, Any]) -> Context:
        """The place of one value, as whoever sealed it wrote it."""
        return Context(owner, self.table, column, "/".join(str(row[name]) for name in self.record))
