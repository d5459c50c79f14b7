"""Numbers that pass the test of a BSN and were said to be none, with the reason. A mark is kept with every act that carries the
number, and holds for the case from then on: nobody is asked twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from maatwerk.rules.bsn import find_bsns, is_bsn
from maatwerk.rules.refusals import Reason

SHORTEST_REASON = 5


def digits_of(text: str) -> str:
    """A number as marks know it: its digits alone."""
    return "".join(filter(str.isdigit, text))


def mark_faults(given: Mapping[str, str]) -> list[Reason]:
    """What is wrong with marks (digits -> reason), each by its place among those that were given."""
    return [
        Reason("geen_bsn", "Geef het nummer zelf en een reden waarom het geen BSN is.", "", f"geenBsn.{number}")
        for number, (digits, reason) in enumerate(given.items())
        if not is_bsn(digits) or len(reason.strip()) < SHORTEST_REASON
    ]


def carried(known: Mapping[str, str], given: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, str]:
    """The marks that belong with an act: those given with it (a number can stand in an attachment), and known ones of numbers in
    its fields."""
    marks = {**known, **given}
    found = mentions(fields) if marks else {}
    return {digits: reason for digits, reason in marks.items() if digits in given or digits in found}


def mentions(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """digits -> the fields, as paths, in which a number that passes the test stands."""
    found: dict[str, list[str]] = {}
    for path, text in _texts(fields):
        for span in find_bsns(text):
            places = found.setdefault(digits_of(text[span.start : span.end]), [])
            if path not in places:
                places.append(path)
    return found


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping | list | tuple):
        parts = value.items() if isinstance(value, Mapping) else enumerate(value)
        for name, part in parts:
            yield from _texts(part, f"{path}.{name}" if path else str(name))
