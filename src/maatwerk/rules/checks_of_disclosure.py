"""Faults of who sees what: rules of disclosure, and roles that would have to act on what they are never told."""

from collections.abc import Iterator

from maatwerk.rules import disclosure
from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.belonging import BY_NAME
from maatwerk.rules.decoding import Fault
from maatwerk.rules.moments import is_dated, moment_fault
from maatwerk.rules.places import places
from maatwerk.rules.scheme import DisclosureDef, EffectDef, Scheme

_ALL, _BY_ITSELF = "*", "termijn"


def disclosure_faults(scheme: Scheme) -> Iterator[Fault]:
    """Every fault of disclosure."""
    for index, rule in enumerate(scheme.disclosures):
        here = f"inzage.{index}"
        if rule.audience not in scheme.roles:
            yield Fault(f"{here}.wie", f"de rol '{rule.audience[:60]}' bestaat niet.", "noem een bestaande rol.")
        yield from _moments(scheme, here, rule)
        yield from _contents(scheme, here, rule)
    yield from _one_pack(scheme)
    if all(name in scheme.acts for step in scheme.steps.values() for name in step.acts):
        yield from _deaf(scheme)
    yield from _too_early(scheme)


def _moments(scheme: Scheme, here: str, rule: DisclosureDef) -> Iterator[Fault]:
    if bool(rule.steps) == bool(rule.since):
        yield Fault(here, "inzage begint bij stappen of bij vanaf.", "noem een van beide.")
    for key, steps in (("stappen", rule.steps), ("uitkomsten", rule.outcomes)):
        for step in steps:
            if step not in scheme.steps and (step, key) != (_ALL, "uitkomsten"):
                yield Fault(f"{here}.{key}", f"de stap '{step[:60]}' bestaat niet.", "noem een bestaande stap.")
    for moment in rule.since:
        if why := moment_fault(scheme, moment):
            yield Fault(f"{here}.vanaf", f"'{moment[:80]}': {why}", "noem een moment dat kan gebeuren.")
        elif is_dated(moment) or moment.startswith(f"{_BY_ITSELF}."):
            message = f"'{moment[:80]}' komt vanzelf, zonder dat iemand iets bekendmaakt."
            yield Fault(f"{here}.vanaf", message, "noem een handeling of de uitkomst van een stap.")


def _contents(scheme: Scheme, here: str, rule: DisclosureDef) -> Iterator[Fault]:
    for key, paths in (("velden", rule.fields), ("teksten", rule.texts)):
        for path in paths:
            if why := disclosure.fault(scheme, rule, path, as_text=key == "teksten"):
                yield Fault(f"{here}.{key}", why, "haal dit veld weg of kies een ander.")
    for path in rule.act_texts:
        if path == _ALL:
            yield from _every_act(scheme, here, rule)
            continue
        act, _, field = path.partition(".")
        if act not in scheme.acts or field not in scheme.acts[act].fields:
            yield Fault(f"{here}.handelingsteksten", f"'{path[:80]}' bestaat niet.", "schrijf <handeling>.<veld>.")


def _every_act(scheme: Scheme, here: str, rule: DisclosureDef) -> Iterator[Fault]:
    if rule.treatment != "geen":
        message = "'*' kan niet naar een publiek dat ontdaan van directe identificatie leest."
        yield Fault(f"{here}.handelingsteksten", message, "noem de velden, als <handeling>.<veld>.")
    elif places(scheme).get(rule.audience) == "gezin":
        message = f"de rol '{rule.audience}' leest zo ook wat anderen in eigen woorden schreven, binnen het gezin en daarbuiten."
        mend = "noem de velden die voor deze rol bedoeld zijn, als <handeling>.<veld>."
        yield Fault(f"{here}.handelingsteksten", message, mend, severity="waarschuwing")


def _one_pack(scheme: Scheme) -> Iterator[Fault]:
    """There is one pack of a case, for one role, and who reads it may not learn elsewhere who the pupil is."""
    readers = list(dict.fromkeys(rule.audience for rule in scheme.disclosures if rule.treatment == "anoniem"))
    for index, rule in enumerate(scheme.disclosures):
        here = f"inzage.{index}.bewerking"
        if rule.audience in readers[1:]:
            message = (
                f"de rol '{readers[0]}' leest al ontdaan van directe identificatie, en er is een pakket voor een rol."
            )
            yield Fault(here, message, 'noem dezelfde rol, of schrijf bewerking = "geen".')
        elif rule.audience in readers and (also := _is_also(scheme, rule.audience)):
            message = f"wie als '{rule.audience}' ontdaan van directe identificatie leest, is ook '{also}' en ziet daar wie de leerling is."
            yield Fault(here, message, f"geef die rol een andere plaats, of '{also}' een eigen naam en een plaats.")
        elif rule.audience in readers and rule.treatment != "anoniem" and _opens(rule):
            message = f"de rol '{rule.audience}' leest elders ontdaan van directe identificatie en ziet hier wie de leerling is."
            yield Fault(here, message, 'schrijf bij al haar inzage bewerking = "anoniem".')


def _is_also(scheme: Scheme, role: str) -> str:
    """The role that whoever has this one has by his role in the tenant alone, as everybody in the office or of a school; "" when
    there is none."""
    place = places(scheme).get(role)
    by_name = (each for each, where in BY_NAME.items() if where == place and place in ("bureau", "school"))
    return next((each for each in by_name if each in scheme.roles and each != role), "")


