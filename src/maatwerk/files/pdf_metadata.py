"""What a PDF tells beside its pages, so that a person can be told which known name stood in it."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from pikepdf import Dictionary, Pdf, Stream

from maatwerk.files.kinds import MetadataField
from maatwerk.files.pdf import dictionaries
from maatwerk.files.xml_parts import parse_xml

MAX_FIELDS = 200
MAX_LENGTH = 500
_INFO = {
    "/Author": "auteur",
    "/Title": "titel",
    "/Subject": "onderwerp",
    "/Keywords": "trefwoorden",
    "/Creator": "gemaakt met",
    "/Producer": "omgezet met",
}
_NOTE_KEYS = {"/T": "auteur van een opmerking", "/Contents": "opmerking"}
_SIGNATURE_KEYS = {"/Name": "ondertekenaar", "/Location": "plaats van ondertekening", "/ContactInfo": "ondertekenaar"}


def found(content: bytes) -> tuple[MetadataField, ...]:
    """At most 200 fields, each cut at 500 characters, none twice."""
    with Pdf.open(BytesIO(content)) as pdf:
        fields = dict.fromkeys(
            MetadataField(name, value.strip()[:MAX_LENGTH]) for name, value in _all(pdf) if value.strip()
        )
    return tuple(fields)[:MAX_FIELDS]


def _all(pdf: Pdf) -> Iterator[tuple[str, str]]:
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        for key, value in info.items():
            yield _INFO.get(key, f"eigenschap {key[1:]}"), _text(value)
    for each in dictionaries(pdf):
        metadata = each.get("/Metadata")
        if isinstance(metadata, Stream):
            yield from _xmp(metadata.read_bytes())
        yield from _of(each)


def _of(each: Dictionary) -> Iterator[tuple[str, str]]:
    """What one dictionary tells, when it is a note, a signature, a link, a bookmark or a text for reading aloud."""
    if "/Subtype" in each and "/Rect" in each and str(each.Subtype) != "/Widget":
        for key, name in _NOTE_KEYS.items():
            yield name, _text(each.get(key))
    if "/ByteRange" in each:
        for key, name in _SIGNATURE_KEYS.items():
            yield name, _text(each.get(key))
    yield "verwijzing", _text(each.get("/URI"))
    yield "vervangende tekst", _text(each.get("/Alt"))
    yield "vervangende tekst", _text(each.get("/ActualText"))
    if "/Title" in each and "/Parent" in each:
        yield "bladwijzer", _text(each.get("/Title"))


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Dictionary | Stream) else str(value)


def _xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    """Every text and attribute of an XMP packet under its local name."""
    root = parse_xml(packet.strip(b"\x00 \r\n\t"))
    for element in root.iter(etree.Element):
        container = element.getparent()
        if element.text and element.text.strip():
            holder = element
            while etree.QName(holder).localname in ("li", "Seq", "Bag", "Alt") and container is not None:
                holder, container = container, container.getparent()
            yield f"xmp {etree.QName(holder).localname}", element.text
        for key, value in element.attrib.items():
            if etree.QName(key).localname not in ("about", "lang", "xmptk"):
                yield f"xmp {etree.QName(key).localname}", str(value)
