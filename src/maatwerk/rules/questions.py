"""The questions that a scheme's own keys ask for: which product, and which questions one does not answer. A scheme may declare
either itself, for its own words; what can be chosen, and that it must be, follows from the rest of the scheme.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.scheme import ActDef, FieldDef, Scheme

PRODUCT: Final = "product"
REFUSED: Final = "weigert"
_ASKED = FieldDef(kind="keuze", title="Wat vraagt u aan?")
_REFUSED = FieldDef(
    kind="meerkeuze",
    title="Niet van toepassing, of dit geeft u liever niet",
    help="Wat u hier aanvinkt telt als beantwoord. Wie beslist weegt uw privacy tegen het belang van het gegeven (Awb 4:3).",
    source="Awb 4:3 lid 1",
)


def filing_acts(scheme: Scheme) -> tuple[str, ...]:
    """The acts by which an application can be filed."""
    return tuple(name for name in scheme.acts if (behaviour := behaviour_of(scheme, name)) and behaviour.files)


def complete(scheme: Scheme) -> Scheme:
    """The scheme with those questions in its form and in the fields of its acts."""
    form = dict(scheme.form)
    if scheme.products:
        form = form if PRODUCT in form else {PRODUCT: _ASKED, **form}
        form[PRODUCT] = _about_products(scheme, form[PRODUCT])
    acts = {name: _complete_act(act) for name, act in scheme.acts.items()}
    return replace(scheme, form=_with_refusal(form), acts=acts)


def _about_products(scheme: Scheme, asked: FieldDef) -> FieldDef:
    choices = asked.choices or {name: product.title for name, product in scheme.products.items()}
    required = tuple(dict.fromkeys((*asked.required, *filing_acts(scheme))))
    return replace(asked, choices=choices, required=required)


def _complete_act(act: ActDef) -> ActDef:
    return replace(act, fields=_with_refusal(act.fields))


def _with_refusal(fields: Mapping[str, FieldDef]) -> dict[str, FieldDef]:
    refusable = {name: field.title for name, field in fields.items() if field.may_refuse}
    if not refusable:
        return dict(fields)
    asked = fields.get(REFUSED, _REFUSED)
    return {**fields, REFUSED: replace(asked, choices=asked.choices or refusable)}
