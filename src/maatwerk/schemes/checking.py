"""The text of a scheme as somebody sends it: read and checked aside from the event loop and outside any transaction, because a
large one takes long. Equal texts are read once.
"""

import asyncio
from dataclasses import dataclass

from maatwerk.cases.schemes import read_text
from maatwerk.rules.decoding import Fault
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme

LARGEST = 300_000


@dataclass(frozen=True)
class Checked:
    """A text that can be honoured, and what the reader should know of it all the same."""

    source: str
    scheme: Scheme
    warnings: tuple[Fault, ...] = ()


async def checked(source: str) -> Checked:
    """The scheme of a text. Raises SchemeRefused with every fault."""
    return Checked(source, *await asyncio.to_thread(read_text, source))


async def checked_bytes(content: bytes) -> Checked:
    """The same for a file as it was sent: UTF-8, with whatever ends its lines."""
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "Dit bestand is niet als tekst (UTF-8) te lezen."
        raise Invalid.because("onleesbaar", message, mend="Sla het op als UTF-8.") from None
    return await checked(plain_lines(source))


def plain_lines(source: str) -> str:
    """The text with line feeds only: a form sends others, and the same scheme is the same text."""
    return source.replace("\r\n", "\n").replace("\r", "\n")
