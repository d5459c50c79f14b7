"""A letter of a partnership as data, and its PDF. All wording comes with the letter: the layout knows only the words beside date and reference."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from maatwerk.documents.glyphs import drawable
from maatwerk.documents.typesetting import render, render_aside
from maatwerk.rules.calendar import MONTHS

UNTITLED = "Brief"  # an accessible PDF must have a title
LAYOUT = Path(__file__).with_name("layout") / "letter.typ"


@dataclass(frozen=True)
class Section:
    """A part under a heading of its own: facts as (name, value), then paragraphs. A line break in a text stays one."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Letter:
    """Everything that stands in a letter; `sender` and `addressee` are lines, of which the first is the name."""

    sender: tuple[str, ...]
    on: date
    reference: str
    addressee: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    signatory: str
    role: str
    sections: tuple[Section, ...] = ()
    closing: str = "Met vriendelijke groet,"
    contact: tuple[tuple[str, str], ...] = ()
    footnote: str = ""


def render_letter(letter: Letter) -> bytes:
    """The PDF of a letter (PDF/UA-1 and PDF/A-2a, Dutch, titled by its subject); raises TypesettingFailed."""
    return render(LAYOUT, _data(letter), at=_moment(letter))


async def render_letter_aside(letter: Letter) -> bytes:
    """As `render_letter`, while the event loop goes on."""
    return await render_aside(LAYOUT, _data(letter), at=_moment(letter))


def long_date(day: date) -> str:
    """`7 oktober 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _moment(letter: Letter) -> datetime:
    return datetime.combine(letter.on, time(12), UTC)


def _data(letter: Letter) -> dict[str, Any]:
    """The letter as JSON values, with nothing in it that the fonts can't draw."""
    data = asdict(letter)
    data["on"] = {"year": letter.on.year, "month": letter.on.month, "day": letter.on.day, "long": long_date(letter.on)}
    drawn: dict[str, Any] = _drawable(data)
    drawn["subject"] = drawn["subject"].strip() or drawn["reference"].strip() or UNTITLED
    return drawn


def _drawable(value: Any) -> Any:
    match value:
        case str():
            return drawable(value)
        case dict():
            return {key: _drawable(each) for key, each in value.items()}
        case list() | tuple():
            return [_drawable(each) for each in value]
        case _:
            return value
