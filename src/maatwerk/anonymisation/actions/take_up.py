"""Taking up the pack of a case to change it: once to read what there is, and once more, locked, to write what came of it."""

from uuid import UUID

from maatwerk.anonymisation.queries import Pack, pack_of
from maatwerk.cases.access import authorise
from maatwerk.cases.case import Case, read
from maatwerk.crypto import Erased, Key
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx


async def take_up(
    tx: Tx, caller: Caller, case_id: UUID, version: Version, *, lock: bool = False
) -> tuple[Case, Key, Pack]:
    """The case with its key, and the pack in the version that the caller saw. Raises Forbidden, NotFound, Stale, Erased."""
    case = await read(tx, case_id, lock=lock)
    authorise(caller, case, "geheel")
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    pack = await pack_of(tx, case, lock=lock)
    if pack is None:
        raise NotFound.because("geen_pakket", "Er is nog geen pakket.")
    version.check(pack.seq)
    return case, case.key, pack
