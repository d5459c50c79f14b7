"""Filling in a partnership's texts: `{{zaaknummer}}` and nothing else. No logic, and a value is never looked at for placeholders itself."""

import re
from collections.abc import Mapping

from maatwerk.rules.refusals import Reason, Refused

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SHOWN = 40


def fill(template: str, values: Mapping[str, str], allowed: frozenset[str]) -> str:
    """The text with its values; raises Refused that names every placeholder outside `allowed`, or without a value."""
    names = dict.fromkeys(_PLACEHOLDER.findall(template))
    grounds = [_unknown(name, allowed) for name in names if name not in allowed]
    grounds += [_without_value(name) for name in names if name in allowed and name not in values]
    remainder = _PLACEHOLDER.sub("", template)
    if "{{" in remainder or "}}" in remainder:
        grounds.append(_UNFINISHED)
    if grounds:
        raise Refused(tuple(grounds))
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


_UNFINISHED = Reason(
    "invulplek_onaf", "Een invulplek is niet goed afgesloten.", "Schrijf een invulplek als {{zaaknummer}}.", "tekst"
)


def _unknown(name: str, allowed: frozenset[str]) -> Reason:
    message = f"De invulplek '{name[:_SHOWN]}' bestaat niet."
    return Reason("invulplek_onbekend", message, f"Kies uit: {', '.join(sorted(allowed))}.", "tekst")


def _without_value(name: str) -> Reason:
    message = f"Voor de invulplek '{name}' is er geen waarde."
    return Reason("invulplek_leeg", message, "Haal de invulplek weg of vul het gegeven in.", "tekst")
