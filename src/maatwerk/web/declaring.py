"""How a screen declares a page: a permission that can't be left out, HTML, and no place in the API's description. What a
form sends is at most a few fields."""

from collections.abc import Callable
from typing import Any

import litestar
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler

Handler = Callable[[Callable[..., Any]], HTTPRouteHandler]

LARGEST_FORM = 20_000


def page(path: str | list[str], *, permission: str, media_type: str = MediaType.HTML) -> Handler:
    """A handler that shows something and changes nothing."""
    return litestar.get(path, media_type=media_type, include_in_schema=False, opt={"permission": permission})


def form(path: str, *, permission: str, largest: int = LARGEST_FORM, unreferred: bool = False) -> Handler:
    """A handler of a form that was sent; guard and cookie see to it that one of our own pages sent it. `unreferred`: its page gives
    no referrer, and what it sends is worth something by itself alone, whatever cookies there are."""
    return litestar.post(
        path,
        status_code=200,
        media_type=MediaType.HTML,
        include_in_schema=False,
        opt={"permission": permission, "unreferred": unreferred},
        request_max_body_size=largest,
    )
