"""Faults of effects that book: the book and amount, the table whose rows they happen for, the part they lie in, who is paid."""

from collections.abc import Iterator, Mapping
from typing import Final

from maatwerk.rules.decoding import Fault
from maatwerk.rules.parts import PATH, QUOTED, columns_of
from maatwerk.rules.placeholders import REFERENCE, used
from maatwerk.rules.private_answers import is_private
from maatwerk.rules.scheme import EffectDef, FieldDef, Scheme

_PAID: Final = ("tekst", "persoon", "school", "keuze")


def entry_faults(scheme: Scheme, here: str, effect: EffectDef, act: str) -> Iterator[Fault]:
    """Faults of a booking effect of an act ("" for that of a step)."""
    if effect.book not in scheme.books:
        yield Fault(f"{here}.boek", f"het boek '{effect.book[:60]}' bestaat niet.", "noem een bestaand [boek.<id>].")
    elif effect.kind in ("betalen", "vaststellen") and not any(
        each.kind == "vastleggen" for each in effects_on(scheme, effect.book)
    ):
        message = f"op het boek '{effect.book[:60]}' wordt nooit iets vastgelegd, dus {effect.kind} kan nooit."
        yield Fault(f"{here}.soort", message, "laat een besluit eerst vastleggen.")
    if not effect.amount:
        mend = "geef een CEL-uitdrukking in de eenheid van het boek, zoals hele centen."
        yield Fault(f"{here}.bedrag", "een boeking heeft een bedrag nodig.", mend)
    columns = columns_of(scheme, effect.each, act)
    if effect.each and not columns:
        message = f"'{effect.each[:60]}' is geen tabel van de handeling of van het formulier."
        yield Fault(f"{here}.voor_elk", message, "noem een veld van soort tabel.")
    yield from _payee(scheme, here, effect, columns)
    yield from _part(scheme, here, effect, act, columns)
    for found in used(effect.reference):
        if found not in REFERENCE:
            mend = f"kies uit: {', '.join(sorted(REFERENCE))}."
            yield Fault(f"{here}.kenmerk", f"de invulplek '{found[:40]}' kan hier niet.", mend)


def _payee(scheme: Scheme, here: str, effect: EffectDef, columns: Mapping[str, FieldDef]) -> Iterator[Fault]:
    root, _, column = effect.payee.partition(".")
    field = columns.get(column) if root == "regel" else scheme.form.get(effect.payee)
    if effect.payee and (field is None or field.kind not in _PAID):
        message = f"'{effect.payee[:60]}' noemt niemand die betaald kan worden."
        mend = f"noem een veld van het formulier van soort {', '.join(_PAID)}, of regel.<kolom> bij voor_elk."
        yield Fault(f"{here}.begunstigde", message, mend)


def _part(scheme: Scheme, here: str, effect: EffectDef, act: str, columns: Mapping[str, FieldDef]) -> Iterator[Fault]:
    book = scheme.books.get(effect.book)
    if book is None:
        return
    path, quoted = PATH.fullmatch(effect.part), QUOTED.fullmatch(effect.part)
    if not effect.part:
        if effect.kind in ("betalen", "vaststellen") and any(each.part for each in effects_on(scheme, effect.book)):
            message = "zaken kunnen hier geld in meer delen hebben: om welk deel gaat het?"
            yield Fault(f"{here}.deel", message, 'voeg deel toe, zoals deel = "regel.gemeente" bij voor_elk.')
    elif not book.is_divided:
        mend = "geef het boek per, of haal deel weg."
        yield Fault(f"{here}.deel", f"het boek '{effect.book[:60]}' heeft geen delen.", mend)
    elif quoted:
        part = quoted[1] or quoted[2]
        if book.other_parts == "weigeren" and part not in book.parts:
            yield Fault(f"{here}.deel", f"het deel '{part[:60]}' bestaat niet.", "voeg het toe aan delen van het boek.")
    elif path is None or (path[1] == "regel" and not effect.each):
        message = "een deel is een veld, een kolom van voor_elk, of een naam tussen aanhalingstekens."
        yield Fault(f"{here}.deel", message, "schrijf aanvraag.<veld>, deze.<veld>, regel.<kolom> of 'naam'.")
    else:
        own = scheme.acts[act].fields if act else {}
        known = {"aanvraag": scheme.form, "deze": own, "regel": columns}[path[1]]
        yield from ledger_faults(scheme, f"{here}.deel", known.get(path[2]), own)


def ledger_faults(
    scheme: Scheme, here: str, field: FieldDef | None, own: Mapping[str, FieldDef] | None = None
) -> Iterator[Fault]:
    """A ledger outlives the case, so an answer that names a part in it may not point at a person; nor may what one that is computed
    was made of. `own` are the fields of the act."""
    if field is not None and is_private(scheme, field, own or {}):
        message = "dit antwoord komt in het boek te staan en mag niemand aanwijzen of iets over gezondheid zeggen."
        yield Fault(here, message, "kies een vraag van klasse geen of quasi.")


def effects_on(scheme: Scheme, book: str) -> Iterator[EffectDef]:
    """Every effect of the scheme on a book."""
    for act in scheme.acts.values():
        yield from (effect for effect in act.effects if effect.book == book)
    for step in scheme.steps.values():
        yield from (effect for on in step.on.values() for effect in on.effects if effect.book == book)
