"""The responsibility matrix at work: which needs were chosen, who pays for them, and whether partners must talk about it. An X in
the column of porous edges always asks a talk; without one a talk may take place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from maatwerk.rules.cooperation import MatrixDef, MatrixRow
from maatwerk.rules.outline import OUTLINE
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import FieldDef, Scheme

Talk = Literal["altijd", "kan"]


@dataclass(frozen=True)
class Chosen:
    """What a case chose of a matrix: its rows, who pays, and whether a talk is always needed or only possible."""

    id: str
    title: str
    rows: tuple[MatrixRow, ...]

    @property
    def talk(self) -> Talk:
        return "altijd" if any(row.porous for row in self.rows) else "kan"

    @property
    def payers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.payer for row in self.rows))


def with_choices(scheme: Scheme) -> Scheme:
    """The scheme in which a question that takes its choices from a matrix, or from the outline, has them."""
    if not scheme.matrices and scheme.outline is None:
        return scheme
    return replace(scheme, form={name: _with_rows(scheme, field) for name, field in scheme.form.items()})


def without_choices(scheme: Scheme) -> Scheme:
    """The scheme as its file says it: a question that takes its choices from elsewhere has none itself."""
    if not scheme.matrices and scheme.outline is None:
        return scheme
    bare = {name: replace(field, choices={}) for name, field in scheme.form.items() if field.choices_from}
    made = {name: field for name, field in bare.items() if _with_rows(scheme, field) == scheme.form[name]}
    return replace(scheme, form={**scheme.form, **made})


def _with_rows(scheme: Scheme, field: FieldDef) -> FieldDef:
    rows = choices_of(scheme, field.choices_from)
    return field if rows is None or field.choices else replace(field, choices=rows)


def choices_of(scheme: Scheme, name: str) -> dict[str, str] | None:
    """What a question can choose that takes its choices from a matrix, or from the headings that cases hang under; None when there is
    no such thing."""
    if name == OUTLINE and scheme.outline is not None:
        return {heading.code: heading.label for heading in scheme.outline.leaves}
    matrix = scheme.matrices.get(name)
    return None if matrix is None else {row.code: row.title for row in matrix.rows}


def chosen(scheme: Scheme, answers: Mapping[str, Any]) -> tuple[Chosen, ...]:
    """What the answers choose, of every matrix of which something was chosen."""
    found = []
    for name, matrix in scheme.matrices.items():
        if rows := _rows(matrix, answers):
            found.append(Chosen(name, matrix.title, rows))
    return tuple(found)


def _rows(matrix: MatrixDef, answers: Mapping[str, Any]) -> tuple[MatrixRow, ...]:
    codes = _codes(answers.get(matrix.field))
    return tuple(row for row in matrix.rows if row.code in codes)


def _codes(value: Any) -> Sequence[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def context(scheme: Scheme, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`matrix` for conditions. Of a matrix of which nothing was chosen nothing is known, so nothing that asks it holds."""
    found: dict[str, dict[str, Any]] = {}
    for each in chosen(scheme, answers):
        many = scheme.form[scheme.matrices[each.id].field].kind == "meerkeuze"
        found[each.id] = {
            "gekozen": [row.code for row in each.rows],
            "poreus": each.talk == "altijd",
            "betaler": list(each.payers) if many else each.payers[0],
        }
    return found


def misfits(scheme: Scheme, answers: Mapping[str, Any]) -> list[Reason]:
    """Rows that were chosen and are not there for the sector of the case."""
    reasons = []
    for name, matrix in scheme.matrices.items():
        sector = answers.get(matrix.sector)
        for row in _rows(matrix, answers) if sector else ():
            if row.sectors and sector not in row.sectors:
                words = " of ".join(scheme.form[matrix.sector].choices.get(each, each) for each in row.sectors)
                message = f"{scheme.form[matrix.field].title}: '{row.title}' is er alleen voor {words}."
                reasons.append(
                    Reason(f"matrix_{name}", message, "Kies iets anders, of verbeter de sector.", matrix.field)
                )
    return reasons
