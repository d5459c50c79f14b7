"""A PDF without what it tells beside its pages. It is rebuilt by allow-list: bookmarks, links, tags and notes do not survive, filled-in fields do, as print."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    Stream,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from maatwerk.files import pdf_text
from maatwerk.files.kinds import Cleaned, Kind
from maatwerk.files.notes_in_text import PICTURE, UNREADABLE, only_notes, page_begins
from maatwerk.files.pdf import dictionaries, is_image, streams
from maatwerk.files.pdf_pictures import has_drawings, has_pictures, paints, strip_picture

NO_TEXT = "Geen tekst leesbaar: dit is een scan of een foto. Lees het zelf na."
NO_TEXT_ON = "Geen of niet alle tekst leesbaar op bladzijde {pages}. Lees die zelf na."
HAS_IMAGES = "Het document bevat afbeeldingen. Tekst in een afbeelding wordt niet nagekeken."
HAS_DRAWINGS = "Het document bevat tekeningen. Tekst die getekend is wordt niet nagekeken."
UNKNOWN_IMAGE = "De PDF bevat een afbeelding die niet kan worden nagekeken. Vraag de school om een andere PDF."

_VISIBLE = {"/Widget", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Line", "/Square"}
_VISIBLE |= {"/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp"}
_CATALOGUE = {"/Type", "/Pages", "/Lang"}
_PAGE = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
_PAGE |= {"/Rotate", "/UserUnit", "/Contents", "/Group"}
_TELLING = {"/Metadata", "/PieceInfo", "/LastModified", "/Properties", "/OPI", "/Measure", "/PtData"}
_TELLING_OF_STREAM = {"/OC", "/AF", "/StructParent", "/StructParents"}
_STRINGS = {"/Registry", "/Ordering"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?")
_WITHOUT_PROPERTIES = {"BDC": Operator("BMC"), "DP": Operator("MP")}


class Seen(NamedTuple):
    """What a page shows, whether or not it can be read."""

    paints: bool
    pictures: bool


def clean(content: bytes) -> Cleaned:
    """Rebuilds an inspected PDF; equal input gives equal bytes."""
    with Pdf.open(BytesIO(_pages_only(content))) as pdf:
        blocks = _clean_streams(pdf)
        saved = _saved(pdf)
        seen = tuple(Seen(paints(page), has_pictures(page)) for page in pdf.pages)
        drawings = has_drawings(pdf)
    pages = pdf_text.pages(saved)
    remarks = _remarks(pages, seen, drawings)
    return Cleaned(Kind.PDF, saved, _text(pages, seen), blocks, remarks)


def _pages_only(content: bytes) -> bytes:
    """The document with nothing reachable but its pages: what older revisions and dropped entries held is gone."""
    with Pdf.open(BytesIO(content)) as pdf:
        _flatten(pdf)
        _keep_only(pdf.Root, _CATALOGUE)
        _keep_only(pdf.trailer, {"/Root", "/Size"})
        for page in pdf.pages:
            _keep_only(page.obj, _PAGE)
            page.contents_coalesce()
        for stream in streams(pdf):
            for key in _TELLING_OF_STREAM & set(stream.keys()):
                del stream[key]
        for each in dictionaries(pdf):
            for key in _TELLING & set(each.keys()):
                del each[key]
            _drop_words(each)
        pdf.remove_unreferenced_resources()
        return _saved(pdf)


def _drop_words(each: Dictionary) -> None:
    """Takes out every string that no page needs to be drawn: it is where something can be written that nobody sees."""
    for key, value in list(each.items()):
        if isinstance(value, Array):
            _blank(value)
        elif isinstance(value, String) and key not in _STRINGS and not (key == "/Lang" and _is_language(value)):
            del each[key]


def _blank(array: Array) -> None:
    if len(array) and array[0] == Name.Indexed:
        return
    for place, part in enumerate(array):
        if isinstance(part, String):
            array[place] = String("")
        elif isinstance(part, Array) and not part.is_indirect:
            _blank(part)


def _is_language(value: String) -> bool:
    return _LANGUAGE.fullmatch(str(value)) is not None


def _saved(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _keep_only(dictionary: Object, allowed: set[str]) -> None:
    for key in set(dictionary.keys()) - allowed:
        del dictionary[key]


def _flatten(pdf: Pdf) -> None:
    """Makes what a reader sees of fields and drawn notes part of the page, and drops every annotation with its author."""
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        if isinstance(notes, Array):
            page.obj.Annots = Array([note for note in notes if str(note.get("/Subtype", "")) in _VISIBLE])
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _clean_streams(pdf: Pdf) -> tuple[str, ...]:
    """Strips pictures and marked content; answers the ground when a picture can't be read."""
    blocks: tuple[str, ...] = ()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        if isinstance(contents, Stream):
            _strip_marked_content(contents)
    for stream in streams(pdf):
        if is_image(stream):
            if not strip_picture(stream):
                blocks = (UNKNOWN_IMAGE,)
        elif str(stream.get("/Subtype", "")) == "/Form" or "/PatternType" in stream:
            _strip_marked_content(stream)
    return blocks


def _strip_marked_content(stream: Stream) -> None:
    """Takes the properties off marked content: they may hold the text that is read aloud instead of the page's."""
    content = stream.read_bytes()
    if not any(mark in content for mark in (b"BDC", b"DP", b"%")):
        return
    instructions = []
    for each in parse_content_stream(stream):
        plain = _WITHOUT_PROPERTIES.get(str(each.operator))
        if plain is not None and isinstance(each, ContentStreamInstruction):
            each = ContentStreamInstruction(list(each.operands)[:1], plain)
        instructions.append(each)
    stream.write(unparse_content_stream(instructions))


def _text(pages: Sequence[pdf_text.Page], seen: Sequence[Seen]) -> str:
    """The text of all pages, each under its number when there are more, with a note for what does not come along."""
    parts = []
    for number, (page, shows) in enumerate(zip(pages, seen, strict=True), 1):
        unreadable = shows.paints and not page.text and not shows.pictures
        notes = [note for note, holds in ((UNREADABLE, unreadable), (PICTURE, shows.pictures)) if holds]
        heading = [page_begins(number)] if len(pages) > 1 else []
        parts.append("\n".join(filter(None, (*heading, page.text, *notes))))
    text = "\n\n".join(filter(None, parts))
    return "" if only_notes(text) else text


def _remarks(pages: Sequence[pdf_text.Page], seen: Sequence[Seen], drawings: bool) -> tuple[str, ...]:
    """What the person who releases has to read with her own eyes."""
    if not any(page.text for page in pages):
        return (NO_TEXT,)
    found = []
    unread = [str(n) for n, (page, shows) in enumerate(zip(pages, seen, strict=True), 1)
              if not page.whole or (shows.paints and not page.text)]  # fmt: skip
    if unread:
        found.append(NO_TEXT_ON.format(pages=", ".join(unread)))
    if any(shows.pictures for shows in seen):
        found.append(HAS_IMAGES)
    if drawings:
        found.append(HAS_DRAWINGS)
    return tuple(found)
