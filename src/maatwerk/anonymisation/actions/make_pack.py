"""Making a pack: read, redact outside any transaction, and write only when nobody acted or mended in the meantime. Doing it
again changes nothing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from maatwerk import audit, outbox
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.actions.keep_pack import keep_pack
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.queries import Pack, is_asked, items_of, last_asked, latest_before, pack_of
from maatwerk.anonymisation.redacting import FileToRelease, make_items
from maatwerk.anonymisation.sources import Sources, basis_of, same_basis, sources_of, write_down
from maatwerk.cases.case import Case, read
from maatwerk.cases.messages import PackWanted
from maatwerk.db import new_id
from maatwerk.files import queries as files
from maatwerk.outbox import Job
from maatwerk.rules.refusals import Conflict
from maatwerk.tenancy import Tx, scope

TRIES = 5


@dataclass(frozen=True)
class Gathered:
    """What was read of a case: enough to redact without the database."""

    case: Case
    pack: Pack | None
    sources: Sources
    files: list[FileToRelease]
    earlier: Mapping[str, Item]


async def make_pack(job: Job) -> None:
    """Outer handler of `anonymisation.make_pack`. Raises Conflict, to be tried again, while a file waits for its virus scan or
    somebody keeps changing the case."""
    wanted = outbox.read(PackWanted, job.payload)
    for _ in range(TRIES):
        async with scope(job.tenant_id, None, read_only=True) as tx:
            gathered = await _gather(tx, wanted.case_id)
        if gathered is None:
            async with scope(job.tenant_id, None) as tx:
                await outbox.finish(tx, job)
            return
        sources = gathered.sources
        items = await asyncio.to_thread(make_items, sources.pieces, gathered.files, sources.about, gathered.earlier)
        basis = await asyncio.to_thread(_basis, gathered)
        async with scope(job.tenant_id, None) as tx:
            if await _write(tx, gathered, items, basis):
                await outbox.finish(tx, job)
                return
    raise Conflict.because("pakket_in_beweging", "De zaak verandert terwijl het pakket wordt gemaakt.")


async def _gather(tx: Tx, case_id: UUID) -> Gathered | None:
    """None for a case whose data were erased, and for one of which nobody asked the pack in this round."""
    case = await read(tx, case_id)
    if case.key is None or not is_asked(case.acts):
        return None
    pack, sources = await pack_of(tx, case), await sources_of(tx, case)
    before = pack or await latest_before(tx, case)
    earlier = {item.path: item for item in await items_of(tx, case.key, before.id)} if before else {}
    return Gathered(
        case=case,
        pack=pack,
        sources=sources,
        files=await _files(tx, sources),
        earlier=earlier if pack else {path: _afresh(item) for path, item in earlier.items()},
    )


async def _files(tx: Tx, sources: Sources) -> list[FileToRelease]:
    if any(file.state == "in_quarantaine" for file in sources.files):
        raise Conflict.because("bijlage_in_quarantaine", "Een bijlage wacht op de controle op virussen.")
    return [
        FileToRelease(file, await files.text(tx, file.id), await files.metadata(tx, file.id)) for file in sources.files
    ]


def _afresh(item: Item) -> Item:
    """An item of an earlier round as a beginning for this one."""
    return replace(item, id=new_id(), released=False)


def _basis(gathered: Gathered) -> bytes:
    assert gathered.case.key is not None
    return basis_of(gathered.case.key, gathered.sources, [file.text for file in gathered.files])


async def _write(tx: Tx, gathered: Gathered, items: list[Item], basis: bytes) -> bool:
    """Keeps the items, unless somebody acted or mended since they were read."""
    case = await read(tx, gathered.case.id, lock=True)
    pack = await pack_of(tx, case, lock=True)
    if case.key is None or case.seq != gathered.case.seq or _version(pack) != _version(gathered.pack):
        return False
    asked = last_asked(case.acts)
    same = pack is not None and pack.asked_by_seq == asked and same_basis(pack.basis, basis)
    if pack is None or not same or items != [*gathered.earlier.values()]:
        pack_id = await keep_pack(tx, case, pack, items, basis)
        await audit.record(tx, "pakket.gemaakt", "zaak", case.id, details={"pakket": pack_id, "delen": len(items)})
    else:
        pack_id = pack.id
        await write_down(tx, pack_id, pack.basis or b"", basis)
    await announce(tx, case, pack_id)
    return True


def _version(pack: Pack | None) -> int:
    return pack.seq if pack else 0
