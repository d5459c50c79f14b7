"""Releasing a pack to the seats of its panel, within the act that does so. Nothing goes out before this: what the scheme opens,
the redacted texts, those of attachments too, and the clean copies are sealed anew with the pack's own key."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from maatwerk import audit, clock
from maatwerk.anonymisation import content
from maatwerk.anonymisation.actions.announce import announce
from maatwerk.anonymisation.blocks import reasons
from maatwerk.anonymisation.coarsening import coarser
from maatwerk.anonymisation.content import Attachment, Sheet
from maatwerk.anonymisation.corrections import count
from maatwerk.anonymisation.engine import Known
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.meter import known_of_pupil
from maatwerk.anonymisation.pieces import reader_of
from maatwerk.anonymisation.queries import Pack, items_of, last_asked, pack_of
from maatwerk.anonymisation.sheets import sheet_of
from maatwerk.anonymisation.sources import Sources, is_made_of, sources_of
from maatwerk.cases.case import Case
from maatwerk.crypto import Erased, Key, new_pack_key, open_pack_key
from maatwerk.files import queries as files
from maatwerk.files.kinds import Kind
from maatwerk.files.naming import safe_name
from maatwerk.rules.acts import Act
from maatwerk.rules.disclosure import rules_for
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.scheme import DisclosureDef
from maatwerk.tenancy import Tx

RELEASED = """
    UPDATE pack SET state = 'vrijgegeven', coarsening = $3, released_at = coalesce(released_at, $4),
        released_by = coalesce(released_by, $5), seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""
OUT = "UPDATE pack_item SET released_at = $3 WHERE tenant_id = $1 AND id = ANY($2)"


class PackOutdated(Refused):
    """The pack is not that of the case any more; whoever tried asks for it anew (renew.py), outside this transaction."""


async def release(tx: Tx, case: Case, act: Act, *, seats: Sequence[str], coarsening: frozenset[str]) -> None:
    """Releases what was not yet out. `case` is locked and includes `act`; coarsening holds from the first release on.

    Raises Refused as long as the pack is being made, something blocks it or there is no seat; PackOutdated when texts,
    attachments or known persons changed since it was made; Invalid for a coarsening that the scheme does not offer.
    """
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    rules = rules_for(case.scheme, reader_of(case.scheme), fold(case.scheme, case.acts))
    _refuse_unoffered(rules, coarsening)
    pack = await pack_of(tx, case, lock=True)
    if pack is None or pack.asked_by_seq < last_asked(case.acts):
        raise _being_made()
    items, sources = await items_of(tx, case.key, pack.id), await sources_of(tx, case)
    _refuse_changed(items, sources)
    if not await is_made_of(tx, pack.id, pack.basis, sources):
        raise _outdated()
    _refuse_blocked(items)
    key, coarse = await _key(tx, case, pack, seats), coarsening | frozenset(pack.coarsening)
    fresh = [item for item in items if not item.released and item.state == "klaar"]
    await _write(tx, case, act, key, pack, rules, coarse, fresh, sources.about.known)
    await count(tx, fresh)
    member = UUID(act.by.person) if act.by.person else None
    await tx.execute(RELEASED, tx.tenant_id, pack.id, sorted(coarse), clock.now(), member)
    await tx.execute(OUT, tx.tenant_id, [item.id for item in fresh], clock.now())
    details = {
        "pakket": pack.id,
        "delen": len(fresh),
        "zetels": list(seats),
        "vergroving": sorted(coarse),
        "seq": act.seq,
    }
    await audit.record(tx, "pakket.vrijgegeven", "zaak", case.id, details=details)
    await announce(tx, case, pack.id)


