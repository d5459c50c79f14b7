"""Posting a message: one row per handler in the transaction of the deed itself, so that both happen or neither.
A message carries ids, kinds and moments only, because a row outlives what it is about."""

from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.db import Transaction, new_id
from maatwerk.db.facts import plain_fact

CHANNEL = "maatwerk_outbox"
INSERT = """
    WITH posted AS (
        INSERT INTO outbox (tenant_id, id, handler, message, payload, posted_at, next_at)
        SELECT $1, r.id, r.handler, $4, $5, $6, $7 FROM unnest($2::uuid[], $3::text[]) AS r (id, handler)
        RETURNING 1)
    SELECT pg_notify('maatwerk_outbox', '') FROM posted LIMIT 1
"""


class Message(Protocol):
    """A frozen dataclass of ids, kinds and moments that names the handlers it is for."""

    handlers: ClassVar[tuple[str, ...]]
    __dataclass_fields__: ClassVar[dict[str, Any]]


M = TypeVar("M")


async def post(tx: Transaction, message: Message, *, at: datetime | None = None) -> list[UUID]:
    """Writes a row per handler, due now or from `at`, and wakes the relay at COMMIT. Answers the rows' ids.

    Raises TypeError for a field that is no id, kind, number or moment.
    """
    if not message.handlers:
        return []
    payload = {field.name: plain_fact(field.name, getattr(message, field.name)) for field in fields(message)}
    moment = clock.now()
    ids = [new_id() for _ in message.handlers]
    kind = type(message).__name__
    await tx.fetch(INSERT, tx.tenant_id, ids, list(message.handlers), kind, payload, moment, at or moment)
    return ids


def read(kind: type[M], payload: dict[str, Any]) -> M:
    """The message that a payload came from, for a handler."""
    return msgspec.convert(payload, kind, strict=False)
