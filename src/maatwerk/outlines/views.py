"""Outlines and files of cases as the API and the pages show them, in the words of the scheme."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from maatwerk.outlines import schemas
from maatwerk.outlines.planning import Change, Plan, Planned
from maatwerk.outlines.queries import Imported
from maatwerk.outlines.showing import Shown
from maatwerk.rules.money import euro
from maatwerk.rules.outline import OutlineDef
from maatwerk.rules.outline_tree import Branch, Entry, Sum, amount, as_traits, options, uncovered, waits_for
from maatwerk.rules.scheme import Scheme

NOTHING = "niets"


def outline_view(shown: Shown) -> schemas.OutlineView:
    outline, tree = shown.outline, shown.tree
    return schemas.OutlineView(
        scheme_version_id=shown.version_id,
        title=outline.title,
        scheme_version=shown.scheme.version,
        level_names=list(outline.levels),
        case_word=outline.case,
        filters=[filter_view(shown, name) for name in outline.filters],
        headings=[heading_view(outline, branch) for branch in tree.branches],
        entries=[entry_view(shown, each) for each in tree.entries],
        cost=sum_view(tree.total),
    )


def heading_view(outline: OutlineDef, branch: Branch) -> schemas.HeadingView:
    heading = branch.heading
    return schemas.HeadingView(
        code=heading.code,
        title=heading.title,
        level=branch.level,
        cost=sum_view(branch.total),
        see=list(heading.see),
        outline_number=heading.number or UNSET,
        under=heading.under or UNSET,
        gap=branch.gap or UNSET,
    )


def entry_view(shown: Shown, entry: Entry) -> schemas.OutlineEntryView:
    outline = shown.outline
    known = amount(outline, entry)
    return schemas.OutlineEntryView(
        case_id=entry.case_id,
        outline_number=entry.one(outline.number),
        name=entry.one(outline.name),
        hangs_under=list(entry.traits.get(outline.field, ())),
        phase=entry.phase,
        closed=entry.closed,
        overdue=entry.overdue,
        cover_unknown=uncovered(outline, entry),
        traits=[trait_view(shown.scheme, name, entry) for name in shown_of(outline) if entry.traits.get(name)],
        waits_for=[
            schemas.WaitingView(each.number, each.done, each.name or UNSET)
            for each in waits_for(outline, entry, shown.by_number)
        ],
        due=entry.due or UNSET,
        amount=UNSET if known is None else known,
    )


def shown_of(outline: OutlineDef) -> list[str]:
    """The questions that tell something of a case beside its number, name and place."""
    apart = (outline.field, outline.number, outline.name, outline.waits, outline.amount)
    return [name for name in outline.fields if name not in apart]


def trait_view(scheme: Scheme, name: str, entry: Entry) -> schemas.TraitView:
    values = list(entry.traits[name])
    return schemas.TraitView(name, scheme.form[name].title, values, in_words(scheme, name, values))


def in_words(scheme: Scheme, name: str, values: Sequence[str]) -> str:
    """An answer as people read it."""
    field = scheme.form[name]
    if "bedrag" in (field.kind, field.outcome_kind if field.kind == "berekend" else ""):
        return ", ".join(euro(int(value)) for value in values)
    return ", ".join(field.choices.get(value, value) for value in values)


def filter_view(shown: Shown, name: str) -> schemas.FilterView:
    chosen = shown.chosen.get(name, ())
    counted = [value for entry in shown.every for value in entry.traits.get(name, ())]
    found = [
        schemas.FilterOptionView(value, title, counted.count(value), value in chosen)
        for value, title in options(shown.scheme, name).items()
    ]
    return schemas.FilterView(name, shown.scheme.form[name].title, found)


def sum_view(total: Sum) -> schemas.OutlineSumView:
    return schemas.OutlineSumView(total.count, total.minimum, total.unknown, total.uncovered, total.words)


def import_view(plan: Plan) -> schemas.ImportView:
    return schemas.ImportView(
        added=plan.count("nieuw"),
        changed=plan.count("gewijzigd"),
        unchanged=plan.count("ongewijzigd"),
        rows=[row_view(plan, each) for each in plan.rows],
        gone=[gone_view(plan, each) for each in plan.gone],
    )


def row_view(plan: Plan, planned: Planned) -> schemas.ImportRowView:
    row = planned.row
    name = str(row.answers.get(plan.outline.name, ""))
    found = [difference_view(plan.scheme, each) for each in planned.changes]
    return schemas.ImportRowView(row.line, row.number, name, planned.fate, found)


def difference_view(scheme: Scheme, change: Change) -> schemas.DifferenceView:
    title = scheme.form[change.field].title if change.field in scheme.form else change.field
    return schemas.DifferenceView(
        change.field, title, _said(scheme, change.field, change.was), _said(scheme, change.field, change.becomes)
    )


def gone_view(plan: Plan, before: Imported) -> schemas.GoneView:
    return schemas.GoneView(before.case_id, before.number, str(before.answers.get(plan.outline.name, "")))


def _said(scheme: Scheme, name: str, value: Any) -> str:
    values = as_traits(value)
    if not values:
        return NOTHING
    return in_words(scheme, name, values) if name in scheme.form else ", ".join(values)
