"""The broker: a hint that there is work, never the record of it. Retries are the outbox's, so dramatiq's own are left
out; every command does maintenance, so that what a killed worker held comes back within a heartbeat."""

import redis
from dramatiq import Message
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AsyncIO, Middleware

from maatwerk.outbox import Waiting
from maatwerk.settings import Settings

QUEUE = "outbox"
ACTOR = "deliver"
HEARTBEAT_TIMEOUT = 15_000


def make_broker(settings: Settings, *more: Middleware) -> RedisBroker:
    """A broker on the Redis of the settings; it connects at first use."""
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=10, socket_connect_timeout=3)
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=client,
        middleware=[AsyncIO(), *more],
        namespace="maatwerk",
        maintenance_chance=1_000_000,
        heartbeat_timeout=HEARTBEAT_TIMEOUT,
    )


def send(broker: RedisBroker, waiting: Waiting) -> None:
    """Tells the workers of one row: its tenant, its id, nothing else. Raises redis.RedisError."""
    ids = (str(waiting.tenant_id), str(waiting.outbox_id))
    broker.enqueue(Message(queue_name=QUEUE, actor_name=ACTOR, args=ids, kwargs={}, options={}))


def waiting_messages(broker: RedisBroker) -> int:
    """How many messages the workers have not finished. Raises redis.RedisError."""
    return int(broker.do_qsize(QUEUE))
