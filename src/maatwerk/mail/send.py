"""Hands one message to the mail server and tells what became of it. Only the address or the message itself can fail for good: all else is tried again."""

import asyncio
import contextlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Literal

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPException, SMTPResponseException

from maatwerk.mail.servers import Server, parse_smtp_url

SECONDS = 60.0
SECONDS_FOR_GOODBYE = 2.0
Stage = Literal["connect", "mail", "rcpt", "data"]
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Accepted:
    """The server took the message and answers for it from now on."""

    code: int


@dataclass(frozen=True)
class PermanentFailure:
    """Refused for good at RCPT or after DATA (5xx); `status` is the enhanced code (RFC 3463), "" if there was none."""

    code: int
    status: str
    stage: Stage


@dataclass(frozen=True)
class TemporaryFailure:
    """Not taken now: 4xx, no connection, no TLS, no login, too slow. `code` is None when no answer came.

    A time-out after the message was handed over may hide that it was taken; the same Message-ID then shows the double.
    """

    stage: Stage
    code: int | None = None
    status: str = ""


Delivery = Accepted | PermanentFailure | TemporaryFailure


async def send(message: EmailMessage, smtp_url: str, *, seconds: float = SECONDS) -> Delivery:
    """Delivers to the one address in To, with the From address as envelope sender; raises Refused for a bad URL only."""
    server = parse_smtp_url(smtp_url)
    progress: list[Stage] = ["connect"]
    try:
        client = _client(server, _address(message, "From").rpartition("@")[2], seconds)
    except OSError:  # the file with trusted certificates can't be read
        return TemporaryFailure("connect")
    try:
        async with asyncio.timeout(seconds):
            return await _converse(client, message, progress)
    except SMTPResponseException as refusal:
        return _judged(refusal.code, refusal.message, progress[-1])
    except (SMTPException, OSError, ValueError):  # time-outs and TLS faults are OSErrors; ValueError is an odd answer
        return TemporaryFailure(progress[-1])
    finally:
        await _leave(client)


def _address(message: EmailMessage, header: str) -> str:
    """The one address of a header that `compose` made."""
    return str(message[header].addresses[0].addr_spec)


def _client(server: Server, own_name: str, seconds: float) -> SMTP:
    return SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        local_hostname=own_name,
        timeout=seconds,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        tls_context=server.tls_context(),
    )


async def _converse(client: SMTP, message: EmailMessage, progress: list[Stage]) -> Accepted:
    """The talk itself; `progress` tells how far it came."""
    await client.connect()
    progress.append("mail")
    await client.mail(_address(message, "From"))
    progress.append("rcpt")
    await client.rcpt(_address(message, "To"))
    progress.append("data")
    answer = await client.data(message.as_bytes(policy=SMTP_POLICY))
    return Accepted(answer.code)


async def _leave(client: SMTP) -> None:
    """Says goodbye; what happens then no longer matters to the message."""
    with contextlib.suppress(SMTPException, OSError, ValueError):
        await client.quit(timeout=SECONDS_FOR_GOODBYE)
    client.close()


def _judged(code: int, text: str, stage: Stage) -> Delivery:
    """A server's no: for good only when it is about this address or this message."""
    found = _ENHANCED.search(text)
    status = found[1] if found else ""
    if 500 <= code <= 599 and stage in ("rcpt", "data"):
        return PermanentFailure(code, status, stage)
    return TemporaryFailure(stage, code, status)
