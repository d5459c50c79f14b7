"""Every scheme of the house under random use: nothing crashes, offers and judgements agree, the fold tells one story."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.acts import Act, Actor, Candidate, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.catching_up import alarms, catch_up
from maatwerk.rules.eligibility import examine
from maatwerk.rules.graph import mermaid, reachable
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load
from maatwerk.rules.parts import declared, left
from maatwerk.rules.refusals import Forbidden, Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.scheme import FieldDef, Scheme
from maatwerk.rules.standing import standing
from tests.tenants.cases import FILES, INVENTED, TENANTS

EXAMPLES = TENANTS.parent / "examples/proberen"
FACTS = {"ja_nee": True, "getal": 0, "tekst": "x", "datum": "2024-01-01"}
by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


def an_answer(rng: random.Random, field: FieldDef) -> Any:
    """Something that fits the question."""
    match field.kind:
        case "ja_nee":
            return rng.random() < 0.7
        case "verklaring":
            return True
        case "getal" | "bedrag":
            return rng.choice([1, 2, 50, 100_000])
        case "datum":
            return (date(2024, 9, 1) + timedelta(days=rng.randrange(-40, 120))).isoformat()
        case "keuze":
            return rng.choice([*field.choices])
        case "meerkeuze":
            return rng.sample([*field.choices], rng.randint(1, len(field.choices)))
        case "tabel":
            return [
                {name: an_answer(rng, column) for name, column in field.columns.items()}
                for _ in range(rng.randint(1, 3))
            ]
        case "persoon":
            return a_person(rng, field)
        case "personen":
            return [a_person(rng, field) for _ in range(rng.randint(1, 7))]
        case "bestand":
            return ["stuk.pdf"]
        case _:
            return "Tekst"


def a_person(rng: random.Random, field: FieldDef) -> dict[str, str]:
    born = f"{rng.randint(2003, 2014)}-0{rng.randint(1, 9)}-15"
    return {part: born if part == "geboortedatum" else "Mies" for part in field.parts}


def good_answers(path: Path) -> dict[str, Any]:
    """The answers of the region's example."""
    own = path.with_suffix(".json") if path in INVENTED else EXAMPLES / f"{path.parent.name}.json"
    example = json.loads(own.read_text(encoding="utf-8"))
    return {**example["antwoorden"], **example.get("bijlagen", {})}


def an_act(rng: random.Random, scheme: Scheme, acts: list[Act], kind: str, on: date, good: dict[str, Any]) -> Act:
    definition = scheme.acts[kind]
    fields = scheme.form if PALETTE[definition.behaviour].uses_form else definition.fields
    asked = {name: field for name, field in fields.items() if field.kind != "berekend"}
    filled = {name: an_answer(rng, field) for name, field in asked.items() if rng.random() < 0.93}
    if PALETTE[definition.behaviour].files and rng.random() < 0.7:
        filled = {name: value for name, value in good.items() if name in scheme.form}
    chairs = [chair for state in fold(scheme, acts).steps.values() if state.status == "open" for chair in state.chairs]
    by = Actor(rng.choice(definition.by), "iemand")
    if chairs and PALETTE[definition.behaviour].by_seat:
        chair = rng.choice(chairs)
        by = Actor(by.role, chair.person, chair.slot)
    return Act(kind, on, by, filled)


def facts_of(scheme: Scheme) -> Facts:
    seated = {seat: (Candidate(seat), Candidate(f"{seat}2", substitute=True)) for seat in scheme.seats}
    return Facts(
        {name: FACTS[fact.kind] for name, fact in scheme.facts.items()},
        seated,
        {place: left(scheme, place, 50_000) for place in declared(scheme)},
    )


def play(rng: random.Random, scheme: Scheme, good: dict[str, Any]) -> list[Act]:
    """A case of up to twenty tries, most of them of what is on offer, some of them late."""
    facts, acts, day = facts_of(scheme), [], date(2024, 9, 2)
    for _ in range(rng.randint(4, 20)):
        day += timedelta(days=rng.choice([0, 0, 1, 3, 9, 60]))
        acts += catch_up(scheme, acts, day, facts)
        offers = standing(scheme, acts, day, facts).offers
        on_offer = [offer.act for offer in offers]
        kind = rng.choice(on_offer) if on_offer and rng.random() < 0.8 else rng.choice([*scheme.acts])
        late = timedelta(days=rng.choice([0, 0, 0, 2, 20]))
        act = replace(an_act(rng, scheme, acts, kind, day - late, good), at=datetime.combine(day, time(12), tzinfo=UTC))
        try:
            acts.append(judge(scheme, acts, act, facts, day))
            assert kind in on_offer
            assert not next(offer for offer in offers if offer.act == kind).blocks
        except Forbidden:
            assert PALETTE[scheme.acts[kind].behaviour].by_seat
        except Refused as refusal:
            assert refusal.reasons
            assert all(reason.code and reason.message for reason in refusal.reasons)
    return acts


@by_file
def test_random_cases_never_crash_and_can_be_told_again(path: Path) -> None:
    scheme = load(path.read_text(encoding="utf-8"))
    rng = random.Random(path.parent.name + path.name)
    good = good_answers(path)
    steps: set[str] = set()
    for _ in range(40):
        acts = play(rng, scheme, good)
        assert rejudge(scheme, acts) is None
        erased = [replace(act, fields={}) for act in acts]
        for days in (0, 30, 800):
            at = (acts[-1].on if acts else date(2024, 9, 2)) + timedelta(days=days)
            found = standing(scheme, acts, at, facts_of(scheme))
            assert standing(scheme, erased, at).steps == found.steps
            assert standing(scheme, erased, at).clocks == found.clocks
            assert found.next_moment is None or found.next_moment > at
        alarms(scheme, acts, date(2024, 1, 1), at)
        examine(scheme, fold(scheme, acts).answers, at, facts_of(scheme), acts)
        steps |= {name for name, state in fold(scheme, acts).steps.items() if state.status != "wacht"}
    assert len(steps) > 1


@by_file
def test_every_scheme_can_be_drawn_and_walked(path: Path) -> None:
    scheme = load(path.read_text(encoding="utf-8"))
    assert reachable(scheme) == {*scheme.steps}
    assert mermaid(scheme).startswith("flowchart TD")
