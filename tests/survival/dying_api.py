"""The real application, killed at the worst moment: after COMMIT, before a byte of the answer has left. It dies on the first
POST that it wants to answer while the file that SURVIVAL_DIES names exists."""

import os
import signal
from pathlib import Path
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from maatwerk import asgi


def create() -> ASGIApp:
    """For uvicorn's --factory."""
    application: Any = asgi.create()
    order = Path(os.environ["SURVIVAL_DIES"])

    async def mortal(scope: Scope, receive: Receive, send: Send) -> None:
        async def last_words(message: Message) -> None:
            if scope["type"] == "http" and scope["method"] == "POST" and message["type"] == "http.response.start":
                _obey(order)
            await send(message)

        await application(scope, receive, last_words)

    return mortal


def _obey(order: Path) -> None:
    if order.exists():
        order.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
