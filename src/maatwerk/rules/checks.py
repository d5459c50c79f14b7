"""What must hold between the parts of a scheme before anybody files an application: names, moments, conditions, panels, law."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.checks_of_anonymising import anonymising_faults
from maatwerk.rules.checks_of_books import book_faults
from maatwerk.rules.checks_of_cooperation import cooperation_faults
from maatwerk.rules.checks_of_disclosure import disclosure_faults
from maatwerk.rules.checks_of_effects import effect_faults
from maatwerk.rules.checks_of_follow_ups import follow_up_faults
from maatwerk.rules.checks_of_mandates import age_faults, mandate_faults
from maatwerk.rules.checks_of_meetings import meeting_faults
from maatwerk.rules.checks_of_money import money_faults
from maatwerk.rules.checks_of_outline import outline_faults
from maatwerk.rules.checks_of_places import place_faults
from maatwerk.rules.checks_of_products import earlier_faults, product_faults
from maatwerk.rules.checks_of_time import clock_faults, consent_faults
from maatwerk.rules.consent_law import consent_law_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.expressions import expression_faults
from maatwerk.rules.fields import field_faults
from maatwerk.rules.graph import graph_faults
from maatwerk.rules.links import link_faults
from maatwerk.rules.placeholders import text_faults
from maatwerk.rules.scheme import ActDef, Scheme

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_RESERVED = frozenset(("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
                       "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "op", "rol",
                       "volgnummer", "begin", "ingediend_op", "vanzelf"))  # fmt: skip
SYSTEM_ROLE = "systeem"


def check(scheme: Scheme) -> list[Fault]:
    """Every fault of a decoded scheme; when its names themselves are wrong, those alone."""
    faults = [*_names(scheme)]
    if faults:
        return faults
    return [
        *_dates(scheme),
        *place_faults(scheme),
        *link_faults(scheme),
        *field_faults("formulier", scheme.form, scheme),
        *_acts(scheme),
        *_gates(scheme),
        *clock_faults(scheme),
        *meeting_faults(scheme),
        *cooperation_faults(scheme),
        *follow_up_faults(scheme),
        *_references(scheme),
        *mandate_faults(scheme),
        *age_faults(scheme),
        *outline_faults(scheme),
        *book_faults(scheme),
        *consent_faults(scheme),
        *consent_law_faults(scheme),
        *disclosure_faults(scheme),
        *anonymising_faults(scheme),
        *_subject(scheme),
        *_facts(scheme),
        *effect_faults(scheme),
        *money_faults(scheme),
        *product_faults(scheme),
        *earlier_faults(scheme),
        *graph_faults(scheme),
        *text_faults(scheme),
        *expression_faults(scheme),
    ]


def _names(scheme: Scheme) -> Iterator[Fault]:
    tables: dict[str, Mapping[str, object]] = {
        "formulier": scheme.form, "handeling": scheme.acts, "stap": scheme.steps, "termijn": scheme.clocks, "vergadering": scheme.meetings,
        "matrix": scheme.matrices, "escalatie": scheme.ladders, "opvolging": scheme.follow_ups,
        "mandaat": scheme.mandates, "leeftijd": scheme.ages,
        "boek": scheme.books, "toestemming": scheme.consents, "zetel": scheme.seats, "feit": scheme.facts,
        "voorwaarde": scheme.gates, "tekst": scheme.texts, "rol": scheme.roles, "naslag": scheme.references,
        "product": scheme.products, "lijst": scheme.lists, "tarief": scheme.rates, "bekostiging": scheme.fundings,
    }  # fmt: skip
    fields = [("formulier", scheme.form)]
    fields += [(f"handeling.{name}.velden", act.fields) for name, act in scheme.acts.items()]
    for path, definitions in fields:
        tables[path] = definitions
        tables |= {f"{path}.{name}.kolommen": definition.columns for name, definition in definitions.items()}
    for table, items in tables.items():
        for item in items:
            if not _ID.fullmatch(item) or (item in _RESERVED and table != "tekst"):
                mend = "gebruik kleine letters, cijfers en _ (geen gereserveerd woord)."
                yield Fault(f"{table}.{item}", f"de naam {item[:60]!r} kan niet.", mend)
    yield from _outcome_names(scheme)


def _outcome_names(scheme: Scheme) -> Iterator[Fault]:
    named = [(f"handeling.{name}.uitkomst", act.outcome) for name, act in scheme.acts.items()]
    for name, step in scheme.steps.items():
        named += [(f"stap.{name}.regel", outcome) for outcome in (step.rule.yes, step.rule.no, step.rule.tied)]
    for name, act in scheme.acts.items():
        if act.outcome_field in act.fields:
            path = f"handeling.{name}.velden.{act.outcome_field}.keuzes"
            named += [(path, choice) for choice in act.fields[act.outcome_field].choices]
    for path, outcome in named:
        if outcome and (not _ID.fullmatch(outcome) or outcome in (*_RESERVED, "overgeslagen", "geopend")):
            mend = "gebruik kleine letters, cijfers en _ (niet overgeslagen of geopend)."
            yield Fault(path, f"de uitkomst {outcome[:60]!r} kan niet.", mend)


def _dates(scheme: Scheme) -> Iterator[Fault]:
    if scheme.valid_until and scheme.valid_until < scheme.valid_from:
        yield Fault("geldig_tot", "de regeling eindigt voor zij begint.", "maak geldig_tot later dan geldig_van.")


def _acts(scheme: Scheme) -> Iterator[Fault]:
    hosted = {act for step in scheme.steps.values() for act in step.acts}
    for name, act in scheme.acts.items():
        here = f"handeling.{name}"
        yield from field_faults(f"{here}.velden", act.fields, scheme, act=name)
        for role in act.by:
            if role not in scheme.roles and role != SYSTEM_ROLE:
                mend = f"voeg [rol.{role[:60]}] toe of kies: {', '.join(scheme.roles)}."
                yield Fault(f"{here}.door", f"de rol '{role[:60]}' bestaat niet.", mend)
        for step in act.reopens:
            if step not in scheme.steps:
                yield Fault(f"{here}.heropent", f"de stap '{step[:60]}' bestaat niet.", "noem een bestaande stap.")
        if act.when == "stap" and name not in hosted:
            mend = 'noem haar bij handelingen van een stap, of schrijf wanneer = "open".'
            yield Fault(here, "deze handeling komt in geen enkele stap voor.", mend)
        yield from _behaviour(here, act, scheme)


def _behaviour(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    behaviour = PALETTE.get(act.behaviour)
    if behaviour is None:
        message = f"het gedrag '{act.behaviour[:60]}' bestaat niet."
        yield Fault(f"{here}.gedrag", message, f"kies uit: {', '.join(PALETTE)}.")
        return
    yield from behaviour.faults(here, act, scheme)
    if act.outcome_field and (act.outcome_field not in act.fields or act.fields[act.outcome_field].kind != "keuze"):
        message = "dit moet een keuzeveld van de handeling zijn."
        yield Fault(f"{here}.uitkomst_veld", message, "noem een veld uit velden.")


def _gates(scheme: Scheme) -> Iterator[Fault]:
    for name, gate in scheme.gates.items():
        here = f"voorwaarde.{name}.bij"
        if not gate.at:
            yield Fault(here, "een voorwaarde hangt aan minstens een handeling.", "noem de handeling.")
        for act in gate.at:
            if act not in scheme.acts:
                yield Fault(here, f"de handeling '{act[:60]}' bestaat niet.", "noem een bestaande handeling.")


def _subject(scheme: Scheme) -> Iterator[Fault]:
    subject = scheme.subject
    wanted = {"individu": "persoon", "groep": "personen"}.get(subject.kind)
    if wanted and (subject.field not in scheme.form or scheme.form[subject.field].kind != wanted):
        message = f"het onderwerp heeft een formulierveld van soort {wanted} nodig."
        yield Fault("onderwerp.veld", message, "noem dat veld.")


def _references(scheme: Scheme) -> Iterator[Fault]:
    for name, reference in scheme.references.items():
        if reference.days and not reference.yearly:
            message = "deze dagen zijn van niets dat terugkomt."
            yield Fault(f"naslag.{name}.data", message, "voeg jaarlijks toe: wie het organiseert.")


def _facts(scheme: Scheme) -> Iterator[Fault]:
    for name, fact in scheme.facts.items():
        here = f"feit.{name}.opzoeken"
        if fact.lookup and fact.kind != "ja_nee":
            yield Fault(here, "wat de dienst opzoekt is waar of niet waar.", 'schrijf soort = "ja_nee".')
        if fact.lookup == "voorgangers_gereed" and not (scheme.outline and scheme.outline.waits):
            yield Fault(here, "geen zaak zegt op welke andere zij wacht.", "voeg wacht_op toe aan [indeling].")
        if fact.lookup == "school_bekend" and not any(field.kind == "school" for field in scheme.form.values()):
            yield Fault(here, "er is geen school om op te zoeken.", 'voeg een vraag toe met soort = "school".')
