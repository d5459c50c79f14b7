"""Every construct that a region may need is used by a scheme that tests run: the list of schemes.md and that of the issue, each with
what it looks like in a scheme. A construct that no file uses any more fails here by its name.
"""

from collections.abc import Callable, Iterable
from functools import cache

import pytest

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.composing import as_written
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import EffectDef, FieldDef, Scheme
from tests.tenants.cases import FILES

Construct = Callable[[Scheme], bool]


@cache
def schemes() -> dict[str, Scheme]:
    return {f"{path.parent.name}/{path.name}": as_written(load(path.read_text(encoding="utf-8"))) for path in FILES}


def effects(scheme: Scheme) -> Iterable[EffectDef]:
    for act in scheme.acts.values():
        yield from act.effects
    for step in scheme.steps.values():
        yield from (effect for on in step.on.values() for effect in on.effects)


def questions(scheme: Scheme) -> Iterable[FieldDef]:
    asked = [scheme.form, *(act.fields for act in scheme.acts.values())]
    for field in (field for fields in asked for field in fields.values()):
        yield from (field, *field.columns.values())


def conditions(scheme: Scheme) -> str:
    gates = (gate.condition for gate in scheme.gates.values())
    return "\n".join((*gates, *(field.formula for field in questions(scheme))))


def amounts(scheme: Scheme) -> str:
    return "\n".join(f"{each.line} {each.fixed} {each.share}" for each in scheme.fundings.values())


def granting(scheme: Scheme) -> set[str]:
    """The moments of a decision that commits money."""
    found = set()
    for name, act in scheme.acts.items():
        if any(effect.kind == "vastleggen" for effect in act.effects):
            found |= {f"handeling.{name}"} | {
                f"stap.{step}.{outcome}"
                for step, definition in scheme.steps.items()
                if name in definition.acts
                for outcome in ({act.outcome} if act.outcome else {*act.fields[act.outcome_field].choices})
            }
    return found


def starts(scheme: Scheme) -> set[str]:
    return {moment for clock in scheme.clocks.values() for moment in clock.start}


def filing(scheme: Scheme) -> set[str]:
    return {f"handeling.{name}" for name, act in scheme.acts.items() if PALETTE[act.behaviour].files}


def complete(scheme: Scheme) -> set[str]:
    """The outcomes of a step in which an application can still be completed."""
    return {
        f"stap.{name}.{outcome}"
        for name, step in scheme.steps.items()
        if any(scheme.acts[act].behaviour == "aanvullen" for act in step.acts)
        for outcome in scheme.outcomes(name)
    }


def content_before_money(scheme: Scheme) -> bool:
    """A step that decides on the content alone leads to one that commits money."""
    paid = {moment.split(".")[1] for moment in granting(scheme) if moment.startswith("stap.")}
    for name in paid:
        before = {moment.split(".")[1] for moment in scheme.steps[name].after if moment.startswith("stap.")} - paid
        if any(len({*scheme.outcomes(each)} - {"overgeslagen"}) > 1 or "inhoud" in each for each in before):
            return True
    return False


def decides_nothing(scheme: Scheme) -> bool:
    voting = any(PALETTE[act.behaviour].by_seat for act in scheme.acts.values())
    return not voting and not granting(scheme) and not any(e.kind == "brief" for e in effects(scheme))


def single_decider(scheme: Scheme) -> bool:
    deciding = (act for act in scheme.acts.values() if act.outcome_field and any(e.book for e in act.effects))
    return any(len(act.by) == 1 for act in deciding)


def written_plan(scheme: Scheme) -> bool:
    files = [name for name, field in scheme.form.items() if field.kind == "bestand" and not field.required]
    return any(
        "||" in g.condition and f"has(aanvraag.{n})" in g.condition for g in scheme.gates.values() for n in files
    )


def baseline(scheme: Scheme) -> bool:
    fields = (field for act in scheme.acts.values() for field in act.fields.values())
    return any("aanvraag." in field.formula and "deze." in field.formula for field in fields)


def any_limit(scheme: Scheme, test: Callable[[str, str, str], bool]) -> bool:
    funded = scheme.fundings.values()
    return any(test(limit.condition, limit.maximum, limit.over) for each in funded for limit in each.limits)


def clocks(scheme: Scheme, key: str, value: object) -> bool:
    return any(getattr(clock, key) == value for clock in scheme.clocks.values())


def intakes(scheme: Scheme) -> set[str]:
    return {scheme.intake, *(product.intake for product in scheme.products.values() if product.intake)}


