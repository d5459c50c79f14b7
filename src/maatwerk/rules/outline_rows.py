"""A CSV file of cases of a scheme, read as its outline says: each row as the answers of one case, or every fault at once with its
line and column. Nothing is guessed: a word that is not known is a fault.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from maatwerk.rules import form
from maatwerk.rules.decoding import Fault, FileRefused
from maatwerk.rules.outline import ColumnDef, FileDef, HeadingDef, OutlineDef
from maatwerk.rules.outline_tree import numbers_in
from maatwerk.rules.outline_words import Misread, answer
from maatwerk.rules.scheme import Scheme

LARGEST: Final = 1_000_000
# One transaction holds the numbers of the cases of the year: what waits for it, waits for all of these.
MOST_ROWS: Final = 200


class RowsRefused(FileRefused):
    """A file of cases that can't be taken in."""

    file = "regels.csv"
    code = "regels"


@dataclass(frozen=True)
class Row:
    """A case in the file: `key` is what it is known by, `heading` the code of where it hangs, `number` the one it bears ("": none yet)."""

    line: int
    key: str
    heading: str
    number: str
    answers: Mapping[str, Any]


def read_rows(scheme: Scheme, outline: OutlineDef, file: FileDef, text: str) -> tuple[tuple[Row, ...], list[Fault]]:
    """(the cases that can be read, in the order of the file; what is wrong with the others)."""
    reading = _Reading(scheme, outline, file)
    return reading.rows(text), reading.faults


def numbered(
    outline: OutlineDef, rows: Sequence[Row], known: Mapping[str, str], used: Collection[str] = ()
) -> tuple[Row, ...]:
    """The rows with a number each: the one that they bear, or had before (`known`, by key), or the next under their heading that no
    case ever `used`."""
    labels = {heading.code: heading.number or heading.code for heading in outline.headings}
    taken = {*used, *known.values(), *(row.number for row in rows)}
    found = []
    for row in rows:
        number, count = row.number or known.get(row.key, ""), 1
        while not number:
            offered = f"{labels[row.heading]}.{count}"
            number, count = "" if offered in taken else offered, count + 1
        taken.add(number)
        found.append(replace(row, number=number))
    return tuple(found)


def completed(
    scheme: Scheme, outline: OutlineDef, file: FileDef, rows: Sequence[Row], used: Collection[str] = ()
) -> tuple[tuple[Row, ...], list[Fault]]:
    """(the rows with what the scheme says besides, what in them does not fit the form). `used` are numbers of cases that are there."""
    found, faults, known = [], [], {*used, *(row.number for row in rows)}
    for row in rows:
        besides = {}
        for each in (each for each in file.besides if each.number == row.number):
            besides[each.field] = answer(scheme.form[each.field], ColumnDef(column="", field=each.field), each.answer)
        whole = replace(row, answers={**row.answers, **besides, outline.number: row.number})
        faults += [*_misfits(scheme, file, whole), *_waits(outline, file, whole, known)]
        found.append(whole)
    return tuple(found), [*faults, *_waits_in_a_circle(outline, file, found)]


def _waits_in_a_circle(outline: OutlineDef, file: FileDef, rows: Sequence[Row]) -> Iterator[Fault]:
    """The first circle of cases of which none can begin, because each waits for the next."""
    waits = {row.number: numbers_in(str(row.answers.get(outline.waits, ""))) for row in rows} if outline.waits else {}
    others = {number: [each for each in named if each != number] for number, named in waits.items()}
    try:
        TopologicalSorter(others).prepare()
    except CycleError as circle:
        numbers = list(dict.fromkeys(reversed(circle.args[1])))
        line = next(row.line for row in rows if row.number == numbers[0])
        message = f"{' wacht op '.join([*numbers, numbers[0]])}: zo kan geen van deze zaken beginnen."
        yield Fault(_column_of(file, outline.waits), message, "Haal bij een van deze zaken het wachten weg.", line)


def _waits(outline: OutlineDef, file: FileDef, row: Row, known: Collection[str]) -> Iterator[Fault]:
    for number in numbers_in(str(row.answers.get(outline.waits, ""))) if outline.waits else ():
        if number not in known or number == row.number:
            message = f"{row.number} wacht op {number[:40]}, en dat is geen andere zaak."
            mend = "Noem het nummer van een andere regel of zaak."
            yield Fault(_column_of(file, outline.waits), message, mend, row.line)


def _misfits(scheme: Scheme, file: FileDef, row: Row) -> Iterator[Fault]:
    known = scheme.constants
    given = form.relevant(scheme.form, row.answers, known=known)
    for reason in (*form.check(scheme.form, row.answers), *form.missing(scheme.form, given, file.act, known=known)):
        yield Fault(_column_of(file, reason.field), reason.message, reason.mend or "Vul de cel in.", row.line)


def _column_of(file: FileDef, field: str) -> str:
    return next((column.column for column in file.columns if column.field == field), field)


