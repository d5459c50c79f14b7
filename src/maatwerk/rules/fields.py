"""Faults of questions: what a field of the form, of an act or of a table needs to be one."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.rules.decoding import Fault
from maatwerk.rules.questions import REFUSED
from maatwerk.rules.scheme import FieldDef, Scheme

_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_LARGEST = 10**12
_COUNTED = ("meerkeuze", "tabel", "personen", "bestand")
_LIMITED = ("getal", "bedrag", *_COUNTED)


def field_faults(path: str, fields: Mapping[str, FieldDef], scheme: Scheme, *, act: str = "") -> Iterator[Fault]:
    """Faults of the form's fields, or of those of `act`."""
    yield from _refusal(path, fields)
    for name, field in fields.items():
        here = f"{path}.{name}"
        yield from _own(here, field)
        yield from _answered(here, field)
        if field.may_refuse and not act and name == scheme.subject.field:
            message = "zonder de leerling is er geen zaak."
            yield Fault(f"{here}.weigert_te_geven", message, "haal weigert_te_geven weg.")
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
    if field.kind not in _LIMITED and (field.minimum is not None or field.maximum is not None):
        message = f"een {field.kind} heeft geen minimum of maximum."
        mend = "hang een voorwaarde aan de handeling, of kies woorden bij een tekst."
        yield Fault(f"{here}.{'maximum' if field.minimum is None else 'minimum'}", message, mend)
    limits = {"minimum": field.minimum, "maximum": field.maximum, "woorden": field.max_words}
    for key, limit in limits.items():
        if limit is not None and abs(limit) > _LARGEST:
            yield Fault(f"{here}.{key}", "dit getal is te groot.", f"kies een getal tot {_LARGEST}.")
    if field.kind in _COUNTED and ((field.minimum or 0) < 0 or (field.maximum is not None and field.maximum < 1)):
        key = "maximum" if (field.minimum or 0) >= 0 else "minimum"
        yield Fault(f"{here}.{key}", "dit telt hoeveel er zijn.", "kies een minimum vanaf 0 en een maximum vanaf 1.")
    if field.kind == "meerkeuze" and field.minimum is not None and field.minimum > len(field.choices) > 0:
        message = f"er zijn maar {len(field.choices)} keuzes."
        yield Fault(f"{here}.minimum", message, f"kies hooguit {len(field.choices)}.")
    if field.vat and field.kind != "bedrag":
        yield Fault(f"{here}.btw", "alleen een bedrag is met of zonder btw.", 'haal btw weg, of kies soort = "bedrag".')
    if field.max_words is not None and field.max_words < 1:
        yield Fault(f"{here}.woorden", "een tekst heeft ten minste een woord.", "kies een getal vanaf 1.")


def _column(here: str, field: FieldDef) -> Iterator[Fault]:
    if field.kind in ("tabel", "persoon", "personen", "bestand", "berekend"):
        yield Fault(here, f"een kolom kan geen {field.kind} zijn.", "zet dit als eigen veld in het formulier.")
        return
    yield from _own(here, field)
    for key, value in (("als", field.condition), ("producten", field.products), ("weigert_te_geven", field.may_refuse)):
        if value:
            yield Fault(
                f"{here}.{key}", "een kolom staat altijd in haar tabel.", f"haal {key} weg; geef het de tabel zelf."
            )


def _answered(here: str, field: FieldDef) -> Iterator[Fault]:
    """Who answers a question: somebody, nobody (it is computed), or whoever wants to."""
    if field.kind == "berekend":
        if not field.formula:
            yield Fault(here, "een berekend veld heeft een berekening nodig.", "voeg berekening toe, in CEL.")
        for key, value in (("verplicht", field.required), ("weigert_te_geven", field.may_refuse)):
            if value:
                yield Fault(f"{here}.{key}", "niemand vult een berekend veld in.", f"haal {key} weg.")
    else:
        for key, text in (("berekening", field.formula), ("uitkomst_soort", field.result)):
            if text:
                yield Fault(f"{here}.{key}", f"alleen een berekend veld heeft een {key}.", 'kies soort = "berekend".')
    if field.kind == "verklaring" and field.may_refuse:
        message = "wie niet verklaart, weigert al."
        yield Fault(f"{here}.weigert_te_geven", message, "haal weigert_te_geven weg.")


def _refusal(path: str, fields: Mapping[str, FieldDef]) -> Iterator[Fault]:
    asked = fields.get(REFUSED)
    if asked is None:
        return
    refusable = {name for name, field in fields.items() if field.may_refuse}
    if asked.kind != "meerkeuze" or {*asked.choices} != refusable or asked.condition:
        message = "deze naam is van de vraag wat iemand niet geeft: een meerkeuze uit de vragen met weigert_te_geven."
        yield Fault(f"{path}.{REFUSED}", message, "geef alleen titel, uitleg en groep, of kies een andere naam.")
