"""How partners share what is theirs, as read from a scheme's file: who is responsible for which need, and which table goes on when they
do not agree. Data only.
"""

from dataclasses import dataclass
from typing import Literal

from maatwerk.rules.decoding import key


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A need: `sectors` for whom it can be chosen (empty: for all), who pays, and whether the boundary is `porous`: then a talk about
    responsibility and money is always needed."""

    code: str = key("code")
    title: str = key("titel")
    sectors: tuple[str, ...] = key("voor", ())
    payer: str = key("betaler")
    porous: bool = key("poreus", False)
    help: str = key("uitleg", "")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class MatrixDef:
    """Who is responsible for which need. The question `field` picks rows; `sector` is the question that says for whom."""

    title: str = key("titel")
    field: str = key("veld")
    sector: str = key("sector", "")
    rows: tuple[MatrixRow, ...] = key("rijen")
    source: str = key("bron", "")


@dataclass(frozen=True, kw_only=True)
class LevelDef:
    """A level of a ladder: the step where it happens, who sit there (roles), whether they advise or bind, within which term."""

    step: str = key("stap")
    title: str = key("titel")
    members: tuple[str, ...] = key("leden", ())
    power: Literal["advies", "bindend"] = key("macht", "advies")
    clock: str = key("termijn", "")


@dataclass(frozen=True, kw_only=True)
class LadderDef:
    """Levels from light to heavy; the last one binds, so that no case can stay undecided."""

    title: str = key("titel")
    levels: tuple[LevelDef, ...] = key("niveaus")
    source: str = key("bron", "")
