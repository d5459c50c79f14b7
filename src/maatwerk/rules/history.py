"""Where a case stands, folded from the stored consequences of its acts: no condition of the past is evaluated again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maatwerk.rules.acts import Act, Chair
from maatwerk.rules.books import Balance, balances, case_context
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


@dataclass(frozen=True)
class Moment:
    """Something that happened in the grammar of `moments`, on a legal day, by act `seq` (0: from the beginning)."""

    name: str
    on: date
    seq: int


@dataclass
class History:
    """The fold. `answers` and `acts` carry what conditions read; the rest is consequences only."""

    steps: dict[str, StepState]
    moments: list[Moment] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    consents: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: str = ""
    closed_on: date | None = None
    filed_on: date | None = None
    books: dict[str, Balance] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        return self.acts[-1].seq if self.acts else 0

    def dates(self, name: str) -> list[Moment]:
        return [moment for moment in self.moments if moment.name == name]


def fold(scheme: Scheme, acts: Iterable[Act]) -> History:
    """Where the acts (in order of seq) bring a case; with none, the steps that open at the beginning are open."""
    history = History(steps={name: StepState() for name in scheme.steps})
    for name, step in scheme.steps.items():
        if "begin" in step.after:
            history.steps[name] = StepState("open", round=1)
    for act in acts:
        _apply(scheme, history, act)
    history.books = balances(history.acts)
    return history


def _apply(scheme: Scheme, history: History, act: Act) -> None:
    result = act.consequences
    definition = scheme.acts.get(act.kind)
    history.acts.append(act)
    if definition is not None and definition.behaviour in ("indienen", "aanvullen"):
        history.answers = dict(act.fields)
        if definition.behaviour == "indienen" and history.filed_on is None:
            history.filed_on = act.on
    for name in result.reopened:
        history.steps[name] = StepState(round=history.steps[name].round)
    history.moments.append(Moment(f"handeling.{act.kind}", act.on, act.seq))
    for name, day in result.dates.items():
        history.moments.append(Moment(name, day, act.seq))
    if result.consent:
        consent, role, state = result.consent
        history.consents.setdefault(consent, {})[role] = state
        history.moments.append(Moment(f"toestemming.{consent}.{state}", act.on, act.seq))
    _apply_step(history, act)
    for ended in result.ended:
        skipped = ended.outcome == "overgeslagen"
        _set(
            history,
            ended.step,
            status="overgeslagen" if skipped else "beëindigd",
            outcome=ended.outcome,
            ended_on=act.on,
        )
        history.moments.append(Moment(f"stap.{ended.step}.{ended.outcome}", act.on, act.seq))
    for opened in result.opened:
        history.steps[opened.step] = StepState(
            "open", opened_on=act.on, round=opened.round, chairs=opened.chairs, why=opened.why
        )
        history.moments.append(Moment(f"stap.{opened.step}.geopend", act.on, act.seq))
    if result.closed:
        history.closed, history.closed_on = result.closed, act.on


def _apply_step(history: History, act: Act) -> None:
    result = act.consequences
    if not result.step:
        return
    state = history.steps[result.step]
    if result.vote:
        _set(history, result.step, votes={**state.votes, result.vote[0]: result.vote[1]})
    if result.done_for:
        _set(history, result.step, done_for=state.done_for | {result.done_for})
    if result.seated:
        chairs = tuple(result.seated if chair.slot == result.seated.slot else chair for chair in state.chairs)
        votes = {slot: vote for slot, vote in state.votes.items() if slot != result.seated.slot}
        _set(history, result.step, chairs=chairs, votes=votes)


def _set(history: History, step: str, **changes: Any) -> None:
    state = history.steps[step]
    history.steps[step] = StepState(
        **{**{name: getattr(state, name) for name in state.__dataclass_fields__}, **changes}
    )


def context(
    scheme: Scheme, history: History, at: date, facts: Mapping[str, Any], clocks: Mapping[str, bool]
) -> dict[str, Any]:
    """What conditions may read. Steps, books, consents and clocks of the scheme are always there; answers only when given."""
    latest: dict[str, Any] = {}
    every: dict[str, list[Any]] = {name: [] for name in scheme.acts}
    for act in history.acts:
        if act.kind in every:
            seen = {**act.fields, "op": act.on.isoformat(), "rol": act.by.role}
            latest[act.kind] = seen
            every[act.kind].append(seen)
    outcomes = {
        name: {outcome: history.steps[name].outcome == outcome for outcome in scheme.outcomes(name)}
        for name in scheme.steps
    }
    case: dict[str, Any] = case_context(history.books, scheme.books)
    if history.filed_on:
        case["ingediend_op"] = history.filed_on.isoformat()
    return {
        "aanvraag": history.answers,
        "laatste": latest,
        "alle": every,
        "stap": outcomes,
        "zaak": case,
        "feit": dict(facts),
        "termijn": {name: {"verstreken": passed} for name, passed in clocks.items()},
        "vandaag": at.isoformat(),
    }
