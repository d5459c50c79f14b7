"""Pages of a list. A cursor is the place of the last row, signed for this tenant, this list and these filters: one that
was changed, or came from elsewhere, is a 400. It may hold ids and moments only, because it stands in a URL."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.params import QueryParameter

from maatwerk.crypto import tenant_key
from maatwerk.db import Transaction
from maatwerk.http.fields import whole
from maatwerk.rules.refusals import Invalid, Reason

SIZE = 25
LARGEST = 100
CURSOR = "De cursor die in `volgende` van de vorige pagina staat."
MAC = 16
T = TypeVar("T")
R = TypeVar("R")


class Page(msgspec.Struct, Generic[T]):
    """One page; `volgende` is the URL of the next one and is absent on the last."""

    resultaten: list[T]
    volgende: str | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True)
class PageRequest:
    """What the caller asked: how many rows, and from where."""

    size: int
    cursor: str
    path: str
    filters: Mapping[str, str]

    @property
    def limit(self) -> int:
        """How many rows to read: one more than the page, to know whether there is a next."""
        return self.size + 1

    async def after(self, tx: Transaction) -> tuple[str, ...] | None:
        """The place after which to read, None for the first page. Raises Invalid for a cursor that is not ours."""
        if not self.cursor:
            return None
        try:
            raw = base64.urlsafe_b64decode(self.cursor.encode("ascii") + b"=" * (-len(self.cursor) % 4))
        except (binascii.Error, UnicodeEncodeError, ValueError) as error:
            raise _foreign() from error
        place = raw[MAC:]
        if not hmac.compare_digest(raw[:MAC], await self._mac(tx, place)) or self.cursor != _text(raw):
            raise _foreign()
        return tuple(msgspec.json.decode(place, type=list[str]))

    async def after_id(self, tx: Transaction) -> UUID | None:
        """The same for a list that is ordered by id alone."""
        place = await self.after(tx)
        return UUID(place[0]) if place else None

    async def answer(
        self,
        tx: Transaction,
        rows: Sequence[R],
        view: Callable[[R], T],
        place: Callable[[R], tuple[str, ...]],
    ) -> Response[Page[T]]:
        """The page of `rows`, of which at most `limit` were read; `place` is a row's sort key."""
        page: Page[T] = Page([view(row) for row in rows[: self.size]])
        headers = {}
        if len(rows) > self.size:
            last = msgspec.json.encode(place(rows[self.size - 1]))
            cursor = _text(await self._mac(tx, last) + last)
            page.volgende = f"{self.path}?{urlencode({**self.filters, 'cursor': cursor, 'pageSize': self.size})}"
            headers["Link"] = f'<{page.volgende}>; rel="next"'
        return Response(page, headers=headers)

    async def _mac(self, tx: Transaction, place: bytes) -> bytes:
        root = await tenant_key(tx, "index")
        about = msgspec.json.encode(["cursor", self.path, sorted(self.filters.items()), place.decode("latin-1")])
        return hmac.digest(root.secret, about, hashlib.sha256)[:MAC]


async def provide_page(
    request: Request[Any, Any, Any],
    cursor: Annotated[
        str,
        QueryParameter(name="cursor", max_length=600, pattern=whole("[A-Za-z0-9_-]*"), description=CURSOR),
    ] = "",
    page_size: Annotated[
        int, QueryParameter(name="pageSize", ge=1, le=LARGEST, description="Het aantal resultaten op een pagina.")
    ] = SIZE,
) -> PageRequest:
    """The dependency `page` of a handler that answers with a Page."""
    sent = dict(request.query_params.items())
    filters = {name: value for name, value in sent.items() if name not in ("cursor", "pageSize")}
    return PageRequest(page_size, cursor, request.scope["path"], filters)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _foreign() -> Invalid:
    return Invalid((Reason("cursor", "Deze cursor is hier niet geldig.", field="cursor"),))
