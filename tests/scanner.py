"""A clamd that knows one virus: the harmless EICAR string, by which scanners are tried."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@asynccontextmanager
async def clamd(*, broken: bool = False) -> AsyncIterator[str]:
    """A server that speaks INSTREAM, and its URL; a broken one answers with an error."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = bytearray()
        while length := struct.unpack(">I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(length)
        verdict = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"
        writer.write(b"INSTREAM size limit exceeded. ERROR\0" if broken else verdict)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def nobody() -> str:
    """The URL of a port on which nothing listens."""
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        return f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
