"""A small scheme to build on: one school asks, one person decides. Tests add the piece they are about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme

SMALL = """
code = "klein"
versie = "1"
titel = "Klein"
geldig_van = 2024-01-01
regime = "privaat"
onderwerp = { soort = "geen" }

[rol.school]
titel = "School"
plaats = "school"
[rol.bureau]
titel = "Bureau"
plaats = "bureau"

[formulier.vraag]
soort = "tekst"
titel = "Vraag"
verplicht = ["indienen"]
[formulier.vanaf]
soort = "datum"
titel = "Vanaf"
[formulier.aantal]
soort = "getal"
titel = "Aantal"

[handeling.indienen]
titel = "Indienen"
gedrag = "indienen"
door = ["school"]
uitkomst = "ingediend"
[handeling.aanvullen]
titel = "Aanvullen"
gedrag = "aanvullen"
door = ["school"]
[handeling.noteren]
titel = "Noteren"
door = ["bureau"]
wanneer = "open"
[handeling.uitnodigen]
titel = "Uitnodigen om aan te vullen"
door = ["bureau"]
[handeling.besluiten]
titel = "Besluiten"
door = ["bureau"]
uitkomst = "besloten"

[stap.intake]
titel = "Intake"
fase = "aanvraag"
na = ["begin"]
handelingen = ["indienen"]
[stap.besluit]
titel = "Besluit"
fase = "besluit"
na = ["stap.intake.ingediend"]
handelingen = ["aanvullen", "uitnodigen", "besluiten"]
bij.besloten = { sluit = "klaar" }

[[inzage]]
wie = "school"
stappen = ["intake"]
uitkomsten = ["*"]
[[inzage]]
wie = "bureau"
stappen = ["intake"]
uitkomsten = ["*"]
"""


def small(extra: str = "", *, without: str = "") -> Scheme:
    """The small scheme with more TOML, less the text `without`."""
    assert without in SMALL
    return load(SMALL.replace(without, "") + extra)


def done(
    scheme: Scheme, *deeds: tuple[str, str] | tuple[str, str, Mapping[str, Any]], facts: Facts | None = None
) -> list[Act]:
    """The acts of `deeds` (act, day, fields), each by the first role that may."""
    acts: list[Act] = []
    for kind, on, *fields in deeds:
        given = dict(fields[0]) if fields else {"vraag": "x"} if kind == "indienen" else {}
        act = Act(kind, date.fromisoformat(on), Actor(scheme.acts[kind].by[0], "p"), given)
        acts.append(judge(scheme, acts, act, facts or Facts()))
    return acts
