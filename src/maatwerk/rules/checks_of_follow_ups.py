"""Faults of lists of points that are followed: acts that raise and settle them, and where it stands what, who and by when."""

from collections.abc import Iterator, Mapping

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.checks_of_effects import follow_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.lengths import Length
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import FieldDef, FollowUpDef, OnPass, Scheme

_KINDS = {"wat": ("tekst", "lange_tekst", "keuze"), "wie": ("tekst", "keuze"), "uiterlijk": ("datum",)}


def follow_up_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every list."""
    for name, definition in scheme.follow_ups.items():
        here = f"opvolging.{name}"
        for key, act in (("handeling", definition.raised_by), ("klaar_met", definition.settled_by)):
            found = behaviour_of(scheme, act)
            if found is None or found.uses_form:
                message = f"de handeling '{act[:60]}' bestaat niet, of beantwoordt het formulier."
                yield Fault(f"{here}.{key}", message, "noem een handeling met eigen velden.")
        if definition.raised_by == definition.settled_by:
            yield Fault(f"{here}.klaar_met", "wat punten opent, doet ze niet ook af.", "noem een andere handeling.")
        yield from _parts(scheme, here, definition)
        yield from _number(scheme, here, definition)
        yield from _told(scheme, here, definition)


def _parts(scheme: Scheme, here: str, definition: FollowUpDef) -> Iterator[Fault]:
    fields: Mapping[str, FieldDef] = _fields(scheme, definition.raised_by)
    if definition.table:
        table = fields.get(definition.table)
        if table is None or table.kind != "tabel":
            yield Fault(f"{here}.tabel", "dit is geen tabel van die handeling.", "noem een veld met soort tabel.")
            return
        fields = table.columns
    named = (("wat", definition.what), ("wie", definition.who), ("uiterlijk", definition.due))
    for key, field_id in named:
        field = fields.get(field_id)
        if key == "uiterlijk" and not field_id:
            continue
        if field is None or field.kind not in _KINDS[key]:
            mend = f"noem een veld (of kolom) met soort {' of '.join(_KINDS[key])}."
            yield Fault(f"{here}.{key}", f"'{field_id[:60]}' zegt niet {_ASKED[key]}.", mend)
        elif key != "uiterlijk" and definition.raised_by not in field.required:
            message = f"een punt zegt altijd {_ASKED[key]}."
            yield Fault(f"{here}.{key}", message, f'schrijf bij dat veld verplicht = ["{definition.raised_by}"].')
    for index, field_id in enumerate(definition.show):
        if field_id not in fields or fields[field_id].kind != "keuze":
            yield Fault(f"{here}.toon.{index}", "dit is geen keuze van een punt.", "noem een veld met soort keuze.")


_ASKED = {"wat": "wat er moet gebeuren", "wie": "wie dat doet", "uiterlijk": "wanneer"}


def _number(scheme: Scheme, here: str, definition: FollowUpDef) -> Iterator[Fault]:
    field = _fields(scheme, definition.settled_by).get(definition.number)
    if field is None or field.kind != "getal" or definition.settled_by not in field.required:
        message = "de handeling die een punt afdoet, noemt het nummer ervan."
        yield Fault(f"{here}.nummer", message, "noem een verplicht veld van die handeling met soort getal.")


def _told(scheme: Scheme, here: str, definition: FollowUpDef) -> Iterator[Fault]:
    for index, text in enumerate(definition.warn):
        try:
            Length.parse(text)
        except Refused as refusal:
            yield Fault(f"{here}.waarschuw.{index}", refusal.reasons[0].message, refusal.reasons[0].mend)
    for key, follow in (("bij_waarschuwing", definition.on_warning), ("bij_te_laat", definition.on_late)):
        yield from follow_faults(scheme, f"{here}.{key}", follow)
        if follow != OnPass() and not definition.due:
            yield Fault(f"{here}.{key}", "zonder laatste dag is niets te laat.", "voeg uiterlijk toe.")


def _fields(scheme: Scheme, act: str) -> Mapping[str, FieldDef]:
    return scheme.acts[act].fields if act in scheme.acts else {}
