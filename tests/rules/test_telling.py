"""Who hears how a step ended, and when: regio 36 tells the school with the besluit, and what it does not hear it can't derive."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from maatwerk.rules.acts import Act
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Conflict
from maatwerk.rules.standing import standing
from maatwerk.rules.telling import told
from tests.regio36 import COORDINATOR, FACTS, ONDERSTEUNER, SCHEME, do, under_review, vote
from tests.rules.test_core_properties import play, quick
from tests.rules.test_going_back import advised, rounds

SCHOOL = "coordinator"


def voted(stem: str, acts: list[Act] | None = None, on: str = "2024-09-03") -> list[Act]:
    for seat, person in (("de_meierij", "dm1"), ("jongerenaanpak", "j1")):
        acts = vote(acts or under_review(), seat, person, stem, on)
    return acts or []


def kinds(acts: list[Act], audience: str = SCHOOL) -> list[str]:
    return [act.kind for act in told(SCHEME, acts, audience)]


@pytest.mark.requirement("R36-46", "R36-49")
def test_between_quorum_and_besluit_the_school_sees_the_same_case_whatever_the_outcome() -> None:
    yes, no = voted("voor"), advised(voted("tegen"), "2024-09-04")
    assert kinds(yes) == kinds(no) == ["indienen", "volledig_verklaren", "vrijgeven", "stemmen"]
    for at in (date(2024, 9, 4), date(2024, 12, 1)):
        known = [told(SCHEME, acts, SCHOOL) for acts in (yes, no)]
        seen = [standing(SCHEME, acts, at, FACTS) for acts in known]
        rules = [examine(SCHEME, {}, at, FACTS, acts).gates for acts in known]
        assert (seen[0].phase, seen[0].books, seen[0].closed) == ("beoordeling", {}, "")
        assert [(o.act, o.blocks) for o in seen[0].offers] == [(o.act, o.blocks) for o in seen[1].offers]
        assert seen[0].clocks == seen[1].clocks
        assert rules[0] == rules[1] != ()
    assert told(SCHEME, no, "ondersteuner") == tuple(no)
    assert told(SCHEME, no, "beoordelaar") == tuple(no)


@pytest.mark.requirement("R36-46")
def test_when_the_besluit_was_sent_the_school_knows_all_of_the_round_that_decided() -> None:
    for acts in (voted("voor"), advised(voted("tegen"), "2024-09-04")):
        sent = do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-05")
        assert told(SCHEME, sent, SCHOOL) == tuple(sent)


def test_of_a_round_that_was_gone_back_on_the_outcome_is_never_told() -> None:
    first = advised(voted("tegen"), "2024-09-04")
    acts = do(first, "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-05", {"reden": "Er kwam iets bij."})
    assert kinds(acts)[-2:] == ["stemmen", "opnieuw_beoordelen"]
    assert fold(SCHEME, told(SCHEME, acts, SCHOOL)).steps["volledigheid"].status == "open"
    acts = do(do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-05"), "vrijgeven", ONDERSTEUNER, "2024-09-05")
    acts = do(voted("voor", acts, "2024-09-06"), "besluit_verzenden", ONDERSTEUNER, "2024-09-09")
    hidden = [act for act in acts if act not in told(SCHEME, acts, SCHOOL)]
    assert hidden == first[4:]


def test_what_the_school_does_itself_it_knows_also_when_it_was_not_told_all() -> None:
    acts = do(advised(voted("tegen"), "2024-09-04"), "toestemming_vastleggen", COORDINATOR, "2024-09-05",
              {"wie": "ouder", "stand": "gegeven"})  # fmt: skip
    assert kinds(acts)[-2:] == ["stemmen", "toestemming_vastleggen"]
    acts = do(acts, "intrekken", COORDINATOR, "2024-09-06")
    assert fold(SCHEME, told(SCHEME, acts, SCHOOL)).closed == "ingetrokken"
    assert "advies_vastleggen" not in kinds(acts)


def test_a_refusal_says_no_more_than_the_school_knows() -> None:
    refusals = []
    for acts in (voted("voor"), advised(voted("tegen"), "2024-09-04")):
        with pytest.raises(Conflict) as refused:
            do(acts, "antwoorden", COORDINATOR, "2024-09-05", {"antwoord": "Nog iets."})
        refusals.append(refused.value.reasons)
    assert refusals[0] == refusals[1]
    assert refusals[0][0].message.endswith("de zaak is in fase beoordeling.")


def test_without_a_rule_an_audience_hears_of_no_outcome() -> None:
    silent = load_without_outcomes()
    acts = voted("voor")
    assert [act.kind for act in told(silent, acts, "ondersteuner")] == ["volledig_verklaren", "vrijgeven"]
    assert told(silent, acts, "iemand_anders") == ()


def load_without_outcomes() -> Any:
    return replace(SCHEME, disclosures=tuple(replace(rule, outcomes=()) for rule in SCHEME.disclosures))


@quick
@given(rounds)
def test_more_acts_never_take_back_what_was_told_and_the_rest_stays_one_story(course: list[Any]) -> None:
    acts = play(course)
    before: list[int] = []
    for number in range(len(acts) + 1):
        known = told(SCHEME, acts[:number], SCHOOL)
        numbers = [act.seq for act in known]
        assert set(before) <= set(numbers)
        assert all(act.seq in numbers for act in acts[:number] if act.by.role == SCHOOL)
        outcome = fold(SCHEME, acts[:number]).steps["beoordeling"].outcome
        if fold(SCHEME, acts[:number]).steps["besluit"].status != "beëindigd" and outcome:
            assert fold(SCHEME, known).steps["beoordeling"].outcome == ""
        fold(SCHEME, [replace(act, seq=place) for place, act in enumerate(known, start=1)])
        before = numbers
