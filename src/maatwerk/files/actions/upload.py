"""A school adds an attachment. Everything slow happens before the transaction; the names and texts that pass here are of a
child, so nothing of them is logged."""

from dataclasses import dataclass
from uuid import UUID

from maatwerk import outbox
from maatwerk.crypto import case_key
from maatwerk.db import new_id
from maatwerk.files import chunks, keeping
from maatwerk.files.clamd import ScannerAway, is_clean
from maatwerk.files.examiner import examine
from maatwerk.files.kinds import Examined
from maatwerk.files.messages import FileQuarantined
from maatwerk.rules.refusals import Conflict, Refused
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, scope

MOST_FILES = 40
COUNT = """
    SELECT count(*) FROM file
    WHERE tenant_id = $1 AND case_id = $2 AND purpose = 'bijlage' AND removed_at IS NULL
"""


@dataclass(frozen=True)
class Stored:
    """A kept attachment: `state` is `klaar`, `geblokkeerd` (never leaves; `blocks` says why) or `in_quarantaine`."""

    id: UUID
    state: keeping.State
    media_type: str
    size: int
    blocks: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Admitted:
    """An upload that passed; `scanned` is False when the virus scanner has yet to say something."""

    examined: Examined
    scanned: bool

    @property
    def state(self) -> keeping.State:
        if not self.scanned:
            return "in_quarantaine"
        return "klaar" if self.examined.clean is not None else "geblokkeerd"


async def upload(
    tenant_id: UUID,
    actor_id: UUID | None,
    membership_id: UUID,
    case_id: UUID,
    field: str,
    name: str,
    content: bytes,
    *,
    not_bsn: frozenset[str] = frozenset(),
) -> Stored:
    """`admit` and `keep` in a transaction of its own; the caller has checked that the case takes attachments."""
    admitted = await admit(field, name, content, not_bsn=not_bsn)
    async with scope(tenant_id, actor_id) as tx:
        return await keep(tx, membership_id, case_id, field, admitted)


async def admit(field: str, name: str, content: bytes, *, not_bsn: frozenset[str] = frozenset()) -> Admitted:
    """Looks at an upload, outside any transaction. Raises Refused with every ground, in Dutch.

    `not_bsn` holds numbers, as digits, that were marked as no BSN with a reason.
    """
    examined = await examine(name, content, place=field, not_bsn=not_bsn)
    return Admitted(examined, await _scanned(content))


async def keep(tx: Tx, membership_id: UUID | None, case_id: UUID, field: str, admitted: Admitted) -> Stored:
    """Seals and stores the original, the clean variant and the text. Raises Conflict when the case has too many files."""
    key, file_id, examined = await case_key(tx, case_id), new_id(), admitted.examined
    await _refuse_too_many(tx, case_id)
    about = keeping.Described(
        case_id=case_id,
        field=field,
        purpose="bijlage",
        name=examined.name,
        media_type=examined.media_type,
        state=admitted.state,
        metadata=examined.metadata,
        blocks=examined.blocks,
        remarks=examined.remarks,
        uploaded_by=membership_id,
    )
    await keeping.insert(tx, key, file_id, about, examined.content)
    await chunks.write(tx, key, file_id, "origineel", examined.content)
    await chunks.write(tx, key, file_id, "tekst", examined.text.encode())
    if examined.clean is not None:
        await chunks.write(tx, key, file_id, "schoon", examined.clean)
    if not admitted.scanned:
        await outbox.post(tx, FileQuarantined(file_id))
    size = len(examined.content)
    return Stored(file_id, admitted.state, examined.media_type, size, examined.blocks, examined.remarks)


async def _scanned(content: bytes) -> bool:
    """Whether the scanner found nothing; False when it is away, True when there is none. Raises Refused for a virus."""
    url = in_force().clamd_url
    if not url:
        return True
    try:
        clean = await is_clean(url, content)
    except ScannerAway:
        return False
    if not clean:
        mend = "Controleer uw computer op virussen en voeg een schoon bestand toe."
        raise Refused.because("bestand_besmet", "In het bestand is een virus gevonden.", mend=mend, field="bestand")
    return True


async def _refuse_too_many(tx: Tx, case_id: UUID) -> None:
    if await tx.fetchval(COUNT, tx.tenant_id, case_id) >= MOST_FILES:
        raise Conflict.because(
            "te_veel_bijlagen",
            f"Deze aanvraag heeft al {MOST_FILES} bijlagen.",
            mend="Voeg bestanden samen, of verwijder er eerst een.",
        )
