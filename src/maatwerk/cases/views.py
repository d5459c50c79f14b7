"""Cases as the API shows them. Whoever calls has authorised the look; what a role may not see is left out here."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import UNSET

from maatwerk.cases import queries, schemas
from maatwerk.cases.act_views import marks_view
from maatwerk.cases.case import Case
from maatwerk.cases.meeting import Meeting
from maatwerk.files.queries import StoredFile
from maatwerk.rules import form
from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.computed import with_computed
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Reason


def ground(reason: Reason) -> schemas.GroundView:
    return schemas.GroundView(reason.code, reason.message, reason.mend, reason.field)


def case_row(row: queries.Listed) -> schemas.CaseRow:
    return schemas.CaseRow(
        id=row.id,
        title=f"{row.title} {row.version}",
        phase=row.phase,
        opened_at=row.opened_at,
        organisation_id=row.organisation_id or UNSET,
        sector=row.sector,
        number=row.number or UNSET,
        filed_on=row.filed_on or UNSET,
        closed=row.closed or UNSET,
    )


def case_view(case: Case, meeting: Meeting, today: date) -> schemas.CaseView:
    """The case with the answers that are open to who meets it so, and what lacks for what he may do."""
    opening, scheme = meeting.opening, case.scheme
    open_acts = {act for name, state in fold(scheme, case.acts).steps.items() if state.status == "open"
                 for act in scheme.steps[name].acts if opening.whole or set(meeting.roles) & set(scheme.acts[act].by)}  # fmt: skip
    asked, known = case.scheme.form, case.scheme.constants
    answers = with_computed(asked, case.answers, None, known)
    missing = {reason.field: reason for act in open_acts for reason in form.missing(asked, answers, act, known=known)}
    return schemas.CaseView(
        id=case.id,
        scheme_version_id=case.scheme_version_id,
        title=f"{case.scheme.title} {case.scheme.version}",
        phase=case.phase,
        opened_at=case.opened_at,
        organisation_id=case.organisation_id if meeting.school else UNSET,
        sector=case.sector if meeting.school else "",
        seq=case.seq,
        number=case.number or UNSET,
        filed_on=case.filed_on or UNSET,
        closed=case.closed or UNSET,
        answers=opening.answers(answers, today),
        not_bsn=marks_view(_of_the_school(case), case.answers) if opening.whole else [],
        missing=[ground(reason) for _, reason in sorted(missing.items())],
    )


def _of_the_school(case: Case) -> Mapping[str, str]:
    """The marks that go with the application itself, not those of a letter or note of somebody else."""
    given = [act.not_bsn for act in case.acts if (found := behaviour_of(case.scheme, act.kind)) and found.uses_form]
    return {digits: reason for marks in (case.draft.marks, *given) for digits, reason in marks.items()}


def work_view(row: queries.WorkRow) -> schemas.WorkView:
    return schemas.WorkView(
        id=row.id,
        title=row.title,
        phase=row.phase,
        role=row.role,
        since=row.since,
        acts=list(row.acts),
        number=row.number or UNSET,
        due=row.due or UNSET,
    )


def file_views(files: Iterable[StoredFile]) -> list[schemas.FileView]:
    return [
        schemas.FileView(
            file.id, file.field, file.purpose, file.name, file.media_type, file.size, file.state, list(file.blocks),
            file.uploaded_at,
        )
        for file in files
    ]  # fmt: skip
