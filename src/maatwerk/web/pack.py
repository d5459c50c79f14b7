"""What a reviewer reads of a case: the released pack and nothing else. Opening it is a reading that is logged, so no page
opens it unasked; a refused try is logged too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response

from maatwerk.anonymisation.pieces import reader_of
from maatwerk.anonymisation.titles import title_of
from maatwerk.files.serving import download
from maatwerk.http import FromPath, GivenCaller
from maatwerk.reviews.actions.open_pack import (
    READ,
    OpenedPack,
    fetch_attachment,
    open_pack,
    refusals_logged,
)
from maatwerk.reviews.notes import Note
from maatwerk.rules.disclosure import field_at
from maatwerk.rules.scheme import FieldDef, Scheme
from maatwerk.tenancy import scope
from maatwerk.web.answers import said
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.who import who


@dataclass(frozen=True)
class Entry:
    """A title with what was said, or with the rows of a table, each by the title of its column."""

    title: str
    text: str = ""
    rows: Sequence[Mapping[str, str]] = ()


@page("/zaken/{case_id:uuid}/pakket", permission="pakket.lezen")
async def show_pack(caller: GivenCaller, case_id: FromPath[UUID]) -> Response[str]:
    async with refusals_logged(caller, case_id, READ), scope(caller.tenant_id, caller.person_id) as tx:
        pack = await open_pack(tx, caller, case_id)
    return render(
        "pack.html",
        f"Pakket van zaak {pack.number}",
        await who(caller),
        pack=pack,
        place=place(pack),
        facts=facts(pack),
        texts=texts(pack),
        attachments=[each for sheet in pack.sheets for each in sheet.attachments],
        notes=[written(pack.scheme, note) for note in pack.notes],
        votes=[written(pack.scheme, note) for note in pack.votes],
    )


@page(
    "/zaken/{case_id:uuid}/pakket/bijlagen/{file_id:uuid}",
    permission="pakket.lezen",
    media_type="application/octet-stream",
)
async def download_from_pack(caller: GivenCaller, case_id: FromPath[UUID], file_id: FromPath[UUID]) -> Response[bytes]:
    about, content = await fetch_attachment(caller, case_id, file_id)
    return download(about.name, about.media_type, content)


def place(pack: OpenedPack) -> str:
    """On which chair, or in which role where that has none."""
    seat = pack.scheme.seats.get(pack.seat)
    return f"op de zetel {seat.title}" if seat else f"als {pack.scheme.roles[reader_of(pack.scheme)].title.lower()}"


def facts(pack: OpenedPack) -> list[Entry]:
    """The fields that the scheme opens."""
    return [
        Entry(title_of(pack.scheme, path), said(_asked(pack.scheme, path), value))
        for sheet in pack.sheets
        for path, value in sheet.fields.items()
    ]


def texts(pack: OpenedPack) -> list[Entry]:
    """Redacted texts, tables and answers of the school, in the order of release."""
    found: list[Entry] = []
    for sheet in pack.sheets:
        found += [Entry(title_of(pack.scheme, path), text) for path, text in sheet.texts.items()]
        found += [_table(pack.scheme, path, rows) for path, rows in sheet.tables.items()]
        found += [
            Entry(title_of(pack.scheme, f"{each.act}.{each.field}@{each.seq}"), each.text) for each in sheet.answers
        ]
    return found


def written(scheme: Scheme, note: Note) -> tuple[str, Note, list[Entry]]:
    """What a reviewer did or wrote: from which seat, when, and what."""
    definition = scheme.acts[note.act]
    entries = [
        Entry(definition.fields[name].label, said(definition.fields[name], value))
        for name, value in note.fields.items()
    ]
    seat = f": {scheme.seats[note.seat].title}" if note.seat in scheme.seats else ""
    return f"{definition.title}{seat}", note, entries


def _table(scheme: Scheme, path: str, rows: Sequence[Mapping[str, Any]]) -> Entry:
    columns = scheme.form[path].columns
    return Entry(
        scheme.form[path].title,
        rows=[{columns[name].label: said(columns[name], value) for name, value in row.items()} for row in rows],
    )


def _asked(scheme: Scheme, path: str) -> FieldDef | None:
    field, part = field_at(scheme, path)
    return None if part else field


SCREENS = [show_pack, download_from_pack]
