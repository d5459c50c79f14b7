"""The relay: claims due rows and tells the workers. `python -m workers.relay`. Losing Redis, or everything in it, only
delays: a claimed row that nobody finishes is due again after its lease."""

import asyncio
from functools import partial

import asyncpg
from dramatiq.brokers.redis import RedisBroker

from maatwerk import fitness, logs, startup
from maatwerk.db import DISPATCH
from maatwerk.outbox import CHANNEL, Waiting, claim, dispatch_scope
from maatwerk.settings import Settings
from workers.broker import make_broker, send, waiting_messages
from workers.running import ENGINE_LOST, Bell, rounds, run

POLL = 1.0
CROWDED = 0.05
ROOM = 300
BATCH = 100
LOST = 2.0


async def relay_due(broker: RedisBroker) -> float:
    """Sends one batch and answers how long the next may wait: not at all after a full one.

    Redis is asked first: while it is away nothing is claimed, and while its queue is long nothing is added.
    """
    room = ROOM - await asyncio.to_thread(waiting_messages, broker)
    if room <= 0:
        return CROWDED
    async with dispatch_scope() as tx:
        rows = await claim(tx, limit=min(BATCH, room))
    await asyncio.to_thread(_send_all, broker, rows)
    return 0.0 if len(rows) == min(BATCH, room) else POLL


def _send_all(broker: RedisBroker, rows: list[Waiting]) -> None:
    for waiting in rows:
        send(broker, waiting)


async def listen(url: str, bell: Bell) -> None:
    """Rings the bell for each NOTIFY, on a connection of its own that is made anew when it is lost."""
    while not bell.stopping:
        try:
            connection = await asyncpg.connect(url)
            try:
                await connection.add_listener(CHANNEL, lambda *_: bell.ring())
                bell.ring()
                while not connection.is_closed():
                    await connection.fetchval("SELECT 1")
                    await asyncio.sleep(LOST)
            finally:
                connection.terminate()
        except ENGINE_LOST as error:
            logs.failure("listen.lost", error, level="warning", process="relay")
            await asyncio.sleep(LOST)


async def relay(settings: Settings, bell: Bell) -> None:
    """Relays until the bell says stop."""
    startup.refuse(await fitness.database_faults(settings.dispatch_database_url))
    broker = make_broker(settings)
    await DISPATCH.start(settings.dispatch_database_url, size=2)
    listening = asyncio.create_task(listen(settings.dispatch_database_url, bell))
    try:
        await rounds(bell, "relay", partial(relay_due, broker))
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await DISPATCH.stop()
        broker.close()


if __name__ == "__main__":
    run("relay", partial(relay, Settings.from_environment()))