def _opens(rule: DisclosureDef) -> bool:
    """Whether a rule opens content, beside what it says of outcomes."""
    return bool(rule.fields or rule.texts or rule.act_texts or rule.attachments)


def _deaf(scheme: Scheme) -> Iterator[Fault]:
    """A role sees a step only when it was told every outcome that led there, or brought it about itself."""
    for role in scheme.roles:
        hears = {step for rule in scheme.disclosures if rule.audience == role for step in rule.outcomes}
        acts_in = [name for name, step in scheme.steps.items() if any(role in scheme.acts[act].by for act in step.acts)]
        led_there = {earlier for name in acts_in for earlier in _before(scheme, name)} - hears
        missed = sorted(name for name in led_there if {role} != _enders(scheme, name))
        if missed and _ALL not in hears:
            message = f"de rol '{role}' handelt na de uitkomst van {', '.join(missed)}, maar hoort die niet."
            named = ", ".join(f'"{name}"' for name in missed)
            yield Fault(f"rol.{role}", message, f"geef haar een [[inzage]] met uitkomsten = [{named}].")


def _before(scheme: Scheme, step: str) -> set[str]:
    """The steps that can lead to a step, itself left out."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        for moment in scheme.steps[waiting.pop()].after:
            kind, _, rest = moment.partition(".")
            earlier = rest.partition(".")[0]
            if kind == "stap" and earlier in scheme.steps and earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found - {step}


def _enders(scheme: Scheme, step: str) -> set[str]:
    """The roles that can end a step."""
    definitions = [scheme.acts[act] for act in scheme.steps[step].acts]
    seats = [act for act in scheme.steps[step].acts if (found := behaviour_of(scheme, act)) and found.by_seat]
    ending = [act for act in definitions if act.outcome or act.outcome_field or "leerling" in act.fields]
    return {role for act in (*ending, *(scheme.acts[act] for act in seats)) for role in act.by}


def _too_early(scheme: Scheme) -> Iterator[Fault]:
    """A mail, letter or task that tells a role of an outcome which it hears only later."""
    mend = "stuur het bij de handeling die de uitkomst bekendmaakt."
    for path, effects, step, brings in _effects(scheme):
        for index, effect in enumerate(effects):
            if effect.kind in ("brief", "melding", "taak") and _waits(scheme, effect.audience, step, brings):
                yield Fault(f"{path}.{index}.aan", _betrays(effect.audience), mend)
    mend = "noem een rol die de uitkomst dan al hoort."
    early = {(path, role) for path, role, ended, brings in _follows(scheme) if _waits(scheme, role, ended, brings)}
    for path, role in sorted(early):
        yield Fault(f"{path}.rol", _betrays(role), mend)


def _betrays(role: str) -> str:
    return f"dit verraadt '{role}' een uitkomst die zij nog niet hoort."


def _follows(scheme: Scheme) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """(path, role, the steps that have ended by then, the moments that come with it) of who hears at once that a case took a book
    to a limit, or that it waits for a meeting without a date."""
    for _, effects, ended, brings in _effects(scheme):
        for name in sorted({effect.book for effect in effects if effect.kind == "vastleggen"} & {*scheme.books}):
            book = scheme.books[name]
            for key, follow in (("grens", book.on_limit), ("drempel", book.on_threshold), ("vloer", book.on_floor)):
                if follow.role:
                    yield f"boek.{name}.bij_{key}", follow.role, ended, brings
    for clock in scheme.clocks.values():
        meeting = scheme.meetings.get(clock.meeting)
        for moment in clock.start if meeting and meeting.on_unknown.role else ():
            kind, _, rest = moment.partition(".")
            step, _, outcome = rest.partition(".")
            if meeting and kind == "stap" and step in scheme.steps:
                ended = _before(scheme, step) | ({step} if outcome != "geopend" else set())
                yield f"vergadering.{clock.meeting}.bij_geen_datum", meeting.on_unknown.role, ended, {moment}


def _effects(scheme: Scheme) -> Iterator[tuple[str, tuple[EffectDef, ...], set[str], set[str]]]:
    """(path, effects, the steps that have ended by then, the moments that come with it) of what follows in a step."""
    for name, step in scheme.steps.items():
        ended = _before(scheme, name)
        for outcome, on in step.on.items():
            yield f"stap.{name}.bij.{outcome}.effecten", on.effects, {name, *ended}, {f"stap.{name}.{outcome}"}
        for act in step.acts:
            if definition := scheme.acts.get(act):
                outcomes = scheme.outcomes(name) if definition.outcome_field else (definition.outcome,)
                moments = {f"handeling.{act}", *(f"stap.{name}.{outcome}" for outcome in outcomes)}
                yield f"handeling.{act}.effecten", definition.effects, ended - {*definition.reopens}, moments


def _waits(scheme: Scheme, role: str, ended: set[str], brings: set[str]) -> bool:
    """Whether a role still waits for the outcome of one of these steps: it hears it from moments on that have not come."""
    for step in ended:
        rules = [r for r in scheme.disclosures if r.audience == role and (step in r.outcomes or _ALL in r.outcomes)]
        moments = {moment for rule in rules for moment in rule.since}
        past = {moment for moment in moments if moment.split(".")[1:2] and moment.split(".")[1] in ended - {step}}
        if rules and not any(rule.steps for rule in rules) and not moments & brings and not past:
            return True
    return False
