"""Where a case stands as the API shows it: steps, terms, rules and money, as far as they are open to who meets the case so."""

from collections.abc import Iterable
from datetime import date

from msgspec import UNSET

from maatwerk.cases import queries, schemas
from maatwerk.cases.act_views import identifications
from maatwerk.cases.case import Case
from maatwerk.cases.cooperation_schemas import NeedsView
from maatwerk.cases.cooperation_views import follow_up_views, needs_view, rung_view
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.views import ground
from maatwerk.rules.acts import Facts
from maatwerk.rules.clocks import Clock
from maatwerk.rules.conditions import paths
from maatwerk.rules.derivation import Step
from maatwerk.rules.earlier import looks_back
from maatwerk.rules.eligibility import GateView, examined
from maatwerk.rules.funding import Cut, Funding, texts_of
from maatwerk.rules.history import StepState, fold
from maatwerk.rules.meetings import Undated
from maatwerk.rules.opening import Opening
from maatwerk.rules.rates import Rate
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.situation import Situation
from maatwerk.rules.standing import stands


def standing_view(
    case: Case, today: date, facts: Facts, meeting: Meeting, told: Iterable[queries.Notice] = ()
) -> schemas.StandingView:
    """Where the case stands, as told to who meets it so, with what was told of its terms. The rules with the answers they looked at,
    and which needs were chosen, are for those alone to whom all answers are open; those of a draft are judged as if it were filed
    today, so that a school hears in time where else to go (R36-24). What rules say of earlier cases of the pupil is for the office
    alone: they may be of another school."""
    situation = Situation(case.scheme, fold(case.scheme, case.acts), today, facts)
    found = stands(situation)
    kept = frozenset[str]() if meeting.handles else looks_back(case.scheme)
    gates: list[schemas.GateState] = []
    fundings: list[schemas.FundingView] = []
    needs: list[NeedsView] = []
    if meeting.opening.whole:
        needs = [needs_view(each) for each in found.needs]
        seen = examined(situation, case.answers, frozenset(case.not_bsn))
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
