"""Who is known in a case: what the engine looks for, and what may stay because reviewers are given it anyhow. The applicant
is known too, but his name and contact are part of every pack (R36-34)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.anonymisation.engine import Known
from maatwerk.rules.consent import birth_date
from maatwerk.rules.names import NAME_PARTS, words
from maatwerk.rules.scheme import Scheme

SHORTEST_STEM = 4
CONTACT = ("telefoon", "email", "leerlingnummer", "postcode")


@dataclass(frozen=True)
class Acquaintance:
    """`names` are words of names that the engine only numbers, `stems` first names of pupil and parents, `contacts` numbers of
    all but the applicant, `given` the applicant's."""

    known: Known
    names: frozenset[str]
    stems: tuple[str, ...]
    contacts: frozenset[str]
    given: frozenset[str]
    birth: date | None


def acquaintance(
    scheme: Scheme, answers: Mapping[str, Any], institutions: object = None, protected: Iterable[str] = ()
) -> Acquaintance:
    """What is known from the answers of a case; `institutions` are the region's care providers, `protected` words that stay, both of
    the tenant."""
    persons = list(_persons(scheme, answers))
    pupils = [person for role, person in persons if role == "leerling"]
    applicants = [person for role, person in persons if role == "aanvrager"]
    parents = [person for role, person in persons if role == "ouder"]
    others = [person for role, person in persons if role not in ("leerling", "aanvrager", "ouder")]
    others += [*pupils[1:], *applicants[1:]]
    mapping = {
        "leerling": _known_person(pupils[0]) if pupils else None,
        "ouders": [_known_person(person) for person in parents],
        "aanvrager": _known_person(applicants[0]) if applicants else None,
        "betrokkenen": [_known_person(person) for person in others],
        "school": _first(scheme, answers, "school"),
        "woongemeente": _first(scheme, answers, "gemeente"),
        "instellingen": institutions if isinstance(institutions, list) else [],
        "beschermd": [*protected],
    }
    return Acquaintance(
        known=Known.from_mapping(mapping),
        names=frozenset(word for person in others for word in _name_words(person)),
        stems=tuple(word for person in (*pupils, *parents) for word in _first_names(person)),
        contacts=frozenset(contact for person in (*pupils, *parents, *others) for contact in _contacts(person)),
        given=frozenset(contact for person in applicants[:1] for contact in _contacts(person)),
        birth=birth_date(scheme, answers),
    )


def comparable(contact: str) -> str:
    """A number as its last nine digits, so that +31 6 and 06 are the same; anything else in small letters without space."""
    digits = "".join(filter(str.isdigit, contact))
    return digits[-9:] if len(digits) >= 9 and "@" not in contact else "".join(contact.split()).casefold()


def _persons(scheme: Scheme, answers: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, field in scheme.form.items():
        value = answers.get(name)
        if field.kind == "persoon" and isinstance(value, Mapping):
            yield field.person, value
        elif field.kind == "personen" and isinstance(value, list):
            yield from ((field.person, person) for person in value if isinstance(person, Mapping))


def _known_person(person: Mapping[str, Any]) -> dict[str, Any]:
    parts = {part: value for part, value in person.items() if isinstance(value, str)}
    street = parts.get("adres", "").rstrip(" 0123456789-")
    return {**parts, "adres": {"straat": street, "plaats": parts.get("plaats", "")}}


def _first(scheme: Scheme, answers: Mapping[str, Any], kind: str) -> str:
    return next((str(answers[n]) for n, field in scheme.form.items() if field.kind == kind and answers.get(n)), "")


def _name_words(person: Mapping[str, Any]) -> Iterator[str]:
    for part in NAME_PARTS:
        if part != "tussenvoegsel" and isinstance(person.get(part), str):
            yield from (word for word in words(person[part]) if len(word) > 2)


def _first_names(person: Mapping[str, Any]) -> Iterator[str]:
    yield from (word for word in words(str(person.get("voornaam") or "")) if len(word) >= SHORTEST_STEM)


def _contacts(person: Mapping[str, Any]) -> Iterator[str]:
    for part in CONTACT:
        if isinstance(person.get(part), str) and len(person[part]) > 3:
            yield comparable(person[part])
