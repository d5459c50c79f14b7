"""An answer that is known before the handler runs: it travels as an exception, past whatever the handler would have done."""

from typing import Any

from litestar import Response


class Answered(Exception):
    """`response` is the whole answer."""

    def __init__(self, response: Response[Any]) -> None:
        super().__init__("answered already")
        self.response = response
