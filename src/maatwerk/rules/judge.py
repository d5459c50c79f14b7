"""`judge`: may this act be done now, and what follows from it? Everything that follows is stored with the act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from maatwerk.rules import consent, follow_ups, form, matrix
from maatwerk.rules.acts import Act, Actor, Consequences, Facts
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.clocks import moments_of
from maatwerk.rules.consequences import follow
from maatwerk.rules.days import refuse_day
from maatwerk.rules.history import History, extend, fold
from maatwerk.rules.mandates import mandate_for
from maatwerk.rules.marks import carried, mark_faults
from maatwerk.rules.questions import PRODUCT, filing_acts
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Reason, Refused
from maatwerk.rules.scheme import ActDef, FieldDef, GateDef, Scheme
from maatwerk.rules.situation import Situation
from maatwerk.rules.telling import told


def judge(scheme: Scheme, acts: Sequence[Act], act: Act, facts: Facts, today: date | None = None) -> Act:
    """The act with its consequences and its number, or a refusal with every reason.

    `acts` are the case's acts in order; `act.on` is its legal day, `today` the day it is recorded (default the same).
    """
    return judge_next(scheme, fold(scheme, acts), act, facts, today)


def judge_next(scheme: Scheme, history: History, act: Act, facts: Facts, today: date | None = None) -> Act:
    """The same, after the acts that brought a case to where it stands."""
    day = act.on if today is None else today
    definition = _admitted(scheme, history, act, day)
    _refuse_involved(scheme, act.by, facts)
    behaviour = PALETTE[definition.behaviour]
    act = replace(act, seq=history.seq + 1, step=place(scheme, history, act.kind))
    refuse_day(scheme, history, act, day)
    fields = _fields(scheme, history, act, behaviour)
    act = replace(act, fields=fields, not_bsn=carried(history.not_bsn, act.not_bsn, fields))
    deed = Deed(scheme, history, act, definition, facts)
    dates = _dates(scheme, act, behaviour)
    result = Consequences(step=act.step, dates=dates, facts=dict(facts.values), earlier=facts.earlier)
    result = follow_ups.record(scheme, history, act, behaviour.apply(deed, result))
    seen = seen_by_gates(history, act, behaviour)
    situation = Situation(scheme, seen, day, facts, act)
    warned, mandate = _gates(scheme, act, situation), mandate_for(scheme, act, situation)
    became = chosen(scheme, history, act)
    if scheme.consents and (result.consent or behaviour.uses_form):
        became += _became(scheme, history, replace(act, consequences=result), day)
    result = replace(result, warned=warned, mandate=mandate, became=became)
    return follow(replace(deed, act=replace(act, consequences=result)), day)


def fields_of(scheme: Scheme, act: ActDef) -> Mapping[str, FieldDef]:
    """The questions an act answers: the form itself for filing and supplementing, else its own fields."""
    return scheme.form if PALETTE[act.behaviour].uses_form else act.fields


def place(scheme: Scheme, history: History, kind: str) -> str:
    """The open step in which an act of this kind happens; "" for one that needs no step."""
    if history.closed:
        return ""
    open_steps = (name for name, state in history.steps.items() if state.status == "open")
    return next((name for name in open_steps if kind in scheme.steps[name].acts), "")


def phase(scheme: Scheme, history: History) -> str:
    """The name of where a case is: its closing outcome, else the phase of the step that opened last."""
    if history.closed:
        return history.closed
    order = list(scheme.steps)
    open_steps = [name for name, state in history.steps.items() if state.status == "open"]
    if not open_steps:
        return "afgerond" if history.acts else "nieuw"
    latest = max(open_steps, key=lambda name: (history.steps[name].opened_on or date.min, order.index(name)))
    return scheme.steps[latest].phase


def is_timely(situation: Situation, kind: str) -> bool:
    """Whether an act can be done at this moment of the case by anybody."""
    scheme, history = situation.scheme, situation.history
    definition = scheme.acts[kind]
    if definition.when == "stap":
        fits = place(scheme, history, kind) != ""
    else:
        fits = bool(history.acts) and (definition.when == "altijd" or not history.closed)
    return fits and situation.holds(definition.condition) is True


def _admitted(scheme: Scheme, history: History, act: Act, today: date) -> ActDef:
    definition = scheme.acts.get(act.kind)
    if definition is None:
        raise NotFound.because("handeling_onbekend", "Deze regeling kent die handeling niet.", field="handeling")
    if act.by.role not in definition.by:
        raise Forbidden.because("rol", f"{definition.title} hoort niet bij uw rol.", field="handeling")
    if not is_timely(Situation(scheme, history, today, Facts()), act.kind):
        raise _not_now(scheme, fold(scheme, told(scheme, history.acts, act.by.role)), definition)
    return definition


def _not_now(scheme: Scheme, known: History, definition: ActDef) -> Refused:
    """Why an act can't be done at this moment, with what the one who tries knows of the case."""
    if known.closed and definition.when != "altijd":
        return Conflict.because("gesloten", "Deze zaak is gesloten.", mend="Dien zo nodig een nieuwe aanvraag in.")
    message = f"{definition.title} kan nu niet: de zaak is in fase {phase(scheme, known)}."
    return Conflict.because("niet_aan_de_orde", message, field="handeling")


