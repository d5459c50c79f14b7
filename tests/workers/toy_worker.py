"""A worker process with two handlers of its own; `python -m tests.workers.toy_worker`. It notes each attempt of the
outer one in the folder TOY_FOLDER, and lingers there as long as a file `hold` exists."""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

from maatwerk import outbox
from maatwerk.tenancy import Tx, next_number, scope
from workers import main
from workers.inventory import INNER, OUTER

FOLDER = Path(os.environ["TOY_FOLDER"])


async def count(tx: Tx, payload: dict[str, Any]) -> None:
    await next_number(tx, "effect", 2024)


async def linger(job: outbox.Job) -> None:
    (FOLDER / f"{job.outbox_id}.{job.attempts}").touch()
    await asyncio.to_thread(_hold)
    async with scope(job.tenant_id, None) as tx:
        await next_number(tx, "effect", 2024)
        await outbox.finish(tx, job)


def _hold() -> None:
    while (FOLDER / "hold").exists():
        time.sleep(0.02)


INNER |= {"proef.inner": count, "cases.tick": count}
OUTER |= {"proef.outer": linger}

if __name__ == "__main__":
    main.main()
