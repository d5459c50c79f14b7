"""A reviewer opens a pack, or an attachment of it. The only place where a pack's key is unwrapped for somebody: after the chair
and his independence were looked at again, and with a line in the log."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from maatwerk.anonymisation import content
from maatwerk.anonymisation.content import Attachment, Sheet
from maatwerk.anonymisation.pieces import reader_of, seat_of_role
from maatwerk.anonymisation.queries import Pack, items_of, pack_of
from maatwerk.anonymisation.sources import known_of
from maatwerk.anonymisation.typeset import as_sent
from maatwerk.audit.access import log_reading
from maatwerk.cases.case import Case, read
from maatwerk.cases.meeting import meet
from maatwerk.crypto import Key, open_pack_key
from maatwerk.http.caller import Caller
from maatwerk.reviews.notes import Note, Told, notes
from maatwerk.reviews.queries import candidates
from maatwerk.rules.disclosure import rules_for
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Forbidden, NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx, scope

READ, ATTACHMENT_READ = "pakket.gelezen", "bijlage.gelezen"


@dataclass(frozen=True)
class OpenedPack:
    """What one seat may read of a case, and nothing else: no name, no birth date, no original."""

    scheme: Scheme
    case_id: UUID
    number: str
    seat: str
    sheets: Sequence[Sheet]
    notes: Sequence[Note]
    votes: Sequence[Note]


@dataclass(frozen=True)
class _Seating:
    """A caller who was let in: his seat, and the key of the pack."""

    case: Case
    pack: Pack
    seat: str
    key: Key
    ground: str


async def open_pack(tx: Tx, caller: Caller, case_id: UUID) -> OpenedPack:
    """The pack for the seat on which the caller sits.

    Raises Forbidden for who sits on none or is involved, NotFound as long as nothing was released, Erased.
    """
    found = await _let_in(tx, caller, case_id)
    sheets = await content.sheets(tx, found.key, found.pack.id)
    known = (await known_of(tx, found.case)).known
    items = await items_of(tx, found.case.key, found.pack.id) if found.case.key else []
    told = Told(frozenset(found.pack.coarsening), items)
    written, voted = await asyncio.to_thread(notes, found.case, known, found.seat, told)
    paths = [path.replace("@", ":") for sheet in sheets for path in (*sheet.fields, *sheet.texts, *sheet.tables)]
    await _log(tx, caller, found, READ, {"velden": paths})
    return OpenedPack(
        scheme=found.case.scheme,
        case_id=case_id,
        number=found.case.number or "",
        seat=found.seat,
        sheets=sheets,
        notes=written,
        votes=voted,
    )


async def open_attachment(tx: Tx, caller: Caller, case_id: UUID, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """An attachment as it was kept under its generated name. Raises as `open_pack` does."""
    found = await _let_in(tx, caller, case_id)
    sheets = await content.sheets(tx, found.key, found.pack.id)
    about = next((each for sheet in sheets for each in sheet.attachments if each.id == attachment_id), None)
    clean = await content.attachment(tx, found.key, found.pack.id, attachment_id) if about else None
    if about is None or clean is None:
        raise NotFound.because("bijlage_onbekend", "Deze bijlage zit niet in het pakket.")
    await _log(tx, caller, found, ATTACHMENT_READ, {"bijlage": attachment_id})
    return about, clean


async def fetch_attachment(caller: Caller, case_id: UUID, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """An attachment as it is sent; a text is typeset once the transaction is over. Raises as `open_pack` does."""
    async with refusals_logged(caller, case_id, ATTACHMENT_READ), scope(caller.tenant_id, caller.person_id) as tx:
        about, kept = await open_attachment(tx, caller, case_id, attachment_id)
    return about, await as_sent(about, kept)


@asynccontextmanager
async def refusals_logged(caller: Caller, case_id: UUID, what: str) -> AsyncIterator[None]:
    """Around the scope of a reading: a refused try is logged too, in a transaction of its own, and passes on."""
    try:
        yield
    except Forbidden as refusal:
        details = {"uitkomst": "geweigerd", "reden": refusal.reasons[0].code}
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await log_reading(
                tx, membership_id=caller.membership_id, case_id=case_id, what=what, ground="", details=details
            )
        raise


async def _let_in(tx: Tx, caller: Caller, case_id: UUID) -> _Seating:
    case = await read(tx, case_id)
    role, meeting = reader_of(case.scheme), meet(caller, case)
    if not role or role not in meeting.roles:
        raise Forbidden.because("geen_zetel", "U zit in deze zaak niet op een zetel.")
    seat = meeting.chairs.get(role) or seat_of_role(role)
    if role in meeting.chairs:
        await _refuse_involved(tx, caller, case, seat)
    pack = await pack_of(tx, case)
    if pack is None or pack.state != "vrijgegeven":
        raise NotFound.because("geen_pakket", "Er is voor deze zaak nog niets vrijgegeven.")
    rules = rules_for(case.scheme, role, fold(case.scheme, case.acts))
    if not rules:
        raise Forbidden.because("geen_inzage", "De regeling geeft u in deze stap geen inzage.")
    return _Seating(case, pack, seat, await open_pack_key(tx, pack.id, seat), rules[0].ground)


async def _refuse_involved(tx: Tx, caller: Caller, case: Case, seat: str) -> None:
    """Looked up at each reading: who became involved, or lost the seat, reads no more (R36-40)."""
    people = (await candidates(tx, case))[seat]
    own = next((candidate for candidate in people if candidate.person == str(caller.membership_id)), None)
    if own is None:
        raise Forbidden.because("geen_zetel", "Deze zetel is niet meer van u.")
    if own.involved and case.scheme.seats[seat].involved_blocks:
        raise Forbidden.because("betrokken", "Wie betrokken is bij de leerling of de zaak, leest niet mee.")


async def _log(tx: Tx, caller: Caller, found: _Seating, what: str, details: dict[str, object]) -> None:
    await log_reading(
        tx,
        membership_id=caller.membership_id,
        case_id=found.case.id,
        what=what,
        ground=found.ground,
        details={"zetel": found.seat, "pakket": found.pack.id, **details},
    )
