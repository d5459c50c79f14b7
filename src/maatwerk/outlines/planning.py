"""What a file would do to the cases of a scheme: which rows are new, which say something else than the last time, which are gone.

A row is held against what it said itself when it was last taken in, so that what people changed in a case since stays as they
left it until the file says otherwise.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.outlines.queries import Imported, imported, said
from maatwerk.outlines.showing import opened
from maatwerk.rules.belonging import holds
from maatwerk.rules.decoding import Fault
from maatwerk.rules.outline import FileDef, OutlineDef
from maatwerk.rules.outline_rows import Row, RowsRefused, completed, numbered, read_rows
from maatwerk.rules.places import places
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx

Fate = Literal["nieuw", "gewijzigd", "ongewijzigd"]


@dataclass(frozen=True)
class Change:
    """An answer that a row gives otherwise than the last time; None is no answer."""

    field: str
    was: Any
    becomes: Any


@dataclass(frozen=True)
class Planned:
    """A row, what becomes of it, and the case that it became before."""

    row: Row
    fate: Fate
    case_id: UUID | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All rows of a file in its order; `gone` are cases of earlier files that this one doesn't have. They stay as they are."""

    version_id: UUID
    scheme: Scheme
    outline: OutlineDef
    file: FileDef
    rows: tuple[Planned, ...]
    gone: tuple[Imported, ...]

    def count(self, fate: Fate) -> int:
        return sum(each.fate == fate for each in self.rows)


async def plan(tx: Tx, caller: Caller, version_id: UUID, content: bytes) -> Plan:
    """What a file would do. Raises NotFound and Forbidden for the outline, Forbidden for who may not register its cases, RowsRefused
    with every fault of the file."""
    scheme, outline = await opened(tx, caller, version_id)
    file = outline.file
    if file is None:
        raise NotFound.because("geen_bestand", "Deze regeling leest geen bestand met zaken.")
    refuse_bystander(caller, scheme, file)
    known = await imported(tx, scheme.code)
    rows, faults = read_rows(scheme, outline, file, text_of(content))
    own = {row.key: known[key].number for row in rows if (key := digest(row.key)) in known}
    used = await said(tx, scheme.code, outline.number)
    found, misfits = completed(scheme, outline, file, numbered(outline, rows, own, used), used)
    told = {(fault.line, fault.key) for fault in faults}
    misfits = [
        fault for fault in misfits if (fault.line, fault.key) not in told
    ]  # a cell that was misread is not empty too
    if faults := [*faults, *misfits, *_taken(found, own, used)]:
        raise RowsRefused(tuple(sorted(faults, key=lambda fault: fault.line)))
    planned = tuple(_planned(row, known.get(digest(row.key))) for row in found)
    _refuse_closed(planned, known)
    keys = {digest(row.key) for row in found}
    return Plan(version_id, scheme, outline, file, planned, tuple(r for key, r in known.items() if key not in keys))


def refuse_bystander(caller: Caller, scheme: Scheme, file: FileDef) -> None:
    """Raises Forbidden unless one of the caller's roles both registers and changes cases."""
    where = places(scheme)
    for act in (file.act, file.change):
        if not any(holds(caller, role, where[role]) for role in scheme.acts[act].by if role in where):
            raise Forbidden.because("rol", f"{scheme.acts[act].title} hoort niet bij uw rol.")


def text_of(content: bytes) -> str:
    """The text of a file as it was sent. Raises Invalid for what is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "Dit bestand is niet als tekst (UTF-8) te lezen."
        raise Invalid.because("onleesbaar", message, mend="Sla het op als CSV in UTF-8.") from None
    if not text.strip() or "\0" in text:
        raise Invalid.because("onleesbaar", "Hier staat geen tekst.", mend="Stuur een CSV-bestand.")
    return text


def digest(key: str) -> str:
    """What tells rows apart, of one length."""
    return hashlib.sha256(key.encode()).hexdigest()


def _taken(rows: tuple[Row, ...], own: Mapping[str, str], used: Collection[str]) -> Iterator[Fault]:
    """Numbers that another row or another case has; a row keeps its `own`."""
    seen: dict[str, str] = {}
    for row in rows:
        if seen.setdefault(row.number, row.key) != row.key or (row.number in used and own.get(row.key) != row.number):
            message = f"nummer {row.number[:40]} is al van een andere zaak."
            yield Fault("", message, "Geef een ander nummer.", row.line)


def _planned(row: Row, before: Imported | None) -> Planned:
    if before is None:
        return Planned(row, "nieuw")
    names = dict.fromkeys((*before.answers, *row.answers))
    changes = [Change(n, before.answers.get(n), row.answers.get(n)) for n in names]
    changed = tuple(each for each in changes if each.was != each.becomes)
    return Planned(row, "gewijzigd" if changed else "ongewijzigd", before.case_id, changed)


def _refuse_closed(rows: tuple[Planned, ...], known: Mapping[str, Imported]) -> None:
    closed = {each.case_id: each.closed for each in known.values() if each.closed}
    message = "deze zaak is gesloten ({}), en de regel zegt iets anders dan de vorige keer."
    faults = [
        Fault(
            "", message.format(closed[each.case_id]), "Laat de regel zoals hij was, of heropen de zaak.", each.row.line
        )
        for each in rows
        if each.changes and each.case_id in closed
    ]
    if faults:
        raise RowsRefused(tuple(faults))
