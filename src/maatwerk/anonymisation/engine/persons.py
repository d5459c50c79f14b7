"""What is known of a case before its text is read. Every part may be missing; what is there must have the right shape."""

from collections.abc import Mapping
from dataclasses import dataclass

from maatwerk.rules.refusals import Invalid, Reason


@dataclass(frozen=True)
class Person:
    """`role` is the placeholder's word; an empty role is numbered as "persoon"."""

    role: str
    first: str = ""
    particle: str = ""
    last: str = ""
    nickname: str = ""


@dataclass(frozen=True)
class Named:
    """An organisation and what else it is called: a short form, an abbreviation."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """The persons, the exact strings that must go, and what must stay: school, its board, home municipality, terms. Of the tenant
    come `institutions`, `schools` other than the pupil's, and `staff`, by their full names."""

    persons: tuple[Person, ...] = ()
    street: str = ""
    town: str = ""
    numbers: tuple[str, ...] = ()
    institutions: tuple[Named, ...] = ()
    schools: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    school: str = ""
    board: str = ""
    municipality: str = ""

    @classmethod
    def from_mapping(cls, mapping: object) -> "Known":
        """Reads leerling, ouders, aanvrager, betrokkenen, school, bestuur, woongemeente, instellingen (texts, or objects with naam
        and ook), andere_scholen, medewerkers, beschermd; ignores other keys.

        Raises Invalid, with the place of the fault, when a part has the wrong shape.
        """
        known = _object(mapping, "known")
        pupil = _object(known.get("leerling"), "known.leerling")
        address = _object(pupil.get("adres"), "known.leerling.adres")
        parents = _persons(known.get("ouders"), "known.ouders")
        others = _persons(known.get("betrokkenen"), "known.betrokkenen")
        applicant = _object(known.get("aanvrager"), "known.aanvrager")
        holders = [("known.leerling", pupil), ("known.aanvrager", applicant), *parents, *others]
        roles = ["leerling", "aanvrager", *(f"ouder {n}" for n in range(1, len(parents) + 1)), *("" for _ in others)]
        return cls(
            persons=tuple(_person(*holder, role) for holder, role in zip(holders, roles, strict=True)),
            street=_text(address, "straat", "known.leerling.adres"),
            town=_text(address, "plaats", "known.leerling.adres"),
            numbers=_numbers(holders),
            institutions=_named(known.get("instellingen"), "known.instellingen"),
            schools=_texts(known.get("andere_scholen"), "known.andere_scholen"),
            staff=_texts(known.get("medewerkers"), "known.medewerkers"),
            protected=_texts(known.get("beschermd"), "known.beschermd"),
            school=_text(known, "school", "known"),
            board=_text(known, "bestuur", "known"),
            municipality=_text(known, "woongemeente", "known"),
        )


def _person(place: str, holder: Mapping[str, object], role: str) -> Person:
    return Person(
        role,
        _text(holder, "voornaam", place),
        _text(holder, "tussenvoegsel", place),
        _text(holder, "achternaam", place),
        _text(holder, "roepnaam", place),
    )


def _persons(value: object, place: str) -> list[tuple[str, Mapping[str, object]]]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise _invalid(place, "een lijst")
    return [(f"{place}[{index}]", _object(item, f"{place}[{index}]")) for index, item in enumerate(value)]


def _numbers(holders: list[tuple[str, Mapping[str, object]]]) -> tuple[str, ...]:
    """Strings of a holder that may occur literally: numbers, phones and addresses for mail."""
    keys = ("bsn", "leerlingnummer", "telefoon", "email")
    found = [_text(holder, key, place) for place, holder in holders for key in keys]
    return tuple(dict.fromkeys(text for text in found if len(text) > 3))


def _object(value: object, place: str) -> Mapping[str, object]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _invalid(place, "een object")
    return value


def _text(holder: Mapping[str, object], key: str, place: str) -> str:
    value = holder.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _invalid(f"{place}.{key}", "tekst")
    return value.strip()


def _texts(value: object, place: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _invalid(place, "een lijst van teksten")
    return tuple(value)


def _named(value: object, place: str) -> tuple[Named, ...]:
    """Names as texts, or as objects with what else they are called."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise _invalid(place, "een lijst")
    found = []
    for index, each in enumerate(value):
        if isinstance(each, Mapping):
            here = f"{place}[{index}]"
            found.append(Named(_text(each, "naam", here), _texts(each.get("ook"), f"{here}.ook")))
        else:
            found.append(Named(_texts([each], place)[0]))
    return tuple(found)


def _invalid(place: str, shape: str) -> Invalid:
    return Invalid((Reason("known_malformed", f"{place} moet {shape} zijn.", field=place),))
