"""The catching SMTP server and its page, as one process on loopback. Nothing that it takes is ever sent on."""

import argparse
import asyncio
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from maatwerk.local.mailbox import Mailbox
from maatwerk.local.mailpage import MailPage
from maatwerk.local.ports import LOOPBACK

# Addresses by which one can see what the service does when a mail is not taken: the part before the @.
REFUSED_AT_RCPT = {
    "onbestelbaar": "550 5.1.1 Dit adres bestaat niet",
    "later": "451 4.3.0 Probeer het later opnieuw",
}
REFUSED_AT_DATA = {"geweigerd": "554 5.7.1 Dit bericht wordt geweigerd"}
LARGEST = 50 * 1024 * 1024


class Catcher:
    """aiosmtpd's handler: takes every mail, except for the addresses that are meant to fail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = REFUSED_AT_RCPT.get(address.partition("@")[0].lower())
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        for address in envelope.rcpt_tos:
            refusal = REFUSED_AT_DATA.get(address.partition("@")[0].lower())
            if refusal:
                return refusal
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        self._mailbox.store(envelope.mail_from or "", envelope.rcpt_tos, raw)
        return "250 OK"


async def serve(folder: Path, smtp_port: int, page_port: int) -> None:
    """Serves both until SIGTERM or SIGINT."""
    mailbox = Mailbox(folder)
    loop = asyncio.get_running_loop()
    handler = Catcher(mailbox)
    server = await loop.create_server(
        lambda: SMTP(
            handler,
            hostname="localhost",
            ident="maatwerk",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST,
            loop=loop,
        ),
        LOOPBACK,
        smtp_port,
    )
    page = uvicorn.Config(
        MailPage(mailbox, page_port),
        host=LOOPBACK,
        port=page_port,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    async with server:
        await uvicorn.Server(page).serve()


def main() -> None:
    """`python -m maatwerk.local.mailcatcher FOLDER SMTP_PORT PAGE_PORT`."""
    parser = argparse.ArgumentParser(description="Vangt mail op en toont die op een lokale pagina.")
    parser.add_argument("map", type=Path)
    parser.add_argument("smtp_poort", type=int)
    parser.add_argument("pagina_poort", type=int)
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.map, arguments.smtp_poort, arguments.pagina_poort))


if __name__ == "__main__":
    main()
