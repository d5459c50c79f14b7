"""What an audience may know of the course of a case. An outcome is told when a rule of disclosure says so, and before that the case
looks as it did before the act that brought it: whatever follows from an outcome tells it too.
"""

from collections.abc import Sequence

from maatwerk.rules.acts import Act
from maatwerk.rules.history import History, extend, fold
from maatwerk.rules.scheme import DisclosureDef, Scheme


def told(scheme: Scheme, acts: Sequence[Act], audience: str) -> tuple[Act, ...]:
    """The acts that a role may know of, in order. More acts never take one away.

    From an act on that ended a step whose outcome it does not hear yet, it knows only what it did itself; when the case went back
    on that step, also what came after.
    """
    course = _Course(scheme, acts, audience)
    untold: set[str] = set()
    known = []
    for number, act in enumerate(acts):
        untold -= set(act.consequences.reopened)
        if act.by.role == audience:
            known.append(act)
            continue
        untold |= {ended.step for ended in act.consequences.ended if not course.hears(ended.step, number)}
        if not untold:
            known.append(act)
    return tuple(known)


def in_force(rule: DisclosureDef, history: History, since: int = 0) -> bool:
    """Whether a rule holds: one of its steps has opened and stays readable once ended, or one of its moments came, at act `since`
    or later."""
    begun = (name for name in rule.steps if history.steps[name].status in ("open", "beëindigd"))
    return any(begun) or any(moment.name in rule.since and moment.seq >= since for moment in history.moments)


class _Course:
    """A case after each of its acts, for one audience."""

    def __init__(self, scheme: Scheme, acts: Sequence[Act], audience: str) -> None:
        self.acts = acts
        self.rules = [rule for rule in scheme.disclosures if rule.audience == audience and rule.outcomes]
        self.after: list[History] = []
        for act in acts if self.rules else ():
            self.after.append(extend(scheme, self.after[-1] if self.after else fold(scheme, ()), act))

    def hears(self, step: str, number: int) -> bool:
        """Whether the outcome that act `number` gave a step was told in the round that it belongs to."""
        rules = [rule for rule in self.rules if step in rule.outcomes or "*" in rule.outcomes]
        for later in range(number, len(self.acts) if rules else 0):
            if later > number and step in self.acts[later].consequences.reopened:
                return False
            if any(in_force(rule, self.after[later], self.acts[number].seq) for rule in rules):
                return True
        return False
