"""Takes out of one Word part what tells about persons beside its text. Tracked changes are accepted: a name deleted with tracking on is still in the file."""

from lxml import etree

from maatwerk.files.docx import WORD

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_REMOVED_FROM_WORD = {
    *("del", "moveFrom", "delText", "delInstrText", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange"),
    *("tblPrExChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
    *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
    *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr", "rsids", "rsid", "docVars"),
    *("attachedTemplate", "mailMerge", "saveThroughXslt", "writeProtection", "documentProtection"),
    *("activeWritingStyle", "smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr", "tblCaption", "tblDescription"),
    *("object", "control", "altChunk", "ffData", "trackRevisions", "docPartObj", "embedRegular", "embedBold"),
    *("embedItalic", "embedBoldItalic"),
}
_REMOVED_ANYWHERE = {
    *("extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "docId", "Fallback", "externalData", "userShapes"),
}
_UNWRAPPED = {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent"}
_KNOWN = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/", "urn:schemas-microsoft-com:")
_DRAWING_NAMES = {"docPr", "cNvPr"}
_TELLING_ATTRIBUTES = {
    *("author", "initials", "date", "paraId", "textId", "descr", "title", "alt", "href", "tooltip", "userId"),
    *("providerId", "dateUtc", "editId", "anchorId"),
}


def scrub(root: etree._Element) -> None:
    """Changes the tree in place; the text that a reader sees with all changes accepted stays."""
    _drop_deleted_rows(root)
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element)
        word = name.namespace == WORD.strip("{}")
        foreign = not (name.namespace or "").startswith(_KNOWN)
        if foreign or name.localname in _REMOVED_ANYWHERE or (word and name.localname in _REMOVED_FROM_WORD):
            _remove(element)
        elif word and name.localname in _UNWRAPPED:
            _unwrap(element)
        else:
            _scrub_attributes(element, name.localname)
    _settle_alternatives(root)
    _drop_stray_text(root)


def _drop_deleted_rows(root: etree._Element) -> None:
    for mark in list(root.iter(f"{WORD}del")):
        properties = mark.getparent()
        if properties is not None and properties.tag == f"{WORD}trPr" and properties.getparent() is not None:
            row = properties.getparent()
            assert row is not None
            _remove(row)


def _scrub_attributes(element: etree._Element, local: str) -> None:
    for key in list(element.attrib):
        name = etree.QName(key)
        if name.localname.startswith("rsid") or name.localname in _TELLING_ATTRIBUTES:
            del element.attrib[key]
    if local in _DRAWING_NAMES and "name" in element.attrib:
        element.set("name", "")


def _settle_alternatives(root: etree._Element) -> None:
    """Leaves one choice of each alternative: hidden ones would carry text that nobody sees."""
    for alternative in list(root.iter(f"{_COMPATIBILITY}AlternateContent")):
        for extra in list(alternative)[1:]:
            alternative.remove(extra)


def _drop_stray_text(root: etree._Element) -> None:
    """Text between elements is shown by no program, so it is only ever a remainder or a hiding place."""
    for element in root.iter(etree.Element):
        element.tail = None
        name = etree.QName(element)
        if name.namespace == WORD.strip("{}") and name.localname not in ("t", "instrText"):
            element.text = None


def _remove(element: etree._Element) -> None:
    """Takes an element out with all it holds; in Word's parts nothing stands between elements."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """Puts the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = list(element)
