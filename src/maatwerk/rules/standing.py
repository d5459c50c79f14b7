"""`standing`: where a case stands on a day, what can be done now and by whom, what blocks it, and every date with its why.

It folds what was decided and derives what is due; pages and the API show it, so no screen knows a workflow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.rules import clocks, consent, form
from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.books import Balance
from maatwerk.rules.clocks import Clock
from maatwerk.rules.conditions import holds, looked_at, paths
from maatwerk.rules.history import History, StepState, fold
from maatwerk.rules.judge import gate_reason, gates_of, phase, place, situation
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import Scheme


@dataclass(frozen=True)
class Offer:
    """An act that is open now: in which step, for which roles, and what still blocks it."""

    act: str
    title: str
    step: str
    roles: tuple[str, ...]
    seats: tuple[str, ...]
    blocks: tuple[Reason, ...]


@dataclass(frozen=True)
class GateView:
    """A rule with its answer now (None: can't be judged), the acts it guards and the values it looked at."""

    id: str
    at: tuple[str, ...]
    holds: bool | None
    message: str
    mend: str
    redirect: str
    source: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    phase: str
    closed: str
    seq: int
    steps: Mapping[str, StepState]
    offers: tuple[Offer, ...]
    gates: tuple[GateView, ...]
    clocks: tuple[Clock, ...]
    books: Mapping[str, Balance]
    consents: Mapping[str, str]
    next_moment: date | None


def standing(scheme: Scheme, acts: Sequence[Act], at: date, facts: Facts | None = None) -> Standing:
    """The standing of a case after `acts` (in order) on the legal day `at`."""
    known = facts or Facts()
    history = fold(scheme, acts)
    running = clocks.derive(scheme, history, at)
    found = situation(scheme, history, at, known)
    return Standing(
        phase=phase(scheme, history),
        closed=history.closed,
        seq=history.seq,
        steps=history.steps,
        offers=offers(scheme, history, found),
        gates=_gates(scheme, found),
        clocks=tuple(running.values()),
        books=history.books,
        consents=found["toestemming"],
        next_moment=next_moment(scheme, history, running, at),
    )


def offers(scheme: Scheme, history: History, found: Mapping[str, Any]) -> tuple[Offer, ...]:
    """Every act that may be tried now; a gate that reads the act's own fields can't block before they are given."""
    result = []
    for kind, definition in scheme.acts.items():
        step = place(scheme, history, kind)
        if definition.when == "stap" and not step:
            continue
        if history.closed and definition.when != "altijd":
            continue
        filing = definition.behaviour in ("indienen", "aanvullen")
        blocks = [] if filing else form.missing(scheme.form, history.answers, kind)
        for name, gate in gates_of(scheme, kind):
            if filing or any(path.startswith("deze") for path in paths(gate.condition)):
                continue
            reason = gate_reason(name, gate, found)
            blocks.extend([reason] if reason else [])
        result.append(
            Offer(kind, definition.title, step, definition.by, _seats(history, step, kind, scheme), tuple(blocks))
        )
    return tuple(result)


def _seats(history: History, step: str, kind: str, scheme: Scheme) -> tuple[str, ...]:
    """The chairs an act waits for; a vote may be changed until the end, so a seat that voted stays."""
    if not step or scheme.acts[kind].behaviour != "stemmen":
        return ()
    return tuple(chair.slot for chair in history.steps[step].chairs)


def _gates(scheme: Scheme, found: Mapping[str, Any]) -> tuple[GateView, ...]:
    return tuple(
        GateView(
            name, gate.at, holds(gate.condition, found), gate.message, gate.mend, gate.redirect, gate.source,
            looked_at(gate.condition, found),
        )
        for name, gate in scheme.gates.items()
    )  # fmt: skip


def next_moment(scheme: Scheme, history: History, running: Mapping[str, Clock], at: date) -> date | None:
    """The first day after `at` on which this case changes without anybody acting: a warning, a passing, a birthday."""
    days = clocks.next_dates(running, at)
    if not history.closed:
        days = days + consent.coming_birthdays(scheme, history.answers, at)
    return min(days, default=None)
