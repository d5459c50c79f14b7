"""Faults of books: limits that the law sets, parts that cases can name, and a written reason that every act past a ceiling can give."""

import re
from collections.abc import Iterator
from typing import Final

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.books import in_unit
from maatwerk.rules.budgeting import MOST_CASES
from maatwerk.rules.checks_of_effects import follow_faults
from maatwerk.rules.checks_of_entries import effects_on, ledger_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.parts import NEW
from maatwerk.rules.scheme import BookDef, EstimateDef, Scheme

_LARGEST: Final = 10**15
_LONGEST: Final = 100
_UNIT: Final = re.compile(r"[a-z][a-z_-]{0,29}")
_MONEY: Final = re.compile(r"eur|cent$|centen|bedrag|geld")
_NAMING: Final = ("tekst", "keuze", "school", "gemeente")


def book_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every book."""
    for name, book in scheme.books.items():
        here = f"boek.{name}"
        yield from _unit(here, book)
        yield from _policy(here, book)
        yield from _limits(here, book)
        yield from _parts(scheme, here, book)
        yield from _thresholds(here, book)
        yield from _reasons(scheme, here, name, book)
        yield from _estimates(scheme, here, book)
        for key, follow in (("grens", book.on_limit), ("vloer", book.on_floor), ("drempel", book.on_threshold)):
            yield from follow_faults(scheme, f"{here}.bij_{key}", follow)


def _unit(here: str, book: BookDef) -> Iterator[Fault]:
    """Money is counted in eurocents and in nothing that looks like it; anything else is counted in the region's own word."""
    if not _UNIT.fullmatch(book.unit):
        message = f"in {book.unit[:40]!r} kan niet worden geteld."
        yield Fault(f"{here}.eenheid", message, "schrijf eurocent, of een woord zoals traject, plaats of uur.")
    elif book.unit != "eurocent" and _MONEY.search(book.unit):
        message = f"{book.unit[:40]!r} is geen eenheid: geld staat in hele eurocenten."
        yield Fault(f"{here}.eenheid", message, "bedoelde u 'eurocent'?")


def _policy(here: str, book: BookDef) -> Iterator[Fault]:
    if book.subsidy_ceiling and book.policy != "hard":
        message = "een subsidieplafond moet weigeren wat erboven komt (Awb 4:25)."
        yield Fault(f"{here}.beleid", message, 'kies beleid = "hard".')
    if book.policy == "vloer" and book.floor is None:
        yield Fault(f"{here}.vloer", "beleid vloer heeft een vloer nodig.", "voeg vloer toe.")
    if book.policy in ("hard", "vloer") and (book.on_limit.task or book.on_limit.text):
        message = f"beleid {book.policy} gaat nooit over een plafond heen, dus hier volgt nooit iets op."
        mend = "schrijf bij_vloer of bij_drempel." if book.floor is not None else "schrijf bij_drempel."
        yield Fault(f"{here}.bij_grens", message, mend)
    if book.floor is None and (book.on_floor.task or book.on_floor.text):
        yield Fault(f"{here}.bij_vloer", "dit boek heeft geen vloer.", "voeg vloer toe of haal bij_vloer weg.")


def _limits(here: str, book: BookDef) -> Iterator[Fault]:
    ceilings = {"plafond": book.ceiling} | {f"delen.{part}": ceiling for part, ceiling in book.parts.items()}
    for key, ceiling in ceilings.items():
        if book.floor is not None and ceiling is not None and book.floor > ceiling:
            yield Fault(f"{here}.vloer", "de vloer is hoger dan het plafond.", "pas een van beide aan.")
        if ceiling is not None and not 0 <= ceiling <= _LARGEST:
            yield Fault(f"{here}.{key}", "dit getal kan niet.", f"kies een getal van 0 tot {_LARGEST}.")
    if book.floor is not None and not 0 <= book.floor <= _LARGEST:
        yield Fault(f"{here}.vloer", "dit getal kan niet.", f"kies een getal van 0 tot {_LARGEST}.")


def _parts(scheme: Scheme, here: str, book: BookDef) -> Iterator[Fault]:
    name = here.partition(".")[2]
    new = [effect for effect in effects_on(scheme, name) if effect.kind in NEW]
    if book.is_divided and not book.per and not (new and all(effect.part for effect in new)):
        message = "niet elke boeking zegt bij welk deel van dit boek zij hoort."
        mend = "voeg per toe, met een veld van het formulier, of deel bij elke boeking."
        yield Fault(f"{here}.delen", message, mend)
    if book.per:
        yield from _question(scheme, f"{here}.per", book)
    field, seen = scheme.form.get(book.per), set[str]()
    for part in book.parts:
        if not part.strip() or len(part) > _LONGEST or not part.isprintable() or part.casefold() in seen:
            yield Fault(
                f"{here}.delen", f"het deel {part[:40]!r} kan niet, of staat er twee keer.", "verbeter de naam."
            )
        elif field is not None and field.choices and part not in field.choices:
            mend = f"kies uit: {', '.join(field.choices)}."
            yield Fault(f"{here}.delen", f"'{book.per}' kent de keuze '{part[:40]}' niet.", mend)
        seen.add(part.casefold())


