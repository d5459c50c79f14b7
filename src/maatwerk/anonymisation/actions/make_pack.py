"""Making a pack: read, redact outside any transaction, and write only when nobody acted or mended in the meantime. Doing it
again changes nothing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from maatwerk import audit, outbox
from maatwerk.anonymisation.acquaintance import Acquaintance, acquaintance
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.actions.keep_pack import keep_pack
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.pieces import Piece, attachment_ids, pieces
from maatwerk.anonymisation.queries import Pack, items_of, last_asked, latest_before, pack_of
from maatwerk.anonymisation.redacting import FileToRelease, make_items
from maatwerk.cases.case import Case, read
from maatwerk.cases.messages import PackWanted
from maatwerk.db import new_id
from maatwerk.files import queries as files
from maatwerk.outbox import Job
from maatwerk.rules.refusals import Conflict
from maatwerk.tenancy import Tx, scope, tenant_settings

TRIES = 5


@dataclass(frozen=True)
class Gathered:
    """What was read of a case: enough to redact without the database."""

    case: Case
    pack: Pack | None
    pieces: list[Piece]
    files: list[FileToRelease]
    about: Acquaintance
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
        items = await asyncio.to_thread(make_items, gathered.pieces, gathered.files, gathered.about, gathered.earlier)
        async with scope(job.tenant_id, None) as tx:
            if await _write(tx, gathered, items):
                await outbox.finish(tx, job)
                return
    raise Conflict.because("pakket_in_beweging", "De zaak verandert terwijl het pakket wordt gemaakt.")


async def _gather(tx: Tx, case_id: UUID) -> Gathered | None:
    """None for a case whose data were erased."""
    case = await read(tx, case_id)
    if case.key is None:
        return None
    settings = await tenant_settings(tx)
    pack = await pack_of(tx, case)
    before = pack or await latest_before(tx, case)
    earlier = {item.path: item for item in await items_of(tx, case.key, before.id)} if before else {}
    return Gathered(
        case=case,
        pack=pack,
        pieces=pieces(case.scheme, case.answers, case.acts),
        files=await _files(tx, case),
        about=acquaintance(case.scheme, case.answers, settings.get("instellingen")),
        earlier=earlier if pack else {path: _afresh(item) for path, item in earlier.items()},
    )


async def _files(tx: Tx, case: Case) -> list[FileToRelease]:
    wanted = attachment_ids(case.scheme, case.answers)
    if not wanted:
        return []
    found = [file for file in await files.listing(tx, case.id) if wanted.get(file.id) == file.field]
    if any(file.state == "in_quarantaine" for file in found):
        raise Conflict.because("bijlage_in_quarantaine", "Een bijlage wacht op de controle op virussen.")
    return [FileToRelease(file, await files.text(tx, file.id), await files.metadata(tx, file.id)) for file in found]


def _afresh(item: Item) -> Item:
    """An item of an earlier round as a beginning for this one."""
    return replace(item, id=new_id(), released=False)


async def _write(tx: Tx, gathered: Gathered, items: list[Item]) -> bool:
    """Keeps the items, unless somebody acted or mended since they were read."""
    case = await read(tx, gathered.case.id, lock=True)
    pack = await pack_of(tx, case, lock=True)
    if case.key is None or case.seq != gathered.case.seq or _version(pack) != _version(gathered.pack):
        return False
    if pack is None or pack.asked_by_seq != last_asked(case.acts) or items != [*gathered.earlier.values()]:
        pack_id = await keep_pack(tx, case, pack, items)
        await audit.record(tx, "pakket.gemaakt", "zaak", case.id, details={"pakket": pack_id, "delen": len(items)})
    else:
        pack_id = pack.id
    await announce(tx, case, pack_id)
    return True


def _version(pack: Pack | None) -> int:
    return pack.seq if pack else 0
