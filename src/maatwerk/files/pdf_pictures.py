"""What a PDF shows without writing it: pictures, and signs that are drawn as lines. Nobody reads those but a person, so the
release waits for her; what hides in the data of a picture is taken out."""

import re
import zlib
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream

from maatwerk.files.image_markers import jpeg2000_without_boxes, jpeg_without_markers
from maatwerk.files.pdf import MAX_EXPANDED, dictionaries, filters, is_image, streams

MOST_CURVES = 150
_PAINTS = re.compile(rb"(?<![\w/])(?:Do|sh|EI|Tj|TJ|['\"]|[fFBb]\*?|[sS])(?![\w/])")
_WRITES = re.compile(rb"(?<![\w/])(?:Do|Tj|TJ|['\"])(?![\w/])")
_INLINE = re.compile(rb"(?<![\w/])BI\s.{1,2000}?\sID\s", re.DOTALL)
_CURVE = re.compile(rb"\d\s+[cvy](?=\s)")


def paints(page: Page) -> bool:
    """Whether the page shows anything at all."""
    return any(_PAINTS.search(_content(stream)) for stream in _contents(page))


def has_pictures(page: Page) -> bool:
    """Whether the page may show a picture, of its own or within what it draws."""
    forms = list(_forms(page.obj.get("/Resources"), set()))
    return any(is_image(each) for each in forms) or any(
        _INLINE.search(_content(stream)) for stream in (*_contents(page), *forms)
    )


def has_drawings(pdf: Pdf) -> bool:
    """Whether lines may be letters: many curves on a page, or signs that are drawn by their own small pages."""
    if any(len(_CURVE.findall(_content(stream))) > MOST_CURVES for stream in streams(pdf) if not is_image(stream)):
        return True
    signs = any(str(each.get("/Subtype", "")) == "/Type3" for each in dictionaries(pdf))
    return signs or any(_WRITES.search(_content(each)) for each in _beside_pages(pdf))


def _beside_pages(pdf: Pdf) -> Iterator[Stream]:
    """What is drawn by way of a pattern or a mask."""
    yield from (each for each in streams(pdf) if "/PatternType" in each)
    for each in dictionaries(pdf):
        mask = each.get("/SMask")
        group = mask.get("/G") if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream):
            yield group


def strip_picture(stream: Stream) -> bool:
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


def _contents(page: Page) -> Iterator[Stream]:
    contents = page.obj.get("/Contents")
    if isinstance(contents, Stream):
        yield contents


def _forms(resources: Object | None, seen: set[tuple[int, int]]) -> Iterator[Stream]:
    """The pictures and forms that a page can draw, each once."""
    drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    for _, each in drawn.items() if isinstance(drawn, Dictionary) else ():
        if isinstance(each, Stream) and each.objgen not in seen:
            seen.add(each.objgen)
            yield each
            yield from _forms(each.get("/Resources"), seen)


def _content(stream: Stream) -> bytes:
    """What a stream says; of one that can't be unpacked, that it paints."""
    try:
        return b"" if is_image(stream) else stream.read_bytes()
    except PdfError:
        return b" Do "
