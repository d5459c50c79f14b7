"""An application before it is filed: what does not fit, what is missing and at which act, and every gate with its answer.

It looks at the case as filing on that day would leave it, so that a draft and `judge` never disagree.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from maatwerk.rules import form, matrix
from maatwerk.rules.acts import SYSTEM, Act, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.conditions import looked_at, paths, reads, whole
from maatwerk.rules.funding import Funding
from maatwerk.rules.history import History, fold
from maatwerk.rules.parts import NEW, rows_of
from maatwerk.rules.products import gates_for
from maatwerk.rules.questions import PRODUCT
from maatwerk.rules.rates import Rate
from maatwerk.rules.refusals import Reason
from maatwerk.rules.routing import panel_for
from maatwerk.rules.scheme import EffectDef, Panel, Scheme
from maatwerk.rules.situation import Situation

BY_ANSWERS = frozenset(("aanvraag", "lijst", "tarief", "bekostiging"))


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
    force: str = "weigert"


@dataclass(frozen=True)
class Eligibility:
    """`wrong` are answers that don't fit, `missing` (act, reason), `amounts` (booking, book, amount) that the answers give
    already, `panels` (step, panel) that would judge it, `answers` those that are asked, with the computed ones, `rates` (tariff,
    the row that applies)."""

    wrong: tuple[Reason, ...]
    missing: tuple[tuple[str, Reason], ...]
    gates: tuple[GateView, ...]
    amounts: tuple[tuple[str, str, int], ...]
    panels: tuple[tuple[str, Panel], ...]
    answers: Mapping[str, Any]
    rates: tuple[tuple[str, Rate | None], ...]
    fundings: tuple[Funding, ...]


def filing_act(scheme: Scheme) -> str:
    """The act by which an application is filed; "" in a scheme without one."""
    return next((name for name, act in scheme.acts.items() if PALETTE[act.behaviour].files), "")


def examine(
    scheme: Scheme,
    answers: Mapping[str, Any],
    on: date,
    facts: Facts | None = None,
    acts: Sequence[Act] = (),
    not_bsn: frozenset[str] = frozenset(),
) -> Eligibility:
    """The answers as if they were filed on a day, or as they stand now when `acts` have filed them."""
    return examined(Situation(scheme, fold(scheme, acts), on, facts or Facts()), answers, not_bsn)


def examined(case: Situation, answers: Mapping[str, Any], not_bsn: frozenset[str] = frozenset()) -> Eligibility:
    """The same, of a case that others look at too."""
    scheme, wrong, situation = case.scheme, list[Reason](), case
    if not case.history.filed_on:
        wrong, situation = _as_filed(case, answers, not_bsn)
    history = situation.history
    return Eligibility(
        tuple(wrong),
        () if wrong else tuple((act, reason) for act in _asking(scheme) for reason in situation.missing(act)),
        _gates(situation),
        _amounts(scheme, situation),
        _panels(scheme, history, situation),
        history.answers,
        tuple(situation.rates.items()),
        situation.fundings,
    )


def _as_filed(case: Situation, answers: Mapping[str, Any], not_bsn: frozenset[str]) -> tuple[list[Reason], Situation]:
    """(what doesn't fit, the case as filing would leave it)."""
    scheme = case.scheme
    wrong = form.check(scheme.form, answers, not_bsn=not_bsn)
    filled = {} if wrong else form.relevant(scheme.form, answers, known=scheme.constants)
    history = replace(case.history, answers=filled, filed_on=case.today)
    return wrong + matrix.misfits(scheme, filled), Situation(scheme, history, case.today, case.facts)


@lru_cache(maxsize=256)
def _asking(scheme: Scheme) -> tuple[str, ...]:
    """The acts at which questions of the form must have been answered."""
    return tuple(act for act in scheme.acts if any(act in field.required for field in scheme.form.values()))


def _gates(situation: Situation) -> tuple[GateView, ...]:
    """Every gate that concerns the case. One of the form may look at the act by which it is answered."""
    scheme, history, today = situation.scheme, situation.history, situation.today
    filing = Act(filing_act(scheme), history.filed_on or today, SYSTEM, history.answers)
    filed = Situation(scheme, history, today, situation.facts, filing)
    found = []
    for name in gates_for(scheme, history.product or history.answers.get(PRODUCT)):
        looks_at_filing = reads(scheme.gates[name].condition, "deze") and on_the_form(scheme, name)
        found.append(_gate(name, filed if looks_at_filing else situation))
    return tuple(found)


def _gate(name: str, situation: Situation) -> GateView:
    gate = situation.scheme.gates[name]
    verdict, seen = situation.holds(gate.condition), looked_at(gate.condition, situation)
    return GateView(name, gate.at, verdict, gate.message, gate.mend, gate.redirect, gate.source, seen, gate.force)


def on_the_form(scheme: Scheme, gate: str) -> bool:
    """Whether a gate guards the answers themselves, rather than a later act."""
    return any(PALETTE[scheme.acts[act].behaviour].uses_form for act in scheme.gates[gate].at)


def _amounts(scheme: Scheme, situation: Situation) -> tuple[tuple[str, str, int], ...]:
    """What is booked later, as far as the answers alone decide it."""
    effects: list[EffectDef] = [effect for act in scheme.acts.values() for effect in act.effects]
    effects += [effect for step in scheme.steps.values() for on in step.on.values() for effect in on.effects]
    found: dict[tuple[str, str, int], None] = {}
    for effect in effects:
        roots = {path.partition(".")[0] for path in paths(effect.amount)} - ({"regel"} if effect.each else set())
        if effect.book and effect.kind in NEW and roots <= BY_ANSWERS and (roots or effect.each):
            amounts = [whole(effect.amount, each) for each in _rows(effect, situation)]
            if amounts and None not in amounts:
                found[effect.kind, effect.book, sum(amount or 0 for amount in amounts)] = None
    return tuple(found)


def _rows(effect: EffectDef, situation: Situation) -> Iterable[Mapping[str, Any]]:
    """What an amount reads: the case, or the case with each row of a table of the form."""
    if not effect.each:
        return (situation,)
    rows = rows_of(effect, situation["aanvraag"], {})
    return [ChainMap({"regel": row}, situation) for row in rows]  # type: ignore[arg-type]  # it only reads


def _panels(scheme: Scheme, history: History, situation: Situation) -> tuple[tuple[str, Panel], ...]:
    found = []
    for name, step in scheme.steps.items():
        panel = panel_for(step.panels, situation)
        if panel is not None and not history.steps[name].chairs:
            found.append((name, panel))
    return tuple(found)
