"""Where a case stands, folded from the stored consequences of its acts: no condition of the past is evaluated again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from maatwerk.rules.acts import Act, Chair
from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.books import Balance, totals, with_entries
from maatwerk.rules.moments import is_dated
from maatwerk.rules.rooms import Pot
from maatwerk.rules.scheme import Scheme


@dataclass(frozen=True)
class StepState:
    """A step of a case: `status` is wacht, open, beëindigd or overgeslagen; `round` counts how often it opened."""

    status: str = "wacht"
    outcome: str = ""
    opened_on: date | None = None
    ended_on: date | None = None
    round: int = 0
    chairs: tuple[Chair, ...] = ()
    votes: Mapping[str, str] = field(default_factory=dict)
    done_for: frozenset[str] = frozenset()
    why: str = ""


class Moment(NamedTuple):
    """Something that happened in the grammar of `moments`, on a legal day, by act `seq` (0: by no act)."""

    name: str
    on: date
    seq: int


@dataclass
class History:
    """The fold. `answers`, `acts` and `not_bsn` carry what people wrote; the rest is consequences only. `undone` are the numbers of acts
    in a step that was gone back on since."""

    steps: dict[str, StepState]
    moments: list[Moment] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    consents: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: str = ""
    closed_on: date | None = None
    filed_on: date | None = None
    held: dict[Pot, Balance] = field(default_factory=dict)
    undone: frozenset[int] = frozenset()
    not_bsn: dict[str, str] = field(default_factory=dict)

    @property
    def books(self) -> dict[str, Balance]:
        """What the case holds on each book, its parts together."""
        return totals(self.held)

    @property
    def seq(self) -> int:
        return self.acts[-1].seq if self.acts else 0

    @property
    def counting(self) -> list[Act]:
        """The acts that still count: outside any step, or in the present round of theirs."""
        return [act for act in self.acts if act.seq not in self.undone]

    @property
    def product(self) -> str:
        """The product the case is for; "" before filing, and in a scheme without products."""
        found = (moment.name for moment in self.moments if moment.name.startswith("product."))
        return next(found, "").partition(".")[2]

    def dates(self, name: str) -> list[Moment]:
        return [moment for moment in self.moments if moment.name == name]


def fold(scheme: Scheme, acts: Iterable[Act]) -> History:
    """Where the acts (in order of seq) bring a case; with none, the steps that open at the beginning are open."""
    steps = {name: _BEGUN if "begin" in step.after else _WAITING for name, step in scheme.steps.items()}
    history = History(steps=steps)
    for act in acts:
        _apply(scheme, history, act)
    return history


def extend(scheme: Scheme, history: History, act: Act) -> History:
    """The history with one more act; the given one stays as it is."""
    grown = replace(
        history,
        steps=dict(history.steps),
        moments=list(history.moments),
        acts=list(history.acts),
        consents={name: dict(given) for name, given in history.consents.items()},
        held=dict(history.held),
        not_bsn=dict(history.not_bsn),
    )
    _apply(scheme, grown, act)
    return grown


def within_reach(scheme: Scheme, history: History) -> frozenset[str]:
    """The acts that may still come: of steps that are open or were not reached in this round, and those that need no step."""
    undone = {name for act in history.acts[-1:] for name in act.consequences.reopened}
    ahead = {
        act
        for name, state in history.steps.items()
        if state.status == "open" or (state.status == "wacht" and name not in undone)
        for act in scheme.steps[name].acts
    }
    return frozenset(
        name
        for name, act in scheme.acts.items()
        if act.when == "altijd" or (not history.closed and (act.when == "open" or name in ahead))
    )


_WAITING = StepState()
_BEGUN = StepState("open", round=1)


def _apply(scheme: Scheme, history: History, act: Act) -> None:
    result = act.consequences
    if not history.acts:
        history.moments.append(Moment("begin", act.on, 0))
    history.acts.append(act)
    history.not_bsn.update(act.not_bsn)
    _answer(scheme, history, act)
    if result.reopened:
        _undo(history, result.reopened, act.seq)
    _forget_days(scheme, history, act)
    history.moments.append(Moment(f"handeling.{act.kind}", act.on, act.seq))
    history.moments.extend(Moment(name, day, act.seq) for name, day in result.dates.items())
    if result.consent:
        consent, role, state = result.consent
        history.consents.setdefault(consent, {})[role] = state
    history.moments.extend(Moment(name, act.on, act.seq) for name in result.became)
    _within_step(history, act)
    for each in result.reseated:
        history.steps[each.step] = _seat(history.steps[each.step], each.chair)
    _end_and_open(history, act)
    if result.effects:
        history.held = with_entries(history.held, result.effects)
    if result.closed:
        history.closed, history.closed_on = result.closed, act.on


def _answer(scheme: Scheme, history: History, act: Act) -> None:
    behaviour = behaviour_of(scheme, act.kind)
    if behaviour is None or not behaviour.uses_form:
        return
    history.answers = {name: value for name, value in act.fields.items() if value is not None}
    if behaviour.files and history.filed_on is None:
        history.filed_on = act.on


def _forget_days(scheme: Scheme, history: History, act: Act) -> None:
    """A day that the form held and that an act took away has not been said any more. The form is whole in every act that answers it."""
    behaviour = behaviour_of(scheme, act.kind)
    if behaviour is not None and behaviour.uses_form:
        kept = act.consequences.dates
        history.moments = [
            each for each in history.moments if not each.name.startswith("formulier.") or each.name in kept
        ]


def _undo(history: History, steps: tuple[str, ...], seq: int) -> None:
    """Steps that act `seq` went back to: they wait again, what they led to has not happened, and what was done in them says
    nothing any more. That it was done stays a moment, the days that it filled in don't; answers to the form stay."""
    for step in steps:
        history.steps[step] = StepState(round=history.steps[step].round)
    history.undone |= {act.seq for act in history.acts if act.consequences.step in steps and act.seq != seq}
    history.moments = [moment for moment in history.moments if not _is_undone(history, moment, steps)]


