"""What a behaviour is: what it asks of an act at load, and what it adds to the consequences when the act is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maatwerk.rules.acts import Act, Consequences, Facts
from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import ActDef, Scheme, StepRule

if TYPE_CHECKING:
    from maatwerk.rules.history import History, StepState


@dataclass(frozen=True)
class Deed:
    """An act that is being judged, on the case as it was before it."""

    scheme: Scheme
    history: "History"
    act: Act
    definition: ActDef
    facts: Facts

    @property
    def state(self) -> "StepState | None":
        """The open step in which the act happens, if it happens in one."""
        return self.history.steps.get(self.act.step)

    @property
    def rule(self) -> StepRule:
        step = self.scheme.steps.get(self.act.step)
        return step.rule if step else StepRule()


@dataclass(frozen=True)
class Behaviour:
    """`faults` (path, act, scheme) at load; `apply` at the act, raising Refused. `uses_form`: it answers the form instead of
    fields of its own; `files`: its day is the day of filing; `by_seat`: the chairs of its step do it, and the rule decides."""

    faults: Callable[[str, ActDef, Scheme], Iterator[Fault]]
    apply: Callable[[Deed, Consequences], Consequences]
    uses_form: bool = False
    files: bool = False
    by_seat: bool = False
