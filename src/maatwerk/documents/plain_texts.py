"""A text of somebody else as a PDF of our own: typeset anew, so that nothing of the file in which it came is in it. Lines stay
lines, rows of a table rows; equal text gives equal bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from maatwerk.documents.glyphs import drawable
from maatwerk.documents.typesetting import render, render_aside

LAYOUT = Path(__file__).with_name("layout") / "plain_text.typ"
MOST_COLUMNS = 12
MOST_ROWS = 2_000  # a longer table would take seconds and megabytes: its rows are set as lines
AT = datetime(2000, 1, 1, 12, tzinfo=UTC)  # PDF/A wants a date; this one tells nothing


@dataclass(frozen=True)
class PlainText:
    """`preface` stands above the text; a line in `headings` begins a page, a line with `between_cells` is a row."""

    title: str
    preface: str
    text: str
    between_cells: str
    headings: frozenset[str] = frozenset()


def render_plain_text(plain: PlainText) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-2a, Dutch); raises TypesettingFailed."""
    return render(LAYOUT, _data(plain), at=AT)


async def render_plain_text_aside(plain: PlainText) -> bytes:
    """As `render_plain_text`, while the event loop goes on."""
    return await render_aside(LAYOUT, _data(plain), at=AT)


def _data(plain: PlainText) -> dict[str, Any]:
    lines = [drawable(line).strip() for line in plain.text.splitlines()]
    return {"title": plain.title, "preface": plain.preface, "blocks": list(_blocks(lines, plain))}


def _blocks(lines: Sequence[str], plain: PlainText) -> Iterator[dict[str, Any]]:
    """Lines of one kind that follow each other, as one block; an empty line parts two blocks."""
    tabular = sum(plain.between_cells in line for line in lines) <= MOST_ROWS

    def kind(line: str) -> str:
        if not line:
            return "empty"
        if line in plain.headings:
            return "heading"
        return "rows" if tabular and plain.between_cells in line else "lines"

    for name, found in groupby(lines, kind):
        if name == "heading":
            yield from ({"kind": "heading", "text": line.strip("[]").capitalize()} for line in found)
        elif name == "rows":
            yield from _tables([line.split(plain.between_cells) for line in found])
        elif name == "lines":
            yield {"kind": "lines", "lines": list(found)}


def _tables(rows: Sequence[list[str]]) -> Iterator[dict[str, Any]]:
    """Rows of one width as one table; one with more cells than fit beside each other keeps them below each other."""
    for width, found in groupby(rows, len):
        if width > MOST_COLUMNS:
            yield from ({"kind": "lines", "lines": row} for row in found)
        else:
            yield {"kind": "rows", "columns": width, "cells": [cell.strip() for row in found for cell in row]}
