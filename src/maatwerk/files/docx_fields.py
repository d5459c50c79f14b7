"""Word's fields become the text that they showed: their instructions hold addresses, file names and authors. Page numbers stay fields."""

from dataclasses import dataclass, field

from lxml import etree

from maatwerk.files.docx import WORD

_KEPT = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_PARTS = (f"{WORD}fldChar", f"{WORD}instrText", f"{WORD}delInstrText")


@dataclass
class _Field:
    """One complex field: the elements that mark it, and its instruction."""

    marks: list[etree._Element] = field(default_factory=list)
    instruction: str = ""

    @property
    def word(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


def flatten_fields(root: etree._Element) -> None:
    """Removes the marks of every complex field but page numbers; what isn't nested properly is removed too."""
    open_fields: list[_Field] = []
    for element in list(root.iter(*_PARTS)):
        kind = element.get(f"{WORD}fldCharType", "")
        if kind == "begin" or not open_fields:
            open_fields.append(_Field())
        current = open_fields[-1]
        current.marks.append(element)
        if element.tag != f"{WORD}fldChar":
            current.instruction += element.text or ""
        if kind == "end":
            _settle(open_fields.pop())
    for unfinished in open_fields:
        _remove(unfinished.marks)


def _settle(finished: _Field) -> None:
    if finished.word == "FORMCHECKBOX":
        _draw_checkbox(finished.marks[0])
    if finished.word in _KEPT:
        for mark in finished.marks:
            if mark.tag == f"{WORD}instrText":
                mark.text = f" {finished.word} "
            for child in list(mark):
                mark.remove(child)
    else:
        _remove(finished.marks)


def _draw_checkbox(begin: etree._Element) -> None:
    """Puts the box that a form field shows in its place: it is in the field's data only."""
    box = begin.find(f".//{WORD}checkBox")
    run = begin.getparent()
    if box is None or run is None:
        return
    state = box.find(f"{WORD}checked")
    if state is None:
        state = box.find(f"{WORD}default")
    ticked = state is not None and state.get(f"{WORD}val", "1") not in ("0", "false", "off")
    text = etree.Element(f"{WORD}t")
    text.text = "\N{BALLOT BOX WITH X}" if ticked else "\N{BALLOT BOX}"
    run.insert(run.index(begin), text)


def _remove(marks: list[etree._Element]) -> None:
    for mark in marks:
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
