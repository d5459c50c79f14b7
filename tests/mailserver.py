"""A real SMTP server on loopback that keeps what it takes; it refuses the addresses that mailcatcher.py names."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.smtp import SMTP

from maatwerk.local.mailbox import Mail, Mailbox
from maatwerk.local.mailcatcher import Catcher


@dataclass(frozen=True)
class MailServer:
    """Where it listens and what it took."""

    url: str
    mailbox: Mailbox

    def taken(self) -> list[Mail]:
        found = [self.mailbox.read(name) for name in self.mailbox.names()]
        return [mail for mail in found if mail is not None]


@asynccontextmanager
async def mail_server(folder: Path) -> AsyncIterator[MailServer]:
    """The server, until the block ends."""
    mailbox, loop = Mailbox(folder), asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(Catcher(mailbox), hostname="localhost", ident="proef", enable_SMTPUTF8=True, loop=loop)

    async with await loop.create_server(session, "127.0.0.1", 0) as server:
        yield MailServer(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", mailbox)
