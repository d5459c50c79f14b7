"""What each audience may see: only what the scheme names, never more. Default deny, per audience and per step.

An anonymous audience gets a pupil's age, never a birth date; its texts are redacted by the anonymiser before release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.rules.acts import Act
from maatwerk.rules.ages import age_on
from maatwerk.rules.conditions import is_unusual, paths
from maatwerk.rules.history import History
from maatwerk.rules.scheme import DisclosureDef, FieldDef, Scheme
from maatwerk.rules.telling import in_force

DERIVED = ("leeftijd", "leeftijdsband")
WRITTEN = ("tekst", "lange_tekst")
PLAIN = ("datum", "getal", "bedrag", "keuze", "meerkeuze", "ja_nee", "verklaring")
AGE_BAND, SCHOOL_TYPE, NO_MUNICIPALITY = "leeftijdsband", "schooltype", "zonder_gemeente"
AGE_BANDS = ((0, 3), (4, 11), (12, 14), (15, 17), (18, 22), (23, 26), (27, 999))


@dataclass(frozen=True)
class Disclosed:
    """What a rule opens: `fields` path -> value as it is, `texts` paths to redact, `act_texts` as `<act>.<field>`."""

    fields: Mapping[str, Any]
    texts: tuple[str, ...]
    act_texts: tuple[str, ...]
    attachments: bool
    anonymous: bool
    ground: str


def field_at(scheme: Scheme, path: str) -> tuple[FieldDef | None, str]:
    """The form field a path starts at, and the part below it ("" for the field itself)."""
    name, _, part = path.partition(".")
    return scheme.form.get(name), part


def rules_for(scheme: Scheme, audience: str, history: History) -> tuple[DisclosureDef, ...]:
    """The rules that hold for an audience now."""
    return tuple(rule for rule in scheme.disclosures if rule.audience == audience and in_force(rule, history))


def disclose(
    scheme: Scheme, rule: DisclosureDef, answers: Mapping[str, Any], on: date, coarse: frozenset[str]
) -> Disclosed:
    """The content of one rule; `coarse` names the coarsenings chosen at release (such as leeftijdsband)."""
    if "*" in rule.fields:
        return Disclosed(dict(answers), (), rule.act_texts, rule.attachments, False, rule.ground)
    fields = {}
    for path in rule.fields:
        wanted = (
            path.replace("leeftijd", "leeftijdsband") if AGE_BAND in coarse and path.endswith(".leeftijd") else path
        )
        if SCHOOL_TYPE in coarse and path == "school":
            wanted = "sector"
        if NO_MUNICIPALITY in coarse and (field := scheme.form.get(path)) and field.kind == "gemeente":
            continue
        value = value_at(answers, wanted, on)
        if value is not None:
            fields[wanted] = value
    return Disclosed(fields, rule.texts, rule.act_texts, rule.attachments, rule.treatment == "anoniem", rule.ground)


def value_at(answers: Mapping[str, Any], path: str, on: date) -> Any:
    """What stands at a path of the answers, None when nothing does; an age as it is on a day."""
    name, _, part = path.partition(".")
    value = answers.get(name)
    if not part or value is None:
        return value
    if part in DERIVED:
        born = value.get("geboortedatum") if isinstance(value, Mapping) else None
        birth = date.fromisoformat(born) if born else None
        if birth is None or birth > on:
            return None
        return age_band(age_on(birth, on)) if part == "leeftijdsband" else age_on(birth, on)
    return value.get(part) if isinstance(value, Mapping) else None


def age_band(age: int) -> str:
    """A span of years that hides the exact age."""
    low, high = next((low, high) for low, high in AGE_BANDS if low <= age <= high)
    return f"{low}-{high} jaar"


def visible(scheme: Scheme, history: History, act: Act, viewer_seat: str) -> bool:
    """Whether who sits on a seat ("" for somebody outside the panel) may see an act: votes stay hidden until his own vote or the
    end of the step (R36-43), also those of a round that was broken off and of who sat there before him."""
    definition = scheme.acts.get(act.kind)
    if definition is None or definition.hidden == "nee":
        return True
    state = history.steps.get(act.consequences.step)
    if state is None or state.status in ("beëindigd", "overgeslagen"):
        return True
    sitting = next((chair.person for chair in state.chairs if chair.slot == viewer_seat), "")
    return viewer_seat in state.votes or (act.by.seat == viewer_seat and act.by.person == sitting)


def fault(scheme: Scheme, rule: DisclosureDef, path: str, *, as_text: bool) -> str:
    """Why a path may not be disclosed by a rule; '' when it may."""
    if path == "*":
        return (
            ""
            if rule.treatment == "geen" and not as_text
            else "'*' kan niet naar een publiek dat ontdaan van directe identificatie leest."
        )
    definition, part = field_at(scheme, path)
    if definition is None:
        return f"het veld '{path}' bestaat niet in het formulier."
    if part and part not in (*DERIVED, *definition.parts):
        return f"'{part}' is geen deel van '{path.partition('.')[0]}'."
    if rule.treatment != "anoniem" or as_text:
        return ""
    if definition.kind == "berekend":
        return _computed_fault(scheme, rule, path, definition)
    own_applicant = definition.kind == "persoon" and definition.person == "aanvrager"
    if part in DERIVED or own_applicant:
        return ""
    if definition.privacy == "direct" or definition.kind in ("persoon", "personen", "bestand"):
        return (
            f"'{path}' wijst een persoon aan en mag niet naar een publiek dat ontdaan van directe identificatie leest."
        )
    if any(map(_is_written, (definition, *definition.columns.values()))):
        return f"'{path}' is vrije tekst: zet dit veld bij teksten, zodat het eerst wordt ontdaan van namen."
    return ""


def _is_written(asked: FieldDef) -> bool:
    """Whether somebody answers in his own words, whatever the scheme says of its class: anybody may write a name there."""
    return asked.privacy in ("vrije_tekst", "direct") or asked.kind in WRITTEN


def _computed_fault(scheme: Scheme, rule: DisclosureDef, path: str, definition: FieldDef) -> str:
    """What is computed tells what it was computed from."""
    for read in paths(definition.formula):
        source = read.removeprefix("aanvraag").removeprefix(".")
        if not source or is_unusual(definition.formula) or fault(scheme, rule, source, as_text=False):
            told = f"'{source}'" if source else "wat er in de aanvraag staat"
            return f"'{path}' wordt berekend uit {told}, en dat mag dit publiek niet zien."
    return ""
