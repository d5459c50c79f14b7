"""Consent: who must agree at an age, and the state that follows from what each has said.

States: geen, gevraagd, gegeven, geweigerd. A person of weight "beslist" decides; "spreekt_mee" must have been heard, whatever
he said; "informatief" is only told. Ages move during a case, so the state is derived for a day.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from maatwerk.rules.ages import age_on, birthday
from maatwerk.rules.scheme import ConsentDef, Scheme, Signatory

ANSWERS = ("gegeven", "geweigerd")
STATES = ("geen", "gevraagd", *ANSWERS)


def birth_date(scheme: Scheme, answers: Mapping[str, Any]) -> date | None:
    """The birth date of the pupil of an individual case, when it is known and well formed."""
    pupil = answers.get(scheme.subject.field)
    try:
        return date.fromisoformat(pupil["geboortedatum"]) if isinstance(pupil, Mapping) else None
    except (KeyError, TypeError, ValueError):
        return None


def signatories(consent: ConsentDef, age: int | None) -> tuple[Signatory, ...]:
    """Who counts at this age; with an unknown age everybody does (the strictest reading)."""
    return tuple(
        who
        for who in consent.who
        if age is None or (who.from_age <= age and (who.below_age is None or age < who.below_age))
    )


def state_of(consent: ConsentDef, given: Mapping[str, str], age: int | None) -> str:
    """The one state of a consent from role -> state."""
    counting = [who for who in signatories(consent, age) if who.weight != "informatief"]
    said = {who.role: given.get(who.role, "geen") for who in counting}
    deciding = [said[who.role] for who in counting if who.weight == "beslist"]
    heard = all(state in ANSWERS for state in said.values())
    if "geweigerd" in deciding:
        return "geweigerd"
    if counting and heard and all(state == "gegeven" for state in deciding):
        return "gegeven"
    return "gevraagd" if any(state != "geen" for state in said.values()) else "geen"


def states(
    scheme: Scheme, given: Mapping[str, Mapping[str, str]], answers: Mapping[str, Any], at: date
) -> dict[str, str]:
    """Consent -> its state on a day."""
    birth = birth_date(scheme, answers)
    age = age_on(birth, at) if birth and birth <= at else None
    return {name: state_of(consent, given.get(name, {}), age) for name, consent in scheme.consents.items()}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The moments `toestemming.<id>.<stand>` that lie between two states of all consents."""
    return tuple(f"toestemming.{name}.{state}" for name, state in after.items() if before.get(name) != state)


def birthdays(scheme: Scheme, answers: Mapping[str, Any]) -> list[tuple[date, str, int]]:
    """(day, consent, age) of every age that a consent names, in order of day."""
    birth = birth_date(scheme, answers)
    if birth is None:
        return []
    ages = {
        (name, age)
        for name, consent in scheme.consents.items()
        for who in consent.who
        for age in (who.from_age, who.below_age)
        if age
    }
    return sorted((birthday(birth, age), name, age) for name, age in ages)


def coming_birthdays(scheme: Scheme, answers: Mapping[str, Any], after: date) -> list[date]:
    """The days after `after` on which an age that the consents name is reached: the case must be looked at again."""
    return [day for day, _, _ in birthdays(scheme, answers) if day > after]
