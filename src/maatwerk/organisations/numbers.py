"""Numbers of public registers: what says that an organisation of one tenant is the same as one of another. A name never does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from maatwerk.rules.refusals import Invalid

NumberKind = Literal["brin", "oin", "kvk"]
BRIN = "[0-9]{2}[A-Z]{2}([0-9]{2})?"
PATTERNS: Mapping[NumberKind, str] = {"brin": BRIN, "oin": "[0-9]{20}", "kvk": "[0-9]{8}"}


@dataclass(frozen=True)
class Number:
    """A number in a register; a BRIN of six characters is one place of a school, one of four the school as a whole."""

    kind: NumberKind
    value: str


def differ(one: Number | None, other: Number | None) -> bool:
    """Whether two numbers certainly are of two organisations. A school and a place of it may be either; so may two registers."""
    if one is None or other is None or one.kind != other.kind:
        return False
    return not (one.value.startswith(other.value) or other.value.startswith(one.value))


def number_in(entry: Mapping[str, Any]) -> Number | None:
    """The number of an organisation in a tenant's file. Raises Invalid for more than one, or one of a wrong shape."""
    given = [(kind, str(entry[kind])) for kind in PATTERNS if entry.get(kind)]
    if not given:
        return None
    (kind, value), *more = given
    if more or not re.fullmatch(PATTERNS[kind], value):
        raise Invalid.because(
            "nummer",
            "Een organisatie heeft één nummer: een BRIN (99AB of 99AB01), een OIN (20 cijfers) of een KvK-nummer (8 cijfers).",
            mend="Noem er één, in die vorm.",
            field="organisatie",
        )
    return Number(kind, value)
