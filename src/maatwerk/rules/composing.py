"""A scheme as it is judged by, made of the one that its file says: "only for these products" becomes part of the conditions that
it has already. Only a clock, which has no condition, asks for the moment `product.<id>`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from maatwerk.rules.conditions import ready
from maatwerk.rules.entitlements import FundingDef
from maatwerk.rules.product_gates import gate_names, product_gates
from maatwerk.rules.products import CLOSING, OPENING, chosen, parts, titles_of, unless
from maatwerk.rules.questions import filing_acts
from maatwerk.rules.scheme import ActDef, ClockDef, FieldDef, GateDef, Panel, Scheme, StepDef

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
    made = {*gate_names(scheme)}
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


def _only(part: _Conditional) -> _Conditional:
    if not part.products:
        return part
    only = chosen(part.products)
    condition = f"{only} &&{OPENING}{part.condition}{CLOSING}" if part.condition else only
    return replace(part, condition=condition)


def _bare(part: _Conditional) -> _Conditional:
    """The part with its own condition alone; a condition that was not composed stays as it is."""
    if not part.products:
        return part
    only = chosen(part.products)
    if part.condition == only:
        return replace(part, condition="")
    for opening in (f"{only} &&{OPENING}", f"!({only}) ||{OPENING}"):
        if part.condition.startswith(opening) and part.condition.endswith(CLOSING):
            return replace(part, condition=part.condition[len(opening) : -len(CLOSING)])
    return part


def _guarded(gate: GateDef) -> GateDef:
    return replace(gate, condition=unless(gate.products, gate.condition)) if gate.products else gate


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
    return f"Alleen voor: {titles_of(scheme, step.products)}." if step.products else ""


def _conditions(scheme: Scheme) -> Iterator[str]:
    yield from (part.condition for _, part in parts(scheme) if not isinstance(part, ClockDef) and part.condition)
