"""What follows from an act that is allowed: the step ends, effects, the steps that open or are skipped, the end of the case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from maatwerk.rules import books, routing, voting
from maatwerk.rules.acts import Act, Chair, Ended, Facts, Opened
from maatwerk.rules.behaviours.behaviour import Deed
from maatwerk.rules.booking import effects_of
from maatwerk.rules.clock_conditions import changed_conditions
from maatwerk.rules.clocks import undated
from maatwerk.rules.conditions import holds
from maatwerk.rules.history import History, extend
from maatwerk.rules.limits import told
from maatwerk.rules.moving import reseated
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import EffectDef, Scheme, StepDef
from maatwerk.rules.situation import Situation


def follow(deed: Deed, today: date) -> Act:
    """The act with all that follows from it.

    Raises Refused when a book, an amount or a next step stands in the way: then nothing follows.
    """
    course = _Course(deed.scheme, deed.history, deed.facts, today)
    act = course.go_back(deed, _with_end(deed))
    if moved := reseated(deed, act):
        act = replace(act, consequences=replace(act.consequences, reseated=moved))
    return course.run(act, deed.definition.effects, deed.definition.closes)


def run_on(scheme: Scheme, history: History, act: Act, facts: Facts, today: date) -> Act:
    """The same for an act of the service itself, that no scheme defines."""
    return _Course(scheme, history, facts, today).run(act, (), "")


def _with_end(deed: Deed) -> Act:
    act, definition, state = deed.act, deed.definition, deed.state
    if state is None:
        return act
    result, why = act.consequences, ""
    outcome = str(act.fields.get(definition.outcome_field, "")) if definition.outcome_field else definition.outcome
    if result.vote:
        votes = {**state.votes, result.vote[0]: result.vote[1]}
        outcome, why = voting.outcome(deed.rule, len(state.chairs), votes)
    elif result.done_for:
        done = state.done_for | {result.done_for}
        outcome = deed.rule.yes if done >= {chair.slot for chair in state.chairs} else ""
    if not outcome:
        return act
    return replace(act, consequences=replace(result, ended=(Ended(act.step, outcome, why),)))


@dataclass(frozen=True)
class _Course:
    """From an act on, against the case as it was before it."""

    scheme: Scheme
    before: History
    facts: Facts
    today: date

    def run(self, act: Act, wanted: Iterable[EffectDef], closes: str) -> Act:
        handled = 0
        while True:
            ended = act.consequences.ended
            wanted = list(wanted)
            for end in ended[handled:]:
                on = self.scheme.steps[end.step].on.get(end.outcome)
                wanted.extend(on.effects if on else ())
                closes = closes or (on.closes if on else "")
            handled = len(ended)
            act = self.with_effects(act, wanted) if wanted else act
            wanted = ()
            grown = self.open_next(act)
            if grown is None:
                if closes:
                    act = replace(act, consequences=replace(act.consequences, closed=closes))
                return self.with_dates_to_plan(self.with_conditional_clocks(act))
            act = grown

    def with_conditional_clocks(self, act: Act) -> Act:
        """Keeps with the act which terms the case has from now on: what they look at does not outlive it."""
        if not any(clock.condition for clock in self.scheme.clocks.values()):
            return act
        situation = self.situation(act, judged=False)
        became = (*act.consequences.became, *changed_conditions(self.scheme, situation.history, situation))
        return replace(act, consequences=replace(act.consequences, became=became))

    def with_dates_to_plan(self, act: Act) -> Act:
        """Asks for a meeting date when the act makes the case wait for one that nobody has planned."""
        if not self.scheme.meetings:
            return act
        known = {each.id for each in undated(self.scheme, self.before, self.today)}
        after = undated(self.scheme, extend(self.scheme, self.before, act), self.today)
        asked = [self.scheme.meetings[each.meeting].on_unknown for each in after if each.id not in known]
        effects = (*act.consequences.effects, *(effect for follow in asked for effect in told(follow)))
        return replace(act, consequences=replace(act.consequences, effects=effects))

    def situation(self, act: Act, *, judged: bool = True) -> Situation:
        history = extend(self.scheme, self.before, act)
        return Situation(self.scheme, history, self.today, self.facts, act if judged else None)

    def go_back(self, deed: Deed, act: Act) -> Act:
        """Reopens the first named step; the others wait again. What they booked is reversed."""
        again = deed.definition.reopens
        if not again:
            return act
        result, first = act.consequences, again[0]
        undone = books.reversals(self.before.acts, frozenset(again))
        chairs = self.chairs(self.scheme.steps[first], Situation(self.scheme, self.before, self.today, self.facts))
        opened = Opened(first, self.before.steps[first].round + 1, chairs, f"{deed.definition.title}.")
        effects = (*result.effects, *undone)
        return replace(act, consequences=replace(result, reopened=again, opened=(opened,), effects=effects))

    def with_effects(self, act: Act, wanted: Iterable[EffectDef]) -> Act:
        situation = self.situation(act)
        follows = effects_of(self.scheme, wanted, situation, act, situation.history.held, self.facts)
        effects = (*act.consequences.effects, *follows)
        return replace(act, consequences=replace(act.consequences, effects=effects))

    def open_next(self, act: Act) -> Act | None:
        """The act with one more step opened or skipped, or None when nothing more opens."""
        situation = self.situation(act, judged=False)
        history = situation.history
        happened = {m.name for m in history.moments if m.seq == act.seq and m.on <= self.today}
        for name, step in self.scheme.steps.items():
            if history.steps[name].status == "wacht" and happened.intersection(step.after):
                return self.opened(act, name, step, situation)
        return None

    def opened(self, act: Act, name: str, step: StepDef, situation: Situation) -> Act:
        verdict, result = holds(step.condition, situation), act.consequences
        if verdict is None:
            message = f"Of de stap {step.title} nodig is, is niet te beoordelen."
            raise Refused.because("niet_te_beoordelen", message, field=f"stap.{name}")
        if not verdict:
            skipped = Ended(name, "overgeslagen", step.why)
            return replace(act, consequences=replace(result, ended=(*result.ended, skipped)))
        opened = Opened(name, self.before.steps[name].round + 1, self.chairs(step, situation), step.why)
        return replace(act, consequences=replace(result, opened=(*result.opened, opened)))

    def chairs(self, step: StepDef, situation: Situation) -> tuple[Chair, ...]:
        if step.rule.over != "zetels":
            rows = situation["aanvraag"].get(step.rule.over) or []
            return tuple(Chair(str(number)) for number in range(1, len(rows) + 1))
        if not step.panels:
            return ()
        panel = routing.panel_for(step.panels, situation)
        if panel is None:
            message = f"Voor {step.title} past geen enkel panel bij deze aanvraag."
            raise Refused.because("geen_zetels", message, field="panelen")
        return routing.fill(panel.slots, self.scheme.seats, self.facts.candidates)
