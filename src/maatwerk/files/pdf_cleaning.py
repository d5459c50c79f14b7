"""A PDF without what it tells beside its pages. It is rebuilt by allow-list: bookmarks, links, tags and notes do not survive, filled-in fields do, as print."""

import re
import zlib
from io import BytesIO

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Pdf,
    PdfError,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from maatwerk.files import pdf_text
from maatwerk.files.image_markers import jpeg2000_without_boxes, jpeg_without_markers
from maatwerk.files.kinds import Cleaned, Kind
from maatwerk.files.pdf import MAX_EXPANDED, dictionaries, filters, is_image, streams

NO_TEXT = "Geen tekst leesbaar: dit is een scan of een foto. Lees het zelf na."
NO_TEXT_ON = "Geen tekst leesbaar op bladzijde {pages}. Lees die zelf na."
HAS_IMAGES = "Het document bevat afbeeldingen. Tekst in een afbeelding wordt niet nagekeken."
UNKNOWN_IMAGE = "De PDF bevat een afbeelding die niet kan worden nagekeken. Vraag de school om een andere PDF."

_VISIBLE = {"/Widget", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Line", "/Square"}
_VISIBLE |= {"/Circle", "/Polygon", "/PolyLine", "/Ink", "/Stamp"}
_CATALOGUE = {"/Type", "/Pages", "/Lang"}
_PAGE = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
_PAGE |= {"/Rotate", "/UserUnit", "/Contents", "/Group"}
_TELLING = {"/Metadata", "/PieceInfo", "/LastModified", "/Properties", "/OPI", "/Measure", "/PtData"}
_TELLING_OF_STREAM = {"/OC", "/AF", "/StructParent", "/StructParents"}
_PAINTS = re.compile(rb"(?<![\w/])(?:Do|sh|EI|Tj|TJ|['\"]|[fFBb]\*?|[sS])(?![\w/])")
_WITHOUT_PROPERTIES = {"BDC": Operator("BMC"), "DP": Operator("MP")}


def clean(content: bytes) -> Cleaned:
    """Rebuilds an inspected PDF; equal input gives equal bytes."""
    with Pdf.open(BytesIO(_pages_only(content))) as pdf:
        blocks = _clean_streams(pdf)
        saved = _saved(pdf)
        painted = tuple(_paints(page) for page in pdf.pages)
        images = any(is_image(stream) for stream in streams(pdf))
    texts = pdf_text.pages(saved)
    remarks = _remarks(texts, painted, images)
    return Cleaned(Kind.PDF, saved, "\n\n".join(filter(None, texts)), blocks, remarks)


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
        return _saved(pdf)


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
            if not _strip_picture(stream):
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


def _strip_picture(stream: Stream) -> bool:
    """Takes camera data out of a JPEG or JPEG 2000 in the page; False when its wrapping is unknown."""
    names = filters(stream)
    if not {"/DCTDecode", "/DCT", "/JPXDecode"} & set(names):
        return True
    raw = stream.read_raw_bytes()
    if names[0] in ("/FlateDecode", "/Fl") and len(names) == 2:
        raw = zlib.decompressobj().decompress(raw, MAX_EXPANDED)
        names = names[1:]
    if len(names) != 1:
        return False
    try:
        stripped = jpeg2000_without_boxes(raw) if names == ("/JPXDecode",) else jpeg_without_markers(raw)
    except ValueError:
        return False
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, Array):
        parameters = parameters[-1]
    stream.write(
        stripped, filter=Name(names[0]), decode_parms=parameters if isinstance(parameters, Dictionary) else None
    )
    return True


def _paints(page: Page) -> bool:
    """Whether the page shows anything at all."""
    contents = page.obj.get("/Contents")
    if not isinstance(contents, Stream):
        return False
    try:
        return _PAINTS.search(contents.read_bytes()) is not None
    except PdfError:
        return True


def _remarks(texts: tuple[str, ...], painted: tuple[bool, ...], images: bool) -> tuple[str, ...]:
    """What the person who releases has to read with her own eyes."""
    if not any(texts):
        return (NO_TEXT,)
    found = []
    unread = [str(n) for n, (text, paints) in enumerate(zip(texts, painted, strict=True), 1) if paints and not text]
    if unread:
        found.append(NO_TEXT_ON.format(pages=", ".join(unread)))
    if images:
        found.append(HAS_IMAGES)
    return tuple(found)
