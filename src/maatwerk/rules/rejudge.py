"""`rejudge`: the same acts under another version, or in another order. It reports the first difference only: what people did
afterwards is no counterfactual.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from maatwerk.rules.acts import Act, Candidate, Consequences, Facts
from maatwerk.rules.books import Balance, pot_of, with_entries
from maatwerk.rules.catching_up import BY_ITSELF, by_itself
from maatwerk.rules.computed import filled_in
from maatwerk.rules.history import History, extend, fold
from maatwerk.rules.judge import fields_of, judge_next
from maatwerk.rules.refusals import Reason, Refused
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import Scheme

_LEGAL_DAYS = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Difference:
    """Where the other version parts: at act `seq`, what it says instead; `becomes` is None when it refuses the act."""

    seq: int
    kind: str
    before: str
    after: str
    was: Act
    becomes: Act | None = None
    reasons: tuple[Reason, ...] = ()


def rejudge(scheme: Scheme, acts: Sequence[Act]) -> Difference | None:
    """The first act that `scheme` judges otherwise than it was, or None. The outside is as it was stored with each act."""
    history = fold(scheme, ())
    for act in acts:
        try:
            again = _again(scheme, history, act)
        except Refused as refusal:
            return Difference(act.seq, act.kind, _words(act), "geweigerd", act, None, refusal.reasons)
        if _essence(act) != _essence(again):
            return Difference(act.seq, act.kind, _words(act), _words(again), act, again)
        history = extend(scheme, history, act)
    return None


def _again(scheme: Scheme, history: History, act: Act) -> Act:
    facts = _facts(act, history.held)
    if act.kind == BY_ITSELF:
        return by_itself(scheme, history, dict(act.consequences.dates), facts)
    today = act.at.astimezone(_LEGAL_DAYS).date() if act.at else act.on
    definition = scheme.acts.get(act.kind)
    fields = filled_in(fields_of(scheme, definition), act.fields) if definition else act.fields
    bare = replace(act, fields=fields, consequences=Consequences())
    return judge_next(scheme, history, bare, facts, max(today, act.on))


def _facts(act: Act, held: Mapping[Pot, Balance]) -> Facts:
    """What was looked up then; who was put on a chair was fit to sit there, and a book had the room that its entries show."""
    seated = act.consequences.seated
    chairs = [*([seated] if seated else []), *(each.chair for each in act.consequences.reseated)]
    candidates = {chair.slot: (Candidate(chair.person),) if chair.person else () for chair in chairs}
    room = {pot_of(e): Room() for e in act.consequences.effects if e.book}
    for entry in act.consequences.effects:
        pot = pot_of(entry)
        if entry.kind == "vastleggen" and entry.over and room[pot].ceiling is None:
            room[pot] = Room(held.get(pot, Balance()).committed + entry.amount - entry.over)
        held = with_entries(held, [entry])
    return Facts(act.consequences.facts, candidates, room, act.consequences.earlier)


def _essence(act: Act) -> tuple[object, ...]:
    """What counts as an outcome; persons on seats, explanations, tasks and mails don't."""
    result = act.consequences
    return (
        act.step,
        result.reopened,
        tuple((opened.step, tuple(chair.slot for chair in opened.chairs)) for opened in result.opened),
        tuple((ended.step, ended.outcome) for ended in result.ended),
        tuple((effect.kind, pot_of(effect), effect.amount) for effect in result.effects if effect.book),
        result.closed,
    )


def _words(act: Act) -> str:
    result = act.consequences
    parts = [f"{ended.step}: {ended.outcome}" for ended in result.ended]
    parts += [f"{effect.kind} {effect.amount} op {effect.book}" for effect in result.effects if effect.book]
    parts += [f"gesloten: {result.closed}"] if result.closed else []
    return "; ".join(parts) or "geen gevolgen"