def _question(scheme: Scheme, here: str, book: BookDef) -> Iterator[Fault]:
    field = scheme.form.get(book.per)
    is_computed = field is not None and field.kind == "berekend" and field.outcome_kind == "tekst"
    if field is None or (field.kind not in _NAMING and not is_computed):
        message = "per moet een veld van het formulier zijn waarvan het antwoord een deel noemt."
        yield Fault(here, message, f"kies een veld van soort {', '.join(_NAMING)}, of een berekende tekst.")
        return
    yield from ledger_faults(scheme, here, field)
    if not field.required and not is_computed:
        message = "deze vraag is nergens verplicht: zonder antwoord kan er niets worden geboekt."
        yield Fault(here, message, "maak haar verplicht bij het indienen.", severity="waarschuwing")


def _thresholds(here: str, book: BookDef) -> Iterator[Fault]:
    told = bool(book.on_threshold.task or book.on_threshold.text)
    if list(book.thresholds) != sorted({each for each in book.thresholds if 1 <= each <= 100}):
        mend = "schrijf oplopend, zoals [75, 90, 100]."
        yield Fault(f"{here}.drempels", "drempels zijn percentages van 1 tot en met 100.", mend)
    elif bool(book.thresholds) != told:
        message = "een drempel hoort samen met wat erop volgt."
        yield Fault(f"{here}.drempels", message, "geef drempels en bij_drempel (taak of tekst, met rol).")


def _reasons(scheme: Scheme, here: str, name: str, book: BookDef) -> Iterator[Fault]:
    if not book.reasoned_by:
        return
    if book.policy != "melden":
        yield Fault(f"{here}.onderbouwing", "alleen beleid melden vraagt een onderbouwing.", 'kies beleid = "melden".')
    for act in committing(scheme, name):
        field = scheme.acts[act].fields.get(book.reasoned_by) if act else None
        if field is None or field.kind not in ("tekst", "lange_tekst"):
            message = (
                f"de handeling '{act}' kan over het plafond gaan en heeft geen tekstveld '{book.reasoned_by[:60]}'."
            )
            if not act:
                message = "een stap die wordt overgeslagen kan niet onderbouwen waarom het plafond wordt overschreden."
            yield Fault(f"{here}.onderbouwing", message, "voeg dat veld toe, of boek bij een andere handeling.")


def _estimates(scheme: Scheme, here: str, book: BookDef) -> Iterator[Fault]:
    """An estimate counts pupils; it may lie above the ceiling, which then holds all the same."""
    if book.estimate is not None:
        yield from _estimate(f"{here}.raming", book, book.estimate, book.ceiling)
    if (book.estimate or book.part_estimates) and scheme.subject.kind == "geen":
        key = "raming" if book.estimate else "ramingen"
        message = "een raming telt leerlingen, en deze regeling gaat niet over leerlingen."
        yield Fault(f"{here}.{key}", message, f"haal {key} weg, of geef onderwerp de soort individu of groep.")
    for part, estimate in book.part_estimates.items():
        place = f"{here}.ramingen.{part}"
        yield from _estimate(place, book, estimate, book.parts.get(part, book.ceiling))
        if part not in book.parts and not (book.is_divided and book.other_parts == "toelaten"):
            mend = f"kies uit: {', '.join(book.parts)}." if book.parts else "schrijf raming, voor het hele boek."
            yield Fault(place, f"dit boek heeft geen deel {part[:40]!r}.", mend)


def _estimate(place: str, book: BookDef, estimate: EstimateDef, ceiling: int | None) -> Iterator[Fault]:
    if not 1 <= estimate.pupils <= MOST_CASES:
        yield Fault(f"{place}.leerlingen", "dit aantal kan niet.", f"kies een getal van 1 tot en met {MOST_CASES}.")
    elif not 1 <= estimate.average <= _LARGEST:
        yield Fault(f"{place}.gemiddelde", "dit bedrag kan niet.", f"kies een getal van 1 tot en met {_LARGEST}.")
    elif ceiling is not None and (total := estimate.pupils * estimate.average) > ceiling:
        message = f"de raming komt op {in_unit(book.unit, total)}, boven het plafond van {in_unit(book.unit, ceiling)}."
        mend = "laat haar staan als dat zo is bedoeld: een raming houdt niets tegen."
        yield Fault(place, message, mend, severity="waarschuwing")


def committing(scheme: Scheme, book: str) -> Iterator[str]:
    """The acts that can commit on a book, by themselves or by ending a step; "" for a step that is skipped."""
    for name, act in scheme.acts.items():
        if any(effect.kind == "vastleggen" and effect.book == book for effect in act.effects):
            yield name
    for step in scheme.steps.values():
        for outcome, on in step.on.items():
            if any(effect.kind == "vastleggen" and effect.book == book for effect in on.effects):
                if outcome == "overgeslagen":
                    yield ""
                yield from (act for act in step.acts if act in scheme.acts and _can_end(scheme, act, outcome))


def _can_end(scheme: Scheme, act: str, outcome: str) -> bool:
    definition, behaviour = scheme.acts[act], behaviour_of(scheme, act)
    chosen = definition.fields.get(definition.outcome_field)
    by_all = "leerling" in definition.fields or (behaviour is not None and behaviour.by_seat)
    return by_all or definition.outcome == outcome or (chosen is not None and outcome in chosen.choices)
