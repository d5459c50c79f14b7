"""Idempotency-Key on creating requests. The key, the effect and the sealed answer are written in one transaction, so there
is never a key without its effect; a lock tells a second request that the first is still busy."""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency

from maatwerk import clock
from maatwerk.crypto import Context, opening_key, seal, tenant_key, unseal
from maatwerk.http.answered import Answered
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import Conflict, Invalid, Reason, Refused
from maatwerk.tenancy import Tx, scope

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
_KEY = re.compile(r'"([A-Za-z0-9._:-]{8,100})"|([A-Za-z0-9._:-]{8,100})')
CLAIM = """
    SELECT pg_try_advisory_xact_lock($1) AS free, k.digest, k.answer
    FROM (SELECT 1) AS one LEFT JOIN idempotency_key k
        ON k.tenant_id = $2 AND k.client = $3 AND k.key = $4 AND k.expires_at > $5
"""
KEEP = """
    INSERT INTO idempotency_key (tenant_id, client, key, digest, answer, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id, client, key) DO UPDATE
        SET digest = excluded.digest, answer = excluded.answer, expires_at = excluded.expires_at
        WHERE idempotency_key.expires_at <= $7
"""
T = TypeVar("T")


class _Kept(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Once:
    """One creating request; a handler does its work inside `scope` and ends with `answer` in the same block."""

    caller: Caller
    key: str
    request: bytes

    @asynccontextmanager
    async def scope(self) -> AsyncIterator[Tx]:
        """The caller's tenancy scope with the key claimed in it.

        Raises Answered when it was done before, Refused (422) when the key came with another request, Conflict (409)
        while the first is still busy.
        """
        async with scope(self.caller.tenant_id, self.caller.person_id) as tx:
            await self._claim(tx)
            yield tx

    async def answer(
        self,
        tx: Tx,
        view: T,
        *,
        status: int = 201,
        headers: Mapping[str, str] | None = None,
        kept: Any = None,
    ) -> Response[T]:
        """Keeps the answer for a day, sealed, and gives it. `kept` replaces the view where it shows a secret once."""
        carried = dict(headers or {})
        body = msgspec.json.encode(view if kept is None else kept)
        plain = msgspec.msgpack.encode(_Kept(status, carried, body))
        sealed = seal(await tenant_key(tx), self._place(tx), plain)
        now = clock.now()
        written = await tx.execute(
            KEEP, tx.tenant_id, self.caller.client, self.key, await self._digest(tx), sealed, now + KEPT, now
        )
        if not written:
            raise _busy()
        return Response(view, status_code=status, headers=carried)

    async def _claim(self, tx: Tx) -> None:
        row = await tx.fetchrow(CLAIM, self._lock(tx), tx.tenant_id, self.caller.client, self.key, clock.now())
        if row is None or row["digest"] is None:
            if row is None or not row["free"]:
                raise _busy()
            return
        if not hmac.compare_digest(row["digest"], await self._digest(tx)):
            raise Refused((Reason("sleutel_hergebruikt", "Deze Idempotency-Key hoort bij een ander verzoek."),))
        plain = unseal(await opening_key(tx, row["answer"]), self._place(tx), row["answer"])
        kept = msgspec.msgpack.decode(plain, type=_Kept)
        headers = {**kept.headers, "Idempotency-Replayed": "true"}
        raise Answered(Response(kept.body, status_code=kept.status, headers=headers, media_type="application/json"))

    async def _digest(self, tx: Tx) -> bytes:
        """Keyed, so that the row does not betray a body to somebody who guesses it."""
        return hmac.digest((await tenant_key(tx, "index")).secret, b"request" + self.request, hashlib.sha256)

    def _lock(self, tx: Tx) -> int:
        text = f"idempotency/{tx.tenant_id}/{self.caller.client}/{self.key}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)

    def _place(self, tx: Tx) -> Context:
        return Context(tx.tenant_id, "idempotency_key", "answer", f"{self.caller.client}/{self.key}")


async def provide_once(request: Request[Any, Any, Any], caller: NamedDependency[Caller]) -> Once:
    """The dependency `once` of a handler that creates. Raises Invalid without a usable key."""
    found = _KEY.fullmatch(request.headers.get(HEADER, "").strip())
    if found is None:
        raise Invalid(
            (
                Reason(
                    "idempotency_key",
                    "De kop Idempotency-Key ontbreekt of heeft niet de juiste vorm.",
                    "Stuur een nieuwe UUID mee, en bij een herhaling dezelfde.",
                    HEADER,
                ),
            )
        )
    line = f"{request.method} {request.scope['path']}?".encode() + request.scope["query_string"] + b"\n"
    return Once(caller, found[1] or found[2], hashlib.sha256(line + await request.body()).digest())


def _busy() -> Conflict:
    return Conflict(
        (
            Reason(
                "bezig",
                "Hetzelfde verzoek is nog bezig.",
                "Probeer het zo dadelijk opnieuw met dezelfde sleutel.",
            ),
        )
    )
