"""From a row to its handler. An inner handler's effect and the mark that it is done commit together; an outer one's
attempt is noted first, so that a crash counts. A failure is written to the row, which sets the next attempt."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from maatwerk import logs, outbox
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import scope
from workers.inventory import INNER, OUTER, Inner, Outer

INNER_LIMIT = 25.0
OUTER_LIMIT = 110.0


class UnknownHandler(RuntimeError):
    """A row for a handler that this version does not have."""


@dataclass(frozen=True)
class Bindings:
    """Handlers by name; an outer handler must stay below the lease of a running row."""

    inner: Mapping[str, Inner]
    outer: Mapping[str, Outer]

    async def deliver(self, tenant_id: UUID, outbox_id: UUID) -> None:
        """Does what the row asks, unless it is done or somebody is at it; a failure of the handler does not pass."""
        taken: list[outbox.Job] = []
        try:
            job = await self._inside(tenant_id, outbox_id, taken)
            if job is not None:
                async with asyncio.timeout(OUTER_LIMIT):
                    await self.outer[job.handler](job)
        except outbox.Superseded:
            logs.event("outbox.superseded", tenant_id=tenant_id, outbox_id=outbox_id)
        except Exception as error:
            if not taken:
                raise
            await _failed(taken[0], error)

    async def _inside(self, tenant_id: UUID, outbox_id: UUID, taken: list[outbox.Job]) -> outbox.Job | None:
        """Runs an inner handler whole, or notes the attempt of an outer one and answers its job."""
        async with asyncio.timeout(INNER_LIMIT), scope(tenant_id, None) as tx:
            job = await outbox.take(tx, outbox_id)
            if job is None:
                return None
            taken.append(job)
            if job.handler in self.outer:
                return job if await outbox.begin(tx, job) else None
            if job.handler not in self.inner:
                raise UnknownHandler
            await self.inner[job.handler](tx, job.payload)
            await outbox.finish(tx, job)
            return None


async def _failed(job: outbox.Job, error: Exception) -> None:
    code = error.reasons[0].code if isinstance(error, Refused) and error.reasons else type(error).__name__
    dead = await outbox.fail(job, code)
    logs.failure(
        "outbox.dead" if dead else "outbox.failed",
        error,
        tenant_id=job.tenant_id,
        outbox_id=job.outbox_id,
        handler=job.handler,
        attempts=job.attempts,
        code=code,
    )


BINDINGS = Bindings(INNER, OUTER)