def _refuse_involved(scheme: Scheme, by: Actor, facts: Facts) -> None:
    """Whoever has a part in the pupil's case does nothing from a chair: no vote, no question, no advice (R36-40)."""
    for candidate in facts.candidates.get(by.seat, ()):
        if candidate.person == by.person and candidate.involved and scheme.seats[by.seat].involved_blocks:
            raise Forbidden.because(
                "betrokken", "Wie betrokken is bij de leerling of de zaak, beoordeelt niet mee.", field="zetel"
            )


def _fields(scheme: Scheme, history: History, act: Act, behaviour: Behaviour) -> Mapping[str, object]:
    """The act's fields as they are stored. A supplement carries every answer, and None for one that it takes away."""
    fields = scheme.form if behaviour.uses_form else scheme.acts[act.kind].fields
    not_bsn = frozenset({**history.not_bsn, **act.not_bsn})
    if reasons := [*form.check(fields, act.fields, not_bsn=not_bsn), *mark_faults(act.not_bsn)]:
        raise Invalid(tuple(reasons))
    if not behaviour.uses_form:
        known = scheme.constants
        given = form.relevant(fields, act.fields, history.answers, known=known)
        reasons = form.missing(scheme.form, history.answers, act.kind, known=known)
        reasons += form.missing(fields, given, act.kind, history.answers, known=known)
        if reasons:
            raise Refused(tuple(reasons))
        return given
    return _answers(scheme, history, act, files=behaviour.files)


def _answers(scheme: Scheme, history: History, act: Act, *, files: bool) -> Mapping[str, object]:
    """What the form holds after an act that answers it."""
    merged, known = {**history.answers, **act.fields}, scheme.constants
    answers = form.relevant(scheme.form, merged, known=known)
    reasons = form.both(scheme.form, merged) + matrix.misfits(scheme, answers)
    if history.product and answers.get(PRODUCT) != history.product:
        message = "Het product ligt vast sinds de aanvraag is ingediend."
        reasons.append(Reason("product_vast", message, "Dien voor een ander product een nieuwe aanvraag in.", PRODUCT))
    needed, asks = {act.kind} if files else {act.kind, *filing_acts(scheme)}, form.asking(answers, None, known)
    reasons += [reason for kind in sorted(needed) for reason in form.lacking(scheme.form, answers, kind, asks)]
    if reasons:
        raise Refused(tuple(dict.fromkeys(reasons)))
    return {**dict.fromkeys(history.answers.keys() - answers.keys()), **answers}


@lru_cache(maxsize=4096)
def gates_of(scheme: Scheme, kind: str) -> tuple[tuple[str, GateDef], ...]:
    return tuple((name, gate) for name, gate in scheme.gates.items() if kind in gate.at)


def seen_by_gates(history: History, act: Act, behaviour: Behaviour) -> History:
    """The case as it was, with the answers that the act itself gives."""
    if not behaviour.uses_form:
        return history
    answers = {name: value for name, value in act.fields.items() if value is not None}
    filed_on = history.filed_on or (act.on if behaviour.files else None)
    return replace(history, answers=answers, filed_on=filed_on)


def _gates(scheme: Scheme, act: Act, situation: Situation) -> tuple[str, ...]:
    """The gates that warned.

    Raises Refused with the reason of every gate that refuses."""
    reasons: list[Reason] = []
    warned: list[str] = []
    for name, gate in gates_of(scheme, act.kind):
        if reason := gate_reason(name, gate, situation):
            if gate.force == "weigert":
                reasons.append(reason)
            else:
                warned.append(name)
    if reasons:
        raise Refused(tuple(reasons))
    return tuple(warned)


def gate_reason(name: str, gate: GateDef, situation: Situation) -> Reason | None:
    """None when the gate certainly holds; unknown never does."""
    verdict = situation.holds(gate.condition)
    if verdict is True:
        return None
    place = f"voorwaarde.{name}"
    if verdict is None:
        return Reason(name, f"Niet te beoordelen: {gate.message}", gate.mend or "Vul de gegevens aan.", place)
    return Reason(name, gate.message, gate.mend, place)


@lru_cache(maxsize=256)
def _named_moments(scheme: Scheme) -> frozenset[str]:
    named = {moment for clock in scheme.clocks.values() for moment in moments_of(clock)}
    return frozenset(named | {moment for step in scheme.steps.values() for moment in step.after})


def _dates(scheme: Scheme, act: Act, behaviour: Behaviour) -> dict[str, date]:
    """The date fields of this act that a moment of the scheme names; they outlive the sealed answers."""
    prefix = "formulier." if behaviour.uses_form else f"handeling.{act.kind}."
    return {
        name: date.fromisoformat(str(given))
        for name in _named_moments(scheme)
        if name.startswith(prefix) and (given := act.fields.get(name.removeprefix(prefix)))
    }


def chosen(scheme: Scheme, history: History, act: Act) -> tuple[str, ...]:
    """The moment that says which product a case is for; it outlives the sealed answers."""
    files = history.filed_on is None and act.kind in filing_acts(scheme)
    product = act.fields.get(PRODUCT) if files and scheme.products else None
    return (f"product.{product}",) if product else ()


def _became(scheme: Scheme, history: History, act: Act, day: date) -> tuple[str, ...]:
    """The states that consents came in by an act that says something of them, or of whom they are about."""
    after = extend(scheme, history, act)
    return consent.changes(
        consent.states(scheme, history.consents, history.answers, day),
        consent.states(scheme, after.consents, after.answers, day),
    )
