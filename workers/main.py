"""The worker process: one actor that delivers rows. `python -m workers.main`; SIGTERM lets running handlers end."""

import asyncio
import signal
import threading
from uuid import UUID

import dramatiq
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.broker import Broker
from dramatiq.middleware import Middleware, MiddlewareError

from maatwerk import fitness, logs, startup
from maatwerk.settings import Settings
from workers.binding import BINDINGS
from workers.broker import ACTOR, QUEUE, make_broker

THREADS = 8
POLL = 100
GRACE = 8_000

SETTINGS = Settings.from_environment()


class Pools(Middleware):
    """Opens the pools on the loop of the AsyncIO middleware, which stands before this one; closes them when the last
    handler has ended."""

    def before_worker_boot(self, broker: Broker, worker: dramatiq.Worker) -> None:
        loop = get_event_loop_thread()
        if loop is None:
            raise MiddlewareError("no event loop")
        try:
            loop.run_coroutine(startup.start(SETTINGS))
        except Exception as error:
            loop.stop()  # type: ignore[no-untyped-call]
            raise MiddlewareError("the pools do not open") from error

    def after_worker_shutdown(self, broker: Broker, worker: dramatiq.Worker) -> None:
        loop = get_event_loop_thread()
        if loop is not None:
            loop.run_coroutine(startup.stop())


BROKER = make_broker(SETTINGS, Pools())
dramatiq.set_broker(BROKER)


@dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE)
async def deliver(tenant_id: str, outbox_id: str) -> None:
    """Delivers one row of the outbox."""
    await BINDINGS.deliver(UUID(tenant_id), UUID(outbox_id))


def main() -> None:
    """Works until SIGTERM or SIGINT."""
    logs.configure()
    startup.refuse(asyncio.run(fitness.faults(SETTINGS)))
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    worker = dramatiq.Worker(BROKER, worker_threads=THREADS, worker_timeout=POLL)
    worker.start()
    logs.event("process.started", process="worker")
    stopping.wait()
    worker.stop(timeout=GRACE)
    BROKER.close()
    logs.event("process.stopped", process="worker")


if __name__ == "__main__":
    main()