class _Reading:
    """One file on its way; `faults` grows."""

    def __init__(self, scheme: Scheme, outline: OutlineDef, file: FileDef) -> None:
        self.scheme, self.outline, self.file = scheme, outline, file
        self.by_number = {heading.number or heading.code: heading for heading in outline.headings}
        self.hanging = {heading.code for heading in outline.leaves}
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def rows(self, text: str) -> tuple[Row, ...]:
        if len(text) > LARGEST:
            self.fault("", "dit bestand is te groot.", f"Houd het onder {LARGEST // 1000} kB.", 1)
            return ()
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        found: list[Row] = []
        try:
            names = [name.strip() for name in next(reader, [])]
            if not self.heads(names):
                return ()
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells) and (row := self.row(names, cells, line)) is not None:
                    found.append(row)
                line = reader.line_num + 1
                if len(found) > MOST_ROWS:
                    self.fault("", f"er staan meer dan {MOST_ROWS} zaken in.", "Splits het bestand.", line)
                    break
        except csv.Error:
            message = "hier is het bestand niet als CSV te lezen."
            self.fault("", message, "Controleer de aanhalingstekens.", max(reader.line_num, 1))
        if not found and not self.faults:
            self.fault("", "er staat geen enkele zaak in.", "Controleer of dit het goede bestand is.", 1)
        return tuple(found)

    def heads(self, names: list[str]) -> bool:
        """Whether the first line has the columns that the scheme names, and no others."""
        file = self.file
        wanted = dict.fromkeys((file.kind, file.heading, file.heading_title, *(each.column for each in file.columns)))
        for name in wanted:
            if name and names.count(name) != 1:
                message = "deze kolom ontbreekt." if name not in names else "deze kolom staat er twee keer in."
                self.fault(name, message, f"Zet op de eerste regel de namen van de kolommen, een keer {name}.", 1)
        for name in names:
            if name and name not in wanted and name not in file.ignored:
                self.fault(name[:60], "deze kolom kent de regeling niet.", "Haal haar weg, of noem haar bij negeer.", 1)
        return not self.faults

    def row(self, names: list[str], cells: list[str], line: int) -> Row | None:
        if len(cells) != len(names):
            message = f"deze regel heeft {len(cells)} cellen en de eerste regel {len(names)}."
            self.fault("", message, "Zet een cel met een scheidingsteken erin tussen aanhalingstekens.", line)
            return None
        given = {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=True)}
        kind = given.get(self.file.kind, self.file.case_row)
        heading = self.by_number.get(given[self.file.heading])
        if kind not in (self.file.case_row, self.file.heading_row):
            kinds = " of ".join(each for each in (self.file.case_row, self.file.heading_row) if each)
            self.fault(self.file.kind, f"'{kind[:40]}' is geen soort regel.", f"Schrijf {kinds}.", line)
            return None
        if heading is None:
            message = f"'{given[self.file.heading][:40]}' is geen kop van deze indeling."
            self.fault(self.file.heading, message, "Gebruik een nummer uit de regeling, of voeg daar de kop toe.", line)
            return None
        if kind == self.file.heading_row and self.file.kind:
            self.heading(heading, given, line)
            return None
        return self.case(heading, given, line)

    def heading(self, heading: HeadingDef, given: Mapping[str, str], line: int) -> None:
        """The file and the scheme may not tell two stories about one heading."""
        title = given.get(self.file.heading_title, "")
        if self.file.heading_title and title != " ".join(heading.title.split()):
            message = f"kop {heading.number or heading.code} heet in de regeling anders."
            self.fault(self.file.heading_title, message, "Maak beide gelijk, in dit bestand of in de regeling.", line)

    def case(self, heading: HeadingDef, given: Mapping[str, str], line: int) -> Row | None:
        if heading.code not in self.hanging:
            message = f"onder {heading.number or heading.code} hangen koppen, en geen zaken."
            self.fault(self.file.heading, message, "Noem een kop van het laagste niveau.", line)
            return None
        answers: dict[str, Any] = {self.outline.field: [heading.code]}
        for column in self.file.columns:
            if not given[column.column]:
                continue
            read = answer(self.scheme.form[column.field], column, given[column.column])
            if isinstance(read, Misread):
                self.fault(column.column, read.message, read.mend, line)
            elif read is not None:
                answers[column.field] = read
        key = " | ".join(given[name].casefold() for name in self.file.known_by)
        if key in self.lines:
            message = f"deze zaak staat ook op regel {self.lines[key]}."
            self.fault(self.file.known_by[0], message, "Haal een van beide weg.", line)
        self.lines.setdefault(key, line)
        return Row(line, key, heading.code, str(answers.pop(self.outline.number, "")), answers)

    def fault(self, column: str, message: str, mend: str, line: int) -> None:
        self.faults.append(Fault(column, message, mend, line))
