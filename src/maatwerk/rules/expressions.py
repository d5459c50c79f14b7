"""Every condition and amount of a scheme, type-checked against its form at load; literals are held against the choices, and
limits against each other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel

from maatwerk.rules.checks_of_cooperation import matrix_literals
from maatwerk.rules.conditions import compile_fault, reads
from maatwerk.rules.consent import STATES
from maatwerk.rules.decoding import Fault
from maatwerk.rules.expressions_of_money import money_expressions, percent_fault
from maatwerk.rules.parts import columns_of
from maatwerk.rules.scheme import EffectDef, FieldDef, Scheme
from maatwerk.rules.typing_of_forms import CASE, EVERYTHING, FORM, Messages, Place

_COMPARED = re.compile(r"\b(aanvraag|deze|regel)\.([a-z0-9_]+)\s*(?:==|!=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_LISTED = re.compile(r"\b(aanvraag|deze|regel)\.([a-z0-9_]+)\s+in\s+\[([^\]]*)\]")
_CONSENT = re.compile(r"\btoestemming\.([a-z0-9_]+)\s*(?:==|!=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_LIMIT = re.compile(r"(.+?)\s*(>=|<=|>|<)\s*(-?\d{1,15})")
_NAMES = "vergelijk met de namen en soorten in het formulier."


def expression_faults(scheme: Scheme) -> Iterator[Fault]:
    """A fault for each expression that does not compile, gives another type, or compares with what can never be."""
    seen = Checking(scheme, Messages(scheme))
    yield from money_expressions(seen)
    for name, field in scheme.form.items():
        yield from seen.condition(f"formulier.{name}.als", field.condition, FORM)
    for name, gate in scheme.gates.items():
        for at in gate.at if reads(gate.condition, "deze") else ("",):
            if not at or at in scheme.acts:
                yield from seen.condition(f"voorwaarde.{name}.als", gate.condition, EVERYTHING, at)
    for name, act in scheme.acts.items():
        here = f"handeling.{name}"
        yield from seen.condition(f"{here}.als", act.condition, CASE)
        for field_id, field in act.fields.items():
            yield from seen.condition(f"{here}.velden.{field_id}.als", field.condition, FORM, name)
        yield from seen.effects(f"{here}.effecten", act.effects, name)
    for name, mandate in scheme.mandates.items():
        for kind in mandate.acts:
            yield from seen.condition(
                f"mandaat.{name}.als", mandate.condition, EVERYTHING, kind if kind in scheme.acts else ""
            )
    for name, age in scheme.ages.items():
        yield from seen.condition(f"leeftijd.{name}.als", age.condition, CASE)
    for name, clock in scheme.clocks.items():
        yield from seen.condition(f"termijn.{name}.als", clock.condition, CASE)
    for name, step in scheme.steps.items():
        here = f"stap.{name}"
        yield from seen.condition(f"{here}.als", step.condition, CASE)
        for index, panel in enumerate(step.panels):
            yield from seen.condition(f"{here}.panelen.{index}.als", panel.condition, CASE)
        for outcome, on in step.on.items():
            yield from seen.effects(f"{here}.bij.{outcome}.effecten", on.effects)


@dataclass(frozen=True)
class Checking:
    """The checks of one scheme's expressions: `act` lets them read `deze`, `table` lets them read `regel`."""

    scheme: Scheme
    messages: Messages

    def effects(self, path: str, effects: tuple[EffectDef, ...], act: str = "") -> Iterator[Fault]:
        for index, effect in enumerate(effects):
            table = effect.each if columns_of(self.scheme, effect.each, act) else ""
            yield from self.condition(f"{path}.{index}.als", effect.condition, EVERYTHING, act, table)
            place = Place(self.messages, EVERYTHING, act, table)
            yield from self.amount(f"{path}.{index}.bedrag", effect.amount, place, cel.Type.INT)
            yield from self.amount(f"{path}.{index}.deel", effect.part, place, cel.Type.STRING)

    def amount(self, path: str, text: str, place: Place, expected: Any) -> Iterator[Fault]:
        """Faults of an expression that gives a value; an absent one has none."""
        if text:
            yield from self._compiles(path, text, place, expected)

    def condition(
        self, path: str, text: str, names: tuple[str, ...], act: str = "", table: str = ""
    ) -> Iterator[Fault]:
        if not text:
            return
        faults = list(self._compiles(path, text, Place(self.messages, names, act, table), cel.Type.BOOL))
        yield from faults
        if faults:
            return
        fields = {
            "aanvraag": self.scheme.form,
            "deze": self.scheme.acts[act].fields if act else {},
            "regel": columns_of(self.scheme, table, act),
        }
        for place, name, first, second in _COMPARED.findall(text):
            yield from self._literals(path, fields, place, name, [first or second])
        for place, name, listed in _LISTED.findall(text):
            yield from self._literals(path, fields, place, name, [a or b for a, b in _QUOTED.findall(listed)])
        for name, first, second in _CONSENT.findall(text):
            yield from self._states(path, name, first or second)
        yield from matrix_literals(self.scheme, path, text)
        if never := impossible(text):
            yield Fault(path, f"deze voorwaarde kan nooit waar zijn: {never}.", "maak de bovengrens hoger.")

    def _compiles(self, path: str, text: str, place: Place, expected: Any) -> Iterator[Fault]:
        if why := compile_fault(place, text, expected):
            yield Fault(path, why, _NAMES)
        elif why := percent_fault(text):
            yield Fault(path, why, "schrijf een getal van 0 tot en met 100.")

    def _literals(
        self, path: str, fields: Mapping[str, Mapping[str, FieldDef]], place: str, name: str, values: list[str]
    ) -> Iterator[Fault]:
        field = fields[place].get(name)
        if field is None or not field.choices:
            return
        for value in values:
            if value not in field.choices:
                choices = ", ".join(field.choices)
                yield Fault(path, f"'{name}' kent de keuze '{value[:60]}' niet.", f"kies uit: {choices}.")

    def _states(self, path: str, name: str, state: str) -> Iterator[Fault]:
        if state not in STATES:
            yield Fault(path, f"een toestemming kent de stand '{state[:60]}' niet.", f"kies uit: {', '.join(STATES)}.")


def impossible(text: str) -> str:
    """Two limits on one value that exclude each other (`x >= 23 && x < 12`), or ""; anything with a choice in it is left."""
    if "||" in text or "?" in text:
        return ""
    low: dict[str, tuple[int, str]] = {}
    high: dict[str, tuple[int, str]] = {}
    for part in text.split("&&"):
        found = _LIMIT.fullmatch(part.strip())
        if found is None:
            continue
        subject, sign, number = found[1].replace(" ", ""), found[2], int(found[3])
        side = low if sign[0] == ">" else high
        side[subject] = (number + (sign == ">") - (sign == "<"), f"{sign} {number}")
    for subject, (least, words) in low.items():
        if subject in high and least > high[subject][0]:
            return f"{words} en {high[subject][1]}"
    return ""
