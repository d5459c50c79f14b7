"""The ondersteuner decides marks: a word goes or stays, here or wherever it stands in the pack. One request may decide them all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maatwerk import audit
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.actions.keep_pack import put_items
from maatwerk.anonymisation.deciding import open_marks, with_verdicts
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.queries import items_of, pack_of, touch
from maatwerk.anonymisation.redacting import with_state
from maatwerk.anonymisation.sources import known_of
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.crypto import Erased
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Invalid, NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Decided:
    """The items that changed; `open` marks and `blocked` items that are left in the pack, `seq` its new version."""

    scheme: Scheme
    items: Sequence[Item]
    open: int
    blocked: int
    seq: int


async def decide(
    tx: Tx, caller: Caller, case_id: UUID, verdicts: Sequence[Verdict], version: Version, words: Sequence[str] = ()
) -> Decided:
    """Applies the verdicts in order and takes `words` out wherever they stand, all or none.

    Raises Forbidden, NotFound, Stale, Erased; Refused for a word that may never stay, such as a name of the pupil.
    """
    if not verdicts and not words:
        raise Invalid.because("niets_gekozen", "Er is niets beslist.", mend="Noem een markering of een woord.")
    case = await read(tx, case_id, lock=True)
    authorise(caller, case, "geheel")
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    pack = await pack_of(tx, case, lock=True)
    if pack is None:
        raise NotFound.because("geen_pakket", "Er is nog geen pakket.")
    version.check(pack.seq)
    items = await items_of(tx, case.key, pack.id)
    about = await known_of(tx, case)
    decided = await asyncio.to_thread(with_verdicts, items, verdicts, about, words)
    changed = [with_state(item) for item in decided]
    await put_items(tx, case.key, case.id, pack.id, changed)
    seq = await touch(tx, pack.id)
    blocked = await announce(tx, case, pack.id)
    gone = sum(verdict.decision == "weg" for verdict in verdicts)
    details = {
        "pakket": pack.id, "weg": gone, "blijft": len(verdicts) - gone, "aangewezen": len(words), "delen": len(changed),
    }  # fmt: skip
    await audit.record(tx, "pakket.beslist", "zaak", case.id, details=details)
    after = {item.id: item for item in changed}
    return Decided(case.scheme, changed, open_marks([after.get(item.id, item) for item in items]), blocked, seq)
