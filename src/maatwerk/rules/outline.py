"""An outline as read from a scheme's file: headings in levels, under which the cases of that scheme hang side by side, and how a
file with such cases is read. Data only. Everything in it is open to its audiences, so it holds nothing that is of a person.
"""

from dataclasses import dataclass
from typing import Final

from maatwerk.rules.decoding import key

OUTLINE: Final = "indeling"


@dataclass(frozen=True, kw_only=True)
class HeadingDef:
    """A heading: `code` is what the question answers, `number` what people call it, `under` the heading above it. When no case hangs
    under it, `without` is what the partnership says of that, and `see` where to look instead."""

    code: str = key("code")
    title: str = key("titel")
    number: str = key("nummer", "")
    under: str = key("onder", "")
    without: str = key("zonder", "")
    see: tuple[str, ...] = key("zie", ())
    source: str = key("bron", "")

    @property
    def label(self) -> str:
        """`1.6 Overstap naar werk`."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, kw_only=True)
class WordDef:
    """Words of a file that stand for one answer or more."""

    text: str = key("lees")
    answers: tuple[str, ...] = key("antwoord")


@dataclass(frozen=True, kw_only=True)
class ColumnDef:
    """A column of the file and the question that it answers. A choice is found by its own words or by `words`; what is left over is
    a fault, unless there may be `other_words` around it."""

    column: str = key("kolom")
    field: str = key("vraag")
    words: tuple[WordDef, ...] = key("woorden", ())
    other_words: bool = key("overige_woorden", False)


@dataclass(frozen=True, kw_only=True)
class BesidesDef:
    """An answer that the file has no column for, for the case with a number."""

    number: str = key("nummer")
    field: str = key("vraag")
    answer: str = key("antwoord")


@dataclass(frozen=True, kw_only=True)
class FileDef:
    """How a CSV file is read: `heading` is the column with the number of a heading; a row is a case or a heading by what `kind` says;
    `known_by` are the columns by which a row is the same one the next time."""

    act: str = key("handeling")
    change: str = key("wijziging")
    heading: str = key("kopkolom")
    heading_title: str = key("koptitel", "")
    kind: str = key("soortkolom", "")
    case_row: str = key("zaakregel", "")
    heading_row: str = key("kopregel", "")
    known_by: tuple[str, ...] = key("sleutel")
    columns: tuple[ColumnDef, ...] = key("kolommen")
    besides: tuple[BesidesDef, ...] = key("erbij", ())
    ignored: tuple[str, ...] = key("negeer", ())


@dataclass(frozen=True, kw_only=True)
class OutlineDef:
    """The outline of a scheme. `field` is the question that says under which headings a case hangs, `number` and `name` those by
    which it is known; `waits` holds the numbers of cases that must be done first: closed as one of `done`. `amount` may be
    unknown, which is no zero, and is so whenever `cover` is one of `unknown`."""

    title: str = key("titel")
    levels: tuple[str, ...] = key("niveaus")
    case: str = key("zaak")
    field: str = key("veld")
    number: str = key("nummer")
    name: str = key("naam")
    audiences: tuple[str, ...] = key("voor")
    filters: tuple[str, ...] = key("filters", ())
    shown: tuple[str, ...] = key("toon", ())
    waits: str = key("wacht_op", "")
    done: tuple[str, ...] = key("gereed", ())
    amount: str = key("bedrag", "")
    cover: str = key("dekking", "")
    unknown: tuple[str, ...] = key("onbekend", ())
    headings: tuple[HeadingDef, ...] = key("koppen")
    file: FileDef | None = key("bestand", None)
    source: str = key("bron", "")

    @property
    def leaves(self) -> tuple[HeadingDef, ...]:
        """The headings under which cases hang."""
        above = {heading.under for heading in self.headings}
        return tuple(heading for heading in self.headings if heading.code not in above)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every question of which the answer is shown, each once."""
        named = (self.field, self.number, self.name, *self.filters, *self.shown, self.waits, self.amount, self.cover)
        return tuple(dict.fromkeys(name for name in named if name))

    def level_of(self, heading: HeadingDef) -> int:
        """How deep a heading stands, from 1."""
        by_code = {each.code: each for each in self.headings}
        depth = 1
        while heading.under in by_code and depth <= len(self.headings):
            heading, depth = by_code[heading.under], depth + 1
        return depth
