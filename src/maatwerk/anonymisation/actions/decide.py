"""The ondersteuner decides marks: a word goes or stays, here or wherever it stands in the pack. One request may decide them all. What
the texts then tell is looked at at once, between two transactions: that may take seconds."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maatwerk import audit
from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.actions.keep_pack import put_items
from maatwerk.anonymisation.actions.take_up import take_up
from maatwerk.anonymisation.deciding import open_marks, with_verdicts
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.queries import items_of, touch
from maatwerk.anonymisation.redacting import after_decision
from maatwerk.anonymisation.sources import known_of
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import scope


@dataclass(frozen=True)
class Decided:
    """The items that changed; `open` marks and `blocked` items that are left in the pack, `seq` its new version."""

    scheme: Scheme
    items: Sequence[Item]
    open: int
    blocked: int
    seq: int


async def decide(
    caller: Caller, case_id: UUID, verdicts: Sequence[Verdict], version: Version, words: Sequence[str] = ()
) -> Decided:
    """Applies the verdicts in order and takes `words` out wherever they stand, all or none.

    Raises Forbidden, NotFound, Stale, Erased; Refused for a word that may never stay, such as a name of the pupil.
    """
    if not verdicts and not words:
        raise Invalid.because("niets_gekozen", "Er is niets beslist.", mend="Noem een markering of een woord.")
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        case, key, pack = await take_up(tx, caller, case_id, version)
        items, about = await items_of(tx, key, pack.id), await known_of(tx, case)
    changed = await asyncio.to_thread(_changed, items, verdicts, about, words)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, key, pack = await take_up(tx, caller, case_id, version, lock=True)
        await put_items(tx, key, case.id, pack.id, changed)
        seq = await touch(tx, pack.id)
        blocked = await announce(tx, case, pack.id)
        gone = sum(verdict.decision == "weg" for verdict in verdicts)
        details = {
            "pakket": pack.id, "weg": gone, "blijft": len(verdicts) - gone, "aangewezen": len(words), "delen": len(changed),
        }  # fmt: skip
        await audit.record(tx, "pakket.beslist", "zaak", case.id, details=details)
    after = {item.id: item for item in changed}
    return Decided(case.scheme, changed, open_marks([after.get(item.id, item) for item in items]), blocked, seq)


def _changed(
    items: Sequence[Item], verdicts: Sequence[Verdict], about: Acquaintance, words: Sequence[str]
) -> list[Item]:
    before = {item.id: item for item in items}
    return [after_decision(before[item.id], item, about) for item in with_verdicts(items, verdicts, about, words)]
