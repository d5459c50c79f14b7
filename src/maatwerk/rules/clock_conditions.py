"""Which terms a case has: those whose `als` holds after an act. It is kept with the act as a moment, because what a term looked at may be
erased while the term still runs.
"""

from collections.abc import Mapping
from typing import Any

from maatwerk.rules.clocks import APPLIES, APPLIES_NOT, last_word
from maatwerk.rules.conditions import holds
from maatwerk.rules.history import History
from maatwerk.rules.scheme import Scheme


def changed_conditions(scheme: Scheme, history: History, situation: Mapping[str, Any]) -> tuple[str, ...]:
    """The moments that say which clocks with a condition begin or cease to apply by what an act changed. One that can't be judged
    does not apply."""
    found = []
    for name, clock in scheme.clocks.items() if history.acts else ():
        verdict, known = holds(clock.condition, situation) if clock.condition else None, last_word(history, name)
        said = f"termijn.{name}.{APPLIES if verdict else APPLIES_NOT}"
        if clock.condition and known != said and (known or verdict is not None):
            found.append(said)
    return tuple(found)
