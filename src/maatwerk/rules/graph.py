"""The steps of a scheme as a graph: every step can be reached and can end, every panel can reach its quorum. Draws Mermaid."""

from collections.abc import Iterator

from maatwerk.rules.decoding import Fault
from maatwerk.rules.moments import moment_fault
from maatwerk.rules.scheme import Scheme, StepDef


def graph_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of steps: unknown acts, seats, moments and outcomes; unreachable or endless steps; quorums that can't be met."""
    if scheme.steps and not any("begin" in step.after for step in scheme.steps.values()):
        yield Fault("stap", "geen enkele stap opent aan het begin.", 'geef de eerste stap na = ["begin"].')
    for name, step in scheme.steps.items():
        here = f"stap.{name}"
        for act in step.acts:
            if act not in scheme.acts:
                yield Fault(
                    f"{here}.handelingen", f"de handeling '{act}' bestaat niet.", "noem een bestaande handeling."
                )
        for moment in step.after:
            if why := moment_fault(scheme, moment):
                yield Fault(f"{here}.na", f"'{moment[:80]}': {why}")
        if "begin" in step.after and step.condition:
            yield Fault(f"{here}.als", "een stap die aan het begin opent kan geen als hebben.", "haal als weg.")
        yield from _ends(scheme, here, name, step)
        yield from _panels(scheme, here, step)
    for name in sorted(set(scheme.steps) - reachable(scheme)):
        yield Fault(
            f"stap.{name}", "deze stap is nooit te bereiken.", "controleer na van deze stap en van de stappen ervoor."
        )


def _ends(scheme: Scheme, here: str, name: str, step: StepDef) -> Iterator[Fault]:
    outcomes = scheme.outcomes(name)
    if len(outcomes) == 1 and not any(scheme.acts[act].closes for act in step.acts if act in scheme.acts):
        yield Fault(here, "deze stap kan nooit eindigen.", "geef een van de handelingen een uitkomst.")
    for outcome in step.on:
        if outcome not in outcomes:
            yield Fault(
                f"{here}.bij.{outcome}", f"de uitkomst '{outcome}' bestaat niet.", f"kies uit: {', '.join(outcomes)}."
            )
    if step.rule.kind != "een" and not step.rule.yes:
        yield Fault(f"{here}.regel", "deze regel heeft een uitkomst nodig.", "voeg voor (en zo nodig tegen) toe.")


def _panels(scheme: Scheme, here: str, step: StepDef) -> Iterator[Fault]:
    for index, panel in enumerate(step.panels):
        for slot in panel.slots:
            if slot not in scheme.seats:
                yield Fault(f"{here}.panelen.{index}", f"de zetel '{slot}' bestaat niet.", f"voeg [zetel.{slot}] toe.")
        if len(set(panel.slots)) != len(panel.slots):
            yield Fault(f"{here}.panelen.{index}", "een zetel staat er twee keer in.", "noem elke zetel een keer.")
        if step.rule.kind == "quorum" and not 1 <= step.rule.needed <= len(panel.slots):
            yield Fault(
                f"{here}.regel.nodig",
                f"{step.rule.needed} stemmen uit {len(panel.slots)} zetels kan niet.",
                f"kies een aantal van 1 tot en met {len(panel.slots)}.",
            )
    if step.rule.over == "zetels":
        if step.rule.kind != "een" and not step.panels:
            yield Fault(f"{here}.panelen", "deze regel telt zetels, maar er zijn geen panelen.", "voeg panelen toe.")
    elif step.rule.over not in scheme.form or scheme.form[step.rule.over].kind not in ("tabel", "personen"):
        yield Fault(
            f"{here}.regel.over",
            "dit moet zetels zijn of een tabel of personen uit het formulier.",
            "kies een bestaand veld.",
        )


def reachable(scheme: Scheme) -> set[str]:
    """The steps that some course of a case can open."""
    found = {name for name, step in scheme.steps.items() if "begin" in step.after}
    grown = True
    while grown:
        acts = {act for name in found for act in scheme.steps[name].acts}
        acts |= {name for name, act in scheme.acts.items() if act.when != "stap"}
        grown = False
        for name, step in scheme.steps.items():
            if name not in found and any(_can_happen(moment, found, acts) for moment in step.after):
                found.add(name)
                grown = True
    return found


def _can_happen(moment: str, steps: set[str], acts: set[str]) -> bool:
    kind, _, rest = moment.partition(".")
    name = rest.partition(".")[0]
    return {"stap": name in steps, "handeling": name in acts}.get(kind, True)


def mermaid(scheme: Scheme) -> str:
    """The steps as a Mermaid flowchart, with outcomes on the arrows."""
    lines = ["flowchart TD"]
    lines += [f'  {name}["{step.title}"]' for name, step in scheme.steps.items()]
    for name, step in scheme.steps.items():
        for moment in step.after:
            parts = moment.split(".")
            if parts[0] == "stap":
                lines.append(f"  {parts[1]} -- {parts[2]} --> {name}")
        for outcome, on in step.on.items():
            if on.closes:
                lines.append(f"  {name} -- {outcome} --> einde_{name}_{outcome}([{on.closes}])")
    return "\n".join(lines)
