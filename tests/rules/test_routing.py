"""Who sits where: nobody twice in one panel, and no chair empty that somebody could have filled."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.rules.acts import Act, Actor, Candidate, Facts
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Refused
from maatwerk.rules.routing import fill, fit
from maatwerk.rules.scheme import SeatDef
from tests.regio36 import CANDIDATES, CLEAN, ONDERSTEUNER, SCHEME, do, filed, under_review

PEOPLE = ("an", "bo", "cy", "di", "el")
SLOTS = ("noord", "oost", "zuid", "west")
SEATS = {slot: SeatDef(title=slot.title()) for slot in SLOTS}
ASSIGN = next(kind for kind, act in SCHEME.acts.items() if act.behaviour == "toewijzen")
PANEL = ("de_meierij", "swv_3006", "jongerenaanpak")

members = st.builds(
    Candidate,
    st.sampled_from(PEOPLE),
    substitute=st.booleans(),
    absent=st.sampled_from([False, False, True]),
    involved=st.sampled_from(["", "", "gemeld"]),
    load=st.integers(0, 3),
)
teams = st.lists(members, max_size=5, unique_by=lambda member: member.person)


def most(candidates: dict[str, list[Candidate]]) -> int:
    """How many chairs can be filled at most, by trying everything."""
    choices = [["", *(c.person for c in team if fit(SEATS[slot], c))] for slot, team in candidates.items()]
    return max(
        len(seated)
        for way in product(*choices)
        if len(seated := [person for person in way if person]) == len(set(seated))
    )


@pytest.mark.requirement("R36-40", "R36-41")
@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(SLOTS, teams)))
def test_nobody_sits_twice_nobody_unfit_sits_and_no_chair_is_empty_without_need(
    candidates: dict[str, list[Candidate]],
) -> None:
    chairs = fill(SLOTS, SEATS, candidates)
    assert [chair.slot for chair in chairs] == list(SLOTS)
    seated = {chair.slot: chair.person for chair in chairs if chair.person}
    assert len(set(seated.values())) == len(seated) == most(candidates)
    for slot, person in seated.items():
        assert any(c.person == person and fit(SEATS[slot], c) for c in candidates[slot])
    assert all(chair.why for chair in chairs)
    assert all("Niemand beschikbaar" in chair.why for chair in chairs if not chair.person)
    assert fill(SLOTS, SEATS, candidates) == chairs


def test_the_only_candidate_of_two_seats_fills_one_and_the_other_says_why_it_is_empty() -> None:
    one, other = fill(("noord", "oost"), SEATS, {"noord": [Candidate("an")], "oost": [Candidate("an")]})
    assert (one.person, other.person) == ("an", "")
    assert other.why == "Niemand beschikbaar voor Oost: 0 betrokken, 0 afwezig, 1 al op een andere zetel."


def test_who_fits_two_seats_goes_where_there_is_nobody_else() -> None:
    teams = {"noord": [Candidate("an"), Candidate("bo", substitute=True)], "oost": [Candidate("an")]}
    one, other = fill(("noord", "oost"), SEATS, teams)
    assert (one.person, other.person) == ("bo", "an")
    assert one.why == "Noord: vervanger, 0 lopende zaken; 1 zit al op een andere zetel."


@settings(max_examples=80, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(PANEL, teams)),
    st.lists(st.tuples(st.sampled_from(PANEL), st.sampled_from(PEOPLE), teams), max_size=8),
)
def test_whatever_is_assigned_a_panel_never_seats_somebody_twice(
    first: dict[str, list[Candidate]], course: list[tuple[str, str, list[Candidate]]]
) -> None:
    known = {slot: tuple(team) for slot, team in first.items()}
    acts = do(filed(), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02", facts=Facts(CLEAN, {**CANDIDATES, **known}))
    once_each(acts)
    for slot, person, team in course:
        known[slot] = tuple(team)
        acts = tried(acts, ASSIGN, {"zetel": slot, "persoon": person}, Facts(CLEAN, {**CANDIDATES, **known}))
        once_each(acts)


def tried(acts: list[Act], kind: str, fields: dict[str, Any], facts: Facts) -> list[Act]:
    try:
        return [*acts, judge(SCHEME, acts, Act(kind, date(2024, 9, 3), Actor("ondersteuner", "jolijn"), fields), facts)]
    except Refused:
        return acts


def once_each(acts: list[Act]) -> None:
    for state in fold(SCHEME, acts).steps.values():
        seated = [chair.person for chair in state.chairs if chair.person]
        assert len(seated) == len(set(seated))


@pytest.mark.requirement("R36-41")
def test_a_second_chair_is_refused_until_the_first_is_another_s() -> None:
    team = {**CANDIDATES, "swv_3006": (Candidate("s1"), Candidate("dm1"))}
    facts = Facts(values=CLEAN, candidates=team)
    second = {"zetel": "swv_3006", "persoon": "dm1"}
    acts = under_review()
    with pytest.raises(Refused) as refused:
        do(acts, ASSIGN, ONDERSTEUNER, "2024-09-03", second, facts)
    assert [reason.code for reason in refused.value.reasons] == ["zit_al"]
    acts = do(acts, ASSIGN, ONDERSTEUNER, "2024-09-03", {"zetel": "de_meierij", "persoon": "dm2"}, facts)
    acts = do(acts, ASSIGN, ONDERSTEUNER, "2024-09-03", second, facts)
    assert {chair.slot: chair.person for chair in fold(SCHEME, acts).steps["beoordeling"].chairs} == {
        "de_meierij": "dm2", "swv_3006": "dm1", "jongerenaanpak": "j1",
    }  # fmt: skip
