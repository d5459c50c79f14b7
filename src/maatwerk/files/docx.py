"""What a Word document may not contain. Plain hyperlinks are let in, since school texts are full of them; cleaning takes them out."""

from collections.abc import Iterator

from maatwerk.files.docx_package import (
    CONTENT_TYPES,
    Parts,
    content_type,
    main_part,
    read_package,
    relationships,
)
from maatwerk.files.image import JPEG_START, PNG_START, TOO_MANY_PIXELS, opened, picture_faults
from maatwerk.files.kinds import DAMAGED, reason
from maatwerk.files.xml_parts import parse_xml
from maatwerk.rules.refusals import Reason

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_PIXELS_IN_ALL = 200_000_000
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RESAVE = "Sla het document op als PDF en voeg die toe."
MACROS = reason("docx_macro", "Het Word-document bevat macro's.", "Sla het op als gewoon .docx-document of als PDF.")
NOT_WORD = reason("docx_geen_document", "Het bestand is geen gewoon Word-document (.docx).", _RESAVE)
EXTERNAL = reason("docx_externe_verwijzing", "Het Word-document haalt gegevens van buiten op.", _RESAVE)
EMBEDDED = reason(
    "docx_ingesloten_bestand", "Het Word-document bevat een ingesloten bestand.", "Voeg dat apart toe. " + _RESAVE
)
_REFUSED_KINDS = {
    "vbaproject": MACROS,
    "wordvbadata": MACROS,
    "attachedtoolbars": MACROS,
    "keymapcustomizations": MACROS,
    "extensibility": MACROS,
    "webextension": MACROS,
    "webextensiontaskpanes": MACROS,
    "oleobject": EMBEDDED,
    "control": EMBEDDED,
    "activexcontrolbinary": EMBEDDED,
    "afchunk": EMBEDDED,
    "subdocument": EMBEDDED,
}
_OTHER_FILES = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-", b"MZ", b"{\\rtf", b"\x7fELF")


def faults(content: bytes) -> tuple[Reason, ...]:
    """Every ground to refuse this document; raises Refused for a bomb and parser exceptions for what is damaged."""
    parts = read_package(content)
    return tuple(dict.fromkeys(_found(parts)))


def _found(parts: Parts) -> Iterator[Reason]:
    if any(name.lower().rpartition("/")[2].startswith("vba") for name in parts):
        yield MACROS
    if b"macroenabled" in parts[CONTENT_TYPES].lower():
        yield MACROS
    main = main_part(parts)
    if content_type(parts, main) != _MAIN_TYPE:
        yield NOT_WORD
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            root = parse_xml(part)
            if name == main and root.tag != f"{WORD}document":
                yield NOT_WORD
    yield from _of_other_files(parts)
    yield from _of_pictures(parts)
    for name in ["", *parts]:
        yield from _of_relationships(parts, name)


def _of_other_files(parts: Parts) -> Iterator[Reason]:
    """A file within the file, whether or not anything points at it; the figures behind a chart are left behind in cleaning."""
    figures = {each.target for name in parts if name.startswith("word/charts/") for each in relationships(parts, name)}
    for name, part in parts.items():
        if part.startswith(_OTHER_FILES) and name not in figures:
            yield EMBEDDED


def _of_pictures(parts: Parts) -> Iterator[Reason]:
    """Decodes the pictures, until together they are more than a document can need."""
    pixels = 0
    for part in parts.values():
        if not part.startswith((JPEG_START, PNG_START)):
            continue
        with opened(part) as picture:
            pixels += picture.width * picture.height
        if pixels > MAX_PIXELS_IN_ALL:
            yield TOO_MANY_PIXELS
            return
        yield from picture_faults(part)


def _of_relationships(parts: Parts, name: str) -> Iterator[Reason]:
    chart = name.startswith("word/charts/")
    for each in relationships(parts, name):
        if each.external and each.kind != "hyperlink":
            yield EXTERNAL
        elif each.kind.lower() in _REFUSED_KINDS:
            yield _REFUSED_KINDS[each.kind.lower()]
        elif each.kind == "package" and not chart:
            yield EMBEDDED
        elif not each.external and not each.id:
            yield DAMAGED