CONSTRUCTS: dict[str, Construct] = {
    "several products in one scheme": lambda s: len(s.products) >= 3,
    "intake by form": lambda s: "formulier" in intakes(s),
    "intake by registration": lambda s: "registratie" in intakes(s),
    "notification-only route": lambda s: any(product.intake == "melding" for product in s.products.values()),
    "anonymous advice": lambda s: bool(s.advice.audience),
    "free-form intake document": written_plan,
    "sub-ceiling per cost type": lambda s: any_limit(s, lambda c, m, over: "regel.soort" in c and over == "samen"),
    "refused cost type": lambda s: any_limit(s, lambda c, m, over: m == "0"),
    "rate x hours x months with a cap": lambda s: any_limit(s, lambda c, m, over: m.count("minste(") == 3),
    "rate per line": lambda s: any(rate.table for rate in s.rates.values()),
    "fixed tariff by attribute": lambda s: any("aanvraag." in r.condition for t in s.rates.values() for r in t.rows),
    "tariff by what was decided on the content": lambda s: any(
        "laatste." in r.condition for t in s.rates.values() for r in t.rows
    ),
    "amounts of a year, and rules that change mid-year": lambda s: any(
        r.first and (r.first.month, r.first.day) not in ((1, 1), (8, 1)) for t in s.rates.values() for r in t.rows
    ),
    "product without end that others pay along": lambda s: any(each.cofunder for each in s.fundings.values()),
    "own contribution first": lambda s: any(each.own for each in s.fundings.values()),
    "part of a week or year": lambda s: "naar_rato(" in amounts(s) and "begonnen_maanden(" in amounts(s),
    "VAT flag": lambda s: {field.vat for field in questions(s)} >= {"exclusief"},
    "VAT included": lambda s: {field.vat for field in questions(s)} >= {"inclusief"},
    "two-step approval: content, then money": content_before_money,
    "panel with a quorum": lambda s: any(step.rule.kind == "quorum" for step in s.steps.values()),
    "tied votes": lambda s: any(step.rule.tied for step in s.steps.values()),
    "single decider": single_decider,
    "joint decision": lambda s: any(t.rule.kind == "alle" and t.rule.over == "zetels" for t in s.steps.values()),
    "table with the last word": lambda s: any(x.levels[-1].power == "bindend" for x in s.ladders.values()),
    "no decision": decides_nothing,
    "committee dates with a cut-off": lambda s: any(m.dates and m.cutoff for m in s.meetings.values()),
    "envelope per municipality or district": lambda s: any(book.per and book.parts for book in s.books.values()),
    "envelope of a year that a date of the case names": lambda s: any(
        book.per in s.form and "schooljaar(" in s.form[book.per].formula for book in s.books.values()
    ),
    "split over boards": lambda s: any(e.each and e.part.startswith("regel.") for e in effects(s)),
    "third-party payee with a reference": lambda s: any(
        e.payee and "{{zaaknummer}}" in e.reference for e in effects(s)
    ),
    "granted versus settled": lambda s: any(effect.kind == "vaststellen" for effect in effects(s)),
    "mutual exclusion": lambda s: any(product.excludes for product in s.products.values()),
    "allow-list of schools": lambda s: any(product.schools for product in s.products.values()),
    "extension by what came before": lambda s: "eerder.exists(" in conditions(s),
    "extension within a case, with a gate": lambda s: any(
        f"alle.{act}" in gate.condition for gate in s.gates.values() for act in gate.at
    ),
    "period anchored at filing": lambda s: bool(starts(s) & filing(s)),
    "period anchored at completeness": lambda s: bool(starts(s) & complete(s)),
    "period anchored at the grant": lambda s: bool(starts(s) & granting(s)),
    "period anchored at a fixed day": lambda s: any(clock.begins_on for clock in s.clocks.values()),
    "period anchored at a computed day": lambda s: any(
        f"formulier.{name}" in starts(s) for name, field in s.form.items() if field.kind == "berekend"
    ),
    "reference date for an age": lambda s: "leeftijd_op(" in conditions(s) and "jaardag(" in conditions(s),
    "baseline measurement": baseline,
    "term for some cases only": lambda s: any(clock.condition for clock in s.clocks.values()),
    "working days": lambda s: clocks(s, "unit", "werkdag"),
    "school weeks": lambda s: clocks(s, "unit", "schoolweek"),
    "counting backwards": lambda s: clocks(s, "back", True),
    "at least every": lambda s: clocks(s, "kind", "terugkerend"),
    "cap": lambda s: clocks(s, "kind", "maximum"),
    "counter": lambda s: clocks(s, "kind", "teller"),
    "suspension": lambda s: any(clock.suspends for clock in s.clocks.values()),
    "hard ceiling": lambda s: any(book.policy == "hard" for book in s.books.values()),
    "subsidy ceiling": lambda s: any(book.subsidy_ceiling for book in s.books.values()),
    "notice with a written reason": lambda s: any(b.policy == "melden" and b.reasoned_by for b in s.books.values()),
    "ceiling that never blocks": lambda s: any(book.policy == "nooit" for book in s.books.values()),
    "capacity floor and cap": lambda s: any(b.floor is not None and b.ceiling is not None for b in s.books.values()),
    "places of one's own word": lambda s: any(
        b.unit not in ("eurocent", "traject", "contact") for b in s.books.values()
    ),
    "readers without names": lambda s: any(rule.treatment == "anoniem" for rule in s.disclosures),
    "readers with names": lambda s: any(r.treatment == "geen" and "*" in r.fields for r in s.disclosures),
    "consent by act, age and representative": lambda s: any(
        c.act and {w.weight for w in c.who} and any(w.below_age for w in c.who) for c in s.consents.values()
    ),
    "responsibility matrix with porous edges": lambda s: any(r.porous for m in s.matrices.values() for r in m.rows),
    "answer that is not given": lambda s: any(field.may_refuse for field in questions(s)),
    "at most so many": lambda s: any(f.maximum for f in questions(s) if f.kind in ("meerkeuze", "tabel", "bestand")),
}


@pytest.mark.requirement("ALL-03")
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_scheme_that_tests_run_uses_it(construct: str) -> None:
    users = [name for name, scheme in schemes().items() if CONSTRUCTS[construct](scheme)]
    assert users, f"no scheme of {len(schemes())} uses: {construct}"


def test_each_invented_region_brings_something_of_its_own() -> None:
    """Unlike the partnerships of the sources, and unlike each other."""
    own = {name: {c for c, uses in CONSTRUCTS.items() if uses(scheme)} for name, scheme in schemes().items()}
    invented = [name for name in own if name.startswith("tenants/") and not name.endswith("/scheme.toml")]
    assert len(invented) == 3
    for name in invented:
        others = set().union(*(own[other] for other in own if other != name))
        assert own[name] - others, name
