"""Templates to HTML. Everything is escaped: no template or filter may mark a value as safe, and the pages' policy runs no
script and no style but our own file, whatever came through."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from maatwerk.clock import AMSTERDAM
from maatwerk.documents.letters import long_date
from maatwerk.rules.books import in_unit
from maatwerk.rules.money import euro
from maatwerk.web.static import ICON, STYLE
from maatwerk.web.who import Who

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Without a referrer a browser sends `Origin: null` with a form, and older ones say nothing else of where it came from.
HEADERS: Mapping[str, str] = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def render(template: str, title: str, who: Who | None, *, status: int = 200, **values: Any) -> Response[str]:
    """A page. `title` is its name, unique among pages and without anything of a pupil; `who` is None for nobody."""
    return Response(
        html(template, title, who, **values),
        status_code=status,
        media_type=MediaType.HTML,
        headers=dict(HEADERS),
    )


def html(template: str, title: str, who: Who | None, **values: Any) -> str:
    """The page's HTML alone."""
    return ENVIRONMENT.get_template(template).render(title=title, who=who, style=STYLE, icon=ICON, **values)


def day(value: date | datetime) -> str:
    """`7 oktober 2026`, in Amsterdam."""
    return long_date(value.astimezone(AMSTERDAM).date() if isinstance(value, datetime) else value)


def moment(value: datetime) -> str:
    """`7 oktober 2026 om 14:05`, in Amsterdam."""
    return f"{day(value)} om {value.astimezone(AMSTERDAM):%H:%M}"


def size(value: int) -> str:
    """Bytes as people read them: `12 kB`, `3,4 MB`."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1_000))} kB"
    return f"{value / 1_000_000:.1f} MB".replace(".", ",")


def capital(text: str) -> str:
    """The text with a capital to begin with, the rest as it is."""
    return text[:1].upper() + text[1:]


def spoken(code: str) -> str:
    """An id of a scheme that stands for itself, as words."""
    return code.replace("_", " ")


def counted(amount: int, unit: str) -> str:
    """What stands in a book, in its unit."""
    return in_unit(unit, amount)


ENVIRONMENT.filters.update(
    capital=capital, counted=counted, day=day, euro=euro, moment=moment, size=size, spoken=spoken
)
