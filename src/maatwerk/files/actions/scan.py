"""Judging a file that was kept apart: handler `files.scan`. While the scanner is away this fails, and the outbox tries again."""

from uuid import UUID

from maatwerk import outbox
from maatwerk.crypto import Erased
from maatwerk.files import chunks
from maatwerk.files.clamd import ScannerAway, is_clean
from maatwerk.files.messages import FileJudged, FileQuarantined
from maatwerk.files.queries import awaiting_scan
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.settings import in_force
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx, scope

INFECTED = "In het bestand is een virus gevonden. Het is gewist; vraag de school om een schoon bestand."
RELEASE = """
    UPDATE file SET state = CASE WHEN blocks = '[]' THEN 'klaar' ELSE 'geblokkeerd' END
    WHERE tenant_id = $1 AND id = $2 AND state = 'in_quarantaine' AND removed_at IS NULL RETURNING case_id
"""
BLOCK = """
    UPDATE file SET state = 'geblokkeerd', blocks = $3
    WHERE tenant_id = $1 AND id = $2 AND state = 'in_quarantaine' AND removed_at IS NULL RETURNING case_id
"""


async def scan(job: outbox.Job) -> None:
    """Outer handler: asks the scanner outside any transaction, then frees the file, or wipes it and makes a task.

    Raises ScannerAway when there is no verdict.
    """
    file_id = outbox.read(FileQuarantined, job.payload).file_id
    content = await _original(job.tenant_id, file_id)
    clean = content is None or await _verdict(content)
    async with scope(job.tenant_id, None) as tx:
        case_id = await tx.fetchval(RELEASE, tx.tenant_id, file_id) if clean else await _wipe(tx, file_id)
        if case_id is not None:
            await outbox.post(tx, FileJudged(case_id))
        await outbox.finish(tx, job)


async def _original(tenant_id: UUID, file_id: UUID) -> bytes | None:
    async with scope(tenant_id, None, read_only=True) as tx:
        try:
            return await awaiting_scan(tx, file_id)
        except Erased:
            return None


async def _verdict(content: bytes) -> bool:
    url = in_force().clamd_url
    if not url:
        raise ScannerAway
    return await is_clean(url, content)


async def _wipe(tx: Tx, file_id: UUID) -> UUID | None:
    """The case of a file that was wiped; None when it was judged before."""
    case_id: UUID | None = await tx.fetchval(BLOCK, tx.tenant_id, file_id, [INFECTED])
    if case_id is None:
        return None
    await chunks.drop(tx, file_id)
    await create(
        tx,
        case_id=case_id,
        title="Vraag de school om een schoon bestand: in een bijlage is een virus gevonden",
        role=ONDERSTEUNER,
        kind="virus",
        source_key=f"virus:{file_id}",
    )
    return case_id
