"""What may stand in rows that outlive what they are about: ids, kinds, numbers and moments. Text may not."""

import re
from datetime import date, datetime
from uuid import UUID

import msgspec

KIND = re.compile(r"[A-Za-z0-9_.:/+-]{1,100}")


def is_kind(value: str) -> bool:
    """Whether a text is a code of ours rather than something that a person wrote."""
    return KIND.fullmatch(value) is not None


def plain_fact(name: str, value: object) -> object:
    """The value as JSON holds it. Raises TypeError, naming the field only, for anything that might be personal."""
    if isinstance(value, str) and not is_kind(value):
        raise TypeError(f"{name} is text; only ids, kinds, numbers and moments may stand here")
    if isinstance(value, list | tuple):
        return [plain_fact(name, item) for item in value]
    if value is None or isinstance(value, UUID | int | str | datetime | date):
        return msgspec.to_builtins(value)
    raise TypeError(f"{name} is no id, kind, number or moment")
