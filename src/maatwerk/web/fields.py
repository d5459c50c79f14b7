"""What a form sent, as text by name. A field that is missing, doubled, or holds what nobody can type counts as empty."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from litestar.enums import RequestEncodingType
from litestar.params import Body

from maatwerk.http.fields import PRINTABLE

Sent = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]

LONGEST = 1_000


def text(sent: Mapping[str, Any], name: str) -> str:
    """The field without spaces around it."""
    return exact(sent, name).strip()


def exact(sent: Mapping[str, Any], name: str) -> str:
    """The field as it was typed: a password may begin or end with a space."""
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > LONGEST or not re.match(PRINTABLE, value):
        return ""
    return value
