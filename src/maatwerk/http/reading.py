"""Reads request bodies. JSON is decoded strictly into the handler's struct (Litestar would turn "5" into 5), and when that
fails every fault is reported at once."""

from collections.abc import AsyncGenerator
from typing import Any

import msgspec
from litestar import Request

from maatwerk.http.faults import faults
from maatwerk.http.problems import Unreadable
from maatwerk.rules.refusals import Invalid, Reason, Refused

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


class StrictRequest(Request[Any, Any, Any]):
    """The request class of every handler."""

    async def body(self) -> bytes:
        """The whole body, read once; the route's limit holds while reading."""
        state = self._connection_state
        if not isinstance(state.body, bytes):
            state.body = b"".join([chunk async for chunk in Request.stream(self)])
        self._body = state.body
        return state.body

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body for Litestar's form parser; kept, because an Idempotency-Key is about the whole request."""
        yield await self.body()

    async def json(self) -> Any:
        """The body as the handler's `data` type. Raises Unreadable (415) or Invalid (400) with all faults."""
        if self.content_type[0].lower() != "application/json":
            raise Unreadable((Reason("inhoudssoort", "Stuur de inhoud als application/json."),))
        field = self.route_handler.parsed_data_field
        # Without what Litestar notes beside the kind: hashing that, to find the decoder, cost a tenth of a whole request.
        return decode(await self.body(), field.annotation if field else Any)


def decode(body: bytes, kind: Any) -> Any:
    """`body` as a `kind`; raises Invalid with every fault, and for a NUL anywhere, which PostgreSQL can't keep."""
    try:
        value = _decoder(kind).decode(body)
    except msgspec.ValidationError as error:
        found = tuple(faults(kind, _plain(body)))
        raise Invalid(found or (Reason("ongeldig", "De inhoud is niet geldig."),)) from error
    except NOT_JSON as error:
        raise _unreadable() from error
    if b"\\u0000" in body:
        _refuse_nul(_plain(body))
    return value


def _plain(body: bytes) -> Any:
    """The body as dicts and lists; a number without end and a bracket without end are found here, not before."""
    try:
        return msgspec.json.decode(body)
    except NOT_JSON as error:
        raise _unreadable() from error


def _unreadable() -> Refused:
    return Invalid.because("onleesbaar", "De inhoud is geen geldige JSON in UTF-8.")


def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


def _refuse_nul(value: Any) -> None:
    if isinstance(value, str) and "\0" in value:
        raise Invalid.because("teken", "De inhoud bevat een teken dat niet bewaard kan worden (NUL).")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in (*parts, *(value if isinstance(value, dict) else ())):
        _refuse_nul(part)
