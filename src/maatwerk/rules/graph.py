"""The steps of a scheme as a graph: every step can be reached and can end, every panel can reach its quorum. Draws Mermaid."""

from collections.abc import Iterator

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.decoding import Fault
from maatwerk.rules.moments import moment_fault
from maatwerk.rules.scheme import Scheme, StepDef
from maatwerk.rules.voting import ABSTAIN


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
                yield Fault(f"{here}.na", f"'{moment[:80]}': {why}", "noem een moment dat kan gebeuren.")
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
    ways_out = (scheme.acts[act] for act in step.acts if act in scheme.acts)
    if len(outcomes) == 1 and not any(act.closes or name in act.reopens for act in ways_out):
        yield Fault(here, "deze stap kan nooit eindigen.", "geef een van de handelingen een uitkomst.")
    for outcome in step.on:
        if outcome not in outcomes:
            yield Fault(
                f"{here}.bij.{outcome}",
                f"de uitkomst '{outcome[:60]}' bestaat niet.",
                f"kies uit: {', '.join(outcomes)}.",
            )
    if step.rule.kind != "een" and not step.rule.yes:
        yield Fault(f"{here}.regel", "deze regel heeft een uitkomst nodig.", "voeg voor (en zo nodig tegen) toe.")
    if any(_by_seat(scheme, act) for act in step.acts):
        if step.rule.kind == "een":
            yield Fault(f"{here}.regel", "wie stemt, heeft een regel nodig.", 'kies soort = "quorum" of "alle".')
        elif not step.rule.no:
            yield Fault(f"{here}.regel", "stemmen kan ook op nee uitkomen.", "voeg tegen toe, met de uitkomst.")
        yield from _tied(scheme, here, step)
    elif step.rule.tied:
        yield Fault(f"{here}.regel.staken", "zonder stemmen kunnen zij niet staken.", "haal staken weg.")


def _tied(scheme: Scheme, here: str, step: StepDef) -> Iterator[Fault]:
    """Votes that can stay without an outcome for ever, or with more than one."""
    fields = (field for act in step.acts if _by_seat(scheme, act) for field in scheme.acts[act].fields.values())
    abstains = any(ABSTAIN in field.choices for field in fields)
    if abstains and not step.rule.tied:
        message = "wie zich onthoudt stemt niet voor en niet tegen: zo komt er misschien nooit een uitkomst."
        yield Fault(
            f"{here}.regel", message, "voeg staken toe, met de uitkomst als geen van beide genoeg stemmen krijgt."
        )
    if step.rule.tied and step.rule.kind == "quorum":
        for index, panel in enumerate(step.panels):
            if 2 * step.rule.needed <= len(panel.slots):
                message = (
                    f"bij {len(panel.slots)} zetels kunnen voor en tegen allebei {step.rule.needed} stemmen krijgen."
                )
                mend = f"kies een aantal vanaf {len(panel.slots) // 2 + 1}."
                yield Fault(f"{here}.panelen.{index}", message, mend)


def _by_seat(scheme: Scheme, act: str) -> bool:
    behaviour = behaviour_of(scheme, act)
    return behaviour is not None and behaviour.by_seat


def _panels(scheme: Scheme, here: str, step: StepDef) -> Iterator[Fault]:
    rule = step.rule
    for index, panel in enumerate(step.panels):
        place = f"{here}.panelen.{index}"
        for slot in panel.slots:
            if slot not in scheme.seats:
                yield Fault(place, f"de zetel '{slot[:60]}' bestaat niet.", f"voeg [zetel.{slot[:60]}] toe.")
        if len(set(panel.slots)) != len(panel.slots):
            yield Fault(place, "een zetel staat er twee keer in.", "noem elke zetel een keer.")
        if not panel.slots:
            yield Fault(place, "een paneel heeft zetels nodig.", "noem minstens een zetel.")
        elif rule.kind == "quorum" and not 1 <= rule.needed <= len(panel.slots):
            message = f"{rule.needed} stemmen uit {len(panel.slots)} zetels kan niet."
            yield Fault(f"{here}.regel.nodig", message, f"kies een aantal van 1 tot en met {len(panel.slots)}.")
    if rule.over == "zetels":
        if rule.kind != "een" and not step.panels:
            yield Fault(f"{here}.panelen", "deze regel telt zetels, maar er zijn geen panelen.", "voeg panelen toe.")
        return
    if rule.over not in scheme.form or scheme.form[rule.over].kind not in ("tabel", "personen"):
        message = "dit moet zetels zijn of een tabel of personen uit het formulier."
        yield Fault(f"{here}.regel.over", message, "kies een bestaand veld.")
    if rule.kind != "alle":
        yield Fault(f"{here}.regel", "over leerlingen kan alleen alle.", 'kies soort = "alle".')
    if not any("leerling" in scheme.acts[act].fields for act in step.acts if act in scheme.acts):
        message = "geen van de handelingen zegt voor welke leerling zij is."
        yield Fault(f"{here}.handelingen", message, "voeg bij een handeling velden.leerling toe (soort getal).")


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
    lines += [f'  s_{name}["{_label(step.title)}"]' for name, step in scheme.steps.items()]
    for name, step in scheme.steps.items():
        lines += [f"  {_arrow(moment)} s_{name}" for moment in step.after]
        ends = {outcome: on.closes for outcome, on in step.on.items() if on.closes}
        for act in (scheme.acts[act] for act in step.acts):
            if act.closes and act.outcome:
                ends.setdefault(act.outcome, act.closes)
        for outcome, end in ends.items():
            lines.append(f'  s_{name} -- {outcome} --> e_{name}_{outcome}(["{_label(end)}"])')
    return "\n".join(lines)


def _arrow(moment: str) -> str:
    kind, _, rest = moment.partition(".")
    name, _, outcome = rest.partition(".")
    if kind == "stap":
        return f"s_{name} -- {outcome} -->"
    return "b_begin([begin]) -->" if kind == "begin" else f"m_{kind}_{name}([{kind} {name} {outcome}]) -->"


def _label(text: str) -> str:
    return text.replace('"', "'").replace("\n", " ")
