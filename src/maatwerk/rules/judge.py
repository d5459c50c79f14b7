"""`judge`: may this act be done now, and what follows from it? Everything that follows is stored with the act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from maatwerk.rules import books, clocks, consent, form, routing, voting
from maatwerk.rules.acts import Act, Chair, Consequences, Effect, Ended, Facts, Opened
from maatwerk.rules.conditions import holds, whole
from maatwerk.rules.history import History, context, fold
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Reason, Refused
from maatwerk.rules.scheme import ActDef, EffectDef, FieldDef, GateDef, Scheme, StepDef


def fields_of(scheme: Scheme, act: ActDef) -> Mapping[str, FieldDef]:
    """The questions an act answers: the form itself for filing and supplementing, else its own fields."""
    return scheme.form if act.behaviour in ("indienen", "aanvullen") else act.fields


def situation(scheme: Scheme, history: History, today: date, facts: Facts) -> dict[str, Any]:
    """The context of conditions on a day: the fold, the clocks that passed, the consents at today's age."""
    running = clocks.derive(scheme, history, today)
    found = context(scheme, history, today, facts.values, clocks.passed(running, scheme))
    found["toestemming"] = consent.states(scheme, history.consents, history.answers, today)
    return found


def judge(
    scheme: Scheme,
    acts: Sequence[Act],
    act: Act,
    facts: Facts,
    today: date | None = None,
    *,
    not_bsn: frozenset[str] = frozenset(),
) -> Act:
    """The act with its consequences and its number, or a refusal with every reason.

    `acts` are the case's acts in order; `act.on` is its legal day, `today` the day it is recorded (default the same).
    """
    history = fold(scheme, acts)
    day = act.on if today is None else today
    definition = _definition(scheme, history, act, day)
    step = place(scheme, history, act.kind)
    if definition.behaviour in ("indienen", "aanvullen"):
        act = replace(act, fields=form.relevant(scheme.form, {**history.answers, **act.fields}))
    act = replace(act, seq=history.seq + 1, step=step)
    _refuse_fields(scheme, history, act, definition, not_bsn)
    result = Consequences(step=step, dates=_dates(scheme, act), facts=dict(facts.values))
    result = _behave(scheme, history, act, definition, facts, result)
    found = situation(scheme, fold(scheme, [*acts, replace(act, consequences=result)]), day, facts)
    found["deze"] = {**act.fields, "op": act.on.isoformat(), "rol": act.by.role}
    _refuse_gates(scheme, act, found, definition)
    result = _end_step(scheme, history, act, definition, result)
    result = _go_back(scheme, history, definition, result)
    return _follow(scheme, acts, replace(act, consequences=result), definition, facts, day)


def place(scheme: Scheme, history: History, kind: str) -> str:
    """The open step in which an act of this kind happens; "" for one that needs no step."""
    for name, step in scheme.steps.items():
        if kind in step.acts and history.steps[name].status == "open" and not history.closed:
            return name
    return ""


def _definition(scheme: Scheme, history: History, act: Act, today: date) -> ActDef:
    definition = scheme.acts.get(act.kind)
    if definition is None:
        raise NotFound.because("handeling_onbekend", "Deze regeling kent die handeling niet.", field="handeling")
    if act.by.role not in definition.by:
        raise Forbidden.because("rol", f"{definition.title} hoort niet bij uw rol.", field="handeling")
    if act.on > today:
        raise Invalid.because("in_toekomst", "De datum van een handeling ligt niet in de toekomst.", field="op")
    if history.filed_on and act.on < history.filed_on:
        raise Invalid.because("voor_indiening", "De datum ligt voor de dag van indiening.", field="op")
    if history.closed and definition.when != "altijd":
        raise Conflict.because("gesloten", "Deze zaak is gesloten.", mend="Dien zo nodig een nieuwe aanvraag in.")
    if definition.when == "stap" and not place(scheme, history, act.kind):
        raise Conflict.because(
            "niet_aan_de_orde",
            f"{definition.title} kan nu niet: de zaak is in fase {phase(scheme, history)}.",
            field="handeling",
        )
    return definition


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


def _refuse_fields(scheme: Scheme, history: History, act: Act, definition: ActDef, not_bsn: frozenset[str]) -> None:
    fields = fields_of(scheme, definition)
    reasons = form.check(fields, act.fields, not_bsn=not_bsn)
    if reasons:
        raise Invalid(tuple(reasons))
    answers = act.fields if fields is scheme.form else history.answers
    reasons = form.missing(scheme.form, answers, act.kind)
    if fields is not scheme.form:
        reasons += form.missing(fields, act.fields, act.kind)
    if reasons:
        raise Refused(tuple(reasons))


