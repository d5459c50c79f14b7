"""Faults of questions: what a field of the form, of an act or of a table needs to be one."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import FieldDef, Scheme

_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_LARGEST = 10**12


def field_faults(path: str, fields: Mapping[str, FieldDef], scheme: Scheme, *, act: str = "") -> Iterator[Fault]:
    """Faults of the form's fields, or of those of `act`."""
    for name, field in fields.items():
        here = f"{path}.{name}"
        yield from _own(here, field)
        for named in field.required:
            if act and named != act:
                mend = f'schrijf verplicht = ["{act}"].'
                yield Fault(f"{here}.verplicht", "een veld van een handeling is verplicht bij die handeling.", mend)
            elif named not in scheme.acts:
                message = f"de handeling '{named[:60]}' bestaat niet."
                yield Fault(f"{here}.verplicht", message, "noem een bestaande handeling.")
        for column, definition in field.columns.items():
            yield from _column(f"{here}.kolommen.{column}", definition)


def _own(here: str, field: FieldDef) -> Iterator[Fault]:
    if field.kind in ("keuze", "meerkeuze") and not field.choices:
        yield Fault(here, "een keuzeveld heeft keuzes nodig.", "voeg keuzes toe: keuzes = { ja = 'Ja' }.")
    for choice in field.choices:
        if not _CHOICE.fullmatch(choice):
            yield Fault(
                f"{here}.keuzes", f"de keuze {choice[:60]!r} kan niet.", "gebruik kleine letters, cijfers en _."
            )
    if field.kind == "tabel" and not field.columns:
        yield Fault(here, "een tabel heeft kolommen nodig.", f"schrijf [{here}.kolommen.<kolom>].")
    if field.kind in ("persoon", "personen") and not field.parts:
        yield Fault(here, "een persoon heeft delen nodig.", "voeg delen toe, zoals voornaam en achternaam.")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield Fault(f"{here}.minimum", "het minimum is groter dan het maximum.", "wissel ze om of pas ze aan.")
    limits = {"minimum": field.minimum, "maximum": field.maximum, "woorden": field.max_words}
    for key, limit in limits.items():
        if limit is not None and abs(limit) > _LARGEST:
            yield Fault(f"{here}.{key}", "dit getal is te groot.", f"kies een getal tot {_LARGEST}.")
    if field.max_words is not None and field.max_words < 1:
        yield Fault(f"{here}.woorden", "een tekst heeft ten minste een woord.", "kies een getal vanaf 1.")


def _column(here: str, field: FieldDef) -> Iterator[Fault]:
    if field.kind in ("tabel", "persoon", "personen", "bestand"):
        yield Fault(here, f"een kolom kan geen {field.kind} zijn.", "zet dit als eigen veld in het formulier.")
    else:
        yield from _own(here, field)
