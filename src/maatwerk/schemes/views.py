"""Versions, comparisons, budgets and dry runs as the API shows them."""

from datetime import date
from typing import Any

from msgspec import UNSET

from maatwerk.cases.schemes import Version
from maatwerk.http.caller import Caller
from maatwerk.rules.budgeting import Budget
from maatwerk.rules.comparing import Sentence
from maatwerk.rules.composing import as_written
from maatwerk.rules.encoding import as_dutch
from maatwerk.rules.scheme import BookDef, Scheme
from maatwerk.schemes import schemas
from maatwerk.schemes.checking import Checked
from maatwerk.schemes.dry_runs import Found, Run
from maatwerk.schemes.queries import TRYING, Stored

SHOWN = ("formulier", "naslag", "stap", "termijn", "handeling", "voorwaarde", "zetel", "toestemming", "onderwerp", "product",
         "lijst", "tarief", "bekostiging", "vergadering", "matrix", "escalatie", "opvolging", "mandaat", "leeftijd", "indeling")  # fmt: skip


def scheme_view(found: Stored, scheme: Scheme, held: Version | None, today: date, caller: Caller) -> schemas.SchemeView:
    """A version; `held` is the same as one under which cases may begin, if it is one."""
    view = schemas.SchemeView(
        id=found.id,
        scheme_code=found.code,
        scheme_version=found.version,
        title=found.title,
        former_titles=list(scheme.former_titles),
        region=scheme.region,
        valid_from=found.valid_from,
        valid_until=(held.until if held else found.valid_until) or UNSET,
        in_force=held is not None and held.holds_on(today),
        state=found.state,
        proposed_at=found.proposed_at or UNSET,
        published_at=found.published_at or UNSET,
        withdrawn_at=found.withdrawn_at or UNSET,
    )
    if caller.may(TRYING):
        view.proposed_by = found.proposed_by or UNSET
        view.published_by = found.published_by or UNSET
        view.withdrawn_by = found.withdrawn_by or UNSET
    return view


def scheme_detail(view: schemas.SchemeView, scheme: Scheme) -> schemas.SchemeDetail:
    """The same with what is in it."""
    whole = as_dutch(as_written(scheme))
    return schemas.SchemeDetail(**_members(view), definition={name: whole[name] for name in SHOWN if name in whole})


def scheme_draft(view: schemas.SchemeView, text: Checked) -> schemas.SchemeDraft:
    """The same with what its author should know."""
    warnings = [schemas.SchemeWarning(fault.line, fault.key, fault.message, fault.mend) for fault in text.warnings]
    return schemas.SchemeDraft(**_members(view), warnings=warnings)


def _members(view: schemas.SchemeView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in schemas.SchemeView.__struct_fields__}


def sentence_view(found: Sentence) -> schemas.SentenceView:
    return schemas.SentenceView(found.group, found.place, found.text)


def run_view(found: Run, groups: list[tuple[str, int]]) -> schemas.DryRunView:
    return schemas.DryRunView(
        id=found.id,
        scheme_version_id=found.scheme_version_id,
        state=found.state,
        from_day=found.from_day,
        to_day=found.until_day,
        total=found.total,
        tried=found.done,
        unchanged=found.unchanged,
        changed=found.changed,
        erased=found.erased,
        groups=[schemas.DryRunGroup(text, count) for text, count in groups],
        created_at=found.asked_at,
        done_at=found.finished_at or UNSET,
    )


def change_view(found: Found) -> schemas.DryRunChangeView:
    return schemas.DryRunChangeView(
        found.number, found.seq, found.act, found.title, found.was, found.becomes, found.reasons
    )


def budget_view(name: str, book: BookDef, found: Budget) -> schemas.BudgetView:
    return schemas.BudgetView(
        book=name,
        title=book.title,
        unit=book.unit,
        ceiling=found.ceiling,
        count=found.cases,
        total_amount=found.total,
        average=found.average,
        fitting=found.fits,
        left=found.left,
        reached=[schemas.ReachedView(each.share, each.case, each.on or UNSET) for each in found.reached],
        group_share=UNSET if found.group_share is None else found.group_share,
        fitting_groups=UNSET if found.groups is None else found.groups,
    )
