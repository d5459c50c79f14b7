"""Asking ClamAV about a file, by the INSTREAM command of clamd. No answer is not "clean": the caller keeps the file apart."""

import asyncio
import struct
from urllib.parse import urlsplit

PIECE = 64 * 1024
SECONDS = 20.0


class ScannerAway(RuntimeError):
    """clamd could not be reached, or did not give a verdict; to be tried again."""


async def is_clean(clamd_url: str, content: bytes) -> bool:
    """Whether clamd at `tcp://host:port` finds nothing in the content. Raises ScannerAway."""
    address = urlsplit(clamd_url)
    try:
        async with asyncio.timeout(SECONDS):
            verdict = await _ask(address.hostname or "", address.port or 3310, content)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise ScannerAway from error
    if verdict.endswith(b"OK"):
        return True
    if verdict.endswith(b"FOUND"):
        return False
    raise ScannerAway


async def _ask(host: str, port: int, content: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            writer.write(struct.pack(">I", len(piece)) + piece)
            await writer.drain()
        writer.write(struct.pack(">I", 0))
        await writer.drain()
        return (await reader.readuntil(b"\0")).rstrip(b"\0").strip()
    finally:
        writer.close()
        await writer.wait_closed()
