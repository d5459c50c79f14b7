"""The same for people: who pays, whether a talk is needed, which level of the ladder, and for which meeting no date is known."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from maatwerk.rules.calendar import in_words

_TALK: Final = {"altijd": "een gesprek is altijd nodig", "kan": "een gesprek kan plaatsvinden"}
_POWER: Final = {"advies": "adviseert", "bindend": "beslist bindend"}


def matrix_lines(data: dict[str, Any]) -> Iterator[str]:
    for matrix in data["matrix"]:
        yield f"  {matrix['titel']}: {_TALK[matrix['gesprek']]}"
        for row in matrix["rijen"]:
            porous = ", poreuze rand" if row["poreus"] else ""
            yield f"        {row['titel']}: {row['betaler']}{porous}" + (f" ({row['uitleg']})" if row["uitleg"] else "")


def ladder_lines(data: dict[str, Any]) -> Iterator[str]:
    for rung in data["escalatie"]:
        ended = "" if rung["open"] else ", afgerond"
        yield f"  {rung['titel']}: niveau {rung['niveau']} van {rung['niveaus']}{ended}: {rung['niveauTitel']}"
        members = f" ({', '.join(rung['leden'])})" if rung["leden"] else ""
        due = f", uiterlijk {in_words(date.fromisoformat(rung['uiterlijk']))}" if rung["uiterlijk"] else ""
        yield f"        {_POWER[rung['macht']]}{members}{due}"
        if rung["open"]:
            higher = rung["volgendNiveau"]
            yield f"        komt men er niet uit, dan: {higher}" if higher else "        dit is het laatste woord"


def undated_lines(data: dict[str, Any]) -> Iterator[str]:
    for clock in data["ongepland"]:
        yield f"  {clock['titel']}: nog geen datum bekend"
        for step in clock["waarom"]:
            yield f"        - {step['tekst']}"
