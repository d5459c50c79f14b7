"""`rejudge`: the same acts under another version, or in another order. It reports the first difference only: what people did
afterwards is no counterfactual.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maatwerk.rules.acts import Act, Consequences, Facts
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Reason, Refused
from maatwerk.rules.scheme import Scheme


@dataclass(frozen=True)
class Difference:
    """Where the other version parts: at act `seq`, what it says instead."""

    seq: int
    kind: str
    before: str
    after: str
    reasons: tuple[Reason, ...] = ()


def rejudge(scheme: Scheme, acts: Sequence[Act]) -> Difference | None:
    """The first act that `scheme` judges otherwise than it was, or None. Outside facts are those stored with each act."""
    done: list[Act] = []
    for act in acts:
        facts = Facts(values=act.consequences.facts)
        try:
            again = judge(scheme, done, replace(act, consequences=Consequences()), facts)
        except Refused as refusal:
            return Difference(act.seq, act.kind, _words(act), "geweigerd", refusal.reasons)
        if _essence(act) != _essence(again):
            return Difference(act.seq, act.kind, _words(act), _words(again))
        done.append(replace(act, fields=again.fields))
    return None


def _essence(act: Act) -> tuple[object, ...]:
    """What counts as an outcome; persons on seats and explanations don't."""
    result = act.consequences
    return (
        tuple((opened.step, tuple(chair.slot for chair in opened.chairs)) for opened in result.opened),
        tuple((ended.step, ended.outcome) for ended in result.ended),
        tuple((effect.kind, effect.book, effect.amount) for effect in result.effects),
        result.closed,
    )


def _words(act: Act) -> str:
    result = act.consequences
    parts = [f"{ended.step}: {ended.outcome}" for ended in result.ended]
    parts += [f"{effect.kind} {effect.amount} op {effect.book}" for effect in result.effects if effect.book]
    parts += [f"gesloten: {result.closed}"] if result.closed else []
    return "; ".join(parts) or "geen gevolgen"
