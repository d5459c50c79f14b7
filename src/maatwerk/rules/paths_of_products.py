"""The way of each product through the steps: which it can reach, with which outcomes, and whether it comes to an end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.decoding import Fault
from maatwerk.rules.products import is_for
from maatwerk.rules.scheme import Scheme

SKIPPED = "overgeslagen"


def path_faults(scheme: Scheme) -> Iterator[Fault]:
    """A step that a product can open and never leave, a panel that nobody is on, a case that never closes."""
    closes_in_steps = _Way(scheme, "").walk().closes
    for product, definition in scheme.products.items():
        way = _Way(scheme, product).walk()
        for name in way.open:
            step = scheme.steps[name]
            if not is_for(step.products, product):
                continue
            if not way.leaves(name):
                message = (
                    f"bij {definition.title} kan deze stap nooit eindigen: geen handeling met een uitkomst is ervoor."
                )
                mend = "geef de stap ook producten, of zorg voor een handeling bij dit product."
                yield Fault(f"stap.{name}", message, mend)
            if step.panels and not any(is_for(panel.products, product) for panel in step.panels):
                message = f"bij {definition.title} is er geen paneel."
                yield Fault(f"stap.{name}.panelen", message, "voeg een paneel toe dat ook voor dit product is.")
        if (closes_in_steps and not way.closes) or not (way.closes or way.can_be_withdrawn):
            message = "een zaak met dit product komt nooit aan haar einde."
            mend = "controleer na en sluit van de stappen na de laatste die dit product bereikt; ook na overgeslagen."
            yield Fault(f"product.{product}", message, mend)


@dataclass
class _Way:
    """What can happen in a case for a product ("": for any)."""

    scheme: Scheme
    product: str
    open: dict[str, None] = field(default_factory=dict)
    closes: bool = False

    def walk(self) -> "_Way":
        waiting = dict(self.scheme.steps)
        while reached := [name for name, step in waiting.items() if any(map(self.happens, step.after))]:
            for name in reached:
                self.open[name] = None
                del waiting[name]
        self.closes = any(map(self.step_closes, self.open))
        return self

    def is_for(self, products: tuple[str, ...]) -> bool:
        return not self.product or is_for(products, self.product)

    @property
    def can_be_withdrawn(self) -> bool:
        return any(act.closes and act.when != "stap" and self.is_for(act.products) for act in self.scheme.acts.values())

    def happens(self, moment: str) -> bool:
        kind, _, rest = moment.partition(".")
        name, _, what = rest.partition(".")
        if kind == "stap":
            return name in self.open and (what in self.outcomes(name) or (what == "geopend" and self.enters(name)))
        if kind == "handeling":
            return name in self.scheme.acts and self.can_do(name)
        if kind == "termijn":
            return name in self.scheme.clocks and self.is_for(self.scheme.clocks[name].products)
        return kind != "product" or not self.product or name == self.product

    def enters(self, step: str) -> bool:
        return self.is_for(self.scheme.steps[step].products)

    def can_do(self, act: str) -> bool:
        definition = self.scheme.acts[act]
        hosted = any(act in self.scheme.steps[name].acts and self.enters(name) for name in self.open)
        return self.is_for(definition.products) and (hosted or definition.when != "stap")

    def acts(self, step: str) -> list[str]:
        return [act for act in self.scheme.steps[step].acts if act in self.scheme.acts and self.can_do(act)]

    def outcomes(self, step: str) -> set[str]:
        definition = self.scheme.steps[step]
        if not self.enters(step):
            return {SKIPPED}
        found = {SKIPPED} if definition.condition else set()
        for name in self.acts(step):
            act, behaviour = self.scheme.acts[name], behaviour_of(self.scheme, name)
            by_seat = behaviour is not None and behaviour.by_seat
            decides = by_seat or definition.rule.over != "zetels"
            found |= {definition.rule.yes, definition.rule.no} if decides else set()
            found |= set() if by_seat else {act.outcome}
            found |= {*act.fields[act.outcome_field].choices} if act.outcome_field in act.fields else set()
        return found - {""}

    def leaves(self, step: str) -> bool:
        ways_out = (self.scheme.acts[act] for act in self.acts(step))
        return bool(self.outcomes(step) - {SKIPPED}) or any(act.closes or step in act.reopens for act in ways_out)

    def step_closes(self, step: str) -> bool:
        on = self.scheme.steps[step].on
        if any(on[outcome].closes for outcome in self.outcomes(step) if outcome in on):
            return True
        return self.enters(step) and any(self.scheme.acts[act].closes for act in self.acts(step))
