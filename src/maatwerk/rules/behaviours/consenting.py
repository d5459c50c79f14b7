"""Recording what somebody said to a consent; which state the whole then has follows from everybody and the ages. Whoever is asked
himself says yes or no, and for nobody else; others record what they were told."""

from collections.abc import Iterator
from dataclasses import replace

from maatwerk.rules.acts import Consequences
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.consent import ANSWERS, STATES
from maatwerk.rules.decoding import Fault
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import ActDef, Scheme

WHO, STATE = "wie", "stand"


def _faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    consent = scheme.consents.get(act.consent)
    if consent is None:
        yield Fault(f"{here}.toestemming", "deze toestemming bestaat niet.", "noem een bestaande [toestemming.<id>].")
    if not {WHO, STATE} <= {*act.fields}:
        message = "toestemmen heeft de velden wie en stand nodig."
        yield Fault(f"{here}.velden", message, "voeg velden.wie en velden.stand toe.")
        return
    for name, allowed in ((WHO, {who.role for who in consent.who} if consent else None), (STATE, {*STATES})):
        field = act.fields[name]
        here_field = f"{here}.velden.{name}"
        if field.kind != "keuze" or not field.required:
            yield Fault(here_field, f"'{name}' moet een verplichte keuze zijn.", 'kies soort = "keuze" en verplicht.')
        elif unknown := sorted({*field.choices} - allowed) if allowed else []:
            mend = f"kies uit: {', '.join(sorted(allowed or ()))}."
            yield Fault(here_field, f"deze toestemming kent '{unknown[0]}' niet.", mend)


def _apply(deed: Deed, result: Consequences) -> Consequences:
    fields, consent = deed.act.fields, deed.scheme.consents[deed.definition.consent]
    asked = deed.act.by.role in {who.role for who in consent.who}
    if asked and fields.get(WHO) != deed.act.by.role:
        raise Invalid.because("niet_voor_een_ander", "U kunt hier alleen voor uzelf antwoorden.", field=WHO)
    if asked and fields.get(STATE) not in ANSWERS:
        raise Invalid.because(
            "geen_antwoord",
            "U geeft hier toestemming of u weigert die; iets anders legt u niet zelf vast.",
            field=STATE,
        )
    return replace(result, consent=(deed.definition.consent, str(fields.get(WHO, "")), str(fields.get(STATE, ""))))


CONSENTING = Behaviour(_faults, _apply)