def gates_of(scheme: Scheme, kind: str) -> list[tuple[str, GateDef]]:
    return [(name, gate) for name, gate in scheme.gates.items() if kind in gate.at]


def _refuse_gates(scheme: Scheme, act: Act, found: Mapping[str, Any], definition: ActDef) -> None:
    reasons = [reason for name, gate in gates_of(scheme, act.kind) if (reason := gate_reason(name, gate, found))]
    if reasons:
        raise Refused(tuple(reasons))


def gate_reason(name: str, gate: GateDef, found: Mapping[str, Any]) -> Reason | None:
    """None when the gate certainly holds; unknown never does."""
    verdict = holds(gate.condition, found)
    if verdict is True:
        return None
    if verdict is None:
        return Reason(
            name, f"Niet te beoordelen: {gate.message}", gate.mend or "Vul de gegevens aan.", f"voorwaarde.{name}"
        )
    return Reason(name, gate.message, gate.mend, f"voorwaarde.{name}")


def _dates(scheme: Scheme, act: Act) -> dict[str, date]:
    """The date fields of this act that a moment of the scheme names; they outlive the sealed answers."""
    named = {
        m
        for c in scheme.clocks.values()
        for m in (*c.start, *c.stops, *c.satisfied_by, *(p for s in c.suspends for p in s))
    }
    named |= {m for step in scheme.steps.values() for m in step.after}
    filing = scheme.acts[act.kind].behaviour in ("indienen", "aanvullen")
    prefix = "formulier." if filing else f"handeling.{act.kind}."
    return {
        name: date.fromisoformat(act.fields[name.removeprefix(prefix)])
        for name in named
        if name.startswith(prefix) and act.fields.get(name.removeprefix(prefix))
    }


def _behave(
    scheme: Scheme, history: History, act: Act, definition: ActDef, facts: Facts, result: Consequences
) -> Consequences:
    state = history.steps.get(act.step)
    if definition.behaviour == "stemmen" and state is not None:
        chair = next((c for c in state.chairs if c.slot == act.by.seat), None)
        if chair is None or chair.person != act.by.person:
            raise Forbidden.because("geen_zetel", "U zit niet op deze zetel in deze zaak.", field="zetel")
        _refuse_involved(scheme, chair.slot, act.by.person, facts)
        return replace(result, vote=(chair.slot, str(act.fields.get("stem", ""))))
    if definition.behaviour == "toewijzen" and state is not None:
        return replace(result, seated=_seat(scheme, state.chairs, act, facts))
    if definition.behaviour == "toestemmen":
        return replace(result, consent=(definition.consent, str(act.fields["wie"]), str(act.fields["stand"])))
    if state is not None and scheme.steps[act.step].rule.kind == "alle" and "leerling" in act.fields:
        return replace(result, done_for=str(act.fields["leerling"]))
    return result


def _refuse_involved(scheme: Scheme, slot: str, person: str, facts: Facts) -> None:
    for candidate in facts.candidates.get(slot, ()):
        if candidate.person == person and candidate.involved and scheme.seats[slot].involved_blocks:
            raise Forbidden.because(
                "betrokken", "Wie betrokken is bij de leerling of de zaak, beoordeelt niet mee.", field="zetel"
            )


def _seat(scheme: Scheme, chairs: tuple[Chair, ...], act: Act, facts: Facts) -> Chair:
    slot, person = str(act.fields.get("zetel", "")), str(act.fields.get("persoon", ""))
    if slot not in {chair.slot for chair in chairs}:
        raise Invalid.because("zetel_onbekend", "Deze zetel hoort niet bij deze beoordeling.", field="zetel")
    candidate = next((c for c in facts.candidates.get(slot, ()) if c.person == person), None)
    if candidate is None:
        raise Invalid.because("geen_lid", "Deze persoon is geen lid van deze zetel.", field="persoon")
    if not routing.fit(scheme.seats[slot], candidate):
        why = "is betrokken bij de leerling of de zaak" if candidate.involved else "is afwezig"
        raise Refused.because(
            "ongeschikt",
            f"Deze persoon {why} en kan hier niet beoordelen.",
            mend="Kies een vervanger.",
            field="persoon",
        )
    return Chair(slot, person, "Aangewezen door de ondersteuner.")


