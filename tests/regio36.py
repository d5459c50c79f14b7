"""Builders for cases of regio 36: complete answers of an invented pupil, and short ways to do acts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from maatwerk.rules.acts import SYSTEM, Act, Actor, Candidate, Facts
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme

SCHEME: Scheme = load((Path(__file__).parents[1] / "tenants/regio-36/scheme.toml").read_text(encoding="utf-8"))
COORDINATOR = Actor("coordinator", "bas")
ONDERSTEUNER = Actor("ondersteuner", "jolijn")
CLEAN = {"pakket_klaar": True, "pakket_blokkades": 0, "antwoord_klaar": True, "antwoord_blokkades": 0}
CANDIDATES = {
    "de_meierij": (Candidate("dm1"), Candidate("dm2", substitute=True)),
    "swv_3006": (Candidate("s1"),),
    "jongerenaanpak": (Candidate("j1"),),
    "kw1c_expertiseteam": (Candidate("k1"), Candidate("k2", substitute=True)),
    "leerwerkloket": (Candidate("l1"),),
}
FACTS = Facts(values=CLEAN, candidates=CANDIDATES)


def answers(**changes: Any) -> dict[str, Any]:
    """Complete answers for Saar, 15, of a vo school; a change to None removes an answer."""
    filled: dict[str, Any] = {
        "sector": "vo",
        "school": "Duinzicht College",
        "aanvrager": {"voornaam": "Bas", "achternaam": "Coster", "functie": "ondersteuningscoördinator",
                      "telefoon": "06-00000001", "email": "bas@duinzicht.example"},
        "leerling": {"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": "2009-03-14"},
        "ouders": [{"voornaam": "Mirjam", "achternaam": "Joosten"}],
        "woongemeente": "Meierijstad",
        "signaal": True, "besproken_zorgteam": True, "zorg_bekeken": True,
        "andere_middelen": ["leergeld"],
        "beeld_binnen_school": True, "beeld_buiten_school": True,
        "leerling_op_de_hoogte": True, "ouders_op_de_hoogte": True,
        "behoefte": "Saar heeft iemand nodig die met haar de dag begint.",
        "beschikbaar_passend": False, "beschikbaar_extern": False,
        "startkwalificatie": False, "startkwalificatie_haalbaar": True,
        "dreigende_uitval": True, "overbelast": True,
        "geconsulteerd": "smw",
        "geconsulteerd_wie": {"voornaam": "Wil", "achternaam": "Donkers", "functie": "schoolmaatschappelijk werk"},
        "geconsulteerd_op": "2024-08-27",
        "reguliere_middelen_ontoereikend": True,
        "motivatie_coordinator": "Zonder coaching valt Saar uit.",
        "motivatie_tweede": "De overbelasting is groot.",
        "uitbetaling_begrepen": True,
        "soort_ondersteuning": "individueel", "plaats_ondersteuning": "binnen", "doelen": ["minder_overbelasting"],
        "voorziening": "Coaching aan het begin van de dag",
        "kosten": [{"omschrijving": "Coaching, 8 weken", "bedrag": 100_000}, {"omschrijving": "Materiaal", "bedrag": 24_000}],
        "periode_van": "2024-09-16", "periode_tot": "2024-11-08",
        "wachtlijst": False,
        "toestemmingsformulier": ["bestand-1"],
    }  # fmt: skip
    filled.update(changes)
    return {name: value for name, value in filled.items() if value is not None}


def do(
    acts: list[Act], kind: str, by: Actor, on: str, fields: Mapping[str, Any] | None = None, facts: Facts = FACTS
) -> list[Act]:
    """The acts with one more, judged; a refusal is raised."""
    return [*acts, judge(SCHEME, acts, Act(kind, date.fromisoformat(on), by, fields or {}), facts)]


def filed(on: str = "2024-09-02", **changes: Any) -> list[Act]:
    return do([], "indienen", COORDINATOR, on, answers(**changes))


def under_review(on: str = "2024-09-02", **changes: Any) -> list[Act]:
    """A case whose pack was released on the day of filing."""
    acts = do(filed(on, **changes), "volledig_verklaren", ONDERSTEUNER, on)
    return do(acts, "vrijgeven", ONDERSTEUNER, on)


def vote(acts: list[Act], seat: str, person: str, stem: str, on: str) -> list[Act]:
    return do(
        acts, "stemmen", Actor("beoordelaar", person, seat), on, {"stem": stem, "motivering": "Past bij de regeling."}
    )


__all__ = [
    "CANDIDATES",
    "CLEAN",
    "COORDINATOR",
    "FACTS",
    "ONDERSTEUNER",
    "SCHEME",
    "SYSTEM",
    "answers",
    "do",
    "filed",
    "under_review",
    "vote",
]
