"""A Word document rebuilt from the parts that carry text and pictures. What is on no list here (people, properties, comments, data) is left behind."""

from collections.abc import Mapping

from lxml import etree

from maatwerk.files import image_cleaning
from maatwerk.files.docx import WORD
from maatwerk.files.docx_fields import flatten_fields
from maatwerk.files.docx_package import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    Parts,
    Relationship,
    main_part,
    read_package,
    relationships,
    relationships_name,
    write_package,
)
from maatwerk.files.docx_scrub import scrub
from maatwerk.files.docx_text import text_of_parts
from maatwerk.files.image import JPEG_START, PNG_START
from maatwerk.files.kinds import Cleaned, Kind
from maatwerk.files.xml_parts import parse_xml, write_xml

UNKNOWN_IMAGE = (
    "Het document bevat een afbeelding die niet kan worden nagekeken (geen JPG of PNG). Vraag de school om een PDF."
)
UNKNOWN_PART = "Het document bevat een onderdeel dat niet kan worden nagekeken. Vraag de school om een PDF."
HAS_IMAGES = "Het document bevat afbeeldingen. Tekst in een afbeelding wordt niet nagekeken."
NO_TEXT = "Geen tekst leesbaar in het document. Lees het zelf na."

_ORDER = ("header", "officeDocument", "chart", "diagramData", "footnotes", "endnotes", "footer")
_LAYOUT = {"styles", "stylesWithEffects", "numbering", "settings", "fontTable", "theme"}
_LAYOUT |= {"chartStyle", "chartColorStyle", "diagramLayout", "diagramQuickStyle", "diagramColors"}
_KEPT = {*_ORDER, *_LAYOUT, "image"}
_LEFT = {"hyperlink", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml"}
_LEFT |= {"attachedTemplate", "webSettings", "glossaryDocument", "package", "font", "printerSettings", "diagramDrawing"}
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class _Rebuilding:
    """One document on its way: the parts to keep, cleaned, and what stands in the way."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.kept: dict[str, bytes] = {}
        self.roots: list[tuple[str, etree._Element]] = []
        self.blocks: dict[str, None] = {}
        self.images = self.comments = self.deleted = False

    def take(self, name: str, kind: str) -> None:
        """Cleans one part and everything it needs."""
        if name in self.kept:
            return
        content = self.parts[name]
        if kind == "image":
            self.kept[name] = self._image(content)
            return
        self.kept[name] = b""
        root = parse_xml(content)
        self.comments = self.comments or root.find(f".//{WORD}commentReference") is not None
        self.deleted = self.deleted or any(root.find(f".//{WORD}{mark}") is not None for mark in ("delText", "del"))
        flatten_fields(root)
        scrub(root)
        self.roots.append((kind, root))
        self.kept[name] = write_xml(root)
        self._follow(name, root)

    def _follow(self, name: str, root: etree._Element) -> None:
        """Takes the parts that are still pointed at; a pointer to anything unknown blocks the release."""
        used = {value for each in root.iter(etree.Element) for value in _references(each)}
        followed = []
        for pointer in relationships(self.parts, name):
            layout = pointer.kind in _KEPT and pointer.kind != "image"
            if pointer.external or pointer.target not in self.parts:
                known = False
            elif layout or (pointer.kind == "image" and pointer.id in used):
                followed.append(pointer)
                self.take(pointer.target, pointer.kind)
                continue
            else:
                known = pointer.kind in _LEFT
            if pointer.id in used and not known:
                self.blocks[UNKNOWN_PART] = None
        if used - {pointer.id for pointer in relationships(self.parts, name)}:
            self.blocks[UNKNOWN_PART] = None
        if followed:
            self.kept[relationships_name(name)] = _relationships_part(followed)

    def _image(self, content: bytes) -> bytes:
        self.images = True
        if not content.startswith((JPEG_START, PNG_START)):
            self.blocks[UNKNOWN_IMAGE] = None
            return b""
        return image_cleaning.redrawn(content)


def clean(content: bytes) -> Cleaned:
    """Rebuilds an inspected document; tracked changes are accepted, links and fields become plain text."""
    parts = read_package(content)
    main = main_part(parts)
    rebuilding = _Rebuilding(parts)
    rebuilding.take(main, "officeDocument")
    pointer = next(each for each in relationships(parts, "") if each.kind == "officeDocument")
    rebuilding.kept[relationships_name("")] = _relationships_part([pointer])
    rebuilding.kept[CONTENT_TYPES] = _content_types(parts, rebuilding.kept)
    read = sorted((each for each in rebuilding.roots if each[0] in _ORDER), key=lambda each: _ORDER.index(each[0]))
    text = text_of_parts((root for _, root in read), comments=rebuilding.comments, deleted=rebuilding.deleted)
    remarks = _remarks(text, rebuilding.images)
    return Cleaned(Kind.DOCX, write_package(rebuilding.kept), text, tuple(rebuilding.blocks), remarks)


def _references(element: etree._Element) -> list[str]:
    return [str(value) for key, value in element.attrib.items() if str(key).startswith(_REFERENCE)]


def _relationships_part(pointers: list[Relationship]) -> bytes:
    root = etree.Element(f"{RELATIONSHIPS}Relationships", nsmap={None: RELATIONSHIPS.strip("{}")})
    for each in pointers:
        etree.SubElement(
            root, f"{RELATIONSHIPS}Relationship", {"Id": each.id, "Type": each.type, "Target": f"/{each.target}"}
        )
    return write_xml(root)


def _content_types(parts: Parts, kept: Mapping[str, bytes]) -> bytes:
    """The declarations of the kept parts only."""
    root = parse_xml(parts[CONTENT_TYPES])
    extensions = {name.rpartition(".")[2].lower() for name in kept}
    for each in list(root):
        name, extension = each.get("PartName", "").lstrip("/"), each.get("Extension", "").lower()
        if not (name in kept or extension in extensions):
            root.remove(each)
    return write_xml(root)


def _remarks(text: str, images: bool) -> tuple[str, ...]:
    return tuple(remark for remark, holds in ((NO_TEXT, not text), (HAS_IMAGES, images)) if holds)
