"""Votes counted: a quorum decides as soon as it can, and where votes may be tied that is an outcome of its own."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.scheme import StepRule
from maatwerk.rules.voting import outcome

VOTES = st.lists(st.sampled_from(["voor", "tegen", "onthouding"]), max_size=9)


def course(rule: StepRule, slots: int, votes: Sequence[str]) -> list[str]:
    """The outcome after each vote."""
    cast = [{str(seat): vote for seat, vote in enumerate(votes[:number])} for number in range(1, len(votes) + 1)]
    return [outcome(rule, slots, given)[0] for given in cast]


def tied(kind: str, needed: int) -> StepRule:
    return StepRule(kind=kind, needed=needed, yes="ja", no="nee", tied="staakt")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("needed", "slots", "votes", "outcomes"),
    [
        (3, 4, "vvv", ["", "", "ja"]),
        (3, 4, "vttt", ["", "", "", "nee"]),
        (3, 4, "vvtt", ["", "", "", "staakt"]),
        (3, 4, "voo", ["", "", "staakt"]),  # one vote left: three are out of reach for both
        (2, 3, "vo", ["", ""]),
        (2, 3, "vot", ["", "", "staakt"]),
    ],
)
def test_a_quorum_is_needed_for_either_where_votes_can_be_tied(
    needed: int, slots: int, votes: str, outcomes: list[str]
) -> None:
    words = {"v": "voor", "t": "tegen", "o": "onthouding"}
    assert course(tied("quorum", needed), slots, [words[vote] for vote in votes]) == outcomes


def test_two_who_decide_together_and_differ_are_tied() -> None:
    assert course(tied("alle", 1), 2, ["voor", "tegen"]) == ["", "staakt"]
    assert course(tied("alle", 1), 2, ["tegen", "tegen"]) == ["", "nee"]
    assert course(StepRule(kind="alle", yes="ja", no="nee"), 2, ["tegen"]) == ["nee"]


@given(slots=st.integers(1, 9), extra=st.integers(0, 4), votes=VOTES)
def test_every_panel_comes_to_one_outcome_and_never_later_than_its_last_vote(
    slots: int, extra: int, votes: list[str]
) -> None:
    needed = min(slots, slots // 2 + 1 + extra)
    cast = (votes + ["onthouding"] * slots)[:slots]
    found = course(tied("quorum", needed), slots, cast)
    assert found[-1]
    assert len({each for each in found if each}) == 1 or found.index(next(e for e in found if e)) < len(found)
    first = next(number for number, each in enumerate(found) if each)
    assert found[first] == {"voor": "ja", "tegen": "nee"}.get(
        next((vote for vote in ("voor", "tegen") if cast.count(vote) >= needed), ""), "staakt"
    )
