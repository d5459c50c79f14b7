"""What the items of a pack follow from, beside what people mended in it: texts, attachments, who is known. A pack keeps an index of
it, keyed with the case's own key: it tells whether the pack is still that of the case, and after erasure nothing. A member who comes
or a school that joins is in it only once a text may name them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance, acquaintance
from maatwerk.anonymisation.pieces import Piece, attachment_ids, pieces
from maatwerk.anonymisation.surroundings import surroundings
from maatwerk.cases.case import Case
from maatwerk.crypto import Key, blind_index
from maatwerk.files import queries as files
from maatwerk.files.queries import StoredFile
from maatwerk.tenancy import Tx

RECIPE = 2  # raised when items are made in another way, so that a pack that waits for its release is made anew


@dataclass(frozen=True)
class Sources:
    """`copies` are digests of what is kept of each file beside its original, in the order of the files; None for nothing. `said` is
    as much of `about` as may stand in the texts."""

    pieces: Sequence[Piece]
    files: Sequence[StoredFile]
    copies: Sequence[bytes | None]
    about: Acquaintance
    said: Acquaintance


async def sources_of(tx: Tx, case: Case) -> Sources:
    """The sources as they are now. Raises Erased."""
    wanted = attachment_ids(case.scheme, case.answers)
    kept = await files.listing(tx, case.id) if wanted else []
    named = [file for file in kept if wanted.get(file.id) == file.field]
    digests = await files.digests(tx, [file.id for file in named])
    texts, around = pieces(case.scheme, case.answers, case.acts), await surroundings(tx, case)
    read = [*(piece.text for piece in texts), *[await files.text(tx, file.id) for file in named]]
    return Sources(
        pieces=texts,
        files=named,
        copies=[digests.get(file.id) for file in named],
        about=acquaintance(case.scheme, case.answers, around),
        said=acquaintance(case.scheme, case.answers, around.said_in(read)),
    )


async def known_of(tx: Tx, case: Case) -> Acquaintance:
    """Who and what is known in the case, with what its partnership knows around it."""
    return acquaintance(case.scheme, case.answers, await surroundings(tx, case))


def basis_of(key: Key, sources: Sources) -> bytes:
    """The index of the sources of a case; `key` is the case's."""
    parts = (RECIPE, sources.pieces, sources.files, sources.copies, sources.said)
    plain = msgspec.json.encode(parts, order="deterministic")
    return blind_index(key, "pack", "basis", hashlib.sha256(plain).hexdigest())
