"""Cases as the API shows them. Whoever calls has authorised the look; what a role may not see is left out here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from msgspec import UNSET

from maatwerk.cases import queries, schemas
from maatwerk.cases.case import Case
from maatwerk.cases.cooperation_schemas import NeedsView
from maatwerk.cases.cooperation_views import follow_up_views, needs_view, rung_view
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.telling import acts_met
from maatwerk.files.queries import StoredFile
from maatwerk.http.caller import Caller
from maatwerk.rules import disclosure, form
from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.clocks import Clock
from maatwerk.rules.computed import with_computed
from maatwerk.rules.conditions import paths
from maatwerk.rules.derivation import Step
from maatwerk.rules.earlier import looks_back
from maatwerk.rules.eligibility import examine
from maatwerk.rules.funding import Cut, Funding, texts_of
from maatwerk.rules.history import History, StepState, fold
from maatwerk.rules.links import NOT_DIGID, WAYS
from maatwerk.rules.marks import mentions
from maatwerk.rules.meetings import Undated
from maatwerk.rules.opening import EVERYTHING, Opening, is_open
from maatwerk.rules.rates import Rate
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import GateView, standing

BY_ITSELF = "Vanzelf: een termijn of leeftijd"


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
        not_bsn=_marks(_of_the_school(case), case.answers) if opening.whole else [],
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


def act_view(case: Case, act: Act, place: int) -> schemas.ActView:
    """An act at its place among those that the reader knows of. Its number would tell how many came before it: it is told when he
    knows them all."""
    result = act.consequences
    return schemas.ActView(
        seq=act.seq if act.seq == place else UNSET,
        act=act.kind,
        title=case.scheme.acts[act.kind].title if act.kind in case.scheme.acts else BY_ITSELF,
        on=act.on,
        recorded_at=act.at,  # type: ignore[arg-type]  # a stored act has its instant
        role=act.by.role,
        seat=act.by.seat or UNSET,
        outcomes=[f"{ended.step}: {ended.outcome}" for ended in result.ended],
        fields=dict(act.fields),
        not_bsn=_marks(act.not_bsn, act.fields),
        number=case.number or UNSET,
        identification=_identification(act.by) or UNSET,
        mandate=_mandate(case.scheme, result.mandate) or UNSET,
    )


def _mandate(scheme: Scheme, name: str) -> schemas.MandateView | None:
    found = scheme.mandates.get(name)
    return schemas.MandateView(name, found.title, found.giver, found.source) if found else None


def _identification(by: Actor) -> schemas.IdentificationView | None:
    if by.known is None:
        return None
    told = f"{NOT_DIGID}; binnengekomen {WAYS[by.known.by]}"
    return schemas.IdentificationView(by.known.by, False, by.known.at, told, by.role)


def identifications(case: Case, meeting: Meeting) -> list[schemas.IdentificationView]:
    """How those without an account were identified who did an act that the reader reads, each time anew."""
    history = fold(case.scheme, case.acts)
    read = [act for act in case.acts if may_read(case.scheme, history, act, meeting)]
    found = {(act.by.person, act.by.known.at): _identification(act.by) for act in read if act.by.known}
    return [view for view in found.values() if view]


def _marks(marks: Mapping[str, str], fields: Mapping[str, Any]) -> list[schemas.NotBsnView]:
    """The marks, each with the fields in which its number stands; none when it stands in an attachment."""
    places = mentions(fields) if marks else {}
    return [schemas.NotBsnView(digits, reason, places.get(digits, [])) for digits, reason in marks.items()]


def acts_for(case: Case, caller: Caller, meeting: Meeting) -> list[schemas.ActView]:
    """The acts that the caller may read. Who reads anonymised gets those of his own role only, and votes when they are no longer
    hidden; what another wrote, on his own chair too, stands in the pack, where it is redacted first. The privacy officer sees that
    acts were done, not what was filled in. Only the office sees votes before their time, and who was given a chair."""
    known = list(enumerate(acts_met(case, meeting), start=1))
    history = fold(case.scheme, [act for _, act in known])
    if meeting.oversees:
        return [act_view(case, replace(act, fields={}, not_bsn={}), place) for place, act in known]
    person = caller.acts_as
    if meeting.pack and not is_open(meeting.opening):
        return [
            act_view(case, act if act.by.person == person else _without_texts(case.scheme, act), place)
            for place, act in known
            if may_read(case.scheme, history, act, meeting)
        ]
    return [
        act_view(case, shown(case.scheme, act, meeting, person), place)
        for place, act in known
        if may_read(case.scheme, history, act, meeting)
    ]


def may_read(scheme: Scheme, history: History, act: Act, meeting: Meeting) -> bool:
    """Whether somebody who meets a case so reads that an act was done in it which he may know of."""
    if meeting.oversees or meeting.handles:
        return True
    if meeting.pack and not is_open(meeting.opening):
        return act.by.role in meeting.roles and disclosure.visible(scheme, history, act, meeting.seat)
    return act.consequences.seated is None and disclosure.visible(scheme, history, act, meeting.seat)


def shown(scheme: Scheme, act: Act, meeting: Meeting, person: str) -> Act:
    """The act with what is open to this person: of one that answers the form the fields that are, of another also what he filled in
    himself."""
    behaviour = behaviour_of(scheme, act.kind)
    if behaviour is not None and behaviour.uses_form:
        if meeting.opening.whole:
            return act
        kept = {name: value for name, value in act.fields.items() if name in meeting.opening.fields}
        return replace(act, fields=kept, not_bsn={})
    if act.by.person == person or EVERYTHING in meeting.opening.act_fields:
        return act
    kept = {name: value for name, value in act.fields.items() if meeting.opening.has_act_field(act.kind, name)}
    return replace(act, fields=kept, not_bsn={})


def _without_texts(scheme: Scheme, act: Act) -> Act:
    """The act without what somebody wrote himself: names and places are texts too."""
    asked = scheme.acts[act.kind].fields
    kept = {name: value for name, value in act.fields.items() if name in asked and asked[name].kind in disclosure.PLAIN}
    return replace(act, fields=kept, not_bsn={})


def standing_view(
    case: Case, today: date, facts: Facts, meeting: Meeting, told: Iterable[queries.Notice] = ()
) -> schemas.StandingView:
    """Where the case stands, as told to who meets it so, with what was told of its terms. The rules with the answers they looked at,
    and which needs were chosen, are for those alone to whom all answers are open; those of a draft are judged as if it were filed
    today, so that a school hears in time where else to go (R36-24). What rules say of earlier cases of the pupil is for the office
    alone: they may be of another school."""
    found = standing(case.scheme, case.acts, today, facts)
    kept = frozenset[str]() if meeting.handles else looks_back(case.scheme)
    gates: list[schemas.GateState] = []
    fundings: list[schemas.FundingView] = []
    needs: list[NeedsView] = []
    if meeting.opening.whole:
        needs = [needs_view(each) for each in found.needs]
        seen = examine(case.scheme, case.answers, today, facts, case.acts, frozenset(case.not_bsn))
        gates = [gate_state(gate, meeting.opening) for gate in seen.gates if gate.id not in kept]
        fundings = [funding_view(case.scheme, funding, seen.rates) for funding in seen.fundings if funding.applies]
    return schemas.StandingView(
        phase=found.phase,
        closed=found.closed,
        seq=found.seq,
        steps=[step_view(case.scheme, name, state, meeting) for name, state in found.steps.items()],
        offers=[
            schemas.OfferView(
                *(o.act, o.title, o.step, list(o.roles), list(o.seats)),
                [ground(reason) for reason in o.blocks if reason.code not in kept],
            )
            for o in found.offers
        ],
        gates=gates,
        clocks=[clock_view(clock, _passed(case.scheme, clock, told)) for clock in found.clocks],
        consents=dict(found.consents),
        fundings=fundings,
        undated=[undated_view(each) for each in found.undated],
        ladders=[rung_view(case.scheme, rung) for rung in found.rungs],
        needs=needs,
        follow_ups=follow_up_views(case, found.points, meeting.opening, today),
        identifications=identifications(case, meeting),
    )


def funding_view(scheme: Scheme, found: Funding, rates: Iterable[tuple[str, Rate | None]] = ()) -> schemas.FundingView:
    """A funding, with the tariffs that it reads: those of a line stand with the line."""
    read = {path for text in texts_of(scheme.fundings[found.id]) for path in paths(text)}
    used = [rate for name, rate in rates if rate and f"tarief.{name}" in read]
    return schemas.FundingView(
        id=found.id,
        title=scheme.fundings[found.id].title,
        lines=[
            schemas.FundingLineView(
                *(each.number, each.asked, each.vat, each.grantable, cut_views(each.cuts)),
                [rate_view(scheme, rate) for rate in each.rates],
            )
            for each in found.lines
        ],
        asked=found.asked,
        eligible=found.eligible,
        own_contribution=found.own,
        cofunded=found.cofunded,
        refused=found.refused,
        cuts=cut_views(found.cuts),
        rates=[rate_view(scheme, rate) for rate in used],
        grantable=UNSET if found.unclear else found.total,
    )


def rate_view(scheme: Scheme, rate: Rate) -> schemas.AppliedRateView:
    definition = scheme.rates[rate.id]
    source = rate.row.source or definition.source
    return schemas.AppliedRateView(rate.id, definition.title, rate.row.title, rate.on, rate.row.amount, source)


def cut_views(cuts: Iterable[Cut]) -> list[schemas.CutView]:
    return [schemas.CutView(cut.amount, cut.message, cut.source) for cut in cuts]


def step_view(scheme: Scheme, name: str, state: StepState, meeting: Meeting) -> schemas.StepView:
    """A step. Whether a chair is filled would tell a school that the name it suspects is of somebody who sits there."""
    told = meeting.office or meeting.oversees or (bool(meeting.seat) and "school" not in meeting.places)
    return schemas.StepView(
        step=name,
        title=scheme.steps[name].title,
        state=state.status,
        outcome=state.outcome,
        why=state.why,
        chairs=[
            schemas.ChairView(c.slot, scheme.seats[c.slot].title if c.slot in scheme.seats else c.slot,
                              c.why if told else "", c.slot in state.votes, bool(c.person) if told else UNSET)
            for c in state.chairs
        ],
    )  # fmt: skip


def gate_state(gate: GateView, opening: Opening) -> schemas.GateState:
    """A rule with its answer, and of the values that it looked at those that are open."""
    values = {path: value for path, value in gate.values.items() if _is_shown(path, opening)}
    holds = UNSET if gate.holds is None else gate.holds
    return schemas.GateState(gate.id, gate.message, gate.mend, gate.redirect, values, holds)


def _is_shown(path: str, opening: Opening) -> bool:
    root, _, rest = path.partition(".")
    act, _, name = rest.partition(".")
    return root != "laatste" or opening.has_act_field(act, name.partition(".")[0])


def _passed(scheme: Scheme, clock: Clock, told: Iterable[queries.Notice]) -> date | None:
    """The last day for which somebody was told that the term passed."""
    if not scheme.clocks[clock.id].on_pass.role:
        return None
    return max((each.on_day for each in told if (each.id, each.kind) == (clock.id, "verstreken")), default=None)


def clock_view(clock: Clock, passed_told_on: date | None) -> schemas.ClockView:
    return schemas.ClockView(
        id=clock.id,
        title=clock.title,
        kind=clock.kind,
        started_on=clock.started,
        due=clock.due,
        state=clock.status,
        derivation=_derivation(clock.steps),
        passed_told_on=passed_told_on or UNSET,
    )


def undated_view(found: Undated) -> schemas.UndatedView:
    return schemas.UndatedView(found.id, found.title, found.started, _derivation(found.steps))


def _derivation(steps: Iterable[Step]) -> list[schemas.DerivationView]:
    return [schemas.DerivationView(step.code, step.date, step.text) for step in steps]


def file_views(files: Iterable[StoredFile]) -> list[schemas.FileView]:
    return [
        schemas.FileView(
            file.id, file.field, file.purpose, file.name, file.media_type, file.size, file.state, list(file.blocks),
            file.uploaded_at,
        )
        for file in files
    ]  # fmt: skip
