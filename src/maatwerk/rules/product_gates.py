"""The conditions that follow from products: how they are filed, which schools may ask, which don't go beside each other."""

import json
from collections.abc import Iterator, Sequence

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.entitlements import ProductDef
from maatwerk.rules.products import chosen, listed, titles_of, unless
from maatwerk.rules.questions import filing_acts
from maatwerk.rules.scheme import GateDef, Scheme


def product_gates(scheme: Scheme) -> Iterator[tuple[str, GateDef]]:
    """The gates that follow from products: which schools, which products not beside each other, what may be filed how."""
    for name in filing_acts(scheme):
        act = scheme.acts[name]
        if act.products:
            message = f"{act.title} is alleen voor: {titles_of(scheme, act.products)}."
            condition = chosen(act.products)
            yield f"{name}_product", GateDef(at=(name,), condition=condition, message=message, source=act.source)
    for name, product in scheme.products.items():
        if product.schools:
            yield f"{name}_scholen", _for_schools(scheme, name, product)
        for at, outcomes in _places(scheme, product).items():
            yield f"{name}_sluit_uit_{at}", _excluding(scheme, name, at, outcomes)


def gate_names(scheme: Scheme) -> Iterator[str]:
    """The names of those gates, also in a scheme that could not be honoured."""
    yield from (f"{name}_product" for name in filing_acts(scheme) if scheme.acts[name].products)
    for name, product in scheme.products.items():
        yield from [f"{name}_scholen"] if product.schools else []
        yield from (f"{name}_sluit_uit_{act}" for act in _places(scheme, product))


def _places(scheme: Scheme, product: ProductDef) -> dict[str, list[str]]:
    """Act -> the outcomes for which an exclusion is held there; none means that it is held for all of them."""
    found: dict[str, list[str]] = {}
    for at in excluded_at(scheme, product) if product.excludes else ():
        act, _, outcome = at.partition(".")
        found.setdefault(act, []).append(outcome)
    return {act: [] if "" in outcomes else outcomes for act, outcomes in found.items()}


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
    schools = scheme.lists[product.schools]
    form_acts = tuple(act for act in scheme.acts if (b := behaviour_of(scheme, act)) and b.uses_form)
    return GateDef(
        at=form_acts,
        condition=unless((name,), f"aanvraag.{school_question(scheme)} in lijst.{product.schools}"),
        message=f"{product.title} is alleen voor scholen op de lijst '{schools.title}'.",
        mend="Kies een ander product, of vraag of uw school op de lijst hoort.",
        products=(name,),
        source=product.source or schools.source,
    )


def _excluding(scheme: Scheme, name: str, act: str, outcomes: Sequence[str]) -> GateDef:
    product = scheme.products[name]
    others = f"e.product in {listed(product.excludes)}"
    condition = f"!eerder.exists(e, e.regeling == {json.dumps(scheme.code, ensure_ascii=False)} && e.loopt && {others})"
    if outcomes:
        condition = f"!(deze.{scheme.acts[act].outcome_field} in {listed(outcomes)}) || {condition}"
    titles = titles_of(scheme, product.excludes, " of ")
    return GateDef(
        at=(act,),
        condition=unless((name,), condition),
        message=f"{product.title} gaat niet samen met {titles}, en dat loopt al voor deze leerling.",
        mend="Sluit eerst de andere zaak af, of overleg welke van de twee doorgaat.",
        products=(name,),
        source=product.source,
    )
