"""The text of cleaned Word parts in reading order: text boxes, tables, charts, notes and word art included."""

from collections.abc import Iterable

from lxml import etree

_TEXT = {"t", "v"}
_ENDS_LINE = {"p", "tr", "pt"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def text_of_parts(roots: Iterable[etree._Element]) -> str:
    """The text of each part, one after another, with an empty line between."""
    return "\n\n".join(filter(None, (_text(root) for root in roots)))


def _text(root: etree._Element) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        if local in _ENDS_LINE and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")
        if event == "end":
            continue
        if local in _TEXT:
            pieces.append(element.text or "")
        elif local == "textpath":
            pieces.append(element.get("string", "") + "\n")
        elif local in _SIGNS:
            pieces.append(_SIGNS[local])
    return "".join(pieces).strip()
