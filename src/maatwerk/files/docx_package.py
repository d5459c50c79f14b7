"""A DOCX as a zip of parts that point at each other. The sizes that a zip declares are limits while reading, not promises."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from maatwerk.files.kinds import DAMAGED, reason
from maatwerk.files.xml_parts import parse_xml
from maatwerk.rules.refusals import Refused

MAX_ENTRIES = 1_000
MAX_EXPANDED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_XML = 20 * 1024 * 1024
SMALL = 64 * 1024
LOCAL_HEADER = 30
END_RECORD, END_LENGTH = b"PK\x05\x06", 22
PDF_BEGINS_WITHIN = 1024

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TOO_LARGE = reason(
    "docx_te_groot_uitgepakt",
    "Het Word-document wordt bij het uitpakken veel te groot.",
    "Sla het document op als PDF en voeg die toe.",
)


@dataclass(frozen=True)
class Relationship:
    """One pointer from a part; `kind` is the last word of its type, `target` a part name, or a URL when external."""

    id: str
    kind: str
    type: str
    target: str = field(repr=False)
    external: bool


Parts = Mapping[str, bytes]


def read_package(content: bytes) -> dict[str, bytes]:
    """Every part by name (no leading slash); raises Refused for a bomb, an encrypted or an ambiguous zip."""
    if not content.startswith(b"PK\x03\x04"):
        raise Refused((DAMAGED,))
    try:
        with ZipFile(BytesIO(content)) as archive:
            _require_one_zip(content, archive)
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _require_modest(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (BadZipFile, NotImplementedError, EOFError):
        raise Refused((DAMAGED,)) from None


def write_package(parts: Parts) -> bytes:
    """The parts as a zip whose bytes depend on nothing else: content types first, one fixed moment."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda each: (each != CONTENT_TYPES, each)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return target.getvalue()


def relationships_name(part: str) -> str:
    """The name of the part that holds the pointers of `part`; "" stands for the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(parts: Parts, part: str) -> Iterator[Relationship]:
    """The pointers of one part, none when it has no file for them."""
    content = parts.get(relationships_name(part))
    if content is None:
        return
    for each in parse_xml(content).iter(f"{RELATIONSHIPS}Relationship"):
        kind, target = each.get("Type", ""), each.get("Target", "")
        external = each.get("TargetMode", "Internal") != "Internal"
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        yield Relationship(each.get("Id", ""), kind.rpartition("/")[2], kind, target, external)


def main_part(parts: Parts) -> str:
    """The name of the part with the text; raises Refused unless the package points at exactly one that exists."""
    found = [each.target for each in relationships(parts, "") if each.kind == "officeDocument" and not each.external]
    if len(found) != 1 or found[0] not in parts:
        raise Refused((DAMAGED,))
    return found[0]


def content_type(parts: Parts, part: str) -> str:
    """The media type that the package declares for one part."""
    root = parse_xml(parts[CONTENT_TYPES])
    default = ""
    for each in root:
        if each.get("PartName") == f"/{part}":
            return each.get("ContentType", "")
        if each.get("Extension", "").lower() == part.rpartition(".")[2].lower():
            default = each.get("ContentType", "")
    return default


def _require_one_zip(content: bytes, archive: ZipFile) -> None:
    """Nothing before, behind or between: entries that overlap unpack to more than they are, and a file that is something else
    too is opened as that by another program."""
    places = sorted((entry.header_offset, entry.compress_size + LOCAL_HEADER) for entry in archive.infolist())
    follow = [*(start for start, _ in places[1:]), archive.start_dir]
    overlap = any(start + length > after for (start, length), after in zip(places, follow, strict=False))
    begins = bool(places) and places[0][0] == 0 and b"%PDF-" not in content[:PDF_BEGINS_WITHIN]
    ends = content.rfind(END_RECORD) + END_LENGTH == len(content)
    if overlap or not begins or not ends:
        raise Refused((DAMAGED,))


def _require_modest(entries: list[ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    odd = any(
        entry.flag_bits & 0x1
        or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
        or entry.filename.startswith("/")
        or "\\" in entry.filename
        or ".." in entry.filename.split("/")
        for entry in entries
    )
    if odd or len(names) != len(entries) or CONTENT_TYPES.lower() not in names:
        raise Refused((DAMAGED,))
    swollen = any(
        entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size)
        or (entry.file_size > MAX_XML and entry.filename.endswith((".xml", ".rels")))
        for entry in entries
    )
    if swollen or len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_EXPANDED:
        raise Refused((_TOO_LARGE,))
