"""What `producten` means: something is there only for these products. The pieces of conditions that say so; `composing.py` puts
them where they belong when a scheme is read, so that nothing which judges knows products.
"""

from collections.abc import Iterator, Sequence

from maatwerk.rules.entitlements import FundingDef
from maatwerk.rules.questions import PRODUCT
from maatwerk.rules.scheme import ActDef, ClockDef, FieldDef, GateDef, Panel, Scheme, StepDef

OPENING, CLOSING = " (\n", "\n)"
Part = FieldDef | GateDef | ActDef | StepDef | Panel | ClockDef | FundingDef


def parts(scheme: Scheme) -> Iterator[tuple[str, Part]]:
    """Everything that can have `producten`, by its path in the file."""
    for table, items in (
        ("formulier", scheme.form), ("voorwaarde", scheme.gates), ("handeling", scheme.acts), ("stap", scheme.steps),
        ("termijn", scheme.clocks), ("bekostiging", scheme.fundings),
    ):  # fmt: skip
        for name, part in items.items():
            yield f"{table}.{name}", part
    for name, act in scheme.acts.items():
        yield from ((f"handeling.{name}.velden.{field_id}", field) for field_id, field in act.fields.items())
    for name, step in scheme.steps.items():
        yield from ((f"stap.{name}.panelen.{index}", panel) for index, panel in enumerate(step.panels))


def is_for(products: Sequence[str], product: str) -> bool:
    """Whether something with `producten` is there for a product; without it, it is there for all."""
    return not products or product in products


def gates_for(scheme: Scheme, product: object) -> tuple[str, ...]:
    """The gates that concern a product; all of them as long as none was chosen."""
    known = isinstance(product, str) and product in scheme.products
    return tuple(name for name, gate in scheme.gates.items() if not known or is_for(gate.products, str(product)))


def chosen(products: Sequence[str]) -> str:
    return f"aanvraag.{PRODUCT} in {listed(products)}"


def listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(f"'{name}'" for name in names) + "]"


def unless(products: Sequence[str], condition: str) -> str:
    """Holds for every other product; the line breaks keep a comment in the condition from reaching further than itself."""
    return f"!({chosen(products)}) ||{OPENING}{condition}{CLOSING}"


def titles_of(scheme: Scheme, names: Sequence[str], joint: str = ", ") -> str:
    return joint.join(scheme.products[name].title if name in scheme.products else name for name in names)
