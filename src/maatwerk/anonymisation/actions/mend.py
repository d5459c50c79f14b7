"""The ondersteuner mends a pack: rewrites a redacted text, of an attachment too, leaves an attachment out, says that he looked. Every text is looked at
again; what may never go out he can't wave through."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from maatwerk import audit
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.actions.keep_pack import put_items
from maatwerk.anonymisation.actions.take_up import take_up
from maatwerk.anonymisation.blocks import BLOCKS, UNDECIDED, reasons
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.queries import Pack, items_of, touch
from maatwerk.anonymisation.redacting import looked_at, with_state
from maatwerk.anonymisation.rewriting import remark
from maatwerk.anonymisation.sources import known_of
from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Conflict, Invalid, NotFound, Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx, scope


@dataclass(frozen=True)
class Change:
    """What somebody wants: a new text, or to leave out, or to have seen. None leaves as it is."""

    text: str | None = None
    left_out: bool | None = None
    seen: bool | None = None


@dataclass(frozen=True)
class Mended:
    """The item as it is now; `seq` is the pack's new version."""

    scheme: Scheme
    item: Item
    seq: int


async def mend(caller: Caller, case_id: UUID, item_id: UUID, change: Change, version: Version) -> Mended:
    """Changes an item, in two transactions with the looking between them.

    Raises NotFound, Stale, Conflict for what is out already, Invalid for a change that the kind of item does not take, Refused
    for "gezien" on something that may never go out.
    """
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, pack, item = await _found(tx, caller, case_id, item_id, version)
        about = await known_of(tx, case)
    changed = await asyncio.to_thread(_changed, caller, item, change)
    if change.text is not None:
        content, blocks = await asyncio.to_thread(looked_at, changed.content, about)
        changed = with_state(replace(changed, content=content, blocks=blocks))
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, pack, _ = await _found(tx, caller, case_id, item_id, version, lock=True)
        assert case.key is not None
        await put_items(tx, case.key, case.id, pack.id, [changed])
        seq = await touch(tx, pack.id)
        await announce(tx, case, pack.id)
        details = {"onderdeel": item_id, "stand": changed.state, "blokkades": list(changed.blocks)}
        await audit.record(tx, _deed(change), "zaak", case.id, details=details)
    return Mended(case.scheme, changed, seq)


async def _found(
    tx: Tx, caller: Caller, case_id: UUID, item_id: UUID, version: Version, *, lock: bool = False
) -> tuple[Case, Pack, Item]:
    case, key, pack = await take_up(tx, caller, case_id, version, lock=lock)
    item = next((item for item in await items_of(tx, key, pack.id) if item.id == item_id), None)
    if item is None:
        raise NotFound.because("onderdeel_onbekend", "Dit onderdeel zit niet in het pakket van deze zaak.")
    if item.released:
        raise Conflict.because("al_vrijgegeven", "Dit onderdeel is al vrijgegeven en verandert niet meer.")
    return case, pack, item


def _changed(caller: Caller, item: Item, change: Change) -> Item:
    """The item after the change, before its text is looked at."""
    given = [part for part in (change.text, change.left_out, change.seen) if part is not None]
    if len(given) != 1:
        raise Invalid.because("een_wijziging", "Geef precies één wijziging: ontdaan, weggelaten of gezien.")
    if change.text is not None:
        return _rewritten(caller, item, change.text)
    if change.left_out is not None:
        if item.kind != "bijlage":
            raise Invalid.because("geen_bijlage", "Alleen een bijlage kan worden weggelaten.", field="weggelaten")
        return with_state(replace(item, state="weggelaten" if change.left_out else "klaar"))
    if change.seen:
        final = [code for code in item.blocks if not BLOCKS[code].confirmable and code != UNDECIDED]
        if final:
            raise Refused(tuple(reasons(final, item.kind, item.path)))
    return with_state(replace(item, seen_by=caller.membership_id if change.seen else None))


def _rewritten(caller: Caller, item: Item, text: str) -> Item:
    if item.kind == "bijlage" and not item.content.original:
        raise Invalid.because(
            "geen_tekst", "Deze bijlage heeft geen tekst die hier kan worden gewijzigd.",
            mend="Laat haar weg, of vraag de school om een andere versie.", field="ontdaan",
        )  # fmt: skip
    old = item.content
    marks = remark(old.original, old.redacted, text, old.marks)
    content = msgspec.structs.replace(old, redacted=text, marks=marks)
    return replace(item, content=content, mended_by=caller.membership_id, seen_by=None)


def _deed(change: Change) -> str:
    if change.text is not None:
        return "pakket.hersteld"
    return "pakket.bijlage_weggelaten" if change.left_out is not None else "pakket.gezien"
