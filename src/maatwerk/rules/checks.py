"""What must hold between the parts of a scheme before anybody files an application: names, moments, conditions, panels, law."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.rules import disclosure
from maatwerk.rules.decoding import Fault
from maatwerk.rules.expressions import expression_faults
from maatwerk.rules.graph import graph_faults
from maatwerk.rules.lengths import Length
from maatwerk.rules.moments import moment_fault
from maatwerk.rules.placeholders import text_faults
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ActDef, ClockDef, FieldDef, Scheme
from maatwerk.rules.terms import art_4_excludes

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_RESERVED = frozenset(("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
                       "import", "let", "loop", "package", "namespace", "return", "var", "void", "while", "op", "rol"))  # fmt: skip
SYSTEM_ROLE = "systeem"


def check(scheme: Scheme) -> list[Fault]:
    """Every fault of a decoded scheme; conditions are looked at only when the names they use are sound."""
    faults = [*_ids(scheme)]
    if faults:
        return faults
    faults += [
        *_fields("formulier", scheme.form, scheme),
        *_acts(scheme),
        *_gates(scheme),
        *_clocks(scheme),
        *_books(scheme),
        *_consents(scheme),
        *_disclosures(scheme),
        *_subject(scheme),
        *graph_faults(scheme),
        *text_faults(scheme),
    ]
    return faults or [*expression_faults(scheme)]


def _ids(scheme: Scheme) -> Iterator[Fault]:
    tables: dict[str, Mapping[str, object]] = {
        "formulier": scheme.form, "handeling": scheme.acts, "stap": scheme.steps, "termijn": scheme.clocks,
        "boek": scheme.books, "toestemming": scheme.consents, "zetel": scheme.seats, "feit": scheme.facts,
        "voorwaarde": scheme.gates, "tekst": scheme.texts, "rol": scheme.roles,
    }  # fmt: skip
    for name, act in scheme.acts.items():
        tables[f"handeling.{name}.velden"] = act.fields
    for name, definition in scheme.form.items():
        tables[f"formulier.{name}.kolommen"] = definition.columns
    for table, items in tables.items():
        for item in items:
            if not _ID.fullmatch(item) or item in _RESERVED:
                yield Fault(
                    f"{table}.{item}",
                    f"de naam {item[:60]!r} kan niet.",
                    "gebruik kleine letters, cijfers en _ (geen gereserveerd woord).",
                )
    if scheme.valid_until and scheme.valid_until < scheme.valid_from:
        yield Fault("geldig_tot", "de regeling eindigt voor zij begint.", "maak geldig_tot later dan geldig_van.")


def _fields(path: str, fields: Mapping[str, FieldDef], scheme: Scheme, *, column: bool = False) -> Iterator[Fault]:
    for name, field in fields.items():
        here = f"{path}.{name}"
        if field.kind in ("keuze", "meerkeuze") and not field.choices:
            yield Fault(here, "een keuzeveld heeft keuzes nodig.", "voeg keuzes toe: keuzes = { ja = 'Ja' }.")
        if field.kind == "tabel" and not field.columns:
            yield Fault(here, "een tabel heeft kolommen nodig.", f"schrijf [{here}.kolommen.<kolom>].")
        if field.kind in ("persoon", "personen") and not field.parts:
            yield Fault(here, "een persoon heeft delen nodig.", "voeg delen toe, zoals voornaam en achternaam.")
        if column and field.kind in ("tabel", "persoon", "personen", "bestand"):
            yield Fault(here, f"een kolom kan geen {field.kind} zijn.", "zet dit als eigen veld in het formulier.")
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            yield Fault(f"{here}.minimum", "het minimum is groter dan het maximum.", "wissel ze om of pas ze aan.")
        for act in field.required:
            if act not in scheme.acts:
                yield Fault(f"{here}.verplicht", f"de handeling '{act}' bestaat niet.", "noem een bestaande handeling.")
        if field.kind == "tabel":
            yield from _fields(f"{here}.kolommen", field.columns, scheme, column=True)


def _acts(scheme: Scheme) -> Iterator[Fault]:
    for name, act in scheme.acts.items():
        here = f"handeling.{name}"
        yield from _fields(f"{here}.velden", act.fields, scheme)
        for role in act.by:
            if role not in scheme.roles and role != SYSTEM_ROLE:
                yield Fault(
                    f"{here}.door",
                    f"de rol '{role}' bestaat niet.",
                    f"voeg [rol.{role}] toe of kies: {', '.join(scheme.roles)}.",
                )
        for step in act.reopens:
            if step not in scheme.steps:
                yield Fault(f"{here}.heropent", f"de stap '{step}' bestaat niet.", "noem een bestaande stap.")
        yield from _behaviour(here, act, scheme)


def _behaviour(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    if act.outcome_field and (act.outcome_field not in act.fields or act.fields[act.outcome_field].kind != "keuze"):
        yield Fault(
            f"{here}.uitkomst_veld", "dit moet een keuzeveld van de handeling zijn.", "noem een veld uit velden."
        )
    if act.behaviour == "stemmen" and set(act.fields.get("stem", FieldDef(kind="tekst", title="")).choices) != {
        "voor",
        "tegen",
    }:
        yield Fault(
            f"{here}.velden", "stemmen heeft een keuzeveld 'stem' nodig met voor en tegen.", "voeg velden.stem toe."
        )
    if act.behaviour == "toestemmen" and act.consent not in scheme.consents:
        yield Fault(f"{here}.toestemming", "deze toestemming bestaat niet.", "noem een bestaande [toestemming.<id>].")
    if act.behaviour == "toestemmen" and not {"wie", "stand"} <= {*act.fields}:
        yield Fault(
            f"{here}.velden", "toestemmen heeft de velden wie en stand nodig.", "voeg velden.wie en velden.stand toe."
        )
    if act.behaviour == "toewijzen" and not {"zetel", "persoon"} <= {*act.fields}:
        yield Fault(f"{here}.velden", "toewijzen heeft de velden zetel en persoon nodig.", "voeg ze toe.")
    if act.fields and act.behaviour in ("indienen", "aanvullen"):
        yield Fault(
            f"{here}.velden", "indienen en aanvullen gebruiken het formulier zelf.", "zet deze velden in [formulier]."
        )


def _gates(scheme: Scheme) -> Iterator[Fault]:
    for name, gate in scheme.gates.items():
        if not gate.at:
            yield Fault(
                f"voorwaarde.{name}.bij", "een voorwaarde hangt aan minstens een handeling.", "noem de handeling."
            )
        for act in gate.at:
            if act not in scheme.acts:
                yield Fault(
                    f"voorwaarde.{name}.bij", f"de handeling '{act}' bestaat niet.", "noem een bestaande handeling."
                )


def _clocks(scheme: Scheme) -> Iterator[Fault]:
    for name, clock in scheme.clocks.items():
        here = f"termijn.{name}"
        named = {"start": clock.start, "stopt": clock.stops, "voldoet": clock.satisfied_by}
        for key, moments in named.items():
            yield from _moments(scheme, f"{here}.{key}", moments)
        for index, pair in enumerate(clock.suspends):
            if len(pair) != 2:
                yield Fault(f"{here}.schorst.{index}", "een schorsing is een paar.", 'schrijf ["begin", "einde"].')
            yield from _moments(scheme, f"{here}.schorst", pair)
        yield from _lengths(here, clock)
        for key, follow in (("bij_verstrijken", clock.on_pass), ("bij_waarschuwing", clock.on_warning)):
            if follow.role and follow.role not in scheme.roles:
                yield Fault(f"{here}.{key}.rol", f"de rol '{follow.role}' bestaat niet.", "noem een bestaande rol.")


def _moments(scheme: Scheme, path: str, moments: tuple[str, ...]) -> Iterator[Fault]:
    for moment in moments:
        if why := moment_fault(scheme, moment):
            yield Fault(path, f"'{moment[:80]}': {why}")


def _lengths(here: str, clock: ClockDef) -> Iterator[Fault]:
    try:
        length = Length.parse(clock.length)
        for text in clock.warn:
            Length.parse(text)
    except Refused as refusal:
        yield Fault(f"{here}.duur", refusal.reasons[0].message, refusal.reasons[0].mend)
        return
    if clock.roll == "werkdag" and clock.kind == "wettelijk" and art_4_excludes(length):
        yield Fault(
            f"{here}.rol",
            "een wettelijke termijn van meer dan twaalf weken of drie maanden schuift niet op (Atw art. 4).",
            "haal rol weg.",
        )
    if clock.roll == "werkdag" and clock.kind in ("maximum", "teller"):
        yield Fault(f"{here}.rol", "een maximum of teller schuift nooit op.", "haal rol weg.")


def _books(scheme: Scheme) -> Iterator[Fault]:
    for name, book in scheme.books.items():
        here = f"boek.{name}"
        if book.subsidy_ceiling and book.policy != "hard":
            yield Fault(
                f"{here}.beleid",
                "een subsidieplafond moet weigeren wat erboven komt (Awb 4:25).",
                'kies beleid = "hard".',
            )
        if book.policy == "vloer" and book.floor is None:
            yield Fault(f"{here}.vloer", "beleid vloer heeft een vloer nodig.", "voeg vloer toe.")
        if book.floor is not None and book.ceiling is not None and book.floor > book.ceiling:
            yield Fault(f"{here}.vloer", "de vloer is hoger dan het plafond.", "pas een van beide aan.")


def _consents(scheme: Scheme) -> Iterator[Fault]:
    for name, consent in scheme.consents.items():
        if not consent.who:
            yield Fault(f"toestemming.{name}.wie", "niemand kan deze toestemming geven.", "noem minstens een rol.")
        for index, who in enumerate(consent.who):
            if who.below_age is not None and who.below_age <= who.from_age:
                yield Fault(
                    f"toestemming.{name}.wie.{index}",
                    "tot_leeftijd is niet hoger dan vanaf_leeftijd.",
                    "pas de leeftijden aan.",
                )


def _disclosures(scheme: Scheme) -> Iterator[Fault]:
    for index, rule in enumerate(scheme.disclosures):
        here = f"inzage.{index}"
        if rule.audience not in scheme.roles:
            yield Fault(f"{here}.wie", f"de rol '{rule.audience}' bestaat niet.", "noem een bestaande rol.")
        for step in rule.steps:
            if step not in scheme.steps:
                yield Fault(f"{here}.stappen", f"de stap '{step}' bestaat niet.", "noem een bestaande stap.")
        for path in rule.fields:
            if why := disclosure.fault(scheme, rule, path, as_text=False):
                yield Fault(f"{here}.velden", why, "haal dit veld weg of kies een ander.")
        for path in rule.texts:
            if why := disclosure.fault(scheme, rule, path, as_text=True):
                yield Fault(f"{here}.teksten", why, "haal dit veld weg of kies een ander.")
        for path in rule.act_texts:
            act, _, field = path.partition(".")
            if act not in scheme.acts or field not in scheme.acts[act].fields:
                yield Fault(f"{here}.handelingsteksten", f"'{path}' bestaat niet.", "schrijf <handeling>.<veld>.")


def _subject(scheme: Scheme) -> Iterator[Fault]:
    subject = scheme.subject
    wanted = {"individu": "persoon", "groep": "personen"}.get(subject.kind)
    if wanted and (subject.field not in scheme.form or scheme.form[subject.field].kind != wanted):
        yield Fault(
            "onderwerp.veld", f"het onderwerp heeft een formulierveld van soort {wanted} nodig.", "noem dat veld."
        )
