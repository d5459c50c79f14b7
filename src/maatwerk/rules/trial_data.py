"""A trial as data: what `scheme try --json` and the API answer. The keys are Dutch, documented in tenants/README.md, and only
ever grow in number."""

from collections.abc import Iterable
from typing import Any

from maatwerk.rules.acts import Act
from maatwerk.rules.ages import age_on
from maatwerk.rules.books import sums_of
from maatwerk.rules.clocks import Clock
from maatwerk.rules.consent import birth_date, signatories
from maatwerk.rules.eligibility import Eligibility, on_the_form
from maatwerk.rules.history import StepState
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import Offer
from maatwerk.rules.trial import Trial, Tried
from maatwerk.rules.trial_cooperation import cooperation_data
from maatwerk.rules.trial_funding import funding_data


def as_data(scheme: Scheme, trial: Trial) -> dict[str, Any]:
    """Plain dicts, lists, texts, numbers, booleans and None; days as ISO texts, money in eurocents."""
    found = trial.standing
    return {
        "regeling": {"code": scheme.code, "versie": scheme.version, "titel": scheme.title, "regio": scheme.region},
        "op": trial.at.isoformat(),
        "antwoorden": dict(trial.answers),
        "geldt": scheme.valid_from <= trial.at and (scheme.valid_until is None or trial.at <= scheme.valid_until),
        "fase": found.phase,
        "gesloten": found.closed,
        "handelingen": [_tried(scheme, tried) for tried in trial.tried],
        "later": trial.later,
        "onjuist": _reasons(trial.eligibility.wrong),
        "ontbreekt": [
            {"bij": act, "veld": reason.field, "melding": reason.message, "stuk": _is_document(scheme, reason.field)}
            for act, reason in trial.eligibility.missing
        ],
        "voorwaarden": _gates(scheme, trial.eligibility),
        "bedragen": [
            {"soort": kind, "boek": book, "bedrag": amount} for kind, book, amount in trial.eligibility.amounts
        ],
        "boeken": {name: sums_of(held) for name, held in found.books.items()},
        "delen": [
            {"boek": place.book, "deel": place.part, **sums_of(held)}
            for place, held in found.held.items()
            if place.part
        ],
        "eenheden": {name: book.unit for name, book in scheme.books.items()},
        "stappen": {name: _step(scheme, name, state) for name, state in found.steps.items()},
        "zetels": _seats(scheme, trial),
        "termijnen": [_clock(clock) for clock in found.clocks],
        "nogNietBegonnen": [_clock(clock) for clock in trial.not_begun],
        "openHandelingen": [_offer(offer) for offer in found.offers],
        "inzage": [
            {
                "wie": role,
                "velden": dict(shown.fields),
                "teksten": shown.texts,
                "handelingsteksten": shown.act_texts,
                "bijlagen": shown.attachments,
                "ontdaan": shown.anonymous,
                "grond": shown.ground,
            }
            for role, shown in trial.shown
        ],
        "toestemmingen": _consents(scheme, trial),
        "volgendMoment": found.next_moment.isoformat() if found.next_moment else None,
        **cooperation_data(scheme, found),
        **funding_data(scheme, trial.answers, trial.eligibility, trial.earlier),
    }


def _is_document(scheme: Scheme, field: str) -> bool:
    return field in scheme.form and scheme.form[field].kind == "bestand"


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    return [{"code": r.code, "melding": r.message, "herstel": r.mend, "veld": r.field} for r in reasons]


def _tried(scheme: Scheme, tried: Tried) -> dict[str, Any]:
    definition = scheme.acts.get(tried.kind)
    return {
        "handeling": tried.kind,
        "titel": definition.title if definition else "Vanzelf" if tried.act else tried.kind,
        "op": tried.on.isoformat(),
        "rol": tried.by.role,
        "zetel": tried.by.seat,
        "gelukt": tried.act is not None,
        "redenen": _reasons(tried.reasons),
        "gevolgen": _consequences(tried.act) if tried.act else None,
    }


