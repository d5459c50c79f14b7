"""Faults of an outline: headings that hang nowhere, and questions that may not stand in it because their answers can be of a person.
What its file needs stands in checks_of_outline_file."""

import re
from collections.abc import Iterator
from typing import Final

from maatwerk.rules.checks_of_outline_file import file_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.outline import OUTLINE, OutlineDef
from maatwerk.rules.scheme import FieldDef, Scheme

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
CHOSEN: Final = ("keuze", "meerkeuze", "ja_nee")
WRITTEN: Final = ("tekst", "lange_tekst")
SHOWABLE: Final = (*CHOSEN, *WRITTEN, "getal", "bedrag", "datum", "berekend")


def outline_faults(scheme: Scheme) -> Iterator[Fault]:
    """Every fault of a scheme's outline; none when it has no outline."""
    outline = scheme.outline
    if outline is None:
        return
    if scheme.subject.kind != "geen":
        message = "een indeling legt zaken naast elkaar, en deze zaken gaan over een leerling."
        yield Fault(OUTLINE, message, 'haal haar weg, of schrijf onderwerp = { soort = "geen" }.')
    if OUTLINE in scheme.matrices:
        message = "deze naam is van de indeling zelf: een vraag kan er haar keuzes uit halen."
        yield Fault(f"matrix.{OUTLINE}", message, "geef de matrix een andere naam.")
    yield from _headings(outline)
    yield from _questions(scheme, outline)
    yield from _names(scheme, outline)
    if outline.file is not None:
        yield from file_faults(scheme, outline, outline.file)


def _headings(outline: OutlineDef) -> Iterator[Fault]:
    here = f"{OUTLINE}.koppen"
    if not outline.levels:
        yield Fault(f"{OUTLINE}.niveaus", "een indeling heeft minstens een niveau.", 'schrijf niveaus = ["Doel"].')
    if not outline.headings:
        yield Fault(here, "een indeling heeft koppen nodig.", "voeg koppen toe, met code en titel.")
    codes = [heading.code for heading in outline.headings]
    numbers = [heading.number for heading in outline.headings]
    for index, heading in enumerate(outline.headings):
        place = f"{here}.{index}"
        if not _CODE.fullmatch(heading.code):
            yield Fault(
                f"{place}.code", f"de code {heading.code[:60]!r} kan niet.", "gebruik kleine letters, cijfers en _."
            )
        elif heading.code in codes[:index]:
            yield Fault(f"{place}.code", "deze code staat er twee keer in.", "geef elke kop een eigen code.")
        if heading.number and heading.number in numbers[:index]:
            yield Fault(f"{place}.nummer", "dit nummer staat er twee keer in.", "geef elke kop een eigen nummer.")
        if heading.under and heading.under not in codes[:index]:
            message = f"de kop '{heading.under[:60]}' staat hier niet boven."
            yield Fault(f"{place}.onder", message, "noem een kop die er eerder in staat.")
        for other in heading.see:
            if other not in codes or other == heading.code:
                yield Fault(f"{place}.zie", f"de kop '{other[:60]}' bestaat niet.", "noem de code van een andere kop.")
    yield from _depths(outline)


def _depths(outline: OutlineDef) -> Iterator[Fault]:
    """Cases hang under the last level, so every heading without one below it stands there."""
    leaves = {heading.code for heading in outline.leaves}
    for index, heading in enumerate(outline.headings):
        place, depth = f"{OUTLINE}.koppen.{index}", outline.level_of(heading)
        if depth > len(outline.levels) > 0:
            message = f"deze kop staat op niveau {depth}, en er zijn er {len(outline.levels)}."
            yield Fault(f"{place}.onder", message, "voeg een niveau toe, of hang de kop hoger.")
        elif heading.code in leaves and depth < len(outline.levels):
            message = f"onder deze kop hangt geen {outline.levels[depth].lower()}, en een zaak kan er niet onder."
            yield Fault(place, message, "voeg een kop toe die eronder hangt, of haal deze weg.")


def _questions(scheme: Scheme, outline: OutlineDef) -> Iterator[Fault]:
    named = [
        ("veld", (outline.field,), ("meerkeuze",)), ("nummer", (outline.number,), ("tekst",)),
        ("naam", (outline.name,), WRITTEN), ("filters", outline.filters, CHOSEN), ("toon", outline.shown, SHOWABLE),
        ("wacht_op", (outline.waits,), ("tekst",)), ("bedrag", (outline.amount,), ("bedrag",)),
        ("dekking", (outline.cover,), ("keuze",)),
    ]  # fmt: skip
    for key, names, kinds in named:
        for name in filter(None, names):
            yield from _question(scheme, f"{OUTLINE}.{key}", name, kinds)
    field = scheme.form.get(outline.field)
    if field is not None and field.choices_from != OUTLINE:
        message = "deze vraag haalt haar keuzes niet uit de indeling."
        yield Fault(f"{OUTLINE}.veld", message, f'geef haar keuzes_uit = "{OUTLINE}".')
    cover = scheme.form.get(outline.cover)
    for answer in outline.unknown:
        if cover is None or answer not in cover.choices:
            message = f"'{answer[:60]}' is geen antwoord op de vraag naar de dekking."
            mend = f"kies uit: {', '.join(cover.choices)}." if cover else "noem die vraag bij dekking."
            yield Fault(f"{OUTLINE}.onbekend", message, mend)


def _question(scheme: Scheme, here: str, name: str, kinds: tuple[str, ...]) -> Iterator[Fault]:
    field = scheme.form.get(name)
    if field is None:
        yield Fault(here, f"de vraag '{name[:60]}' bestaat niet.", "noem een vraag van het formulier.")
        return
    if field.privacy != "geen":
        message = f"'{name}' kan van iemand zijn (klasse {field.privacy}); hier mag alleen wat niemand aanwijst."
        yield Fault(here, message, "haal deze vraag hier weg.")
    if _kind(field) not in kinds and field.kind not in kinds:
        yield Fault(here, f"een vraag van soort {field.kind} kan hier niet.", f"kies uit: {', '.join(kinds)}.")


def _kind(field: FieldDef) -> str:
    return field.outcome_kind if field.kind == "berekend" else field.kind


def _names(scheme: Scheme, outline: OutlineDef) -> Iterator[Fault]:
    if not outline.audiences:
        yield Fault(f"{OUTLINE}.voor", "niemand ziet deze indeling.", "noem minstens een rol.")
    for role in outline.audiences:
        if role not in scheme.roles:
            yield Fault(f"{OUTLINE}.voor", f"de rol '{role[:60]}' bestaat niet.", "noem een bestaande rol.")
    ends = {act.closes for act in scheme.acts.values()}
    ends |= {on.closes for step in scheme.steps.values() for on in step.on.values()}
    known = sorted(ends - {""})
    for name in outline.done:
        if name not in known:
            message = f"geen zaak sluit als '{name[:60]}'."
            yield Fault(f"{OUTLINE}.gereed", message, f"kies uit: {', '.join(known) or 'geen'}.")
    if outline.waits and not outline.done:
        message = "er staat niet bij wanneer een zaak waarop een andere wacht gereed is."
        yield Fault(f"{OUTLINE}.gereed", message, "noem de namen waaronder zo'n zaak sluit.")