def _is_undone(history: History, moment: Moment, steps: tuple[str, ...]) -> bool:
    kind, _, rest = moment.name.partition(".")
    if kind == "stap":
        return rest.partition(".")[0] in steps
    return kind == "handeling" and is_dated(moment.name) and moment.seq in history.undone


def _end_and_open(history: History, act: Act) -> None:
    for ended in act.consequences.ended:
        status = "overgeslagen" if ended.outcome == "overgeslagen" else "beëindigd"
        state = history.steps[ended.step]
        history.steps[ended.step] = replace(
            state, status=status, outcome=ended.outcome, ended_on=act.on, why=ended.why or state.why
        )
        history.moments.append(Moment(f"stap.{ended.step}.{ended.outcome}", act.on, act.seq))
    for opened in act.consequences.opened:
        history.steps[opened.step] = StepState(
            "open", opened_on=act.on, round=opened.round, chairs=opened.chairs, why=opened.why
        )
        history.moments.append(Moment(f"stap.{opened.step}.geopend", act.on, act.seq))


def _within_step(history: History, act: Act) -> None:
    result = act.consequences
    if not result.step:
        return
    state = history.steps[result.step]
    if result.vote:
        state = replace(state, votes={**state.votes, result.vote[0]: result.vote[1]})
    if result.done_for:
        state = replace(state, done_for=state.done_for | {result.done_for})
    history.steps[result.step] = _seat(state, result.seated) if result.seated else state


def _seat(state: StepState, given: Chair) -> StepState:
    """The step with another on a chair; what was voted from it counts no more."""
    chairs = tuple(given if chair.slot == given.slot else chair for chair in state.chairs)
    votes = {slot: vote for slot, vote in state.votes.items() if slot != given.slot}
    return replace(state, chairs=chairs, votes=votes)
