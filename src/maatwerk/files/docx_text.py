"""The text of cleaned Word parts in reading order: text boxes, tables row by row, charts, notes and word art included. A picture
leaves a note in its place, but notes alone are no text."""

from collections.abc import Iterable

from lxml import etree

from maatwerk.files.notes_in_text import BETWEEN_CELLS, BETWEEN_LINES, COMMENTS, DELETED, PICTURE, only_notes, tidy

_TEXT = {"t", "v"}
_ENDS_LINE = {"p", "tr", "pt"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = {"blip", "imagedata"}
_NOTES = {"footnote": "noot", "endnote": "eindnoot"}
_POINTERS = {f"{name}Reference": word for name, word in _NOTES.items()}


def text_of_parts(roots: Iterable[etree._Element], *, comments: bool = False, deleted: bool = False) -> str:
    """The text of each part, one after another, with an empty line between; at the end what of the document is not in it."""
    left_out = [note for note, holds in ((COMMENTS, comments), (DELETED, deleted)) if holds]
    text = "\n\n".join(filter(None, (*(_text(root) for root in roots), *left_out)))
    return "" if only_notes(text) else text


def _text(root: etree._Element) -> str:
    reading = _Reading()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            local = etree.QName(element).localname
            if event == "start":
                reading.enter(local, element)
            else:
                reading.leave(local)
    return tidy(reading.whole())


class _Reading:
    """What was read so far: the pieces of the cell that is open, inside those of the cells around it, and the rows of either."""

    def __init__(self) -> None:
        self.open: list[list[str]] = [[]]
        self.rows: list[list[str]] = []

    def whole(self) -> str:
        return "".join(self.open[0])

    def enter(self, local: str, element: etree._Element) -> None:
        self._end_line(local)
        if local in _TEXT:
            self.open[-1].append(element.text or "")
        elif local in _SIGNS:
            self.open[-1].append(_SIGNS[local])
        elif local == "textpath":
            self.open[-1].append(element.get("string", "") + "\n")
        elif local in _PICTURES:
            self.open[-1].append(f" {PICTURE} ")
        elif local in _NOTES or local in _POINTERS:
            self.open[-1].append(_note(local, element))
        elif local == "tr":
            self.rows.append([])
        elif local == "tc":
            self.open.append([])

    def leave(self, local: str) -> None:
        if local == "tc":
            lines = "".join(self.open.pop()).splitlines()
            cell = BETWEEN_LINES.join(line.strip() for line in lines if line.strip())
            (self.rows or self.open)[-1].append(cell)
        elif local == "tr":
            cells = self.rows.pop()
            self._end_line(local)
            if any(cells):
                self.open[-1].append(BETWEEN_CELLS.join(cells))
        self._end_line(local)

    def _end_line(self, local: str) -> None:
        pieces = self.open[-1]
        if local in _ENDS_LINE and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")


def _note(local: str, element: etree._Element) -> str:
    """`[noot 2]`, in the text where the note belongs and before the note itself; nothing for a rule between text and notes."""
    number = next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == "id"), "")
    if not number.isascii() or not number.isdigit() or number == "0":
        return ""
    return f" [{_POINTERS[local]} {number}]" if local in _POINTERS else f"[{_NOTES[local]} {number}]"
