"""Faults of products: names that don't exist, a way through the scheme that a product can't go, a rule it can never meet."""

import re
from collections.abc import Iterator, Sequence

from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.conditions import paths
from maatwerk.rules.decoding import Fault
from maatwerk.rules.earlier import looks_back
from maatwerk.rules.entitlements import FundingDef, ProductDef
from maatwerk.rules.paths_of_products import path_faults
from maatwerk.rules.product_gates import excluded_at, product_gates, school_question
from maatwerk.rules.products import is_for, parts
from maatwerk.rules.questions import PRODUCT, filing_acts
from maatwerk.rules.scheme import Scheme

_CHOICE = re.compile(r"\|\||\?|\bhas\(")
_MACRO = re.compile(r"\.(?:all|exists|exists_one|map|filter)\(")


def product_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of products and of everything that is only for some of them."""
    named = [fault for path, part in parts(scheme) for fault in _known(scheme, f"{path}.producten", part.products)]
    for name, product in scheme.products.items():
        named += _product(scheme, f"product.{name}", name, product)
    yield from named
    if not scheme.products:
        return
    yield from _question(scheme)
    for name, step in scheme.steps.items():
        if "begin" in step.after and step.products:
            message = "een stap die aan het begin opent is er voor elk product: dan is er nog geen gekozen."
            yield Fault(f"stap.{name}.producten", message, "haal producten weg.")
    if not named:
        yield from _taken(scheme)
        unfiled = [*_filing(scheme)]
        yield from unfiled or path_faults(scheme)
        yield from _unasked(scheme)


def earlier_faults(scheme: Scheme) -> Iterator[Fault]:
    """Rules by which an applicant would hear of a case of another school: told, not refused, for a region may have its reasons."""
    applicants = {role for name in filing_acts(scheme) for role in scheme.acts[name].by}
    for name in sorted(looks_back(scheme)):
        for act in scheme.gates[name].at:
            if act in scheme.acts and applicants & {*scheme.acts[act].by}:
                message = f"wie '{scheme.acts[act].title}' doet, hoort zo van zaken van een andere school."
                mend = "hang deze voorwaarde aan een handeling van wie op volledigheid controleert of beslist."
                yield Fault(f"voorwaarde.{name}.bij", message, mend, severity="waarschuwing")


def _known(scheme: Scheme, path: str, names: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        if name not in scheme.products:
            mend = f"kies uit: {', '.join(scheme.products)}." if scheme.products else "voeg [product.<id>] toe."
            yield Fault(path, f"het product '{name[:60]}' bestaat niet.", mend)


def _product(scheme: Scheme, here: str, name: str, product: ProductDef) -> Iterator[Fault]:
    yield from _known(scheme, f"{here}.sluit_uit", product.excludes)
    if name in product.excludes:
        yield Fault(f"{here}.sluit_uit", "een product sluit zichzelf niet uit.", "haal het weg.")
    if product.schools and product.schools not in scheme.lists:
        message = f"de lijst '{product.schools[:60]}' bestaat niet."
        yield Fault(f"{here}.scholen", message, f"voeg [lijst.{product.schools[:60]}] toe.")
    elif product.schools and not is_asked(scheme, school_question(scheme), name):
        message = "het formulier vraagt bij dit product niet welke school het is."
        yield Fault(f"{here}.scholen", message, "voeg een vraag van soort school toe.")
    if product.excludes_at and not product.excludes:
        yield Fault(f"{here}.sluit_uit_bij", "dit product sluit niets uit.", "voeg sluit_uit toe.")
    if product.excludes and scheme.subject.kind == "geen":
        message = "zonder leerling is er niets dat elkaar uitsluit."
        yield Fault(f"{here}.sluit_uit", message, "kies bij onderwerp individu of groep.")
    for at in product.excludes_at:
        yield from _excluded_at(scheme, f"{here}.sluit_uit_bij", at)
    if product.excludes and not excluded_at(scheme, product):
        message = "bij welke handeling wordt gekeken naar andere zaken van deze leerling?"
        yield Fault(f"{here}.sluit_uit", message, 'schrijf sluit_uit_bij = ["<handeling>"].')


def _excluded_at(scheme: Scheme, here: str, at: str) -> Iterator[Fault]:
    act, _, outcome = at.partition(".")
    behaviour = behaviour_of(scheme, act)
    if behaviour is None:
        yield Fault(here, f"de handeling '{act[:60]}' bestaat niet.", "noem een bestaande handeling.")
        return
    if behaviour.uses_form:
        message = "hier hoort geen handeling van de school: zij zou zo van een zaak van een andere school horen."
        yield Fault(here, message, "noem de handeling van wie op volledigheid controleert of beslist.")
    definition = scheme.acts[act]
    field = definition.fields.get(definition.outcome_field)
    if outcome and (field is None or outcome not in field.choices):
        mend = "noem alleen de handeling, of een keuze van haar uitkomst_veld."
        yield Fault(here, f"de handeling '{act}' kent de uitkomst '{outcome[:60]}' niet.", mend)


def _question(scheme: Scheme) -> Iterator[Fault]:
    asked, here = scheme.form[PRODUCT], f"formulier.{PRODUCT}"
    if asked.kind != "keuze":
        yield Fault(f"{here}.soort", "de vraag naar het product is een keuze.", 'schrijf soort = "keuze".')
    if {*asked.choices} != {*scheme.products}:
        message = "de keuzes zijn precies de producten van deze regeling."
        yield Fault(f"{here}.keuzes", message, "haal keuzes weg; de titels van de producten komen er vanzelf.")
    for key, value in (("als", asked.condition), ("producten", asked.products)):
        if value:
            yield Fault(f"{here}.{key}", "naar het product wordt altijd gevraagd.", f"haal {key} weg.")


def _taken(scheme: Scheme) -> Iterator[Fault]:
    """A gate of the file with the name of one that follows from a product."""
    for name, gate in product_gates(scheme):
        if name in scheme.gates:
            message = f"deze naam is al van de voorwaarde die uit de producten volgt ({gate.message})"
            yield Fault(f"voorwaarde.{name}", message, "kies een andere naam.")


def _filing(scheme: Scheme) -> Iterator[Fault]:
    filing = filing_acts(scheme)
    for name in scheme.products:
        if not any(is_for(scheme.acts[act].products, name) for act in filing):
            message = "een aanvraag voor dit product kan niet worden ingediend."
            yield Fault(
                f"product.{name}", message, "voeg een handeling met gedrag indienen toe die voor dit product is."
            )


def is_asked(scheme: Scheme, field: str, product: str) -> bool:
    return field in scheme.form and is_for(scheme.form[field].products, product)


def _unasked(scheme: Scheme) -> Iterator[Fault]:
    """Rules and funding for a product that look at a question which is not asked for it: they could never hold."""
    for product, definition in scheme.products.items():
        for name, gate in scheme.gates.items():
            if gate.force == "weigert" and is_for(gate.products, product):
                for field in needed(gate.condition):
                    if field in scheme.form and not is_asked(scheme, field, product):
                        message = f"bij {definition.title} wordt '{field}' niet gevraagd; dan is dit nooit waar."
                        mend = "geef de voorwaarde producten, of vraag het ook bij dit product."
                        yield Fault(f"voorwaarde.{name}.als", message, mend)
        for name, funding in scheme.fundings.items():
            if is_for(funding.products, product) and not funding.condition:
                yield from _funded(scheme, f"bekostiging.{name}", funding, product)


def _funded(scheme: Scheme, here: str, funding: FundingDef, product: str) -> Iterator[Fault]:
    if funding.table in scheme.form and not funding.fixed and not is_asked(scheme, funding.table, product):
        message = f"bij {scheme.products[product].title} wordt '{funding.table}' niet gevraagd."
        yield Fault(f"{here}.tabel", message, "geef de bekostiging producten, of vraag het ook bij dit product.")


def needed(condition: str) -> tuple[str, ...]:
    """The answers without which a condition can't be true; none when it has another way out."""
    if _CHOICE.search(condition):
        return ()
    macro = _MACRO.search(condition)
    found = (path.split(".") for path in paths(condition[: macro.start()] if macro else condition))
    return tuple(parts[1] for parts in found if parts[0] == "aanvraag" and len(parts) > 1)
