"""What a form sent, as text by name, and what is wrong with it. A field that is missing, doubled, or holds what nobody can
type counts as empty."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.enums import RequestEncodingType
from litestar.params import Body

from maatwerk.http import Version
from maatwerk.http.fields import PRINTABLE
from maatwerk.rules.day_texts import day_of
from maatwerk.rules.refusals import Refused

Sent = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]

LONGEST = 1_000
_AMOUNT = re.compile(r"(?:€ ?)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,([0-9]{2}))?(?:,-)?")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a form, at a field or (empty) with the whole."""

    field: str
    message: str


def faults_of(refusal: Refused, at: str = "") -> list[Fault]:
    """A refusal as faults; `at` is the field of a reason that names none."""
    return [Fault(reason.field or at, f"{reason.message} {reason.mend}".strip()) for reason in refusal.reasons]


def fits(kind: Any, value: str) -> bool:
    """Whether the value is one of this kind of http/fields.py."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def text(sent: Mapping[str, Any], name: str) -> str:
    """The field without spaces around it."""
    return exact(sent, name).strip()


def exact(sent: Mapping[str, Any], name: str) -> str:
    """The field as it was typed: a password may begin or end with a space."""
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > LONGEST or not re.match(PRINTABLE, value):
        return ""
    return value


def day(sent: Mapping[str, Any], name: str) -> date | None:
    """The field as a day, None when it is none."""
    try:
        return day_of(text(sent, name))
    except ValueError:
        return None


def cents_of(typed: str) -> int | None:
    """An amount as people write it, in cents: `1.250,00`. None when it is none."""
    match = _AMOUNT.fullmatch(typed)
    return int(match[1].replace(".", "")) * 100 + int(match[2] or 0) if match else None


def seen_version(sent: Mapping[str, Any]) -> Version:
    """The version that the page showed from which the form was sent; one without it never is the present one."""
    return Version(frozenset({text(sent, "versie")}))
