"""A long-lived asyncio process: it works in rounds until SIGTERM, and a lost engine makes it wait, not die."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import asyncpg
import redis

from maatwerk import logs

ENGINE_LOST = (redis.RedisError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


class Bell:
    """Wakes a waiting round: because there is work, or because the process has to stop."""

    def __init__(self) -> None:
        self.stopping = False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    def stop(self) -> None:
        self.stopping = True
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Waits for a ring, at most so long; a ring from before counts."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        if not self.stopping:
            self._rung.clear()


async def rounds(bell: Bell, process: str, work: Callable[[], Awaitable[float]]) -> None:
    """Calls `work`, which answers how many seconds the next round may wait, until the bell says stop."""
    pause = FIRST_PAUSE
    while not bell.stopping:
        try:
            waiting = await work()
            pause = FIRST_PAUSE
        except ENGINE_LOST as error:
            logs.failure("engine.lost", error, level="warning", process=process)
            waiting, pause = pause, min(2 * pause, LONGEST_PAUSE)
        if waiting:
            await bell.wait(waiting)


def run(process: str, body: Callable[[Bell], Awaitable[None]]) -> None:
    """Runs `body` with a bell that SIGTERM and SIGINT stop."""

    async def main() -> None:
        bell = Bell()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, bell.stop)
        logs.event("process.started", process=process)
        await body(bell)
        logs.event("process.stopped", process=process)

    logs.configure()
    asyncio.run(main())
