"""What a scheme can grant, as read from its file: products, lists, tariffs and funding. Data only; amounts in eurocents.

`scheme.py` holds the rest of the file. Texts in CEL are evaluated by `rates.py` and `funding.py`, never here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from maatwerk.rules.decoding import key

Intake = Literal["formulier", "registratie", "melding"]


@dataclass(frozen=True, kw_only=True)
class ProductDef:
    """One of several things that can be asked for. `excludes` names products that a pupil can't have at the same time; that is
    held at the acts `excludes_at`, never at filing: a school learns nothing of another school's case."""

    title: str = key("titel")
    help: str = key("uitleg", "")
    intake: Intake | None = key("intake", None)
    excludes: tuple[str, ...] = key("sluit_uit", ())
    excludes_at: tuple[str, ...] = key("sluit_uit_bij", ())
    schools: str = key("scholen", "")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class ListDef:
    """Words that a condition looks for an answer in, such as the schools of a pilot."""

    title: str = key("titel")
    items: tuple[str, ...] = key("waarden")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class RateRow:
    """An amount for when `condition` holds, from `first` up to and including `last`."""

    amount: int = key("bedrag")
    condition: str = key("als", "")
    first: date | None = key("vanaf", None)
    last: date | None = key("tot", None)
    title: str = key("titel", "")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class RateDef:
    """A tariff: the first row that applies on the reference day `day` (CEL; default the day of filing). With `table` it is read anew
    for each line of that table, and its rows may look at the line."""

    title: str = key("titel")
    table: str = key("tabel", "")
    day: str = key("peildag", "")
    rows: tuple[RateRow, ...] = key("rijen")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class LimitDef:
    """At most `maximum` (CEL) for each line on which `condition` holds, or for all those lines together; "0" refuses them."""

    condition: str = key("als", "")
    maximum: str = key("maximum")
    over: Literal["regel", "samen"] = key("over", "regel")
    message: str = key("melding")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class FundingDef:
    """Which part of what is asked can be granted: lines of a table under limits, or a fixed amount; the own contribution comes
    off first, then the share of this partnership is taken, then the maximum of the total."""

    title: str = key("titel")
    products: tuple[str, ...] = key("producten", ())
    condition: str = key("als", "")
    table: str = key("tabel", "")
    line: str = key("regel", "")
    limits: tuple[LimitDef, ...] = key("grenzen", ())
    fixed: str = key("vast", "")
    vat: str = key("btw", "")
    own: str = key("eigen_bijdrage", "")
    share: str = key("aandeel", "")
    cofunder: str = key("medefinancier", "")
    maximum: str = key("maximum", "")
    message: str = key("melding", "")
    per: str = key("per", "")
    source: str = key("bron", "")
