"""What `producten` means, by one mechanism: when a scheme is read, "only for these products" becomes part of the conditions that
it has already. Nothing that judges knows products; only a clock, which has no condition, asks for the moment `product.<id>`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.conditions import ready
from maatwerk.rules.entitlements import FundingDef, ProductDef
from maatwerk.rules.questions import PRODUCT, filing_acts
from maatwerk.rules.scheme import ActDef, ClockDef, FieldDef, GateDef, Panel, Scheme, StepDef

_OPENING, _CLOSING = " (\n", "\n)"
Part = FieldDef | GateDef | ActDef | StepDef | Panel | ClockDef | FundingDef
_Conditional = TypeVar("_Conditional", FieldDef, GateDef, ActDef, StepDef, Panel, FundingDef)


def composed(scheme: Scheme) -> Scheme:
    """The scheme as it is judged by. What its file says was checked before: here no condition can be wrong any more."""
    if not scheme.products:
        return scheme
    filing = filing_acts(scheme)
    gates = {name: _guarded(gate) for name, gate in scheme.gates.items()}
    made = replace(
        scheme,
        form={name: _only(field) for name, field in scheme.form.items()},
        gates={**gates, **dict(product_gates(scheme))},
        acts={name: _act(act, files=name in filing) for name, act in scheme.acts.items()},
        steps={name: _step(scheme, step) for name, step in scheme.steps.items()},
        fundings={name: _only(funding) for name, funding in scheme.fundings.items()},
    )
    for text in _conditions(made):
        ready(text)
    return made


def as_written(scheme: Scheme) -> Scheme:
    """The scheme as its file says it, for who reads or compares it: what `composed` added is taken away again."""
    if not scheme.products:
        return scheme
    made = dict(product_gates(scheme))
    return replace(
        scheme,
        form={name: _bare(field) for name, field in scheme.form.items()},
        gates={name: _bare(gate) for name, gate in scheme.gates.items() if name not in made},
        acts={
            name: replace(_bare(act), fields={field_id: _bare(field) for field_id, field in act.fields.items()})
            for name, act in scheme.acts.items()
        },
        steps={
            name: replace(
                _bare(step),
                panels=tuple(_bare(panel) for panel in step.panels),
                why=step.why.removesuffix(_for_whom(scheme, step)).strip(),
            )
            for name, step in scheme.steps.items()
        },
        fundings={name: _bare(funding) for name, funding in scheme.fundings.items()},
    )


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


def product_gates(scheme: Scheme) -> Iterator[tuple[str, GateDef]]:
    """The gates that follow from products: which schools, which products not beside each other, what may be filed how."""
    for name in filing_acts(scheme):
        act = scheme.acts[name]
        if act.products:
            titles = ", ".join(scheme.products[product].title for product in act.products)
            message = f"{act.title} is alleen voor: {titles}."
            condition = _chosen(act.products)
            yield f"{name}_product", GateDef(at=(name,), condition=condition, message=message, source=act.source)
    for name, product in scheme.products.items():
        if product.schools:
            yield f"{name}_scholen", _for_schools(scheme, name, product)
        if product.excludes:
            for at in excluded_at(scheme, product):
                yield f"{name}_sluit_uit_{at.partition('.')[0]}", _excluding(scheme, name, product, at)


def excluded_at(scheme: Scheme, product: ProductDef) -> tuple[str, ...]:
    """The acts at which products that exclude each other are told apart: those that the scheme names, or else those by which
    somebody other than the applicant sends a case on from the first step after filing."""
    if product.excludes_at:
        return product.excludes_at
    filing = filing_acts(scheme)
    first = {name for name, step in scheme.steps.items() if set(step.acts) & set(filing)}
    applicants = {role for name in filing for role in scheme.acts[name].by}
    found: dict[str, None] = {}
    for name, step in scheme.steps.items():
        follows = any(moment.startswith(tuple(f"stap.{each}." for each in first)) for moment in step.after)
        for act in step.acts if follows or name in first else ():
            if act not in scheme.acts:
                continue  # a fault of the step
            definition = scheme.acts[act]
            ending = definition.closes or (step.on[definition.outcome].closes if definition.outcome in step.on else "")
            if definition.outcome and not ending and not applicants & set(definition.by):
                found[act] = None
    return tuple(found)


def school_question(scheme: Scheme) -> str:
    """The question that names the applying school, "" in a form without one."""
    return next((name for name, field in scheme.form.items() if field.kind == "school"), "")


def _for_schools(scheme: Scheme, name: str, product: ProductDef) -> GateDef:
    listed = scheme.lists[product.schools]
    form_acts = tuple(act for act in scheme.acts if (b := behaviour_of(scheme, act)) and b.uses_form)
    return GateDef(
        at=form_acts,
        condition=_unless((name,), f"aanvraag.{school_question(scheme)} in lijst.{product.schools}"),
        message=f"{product.title} is alleen voor scholen op de lijst '{listed.title}'.",
        mend="Kies een ander product, of vraag of uw school op de lijst hoort.",
        products=(name,),
        source=product.source or listed.source,
    )


def _excluding(scheme: Scheme, name: str, product: ProductDef, at: str) -> GateDef:
    act, _, outcome = at.partition(".")
    others = f"e.product in {_listed(product.excludes)}"
    condition = f"!eerder.exists(e, e.regeling == {json.dumps(scheme.code, ensure_ascii=False)} && e.loopt && {others})"
    if outcome:
        condition = f"deze.{scheme.acts[act].outcome_field} != '{outcome}' || {condition}"
    titles = " of ".join(scheme.products[other].title for other in product.excludes)
    return GateDef(
        at=(act,),
        condition=_unless((name,), condition),
        message=f"{product.title} gaat niet samen met {titles}, en dat loopt al voor deze leerling.",
        mend="Sluit eerst de andere zaak af, of overleg welke van de twee doorgaat.",
        products=(name,),
        source=product.source,
    )


def _chosen(products: Sequence[str]) -> str:
    return f"aanvraag.{PRODUCT} in {_listed(products)}"


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(f"'{name}'" for name in names) + "]"


def _unless(products: Sequence[str], condition: str) -> str:
    """Holds for every other product; the line breaks keep a comment in the condition from reaching further than itself."""
    return f"!({_chosen(products)}) ||{_OPENING}{condition}{_CLOSING}"


def _only(part: _Conditional) -> _Conditional:
    if not part.products:
        return part
    chosen = _chosen(part.products)
    condition = f"{chosen} &&{_OPENING}{part.condition}{_CLOSING}" if part.condition else chosen
    return replace(part, condition=condition)


def _bare(part: _Conditional) -> _Conditional:
    """The part with its own condition alone."""
    chosen = _chosen(part.products)
    if not part.products or not part.condition.startswith((chosen, f"!({chosen})")):
        return part
    return replace(part, condition=part.condition.partition(_OPENING)[2].removesuffix(_CLOSING))


def _guarded(gate: GateDef) -> GateDef:
    return replace(gate, condition=_unless(gate.products, gate.condition)) if gate.products else gate


def _act(act: ActDef, *, files: bool) -> ActDef:
    """When an application is filed there is no product yet to look at; a gate holds it against the answers."""
    fields = {name: _only(field) for name, field in act.fields.items()}
    return replace(act if files else _only(act), fields=fields)


def _step(scheme: Scheme, step: StepDef) -> StepDef:
    panels = tuple(_only(panel) for panel in step.panels)
    if not step.products:
        return replace(step, panels=panels)
    return replace(_only(step), panels=panels, why=f"{step.why} {_for_whom(scheme, step)}".strip())


def _for_whom(scheme: Scheme, step: StepDef) -> str:
    return f"Alleen voor: {', '.join(scheme.products[name].title for name in step.products)}." if step.products else ""


def _conditions(scheme: Scheme) -> Iterator[str]:
    yield from (part.condition for _, part in parts(scheme) if not isinstance(part, ClockDef) and part.condition)