def _end_step(scheme: Scheme, history: History, act: Act, definition: ActDef, result: Consequences) -> Consequences:
    if not act.step:
        return result
    rule, state = scheme.steps[act.step].rule, history.steps[act.step]
    outcome, why = definition.outcome, ""
    if definition.outcome_field:
        outcome = str(act.fields.get(definition.outcome_field, ""))
    if result.vote:
        votes = {**state.votes, result.vote[0]: result.vote[1]}
        outcome, why = voting.outcome(rule, len(state.chairs), votes)
    elif result.done_for:
        done = state.done_for | {result.done_for}
        outcome = rule.yes if done >= {chair.slot for chair in state.chairs} else ""
    return replace(result, ended=(Ended(act.step, outcome, why),)) if outcome else result


def _go_back(scheme: Scheme, history: History, definition: ActDef, result: Consequences) -> Consequences:
    """Reopens the first named step; the others wait again. What they booked is reversed."""
    if not definition.reopens:
        return result
    undone = books.reversals(history.acts, frozenset(definition.reopens))
    opened = Opened(definition.reopens[0], history.steps[definition.reopens[0]].round + 1)
    return replace(result, reopened=definition.reopens, opened=(opened,), effects=(*result.effects, *undone))


def _follow(scheme: Scheme, acts: Sequence[Act], act: Act, definition: ActDef, facts: Facts, today: date) -> Act:
    """Effects, then every step that this act opens or skips, then closing."""
    wanted: list[EffectDef] = list(definition.effects)
    closes = definition.closes
    handled = 0
    while True:
        ended = act.consequences.ended
        for end in ended[handled:]:
            on = scheme.steps[end.step].on.get(end.outcome)
            wanted.extend(on.effects if on else ())
            closes = closes or (on.closes if on else "")
        handled = len(ended)
        found = situation(scheme, fold(scheme, [*acts, act]), today, facts)
        found["deze"] = {**act.fields, "op": act.on.isoformat(), "rol": act.by.role}
        act = _book(scheme, act, wanted, facts, found)
        wanted = []
        grown = _open_next(scheme, acts, act, facts, today)
        if grown is None:
            return replace(act, consequences=replace(act.consequences, closed=closes))
        act = grown


def _book(scheme: Scheme, act: Act, wanted: list[EffectDef], facts: Facts, found: Mapping[str, Any]) -> Act:
    reasons, effects = [], list(act.consequences.effects)
    for effect in wanted:
        if not holds(effect.condition, found):
            continue
        amount = whole(effect.amount, found) if effect.amount else 0
        if amount is None or amount < 0:
            reasons.append(
                Reason("bedrag", "Het bedrag van dit besluit is niet te bepalen.", "Controleer de kosten.", effect.book)
            )
            continue
        over = 0
        if effect.kind == "vastleggen":
            over, reason = books.verdict(scheme.books[effect.book], amount, facts.room.get(effect.book))
            reasons.extend([reason] if reason else [])
        effects.append(
            Effect(effect.kind, effect.book, amount, over, effect.text, effect.audience, effect.title, effect.done_by)
        )
    if reasons:
        raise Refused(tuple(reasons))
    return replace(act, consequences=replace(act.consequences, effects=tuple(effects)))


def _open_next(scheme: Scheme, acts: Sequence[Act], act: Act, facts: Facts, today: date) -> Act | None:
    """The act with one more step opened or skipped, or None when nothing more opens."""
    history = fold(scheme, [*acts, act])
    happened = {moment.name for moment in history.moments if moment.seq == act.seq}
    for name, step in scheme.steps.items():
        if history.steps[name].status != "wacht" or not happened.intersection(step.after):
            continue
        found = situation(scheme, history, today, facts)
        verdict = holds(step.condition, found)
        if verdict is None:
            raise Refused.because(
                "niet_te_beoordelen", f"Of de stap {step.title} nodig is, is niet te beoordelen.", field=f"stap.{name}"
            )
        result = act.consequences
        if verdict:
            opened = Opened(name, history.steps[name].round + 1, _chairs(scheme, step, found, history, facts), step.why)
            return replace(act, consequences=replace(result, opened=(*result.opened, opened)))
        return replace(act, consequences=replace(result, ended=(*result.ended, Ended(name, "overgeslagen", step.why))))
    return None


def _chairs(scheme: Scheme, step: StepDef, found: dict[str, Any], history: History, facts: Facts) -> tuple[Chair, ...]:
    if step.rule.over != "zetels":
        rows = history.answers.get(step.rule.over) or []
        return tuple(Chair(str(number)) for number in range(1, len(rows) + 1))
    if not step.panels:
        return ()
    panel = routing.panel_for(step.panels, found)
    if panel is None:
        raise Refused.because(
            "geen_zetels", f"Voor {step.title} past geen enkel panel bij deze aanvraag.", field="panelen"
        )
    return tuple(routing.fill(slot, scheme.seats[slot], facts.candidates.get(slot, ())) for slot in panel.slots)
