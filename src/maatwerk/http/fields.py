"""Kinds of values in requests. Each is bounded, because what is not bounded here becomes a fault of the database later,
and each says so in the OpenAPI document; a test walks every request body. Patterns do without \\w, \\d and \\s, which mean
something else in JSON Schema than in Python."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta


def whole(pattern: str) -> str:
    """A pattern for the whole text. A bare `$` would let a line feed through at its end, in Python and not in JSON Schema."""
    return rf"^{pattern}$(?!\n)"


def meaning(codes: Mapping[Any, str]) -> str:
    """What every code of a closed list means, for the OpenAPI document."""
    return "\n".join(f"* `{code}`: {sentence}" for code, sentence in codes.items())


_INSIDE = r"^\x00-\x1f\x7f-\x9f\u2028\u2029"
_EDGE = rf"{_INSIDE} \xa0"
PRINTABLE = whole(rf"[{_INSIDE}]*")
WRITTEN = whole(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*")

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=whole(rf"[{_EDGE}]([{_INSIDE}]*[{_EDGE}])?"))]
Line = Annotated[str, Meta(max_length=500, pattern=PRINTABLE)]
Text = Annotated[str, Meta(max_length=20_000, pattern=WRITTEN)]
Code = Annotated[str, Meta(min_length=1, max_length=64, pattern=whole(r"[a-z0-9][a-z0-9-]*"))]
Secret = Annotated[str, Meta(min_length=1, max_length=1_000, pattern=PRINTABLE)]
MAIL_ADDRESS = whole(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
MailAddress = Annotated[str, Meta(min_length=6, max_length=254, pattern=MAIL_ADDRESS)]
Telephone = Annotated[str, Meta(min_length=10, max_length=20, pattern=whole(r"\+?[0-9][0-9 -]{8,18}"))]
Cents = Annotated[int, Meta(ge=0, le=100_000_000_00)]
Moment = Annotated[datetime, Meta(tz=True)]
TotpCode = Annotated[str, Meta(min_length=6, max_length=6, pattern=whole(r"[0-9]{6}"))]
