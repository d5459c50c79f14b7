"""Who is known in a case, by its answers and by what the tenant knows around it: what the engine looks for, and what may stay because
reviewers are given it anyhow. The applicant is known too, but his name and contact are part of every pack (R36-34)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.anonymisation.engine import Known
from maatwerk.anonymisation.surroundings import Surroundings
from maatwerk.rules.consent import birth_date
from maatwerk.rules.names import NAME_PARTS, full_name, telling, words
from maatwerk.rules.scheme import Scheme

NOTHING = Surroundings()
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


def acquaintance(scheme: Scheme, answers: Mapping[str, Any], around: Surroundings = NOTHING) -> Acquaintance:
    """What is known from the answers of a case and around it. A list of the partnership, made in the case of another child, keeps no
    word with the name of somebody of this one."""
    persons = list(_persons(scheme, answers))
    pupils = [person for role, person in persons if role == "leerling"]
    applicants = [person for role, person in persons if role == "aanvrager"]
    parents = [person for role, person in persons if role == "ouder"]
    others = [person for role, person in persons if role not in ("leerling", "aanvrager", "ouder")]
    others += [*pupils[1:], *applicants[1:]]
    school = _first(scheme, answers, "school")
    called = {word for _, person in persons for word in _name_words(person)}
    mapping = {
        "leerling": _known_person(pupils[0]) if pupils else None,
        "ouders": [_known_person(person) for person in parents],
        "aanvrager": _known_person(applicants[0]) if applicants else None,
        "betrokkenen": [_known_person(person) for person in others],
        "school": school,
        "bestuur": around.board,
        "woongemeente": _first(scheme, answers, "gemeente"),
        "instellingen": [{"naam": each.name, "ook": each.also} for each in around.providers],
        "andere_scholen": [name for name in around.schools if words(name) != words(school)],
        "medewerkers": [name for name in around.staff if not any(_same(name, person) for _, person in persons)],
        "beschermd": [
            *(*scheme_terms(scheme), *around.own_names),
            *(word for word in around.kept if called.isdisjoint(words(word))),
        ],
    }
    return Acquaintance(
        known=Known.from_mapping(mapping),
        names=frozenset(word for person in others for word in _name_words(person)),
        stems=tuple(word for person in (*pupils, *parents) for word in _first_names(person)),
        contacts=frozenset(contact for person in (*pupils, *parents, *others) for contact in _contacts(person)),
        given=frozenset(contact for person in applicants[:1] for contact in _contacts(person)),
        birth=birth_date(scheme, answers),
    )


def scheme_terms(scheme: Scheme) -> Iterator[str]:
    """What no rule may touch: the scheme's own name and products, and the terms that it protects."""
    yield from (scheme.title, *scheme.former_titles)
    yield from (product.title for product in scheme.products.values())
    yield from scheme.anonymising.protected


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


def _same(member: str, person: Mapping[str, Any]) -> bool:
    """Whether a member is probably a person of the case: the same surname, and the same first name or initial."""
    one, other = telling(member), telling(full_name(person))
    return bool(one and other) and one[-1] == other[-1] and words(member)[0][0] == words(full_name(person))[0][0]


def _known_person(person: Mapping[str, Any]) -> dict[str, Any]:
    parts = {part: value for part, value in person.items() if isinstance(value, str)}
    street = parts.get("adres", "").rstrip(" 0123456789-")
    return {**parts, "adres": {"straat": street, "plaats": parts.get("plaats", "")}}


def _first(scheme: Scheme, answers: Mapping[str, Any], kind: str) -> str:
    return next((str(answers[n]) for n, field in scheme.form.items() if field.kind == kind and answers.get(n)), "")


def _name_words(person: Mapping[str, Any]) -> Iterator[str]:
    """The words by which somebody is known; a first name may be as short as Bo, of a surname such words are particles."""
    for part in NAME_PARTS:
        if part != "tussenvoegsel" and isinstance(person.get(part), str):
            least = 3 if part == "achternaam" else 2
            yield from (word for word in words(person[part]) if len(word) >= least)


def _first_names(person: Mapping[str, Any]) -> Iterator[str]:
    yield from (word for word in words(str(person.get("voornaam") or "")) if len(word) >= SHORTEST_STEM)


def _contacts(person: Mapping[str, Any]) -> Iterator[str]:
    for part in CONTACT:
        if isinstance(person.get(part), str) and len(person[part]) > 3:
            yield comparable(person[part])
