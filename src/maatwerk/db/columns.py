"""Columns that Piccolo has not got. `Jsonb` holds Python objects: Piccolo's own JSONB would encode them twice here."""

from typing import Any

from piccolo.columns import Column


class Jsonb(Column):
    """A jsonb column of which values are dicts, lists, strings, numbers, booleans or None."""

    value_type = dict

    def __init__(self, default: dict[str, Any] | list[Any] | None = None, **options: Any) -> None:
        self._validate_default(default, (dict, list, None))
        self.default = default
        super().__init__(default=default, **options)

    @property
    def column_type(self) -> str:
        return "JSONB"
