"""The mandate register at work: who may decide what in whose name, from when to when. A role that a mandate names for an act does it only
while one is in force; who has none named decides in his own right.
"""

from collections.abc import Mapping

from maatwerk.rules.acts import Act
from maatwerk.rules.calendar import in_words
from maatwerk.rules.conditions import holds
from maatwerk.rules.refusals import Forbidden
from maatwerk.rules.scheme import MandateDef, Scheme


def mandate_for(scheme: Scheme, act: Act, situation: Mapping[str, object]) -> str:
    """The mandate under which an act is done; "" when it needs none.

    Raises Forbidden when it needs one and none is in force on the day of the act for this case."""
    named = {name: each for name, each in scheme.mandates.items() if act.kind in each.acts and act.by.role == each.role}
    in_force = {name: each for name, each in named.items() if each.holds_on(act.on)}
    found = [name for name, each in in_force.items() if not each.condition or holds(each.condition, situation) is True]
    if named and not found:
        title, role = scheme.acts[act.kind].title, scheme.roles[act.by.role].title
        on_the_day = " dat op deze zaak past" if in_force else ""
        message = f"{title}: {role} heeft op {in_words(act.on)} geen mandaat{on_the_day}."
        known = "; ".join(_words(each) for each in named.values())
        raise Forbidden.because("geen_mandaat", message, mend=f"Het mandaatregister zegt: {known}.", field="handeling")
    return next(iter(found), "")


def _words(mandate: MandateDef) -> str:
    until = f" tot en met {in_words(mandate.until)}" if mandate.until else ""
    return f"{mandate.title} namens {mandate.giver}, vanaf {in_words(mandate.since)}{until}"
