"""Composes a sheet for reviewers: fields that the scheme opens, redacted texts in their places, tables row by row. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from maatwerk.anonymisation.checking import FAMILY
from maatwerk.anonymisation.content import Answer, Sheet
from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.pieces import open_columns
from maatwerk.cases.case import Case
from maatwerk.rules.disclosure import WRITTEN, disclose
from maatwerk.rules.scheme import DisclosureDef, FieldDef

OWN_WORDS = ("functie", "hoedanigheid")


def sheet_of(
    case: Case,
    rules: Sequence[DisclosureDef],
    on: date,
    coarse: frozenset[str],
    texts: Mapping[str, str],
    known: Known,
    *,
    first: bool,
) -> Sheet:
    """The sheet of `texts` (redacted, by path) that were not out yet; fields and tables belong to a first release."""
    opened = [disclose(case.scheme, rule, case.answers, on, coarse) for rule in rules] if first else []
    return Sheet(
        fields=opened_fields(case, rules, on, coarse, known) if first else {},
        texts={path: text for path, text in texts.items() if "@" not in path and not _table(case, path)},
        tables={name: rows for each in opened for name in each.texts if (rows := _rows(case, name, texts))},
        answers=[_answer(path, text) for path, text in texts.items() if "@" in path],
    )


def opened_fields(
    case: Case, rules: Sequence[DisclosureDef], on: date, coarse: frozenset[str], known: Known
) -> dict[str, Any]:
    """The fields as the rules open them. The applicant's name and contact go along as they are (R36-34); in what he is, which he
    says in his own words, nobody of the pupil's family is named."""
    found = {}
    for rule in rules:
        for path, value in disclose(case.scheme, rule, case.answers, on, coarse).fields.items():
            part = path.partition(".")[2]
            if isinstance(value, Mapping):
                found[path] = {name: _without_family(name, each, known) for name, each in value.items()}
            else:
                found[path] = _without_family(part, value, known)
    return found


def _without_family(part: str, value: Any, known: Known) -> Any:
    if part not in OWN_WORDS or not isinstance(value, str):
        return value
    kept, last = "", 0
    for span in redact(value, known).spans:
        if span.placeholder.startswith(FAMILY):
            kept, last = kept + value[last : span.start] + span.placeholder, span.end
    return kept + value[last:]


def _table(case: Case, path: str) -> FieldDef | None:
    field = case.scheme.form.get(path.partition(".")[0])
    return field if field is not None and field.kind == "tabel" else None


def _rows(case: Case, name: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """A table's rows: texts as they were redacted, amounts and dates as they are, nothing else."""
    field = _table(case, name)
    if field is None:
        return []
    rows = []
    for number, row in enumerate(case.answers.get(name) or ()):
        written = {c: texts.get(f"{name}.{number}.{c}", "") for c in field.columns if field.columns[c].kind in WRITTEN}
        plain = {column: row[column] for column in open_columns(field) if row.get(column) is not None}
        rows.append(
            {column: {**written, **plain}[column] for column in field.columns if column in {**written, **plain}}
        )
    return rows


def _answer(path: str, text: str) -> Answer:
    place, _, seq = path.partition("@")
    act, _, field = place.partition(".")
    return Answer(int(seq), act, field, text)
