"""What a PDF may not contain. An OpenAction that only turns to a page is harmless: it is the action's kind that is refused."""

import logging
from collections.abc import Iterator
from io import BytesIO
from zipfile import is_zipfile

from pikepdf import Array, Dictionary, Object, PasswordError, Pdf, Stream
from pikepdf.settings import set_qpdf_limits

from maatwerk.files.image import TOO_MANY_PIXELS
from maatwerk.files.kinds import DAMAGED, reason
from maatwerk.rules.refusals import Reason

MAX_OBJECTS = 100_000
MAX_PAGES = 1_000
MAX_EXPANDED = 100 * 1024 * 1024
MAX_PIXELS = 200_000_000  # of one picture: a large scan in black and white

set_qpdf_limits(
    doc_max_warnings=100,
    parser_max_container_size=1_000_000,
    flate_max_memory=MAX_EXPANDED,
    png_max_memory=MAX_EXPANDED,
    tiff_max_memory=MAX_EXPANDED,
    run_length_max_memory=MAX_EXPANDED,
    dct_max_memory=MAX_EXPANDED,
)
logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the document

_RESAVE = "Druk het document af naar een nieuwe PDF en voeg die toe."
ENCRYPTED = reason(
    "pdf_versleuteld", "De PDF is beveiligd of versleuteld.", "Haal de beveiliging eraf en voeg hem opnieuw toe."
)
SCRIPT = reason("pdf_javascript", "De PDF bevat een script (JavaScript).", _RESAVE)
LAUNCH = reason("pdf_opdracht", "De PDF bevat een opdracht die een programma start of gegevens verstuurt.", _RESAVE)
EMBEDDED = reason(
    "pdf_ingesloten_bestand", "De PDF bevat een ingesloten bestand.", "Voeg dat bestand apart toe. " + _RESAVE
)
MEDIA = reason("pdf_media", "De PDF bevat geluid, film of een 3D-beeld.", _RESAVE)
EXTERNAL = reason("pdf_externe_verwijzing", "De PDF haalt gegevens uit een ander bestand.", _RESAVE)
XFA = reason("pdf_xfa", "De PDF is een XFA-formulier.", _RESAVE)
EXPANDING = reason("pdf_te_groot_uitgepakt", "De PDF wordt bij het openen veel te groot.", _RESAVE)

_BY_KEY = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/XFA": XFA,
    "/EmbeddedFiles": EMBEDDED,
    "/EF": EMBEDDED,
    "/RichMediaContent": MEDIA,
}
_BY_ACTION = {
    "/JavaScript": SCRIPT,
    "/Launch": LAUNCH,
    "/ImportData": LAUNCH,
    "/SubmitForm": LAUNCH,
    "/GoToE": EMBEDDED,
    "/Rendition": MEDIA,
    "/RichMediaExecute": MEDIA,
}
_BY_SUBTYPE = {
    "/FileAttachment": EMBEDDED,
    "/Movie": MEDIA,
    "/RichMedia": MEDIA,
    "/Screen": MEDIA,
    "/Sound": MEDIA,
    "/3D": MEDIA,
}
_BY_TYPE = {"/EmbeddedFile": EMBEDDED}


def faults(content: bytes) -> tuple[Reason, ...]:
    """Every ground to refuse this PDF; whatever pikepdf raises beside a missing password means a damaged file."""
    if not content.startswith(b"%PDF-") or is_zipfile(BytesIO(content)):
        return (DAMAGED,)
    try:
        pdf = Pdf.open(BytesIO(content))
    except PasswordError:
        return (ENCRYPTED,)
    with pdf:
        if pdf.is_encrypted:
            return (ENCRYPTED,)
        if not 0 < len(pdf.pages) <= MAX_PAGES or len(pdf.objects) > MAX_OBJECTS:
            return (DAMAGED,)
        return tuple(dict.fromkeys(_found(pdf)))


def dictionaries(pdf: Pdf) -> Iterator[Dictionary]:
    """Every dictionary of the document once, at any depth, those of its streams and the trailer's included."""
    pending: list[Object] = [*pdf.objects, pdf.trailer]
    while pending:
        each = pending.pop()
        if isinstance(each, Stream):
            each = each.stream_dict
        if isinstance(each, Dictionary):
            yield each
            children = [child for _, child in each.items()]
        elif isinstance(each, Array):
            children = list(each)
        else:
            continue
        pending.extend(child for child in children if isinstance(child, Dictionary | Array) and not child.is_indirect)


def streams(pdf: Pdf) -> Iterator[Stream]:
    """Every stream of the document; a stream is always an object of its own."""
    return (each for each in pdf.objects if isinstance(each, Stream))


def is_image(stream: Stream) -> bool:
    return str(stream.get("/Subtype", "")) == "/Image"


def filters(stream: Stream) -> tuple[str, ...]:
    """The names of a stream's filters, outermost first."""
    value = stream.get("/Filter")
    if value is None:
        return ()
    return tuple(str(name) for name in value) if isinstance(value, Array) else (str(value),)


def _found(pdf: Pdf) -> Iterator[Reason]:
    for each in dictionaries(pdf):
        for key, ground in _BY_KEY.items():
            if key in each:
                yield ground
        for key, grounds in (("/S", _BY_ACTION), ("/Subtype", _BY_SUBTYPE), ("/Type", _BY_TYPE)):
            value = each.get(key)
            if value is not None and not isinstance(value, Dictionary | Array | Stream) and str(value) in grounds:
                yield grounds[str(value)]
    if any("/F" in stream or "/Ref" in stream for stream in streams(pdf)):
        yield EXTERNAL
    if any(is_image(stream) and _pixels(stream) > MAX_PIXELS for stream in streams(pdf)):
        yield TOO_MANY_PIXELS
    if _expands_too_far(pdf):
        yield EXPANDING


def _pixels(stream: Stream) -> int:
    """How many a picture claims to have."""
    return int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))


def _expands_too_far(pdf: Pdf) -> bool:
    """Adds up what a reader has to unpack; images apart. LZW knows no limit in the parser, so only images may use it."""
    total = 0
    for stream in streams(pdf):
        if is_image(stream):
            continue
        if any("LZW" in name for name in filters(stream)):
            return True
        total += len(stream.read_bytes())
        if total > MAX_EXPANDED:
            return True
    return False
