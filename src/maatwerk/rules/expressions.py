"""Every condition and amount of a scheme, type-checked against its form at load; literals are held against the choices."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cel_expr_python import cel

from maatwerk.rules.conditions import compile_fault
from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import EffectDef, FieldDef, Scheme
from maatwerk.rules.typing_of_forms import Messages

_COMPARED = re.compile(r"\b(aanvraag|deze)\.([a-z0-9_]+)\s*(?:==|!=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_LISTED = re.compile(r"\b(aanvraag|deze)\.([a-z0-9_]+)\s+in\s+\[([^\]]*)\]")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def expression_faults(scheme: Scheme) -> Iterator[Fault]:
    """A fault for each expression that does not compile, gives another type, or compares with a choice that isn't there."""
    messages = Messages(scheme)
    no_act, case_only = messages.env_for(""), messages.env_for("", case_only=True)
    for name, field in scheme.form.items():
        yield from _check(scheme, f"formulier.{name}.als", field.condition, case_only, cel.Type.BOOL, {})
    for name, gate in scheme.gates.items():
        for at in gate.at:
            fields, env = scheme.acts[at].fields, messages.env_for(at)
            yield from _check(scheme, f"voorwaarde.{name}.als", gate.condition, env, cel.Type.BOOL, fields)
    for name, act in scheme.acts.items():
        env = messages.env_for(name)
        for field_id, field in act.fields.items():
            yield from _check(
                scheme, f"handeling.{name}.velden.{field_id}.als", field.condition, env, cel.Type.BOOL, act.fields
            )
        yield from _effects(scheme, f"handeling.{name}.effecten", act.effects, env, act.fields)
    for name, step in scheme.steps.items():
        yield from _check(scheme, f"stap.{name}.als", step.condition, case_only, cel.Type.BOOL, {})
        for index, panel in enumerate(step.panels):
            yield from _check(scheme, f"stap.{name}.panelen.{index}.als", panel.condition, case_only, cel.Type.BOOL, {})
        for outcome, on in step.on.items():
            yield from _effects(scheme, f"stap.{name}.bij.{outcome}.effecten", on.effects, no_act, {})


def _effects(
    scheme: Scheme, path: str, effects: tuple[EffectDef, ...], env: Any, fields: Mapping[str, FieldDef]
) -> Iterator[Fault]:
    for index, effect in enumerate(effects):
        here = f"{path}.{index}"
        yield from _check(scheme, f"{here}.als", effect.condition, env, cel.Type.BOOL, fields)
        yield from _check(scheme, f"{here}.bedrag", effect.amount, env, cel.Type.INT, fields)
        booking = effect.kind in ("reserveren", "vastleggen", "vrijgeven", "betalen")
        if booking and effect.book not in scheme.books:
            yield Fault(f"{here}.boek", f"het boek '{effect.book}' bestaat niet.", "noem een bestaand [boek.<id>].")
        if booking and not effect.amount:
            yield Fault(
                f"{here}.bedrag", "een boeking heeft een bedrag nodig.", "geef een CEL-uitdrukking in hele centen."
            )
        if effect.kind in ("brief", "melding") and effect.text not in scheme.texts:
            yield Fault(f"{here}.tekst", f"de tekst '{effect.text}' bestaat niet.", "voeg [tekst.<id>] toe.")
        if effect.audience and effect.audience not in scheme.roles:
            yield Fault(f"{here}.aan", f"de rol '{effect.audience}' bestaat niet.", "noem een bestaande rol.")
        if effect.done_by and effect.done_by not in scheme.acts:
            yield Fault(
                f"{here}.klaar_met", f"de handeling '{effect.done_by}' bestaat niet.", "noem een bestaande handeling."
            )


def _check(
    scheme: Scheme, path: str, text: str, env: Any, expected: Any, fields: Mapping[str, FieldDef]
) -> Iterator[Fault]:
    if not text:
        return
    if why := compile_fault(env, text, expected):
        yield Fault(path, why, "vergelijk met de namen en soorten in het formulier.")
        return
    for place, name, first, second in _COMPARED.findall(text):
        yield from _literals(scheme, path, place, name, [first or second], fields)
    for place, name, listed in _LISTED.findall(text):
        yield from _literals(scheme, path, place, name, [a or b for a, b in _QUOTED.findall(listed)], fields)


def _literals(
    scheme: Scheme, path: str, place: str, name: str, values: list[str], fields: Mapping[str, FieldDef]
) -> Iterator[Fault]:
    field = (fields if place == "deze" and fields else scheme.form).get(name)
    if field is None or not field.choices:
        return
    for value in values:
        if value not in field.choices:
            yield Fault(path, f"'{name}' kent de keuze '{value}' niet.", f"kies uit: {', '.join(field.choices)}.")
