"""Packs in tests: the worker's part done here, on the rows that the outbox really holds."""

from typing import Any
from uuid import UUID

from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.files.actions.upload import upload
from maatwerk.tenancy import scope
from tests.partnership import Partnership
from workers.binding import BINDINGS

WAITING = """
    SELECT id FROM outbox WHERE tenant_id = $1 AND handler = $2 AND done_at IS NULL ORDER BY posted_at, id
"""


async def deliver(tenant_id: UUID, handler: str = "anonymisation.make_pack") -> int:
    """Does what waits for a handler, as a worker would; answers how many rows were done."""
    async with scope(tenant_id, None) as tx:
        rows = [row["id"] for row in await tx.fetch(WAITING, tenant_id, handler)]
    for outbox_id in rows:
        await BINDINGS.deliver(tenant_id, outbox_id)
    async with scope(tenant_id, None) as tx:
        left: int = await tx.fetchval("SELECT count(*) FROM outbox WHERE id = ANY($1) AND done_at IS NULL", rows)
    return len(rows) - left


async def attach(region: Partnership, case_id: UUID, name: str, content: bytes, field: str = "bijlagen") -> UUID:
    """An attachment in a draft, named by its answers."""
    bas = region.callers["bas"]
    assert bas.membership_id is not None
    stored = await upload(region.tenant_id, bas.person_id, bas.membership_id, case_id, field, name, content)
    async with scope(region.tenant_id, bas.person_id) as tx:
        case = await read(tx, case_id, lock=True)
        await save_draft(tx, case, Draft({field: [*case.draft.answers.get(field, []), str(stored.id)]}))
    return stored.id


async def with_pack(region: Partnership, case_id: UUID) -> UUID:
    """The case, filed, declared complete, its pack made."""
    await region.do("bas", case_id, "indienen")
    await region.do("jolijn", case_id, "volledig_verklaren")
    assert await deliver(region.tenant_id) == 1
    return case_id


async def under_review(region: Partnership, case_id: UUID | None = None, **fields: Any) -> UUID:
    """A case whose pack was released."""
    case_id = await with_pack(region, case_id or await region.open())
    await region.do("jolijn", case_id, "vrijgeven", **fields)
    return case_id
