"""What a Word document tells beside its text, so that a person can be told which known name stood in it."""

from collections.abc import Iterator

from lxml import etree

from maatwerk.files.docx import WORD
from maatwerk.files.docx_package import Parts, read_package, relationships
from maatwerk.files.kinds import MetadataField
from maatwerk.files.xml_parts import parse_xml

MAX_FIELDS = 200
MAX_LENGTH = 500
_PROPERTIES = {
    "creator": "auteur",
    "lastModifiedBy": "laatst bewerkt door",
    "title": "titel",
    "subject": "onderwerp",
    "keywords": "trefwoorden",
    "description": "omschrijving",
    "category": "categorie",
    "Company": "organisatie",
    "Manager": "leidinggevende",
    "Template": "sjabloon",
    "HyperlinkBase": "verwijzing",
}


def found(content: bytes) -> tuple[MetadataField, ...]:
    """At most 200 fields, each cut at 500 characters, none twice."""
    parts = read_package(content)
    pairs = ((name, value.strip()) for name, value in _all(parts))
    fields = dict.fromkeys(MetadataField(name, value[:MAX_LENGTH]) for name, value in pairs if value)
    return tuple(fields)[:MAX_FIELDS]


def _all(parts: Parts) -> Iterator[tuple[str, str]]:
    for name, content in parts.items():
        if not name.endswith(".xml"):
            continue
        root = parse_xml(content)
        if name.startswith("docProps/"):
            yield from _properties(root)
        elif name.startswith("word/comments"):
            for comment in root.iter(f"{WORD}comment"):
                yield "opmerking", "".join(text.text or "" for text in comment.iter(f"{WORD}t"))
        yield from _authors(root)
    for name in parts:
        for each in relationships(parts, name):
            if each.external:
                yield "verwijzing", each.target


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if local in _PROPERTIES:
            yield _PROPERTIES[local], element.text or ""
        elif local == "property":
            yield f"eigenschap {element.get('name', '')}", "".join(str(text) for text in element.itertext())


def _authors(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Who commented or changed, in any part; deleted text too, for it is what someone wished away."""
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if etree.QName(key).localname == "author":
                yield "auteur van een opmerking of wijziging", str(value)
        if element.tag == f"{WORD}delText":
            yield "verwijderde tekst", element.text or ""
        elif element.tag == f"{WORD}docVar":
            yield f"eigenschap {element.get(f'{WORD}name', '')}", element.get(f"{WORD}val", "")