async def _write(
    tx: Tx,
    case: Case,
    act: Act,
    key: Key,
    pack: Pack,
    rules: Sequence[DisclosureDef],
    coarse: frozenset[str],
    fresh: Sequence[Item],
    known: Known,
) -> None:
    n = await content.next_number(tx, pack.id)
    texts = _texts(case, act, coarse, fresh, known.board)
    written = {item.path: texts[item.path] for item in fresh if item.kind != "bijlage"}
    sheet = sheet_of(case, rules, act.on, coarse, written, known, first=pack.state != "vrijgegeven")
    attachments = []
    going = [item for item in fresh if item.kind == "bijlage" and item.file_id and any(r.attachments for r in rules)]
    earlier = sum(len(each.attachments) for each in await content.sheets(tx, key, pack.id)) if n else 0
    for number, item in enumerate(going, start=1):
        about, plain = await _attachment(tx, item, texts[item.path], earlier + number)
        await content.write(tx, key, pack.id, n + number, plain, item.id)
        attachments.append(about)
    whole: Sheet = msgspec.structs.replace(sheet, attachments=attachments)
    await content.write(tx, key, pack.id, n, msgspec.json.encode(whole))


def _texts(case: Case, act: Act, coarse: frozenset[str], fresh: Sequence[Item], board: str) -> dict[str, str]:
    """What will be read of each item, by path; nothing of an attachment without text."""
    cell = known_of_pupil(case, act.on)
    return {item.path: coarser(item.content.redacted, cell, coarse, board) for item in fresh}


async def _attachment(tx: Tx, item: Item, text: str, number: int) -> tuple[Attachment, bytes]:
    """An attachment as it goes: its text as soon as that is not the original's any more, else a clean copy of the file."""
    assert item.file_id is not None
    if item.content.goes_as_text or text != item.content.redacted:
        name = safe_name(Kind.PDF, number)
        return Attachment(item.id, name, Kind.PDF.media_type, None, typeset=True), text.encode()
    clean = await files.content(tx, item.file_id, "schoon")
    kind = next(kind for kind in Kind if kind.media_type == item.content.media_type)
    return Attachment(item.id, safe_name(kind, number), kind.media_type, len(clean)), clean


async def _key(tx: Tx, case: Case, pack: Pack, seats: Sequence[str]) -> Key:
    """The pack's key: new for a first release, else the one that the seats have."""
    if not seats:
        raise Refused.because("geen_zetels", "Er is geen panel om het pakket aan vrij te geven.")
    if pack.state == "vrijgegeven":
        return await open_pack_key(tx, pack.id, seats[0])
    return await new_pack_key(tx, case.id, pack.id, seats)


def _refuse_changed(items: Sequence[Item], sources: Sources) -> None:
    """What is out stays as it is: a later release only adds, so a change of it asks for another round."""
    out = {item.path: item.content.original for item in items if item.released}
    if any(out.get(piece.path, piece.text) != piece.text for piece in sources.pieces):
        raise Refused.because(
            "vrijgegeven_gewijzigd",
            "Een tekst is gewijzigd nadat zij aan de beoordelaars is vrijgegeven.",
            mend="Laat de aanvraag opnieuw beoordelen, zodat zij het geheel opnieuw zien.",
        )


def _refuse_unoffered(rules: Sequence[DisclosureDef], coarsening: frozenset[str]) -> None:
    offered = {name for rule in rules for name in rule.coarsening}
    if not coarsening <= offered:
        raise Invalid.because(
            "vergroving", "Deze vergroving kent de regeling niet.", mend="Kies er een die het pakket aanbiedt.",
            field="vergroving",
        )  # fmt: skip


def _refuse_blocked(items: Sequence[Item]) -> None:
    blocked = [item for item in items if item.state == "geblokkeerd" and not item.released]
    if blocked:
        raise Refused(tuple(reason for item in blocked for reason in reasons(item.blocks, item.kind, item.path)))


def _being_made() -> Refused:
    return Refused.because(
        "pakket_niet_klaar", "Het pakket wordt nog gemaakt.", mend="Wacht even en probeer het dan opnieuw."
    )


def _outdated() -> Refused:
    return PackOutdated.because(
        "pakket_verouderd",
        "De aanvraag, een bijlage of een bekende naam is gewijzigd nadat het pakket is gemaakt.",
        mend="Het pakket wordt opnieuw gemaakt; bekijk het daarna en geef het dan vrij.",
    )
