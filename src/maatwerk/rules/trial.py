"""A case tried out: acts made from an example, done one after the other as the service would, and the standing they lead to.

A refused act is an answer, not the end: the next is tried on the case as it then is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from maatwerk.rules.acts import Act, Actor, Candidate, Earlier, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.bsn import is_bsn
from maatwerk.rules.catching_up import BY_ITSELF, catch_up
from maatwerk.rules.clocks import Clock, if_begun, is_ruled_out
from maatwerk.rules.disclosure import Disclosed, disclose, rules_for
from maatwerk.rules.eligibility import Eligibility, examined, filing_act
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.moments import is_dated
from maatwerk.rules.parts import declared, left
from maatwerk.rules.products import is_for
from maatwerk.rules.refusals import Reason, Refused
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.situation import Situation
from maatwerk.rules.standing import Standing, stands


@dataclass(frozen=True)
class Deed:
    """An act to try. Without `role` the first that may; without `person` whoever sits on the seat."""

    kind: str
    on: date
    role: str = ""
    seat: str = ""
    person: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Application:
    """What is tried: answers, deeds in order, what the outside says, who could sit where, what room the books have."""

    answers: Mapping[str, Any]
    deeds: Sequence[Deed] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    candidates: Mapping[str, Sequence[Candidate]] = field(default_factory=dict)
    room: Mapping[Pot, int | None] = field(default_factory=dict)
    not_bsn: frozenset[str] = frozenset()
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Tried:
    """A deed with the act it became, or the reasons why not."""

    kind: str
    on: date
    by: Actor
    act: Act | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Trial:
    """Where it led: what was tried, the standing on the day `at`, the application against the rules, who sees what."""

    at: date
    answers: Mapping[str, Any]
    tried: tuple[Tried, ...]
    later: int
    standing: Standing
    eligibility: Eligibility
    shown: tuple[tuple[str, Disclosed], ...]
    not_begun: tuple[Clock, ...]
    earlier: tuple[Earlier, ...] = ()


def run_trial(scheme: Scheme, application: Application, at: date) -> Trial:
    """Does the deeds of up to and including `at`. Without a filing among them the application is filed on the first day."""
    deeds = _with_filing(scheme, application, at)
    outside = _outside(scheme, application)
    due = [deed for deed in deeds if deed.on <= at]
    acts: list[Act] = []
    tried: list[Tried] = []
    for deed in due:
        facts = replace(outside, values={**outside.values, **deed.facts})
        tried += _by_itself(scheme, acts, deed.on, facts)
        tried.append(_try(scheme, application, acts, deed, facts))
    tried += _by_itself(scheme, acts, at, outside)
    situation = Situation(scheme, fold(scheme, acts), at, outside)
    answers = situation.history.answers if situation.history.filed_on else application.answers
    return Trial(
        at,
        answers,
        tuple(tried),
        len(deeds) - len(due),
        stands(situation),
        examined(situation, answers, application.not_bsn),
        _shown(situation),
        _not_begun(situation),
        application.earlier,
    )


def _with_filing(scheme: Scheme, application: Application, at: date) -> list[Deed]:
    deeds = list(application.deeds)
    filing = filing_act(scheme)
    if filing and not any(deed.kind in scheme.acts and _files(scheme, deed.kind) for deed in deeds):
        deeds.insert(0, Deed(filing, min([at, *(deed.on for deed in deeds)])))
    return deeds


def _files(scheme: Scheme, kind: str) -> bool:
    return PALETTE[scheme.acts[kind].behaviour].files


def _outside(scheme: Scheme, application: Application) -> Facts:
    """What the outside says, whatever is done. A seat for which nobody is named is filled by somebody of that name."""
    seated = {seat: tuple(application.candidates.get(seat, (Candidate(seat),))) for seat in scheme.seats}
    room = {pot: Room(ceiling) for pot, ceiling in declared(scheme).items()}
    room |= {pot: left(scheme, pot, amount) for pot, amount in application.room.items()}
    return Facts(application.facts, seated, room, application.earlier)


def _by_itself(scheme: Scheme, acts: list[Act], on: date, facts: Facts) -> list[Tried]:
    came = catch_up(scheme, acts, on, facts)
    acts.extend(came)
    return [Tried(BY_ITSELF, act.on, act.by, act) for act in came]


def _try(scheme: Scheme, application: Application, acts: list[Act], deed: Deed, facts: Facts) -> Tried:
    by = _actor(scheme, acts, deed)
    fields = deed.fields
    if not fields and deed.kind in scheme.acts and _files(scheme, deed.kind):
        fields = application.answers
    try:
        marks = {digits: "geen_bsn in het voorbeeld" for digits in application.not_bsn if is_bsn(digits)}
        act = judge(scheme, acts, Act(deed.kind, deed.on, by, fields, not_bsn=marks), facts)
    except Refused as refusal:
        return Tried(deed.kind, deed.on, by, None, refusal.reasons)
    acts.append(act)
    return Tried(deed.kind, deed.on, by, act)


def _actor(scheme: Scheme, acts: Sequence[Act], deed: Deed) -> Actor:
    definition = scheme.acts.get(deed.kind)
    role = deed.role or (definition.by[0] if definition and definition.by else "")
    person = deed.person
    if deed.seat and not person:
        chairs = [chair for state in fold(scheme, acts).steps.values() for chair in state.chairs]
        person = next((chair.person for chair in chairs if chair.slot == deed.seat), deed.seat)
    return Actor(role, person or role, deed.seat)


def _not_begun(situation: Situation) -> tuple[Clock, ...]:
    """The clocks that an act has yet to start, as they would run from today."""
    scheme, history = situation.scheme, situation.history
    waiting = [
        name
        for name, clock in scheme.clocks.items()
        if name not in situation.clocks
        and not any(map(is_dated, clock.start))
        and is_for(clock.products, history.product)
        and not is_ruled_out(history, name)
    ]
    begun = (if_begun(scheme, name, situation.today) for name in waiting)
    return tuple(clock for clock in begun if clock is not None)


def _shown(situation: Situation) -> tuple[tuple[str, Disclosed], ...]:
    scheme, history = situation.scheme, situation.history
    if not history.acts:
        return ()
    return tuple(
        (role, disclose(scheme, rule, history.answers, situation.today, frozenset()))
        for role in scheme.roles
        for rule in rules_for(scheme, role, history)
    )
