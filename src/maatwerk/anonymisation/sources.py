"""What the items of a pack follow from, beside what people mended in it: texts, attachments, who is known. A pack keeps an index of
it, keyed with the case's own key: it tells whether the pack is still that of the case, and after erasure nothing. A member who comes
or a school that joins is in it only once a text may name them; that costs a reading of every text, so it keeps one beside it of all that
is known, and as long as that is the same no text is read again."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance, acquaintance
from maatwerk.anonymisation.pieces import Piece, attachment_ids, pieces
from maatwerk.anonymisation.surroundings import Surroundings, surroundings
from maatwerk.cases.case import Case
from maatwerk.crypto import Key, blind_index
from maatwerk.crypto.blind import LENGTH
from maatwerk.files import queries as files
from maatwerk.files.queries import StoredFile
from maatwerk.tenancy import Tx

RECIPE = 2  # raised when items are made in another way, so that a pack that waits for its release is made anew
AGAIN = "UPDATE pack SET basis = $4 WHERE tenant_id = $1 AND id = $2 AND basis = $3"


@dataclass(frozen=True)
class Sources:
    """`copies` are digests of what is kept of each file beside its original, in the order of the files; None for nothing."""

    case: Case
    pieces: Sequence[Piece]
    files: Sequence[StoredFile]
    copies: Sequence[bytes | None]
    around: Surroundings
    about: Acquaintance


async def sources_of(tx: Tx, case: Case) -> Sources:
    """The sources as they are now. Raises Erased."""
    wanted = attachment_ids(case.scheme, case.answers)
    kept = await files.listing(tx, case.id) if wanted else []
    named = [file for file in kept if wanted.get(file.id) == file.field]
    digests = await files.digests(tx, [file.id for file in named])
    around = await surroundings(tx, case)
    return Sources(
        case=case,
        pieces=pieces(case.scheme, case.answers, case.acts),
        files=named,
        copies=[digests.get(file.id) for file in named],
        around=around,
        about=acquaintance(case.scheme, case.answers, around),
    )


async def known_of(tx: Tx, case: Case) -> Acquaintance:
    """Who and what is known in the case, with what its partnership knows around it."""
    return acquaintance(case.scheme, case.answers, await surroundings(tx, case))


def basis_of(key: Key, sources: Sources, attached: Iterable[str]) -> bytes:
    """What a pack keeps of its sources: the index of all that is known, and behind it that of what the texts may say of it. `attached` are
    the texts of the files; `key` is the case's. Slow on long texts."""
    texts = [*(piece.text for piece in sources.pieces), *attached]
    said = acquaintance(sources.case.scheme, sources.case.answers, sources.around.said_in(texts))
    return _index(key, sources, sources.about) + _index(key, sources, said)


def same_basis(one: bytes | None, other: bytes) -> bool:
    """Whether two tell of the same pack: what is known around it may have changed, as long as no text names it."""
    return one is not None and one[-LENGTH:] == other[-LENGTH:]


async def is_made_of(tx: Tx, pack_id: UUID, basis: bytes | None, sources: Sources) -> bool:
    """Whether a pack with this basis is that of its sources. When something around the case changed that no text names, it is written
    down, so that nobody has to read the texts for it again."""
    key = sources.case.key
    assert key is not None
    if basis is None:
        return False
    if basis[:-LENGTH] == _index(key, sources, sources.about):
        return True
    attached = [await files.text(tx, file.id) for file in sources.files]
    now = await asyncio.to_thread(basis_of, key, sources, attached)
    if not same_basis(basis, now):
        return False
    await write_down(tx, pack_id, basis, now)
    return True


async def write_down(tx: Tx, pack_id: UUID, basis: bytes, now: bytes) -> None:
    """Keeps a basis that is the same pack's still, unless the pack was made anew meanwhile."""
    await tx.execute(AGAIN, tx.tenant_id, pack_id, basis, now)


def _index(key: Key, sources: Sources, about: Acquaintance) -> bytes:
    parts = (RECIPE, sources.pieces, sources.files, sources.copies, about)
    plain = msgspec.json.encode(parts, order="deterministic")
    return blind_index(key, "pack", "basis", hashlib.sha256(plain).hexdigest())
