"""Reads XML from strangers: no document type, no entities, no network, bounded depth. Both parsers must agree that it is well formed."""

from io import BytesIO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax
from lxml import etree

MAX_DEPTH = 200


class _Depth(ContentHandler):
    """Stops at nesting that no document needs."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError("XML is nested too deeply")

    def endElement(self, name: str) -> None:
        self.depth -= 1


def parse_xml(content: bytes) -> etree._Element:
    """The root element; raises defusedxml, SAX, lxml or ValueError exceptions, which `inspect` turns into a refusal."""
    sax.parse(BytesIO(content), _Depth(), forbid_dtd=True)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def write_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