def _consequences(act: Act) -> dict[str, Any]:
    result = act.consequences
    return {
        "nummer": act.seq,
        "geeindigd": [{"stap": e.step, "uitkomst": e.outcome, "waarom": e.why} for e in result.ended],
        "geopend": [{"stap": o.step, "ronde": o.round, "waarom": o.why} for o in result.opened],
        "effecten": [
            {"soort": e.kind, "boek": e.book, "deel": e.part, "bedrag": e.amount, "overschrijding": e.over,
             "drempels": list(e.passed), "begunstigde": e.payee, "kenmerk": e.reference, "tekst": e.text,
             "aan": e.audience, "titel": e.title}
            for e in result.effects
        ],
        "waarschuwingen": list(result.warned),
        "sluit": result.closed,
    }  # fmt: skip


def _gates(scheme: Scheme, found: Eligibility) -> list[dict[str, Any]]:
    return [
        {"id": g.id, "bij": g.at,
            "opFormulier": on_the_form(scheme, g.id), "houdt": g.holds, "gevolg": g.force, "melding": g.message, "herstel": g.mend,
         "andereRoute": g.redirect, "bron": g.source, "waarden": dict(g.values)}
        for g in found.gates
    ]  # fmt: skip


def _step(scheme: Scheme, name: str, state: StepState) -> dict[str, Any]:
    over_pupils = scheme.steps[name].rule.over != "zetels"
    return {
        "titel": scheme.steps[name].title,
        "stand": state.status,
        "uitkomst": state.outcome,
        "ronde": state.round,
        "geopendOp": state.opened_on.isoformat() if state.opened_on else None,
        "geeindigdOp": state.ended_on.isoformat() if state.ended_on else None,
        "waarom": state.why,
        "leerlingen": len(state.chairs) if over_pupils else None,
        "klaarVoor": sorted(state.done_for, key=int),
    }


def _seats(scheme: Scheme, trial: Trial) -> list[dict[str, Any]]:
    """Who sits where; of a panel that has not opened, which seats it will be."""
    found = []
    for step, state in trial.standing.steps.items():
        for chair in state.chairs if scheme.steps[step].rule.over == "zetels" else ():
            vote = state.votes.get(chair.slot)
            found.append(_seat(scheme, step, chair.slot, chair.person, chair.why) | {"stem": vote, "vast": True})
    for step, panel in trial.eligibility.panels:
        for slot in panel.slots:
            found.append(_seat(scheme, step, slot, "", scheme.seats[slot].why) | {"stem": None, "vast": False})
    return found


def _seat(scheme: Scheme, step: str, slot: str, person: str, why: str) -> dict[str, Any]:
    return {"stap": step, "zetel": slot, "titel": scheme.seats[slot].title, "persoon": person, "waarom": why}


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "id": clock.id,
        "titel": clock.title,
        "soort": clock.kind,
        "begin": clock.started.isoformat(),
        "uiterlijk": clock.due.isoformat(),
        "verstrijktOp": clock.passes_on.isoformat(),
        "stand": clock.status,
        "waarschuwOp": [day.isoformat() for day in clock.warn_on],
        "gestoptOp": clock.stopped_on.isoformat() if clock.stopped_on else None,
        "waarom": [{"code": step.code, "datum": step.date.isoformat(), "tekst": step.text} for step in clock.steps],
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "handeling": offer.act,
        "titel": offer.title,
        "stap": offer.step,
        "rollen": offer.roles,
        "zetels": offer.seats,
        "geblokkeerd": _reasons(offer.blocks),
        "waarschuwingen": _reasons(offer.warnings),
    }


def _consents(scheme: Scheme, trial: Trial) -> list[dict[str, Any]]:
    birth = birth_date(scheme, trial.answers)
    age = age_on(birth, trial.at) if birth and birth <= trial.at else None
    return [
        {
            "id": name,
            "titel": consent.title,
            "stand": trial.standing.consents[name],
            "wie": [{"rol": who.role, "weegt": who.weight} for who in signatories(consent, age)],
        }
        for name, consent in scheme.consents.items()
    ]
