"""What is tried, from plain data: answers, acts and the outside, as in a file for `maatwerk scheme try` and in a request. Whatever
else it holds is refused by name, so that a misspelt key is never silently nothing. Documented in tenants/README.md.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from maatwerk.rules.acts import Candidate, Earlier
from maatwerk.rules.day_texts import day_of
from maatwerk.rules.marks import digits_of
from maatwerk.rules.parts import named
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.rooms import Pot
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.trial import Application, Deed

_KEYS: Final = (
    "antwoorden", "bijlagen", "handelingen", "feiten", "zetels", "ruimte", "geen_bsn", "op", "titel", "regeling",
    "eerder",
)  # fmt: skip
_DEED_KEYS: Final = ("handeling", "op", "rol", "zetel", "persoon", "velden", "feiten")
_SEAT_KEYS: Final = ("persoon", "vervanger", "afwezig", "betrokken", "lopend")
_MOST_DEEDS: Final = 200
_LONGEST: Final = 80
_EARLIER: Final[Mapping[str, type]] = {
    "regeling": str, "product": str, "loopt": bool, "uitkomst": str, "uitkomsten": list, "gesloten": str,
    "ingediend_op": str, "toegekend": int,
}  # fmt: skip
_KINDS: Final = {bool: "true of false", int: "een geheel getal", str: "een tekst", list: "een lijst [ ]"}
_FACTS: Final[Mapping[str, type]] = {"ja_nee": bool, "getal": int, "tekst": str, "datum": str}


def application_of(scheme: Scheme, given: Any) -> Application:
    """The application in objects and lists as JSON knows them. Raises Invalid, in Dutch, with the place of the first fault."""
    raw = _object(given, "")
    _known(raw, _KEYS, "")
    facts = _facts(scheme, raw.get("feiten", {}), "feiten")
    files = _object(raw.get("bijlagen", {}), "bijlagen")
    deeds = _list(raw, "handelingen")
    if len(deeds) > _MOST_DEEDS:
        raise Invalid.because("te_veel", f"Hier staan meer dan {_MOST_DEEDS} handelingen.", field="handelingen")
    return Application(
        answers={**_object(raw.get("antwoorden", {}), "antwoorden"), **files},
        deeds=[_deed(scheme, item, f"handelingen.{n}") for n, item in enumerate(deeds)],
        facts=facts,
        candidates={
            seat: _seat(scheme, seat, members) for seat, members in _object(raw.get("zetels", {}), "zetels").items()
        },
        room=_room(scheme, _object(raw.get("ruimte", {}), "ruimte")),
        not_bsn=frozenset(digits_of(_text(number, "geen_bsn")) for number in _list(raw, "geen_bsn")),
        earlier=tuple(_earlier(item, f"eerder.{n}") for n, item in enumerate(_list(raw, "eerder"))),
    )


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Invalid.because("vorm", "Hier hoort een object { } te staan.", field=place or "het bestand")
    return value


def _list(raw: Mapping[str, Any], key: str) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise Invalid.because("vorm", "Hier hoort een lijst [ ] te staan.", field=key)
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise Invalid.because("vorm", "Hier hoort een tekst te staan.", field=place)
    return value


def _known(raw: Mapping[str, Any], keys: tuple[str, ...], place: str) -> None:
    for key in raw:
        if key not in keys:
            field = _brief(f"{place}.{key}" if place else key)
            mend = f"Bekend zijn: {', '.join(keys)}."
            raise Invalid.because("onbekend", "Deze sleutel is onbekend.", mend=mend, field=field)


def _day(value: Any, place: str) -> date:
    try:
        return day_of(_text(value, place))
    except ValueError:
        mend = "Schrijf jaar-maand-dag, zoals 2024-09-02."
        raise Invalid.because("datum", "Dit is geen datum.", mend=mend, field=place) from None


def _deed(scheme: Scheme, raw: Any, place: str) -> Deed:
    item = _object(raw, place)
    _known(item, _DEED_KEYS, place)
    for key in ("handeling", "op"):
        if key not in item:
            raise Invalid.because("ontbreekt", f"Hier ontbreekt {key!r}.", field=place)
    return Deed(
        kind=_text(item["handeling"], f"{place}.handeling"),
        on=_day(item["op"], f"{place}.op"),
        role=_text(item.get("rol", ""), f"{place}.rol"),
        seat=_text(item.get("zetel", ""), f"{place}.zetel"),
        person=_text(item.get("persoon", ""), f"{place}.persoon"),
        fields=_object(item.get("velden", {}), f"{place}.velden"),
        facts=_facts(scheme, item.get("feiten", {}), f"{place}.feiten"),
    )


def _facts(scheme: Scheme, raw: Any, place: str) -> dict[str, Any]:
    facts = _object(raw, place)
    _known(facts, tuple(scheme.facts), place)
    for name, value in facts.items():
        kind = scheme.facts[name].kind
        if type(value) is not _FACTS[kind]:
            raise Invalid.because("vorm", f"Dit feit is van de soort {kind}.", field=f"{place}.{name}")
    return facts


def _seat(scheme: Scheme, seat: str, members: Any) -> tuple[Candidate, ...]:
    place = f"zetels.{_brief(seat)}"
    if seat not in scheme.seats:
        mend = f"Bekend zijn: {', '.join(scheme.seats) or 'geen'}."
        raise Invalid.because("onbekend", "Deze zetel bestaat niet.", mend=mend, field=place)
    if not isinstance(members, list):
        raise Invalid.because("vorm", "Hier hoort een lijst [ ] van personen te staan.", field=place)
    return tuple(_candidate(member, f"{place}.{number}") for number, member in enumerate(members))


def _candidate(raw: Any, place: str) -> Candidate:
    if isinstance(raw, str):
        return Candidate(raw)
    item = _object(raw, place)
    _known(item, _SEAT_KEYS, place)
    flags = {key: item.get(key, False) for key in ("vervanger", "afwezig")}
    load = item.get("lopend", 0)
    if not all(isinstance(flag, bool) for flag in flags.values()) or type(load) is not int:
        message = "vervanger en afwezig zijn true of false, lopend is een getal."
        raise Invalid.because("vorm", message, field=place)
    person = _text(item.get("persoon"), f"{place}.persoon")
    involved = _text(item.get("betrokken", ""), f"{place}.betrokken")
    return Candidate(person, flags["vervanger"], flags["afwezig"], involved, load)


def _earlier(raw: Any, place: str) -> Earlier:
    item = _object(raw, place)
    _known(item, tuple(_EARLIER), place)
    for key, value in item.items():
        if type(value) is not _EARLIER[key]:
            raise Invalid.because("vorm", f"Hier hoort {_KINDS[_EARLIER[key]]} te staan.", field=f"{place}.{key}")
    for key in ("regeling", "ingediend_op"):
        if key not in item:
            raise Invalid.because("ontbreekt", f"Hier ontbreekt {key!r}.", field=place)
    return Earlier(
        scheme=item["regeling"],
        product=item.get("product", ""),
        running=item.get("loopt", not item.get("gesloten")),
        outcome=item.get("uitkomst", ""),
        outcomes=tuple(_text(each, f"{place}.uitkomsten") for each in item.get("uitkomsten", [])),
        closed=item.get("gesloten", ""),
        filed_on=_day(item["ingediend_op"], f"{place}.ingediend_op"),
        granted=item.get("toegekend", 0),
    )


def _room(scheme: Scheme, raw: Mapping[str, Any]) -> dict[Pot, int | None]:
    """An amount per book, or for a book with parts an object with an amount per part."""
    _known(raw, tuple(scheme.books), "ruimte")
    found: dict[Pot, int | None] = {}
    for book, room in raw.items():
        if scheme.books[book].is_divided:
            parts = _object(room, f"ruimte.{book}")
            found |= {Pot(book, named(scheme.books[book], part)): each for part, each in parts.items()}
        else:
            found[Pot(book)] = room
    for pot, room in found.items():
        if room is not None and type(room) is not int:
            field = _brief(".".join(part for part in ("ruimte", *pot) if part))
            raise Invalid.because("vorm", "Dit is een geheel getal, of null.", field=field)
    return found


def _brief(typed: str) -> str:
    """A key that somebody typed, short enough to repeat in a fault."""
    return typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}..."
