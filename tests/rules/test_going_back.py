"""Going back, once and more often: what was booked is undone exactly once, and what was done in a step that was gone back on
counts for nothing any more."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Act, Actor, Consequences, Effect, Facts
from maatwerk.rules.books import reversals
from maatwerk.rules.catching_up import catch_up
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.situation import Situation
from maatwerk.rules.standing import standing
from tests.regio36 import FACTS, ONDERSTEUNER, SCHEME, do, under_review, vote
from tests.rules.test_core_properties import PEOPLE, play, quick
from tests.schemes import done, small

DAY = date(2024, 9, 2)
PLANNED = """
[handeling.plannen]
titel = "Plannen"
door = ["bureau"]
[handeling.plannen.velden.dag]
soort = "datum"
titel = "Dag"
verplicht = ["plannen"]
[handeling.gepland]
titel = "Gepland"
door = ["bureau"]
uitkomst = "gepland"
[handeling.terug]
titel = "Terug"
door = ["bureau"]
heropent = ["planning"]
[handeling.spreken]
titel = "Spreken"
door = ["bureau"]
uitkomst = "gesproken"
[stap.planning]
titel = "Planning"
fase = "planning"
na = ["stap.intake.ingediend"]
handelingen = ["plannen", "gepland", "terug"]
[stap.gesprek]
titel = "Gesprek"
fase = "gesprek"
na = ["handeling.plannen.dag"]
handelingen = ["spreken"]
[termijn.na_de_dag]
titel = "Na de dag"
soort = "streef"
start = ["handeling.plannen.dag"]
duur = "P1W"
"""


def booked(step: str, amount: int) -> Act:
    return Act("besluiten", DAY, Actor("bureau"), consequences=Consequences(step, effects=(_commit(amount),)))


def gone_back(step: str, *again: str, freed: int) -> Act:
    undone = Effect("terugdraaien", "budget", freed)
    return Act("terug", DAY, Actor("bureau"), consequences=Consequences(step, reopened=again, effects=(undone,)))


def _commit(amount: int) -> Effect:
    return Effect("vastleggen", "budget", amount)


def freed(acts: list[Act], *again: str) -> list[tuple[str, int]]:
    return [(effect.kind, effect.amount) for effect in reversals(acts, frozenset(again))]


def test_what_was_undone_by_an_act_outside_the_reopened_steps_is_not_undone_again() -> None:
    acts = [booked("besluit", 100), gone_back("bezwaar", "besluit", freed=100), booked("besluit", 80)]
    assert freed(acts, "besluit") == [("terugdraaien", 80)]
    assert freed([*acts, gone_back("bezwaar", "besluit", freed=80)], "besluit") == []


def test_going_back_to_more_steps_before_does_not_spare_the_one_step_now() -> None:
    acts = [
        *(booked("besluit", 100), booked("aanvulling", 50), gone_back("slot", "besluit", "aanvulling", freed=150)),
        booked("besluit", 80),
    ]
    assert freed(acts, "besluit") == [("terugdraaien", 80)]


def test_only_the_named_steps_are_undone() -> None:
    acts = [booked("besluit", 100), booked("aanvulling", 50)]
    assert freed(acts, "aanvulling") == [("terugdraaien", 50)]


def rejected(acts: list[Act], on: str) -> list[Act]:
    for seat, person in (("de_meierij", "dm1"), ("jongerenaanpak", "j1")):
        acts = vote(acts, seat, person, "tegen", on)
    return acts


def advised(acts: list[Act], on: str) -> list[Act]:
    acts = do(acts, "advies_vastleggen", ONDERSTEUNER, on, {"advies": "Vraag het wijkteam."})
    return do(acts, "bellen_afspreken", ONDERSTEUNER, on, {"zetel": "de_meierij"})


def rejected_again() -> list[Act]:
    """A rejection with its advice that was gone back on, and a second rejection without."""
    acts = advised(rejected(under_review(), "2024-09-03"), "2024-09-04")
    acts = do(acts, "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-05", {"reden": "Er kwam iets bij."})
    acts = do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-05")
    return rejected(do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-06"), "2024-09-09")


@pytest.mark.requirement("R36-49", "R36-50")
def test_a_rejection_of_a_later_round_needs_an_advice_and_a_caller_of_its_own() -> None:
    acts = rejected_again()
    offer = next(o for o in standing(SCHEME, acts, DAY, FACTS).offers if o.act == "besluit_verzenden")
    with pytest.raises(Refused) as caught:
        do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-10")
    for reasons in (offer.blocks, caught.value.reasons):
        assert [reason.code for reason in reasons] == ["advies_bij_afwijzing", "beller_bij_afwijzing"]
    acts = do(advised(acts, "2024-09-10"), "besluit_verzenden", ONDERSTEUNER, "2024-09-10")
    assert fold(SCHEME, acts).closed == "afgewezen"
    assert rejudge(SCHEME, acts) is None


def test_who_was_to_call_about_a_rejection_that_was_undone_has_nobody_to_call() -> None:
    kinds = {offer.act for offer in standing(SCHEME, rejected_again(), DAY, FACTS).offers}
    assert "gebeld" not in kinds


def test_a_day_that_was_filled_in_before_the_case_went_back_neither_runs_a_term_nor_opens_a_step() -> None:
    scheme, later = small(PLANNED), date(2024, 9, 20)
    planned = done(scheme, ("indienen", "2024-09-02"), ("plannen", "2024-09-02", {"dag": "2024-09-10"}))
    (opening,) = catch_up(scheme, planned, later, Facts())
    assert [opened.step for opened in opening.consequences.opened] == ["gesprek"]
    assert [clock.due for clock in standing(scheme, planned, later).clocks] == [date(2024, 9, 17)]
    undone = [*planned, judge(scheme, planned, Act("terug", date(2024, 9, 3), Actor("bureau")), Facts())]
    assert catch_up(scheme, undone, later, Facts()) == ()
    assert standing(scheme, undone, later).clocks == ()


def counts(acts: list[Act], number: int) -> bool:
    """Whether nothing after the act went back on its step."""
    step = acts[number].consequences.step
    return not any(step in act.consequences.reopened for act in acts[number + 1 :])


busy = ["volledig_verklaren", "vrijgeven", "stemmen", "stemmen", "contact_vastleggen", "advies_vastleggen",
        "toestemming_vastleggen", "opnieuw_beoordelen"]  # fmt: skip
rounds = st.lists(
    st.tuples(
        st.sampled_from(busy),
        st.integers(0, 1),
        st.sampled_from(PEOPLE),
        st.sampled_from(["voor", "tegen"]),
        st.just(True),
    ),
    min_size=8,
    max_size=30,
)


@quick
@given(rounds)
def test_conditions_read_only_acts_whose_step_was_not_gone_back_on(course: list[Any]) -> None:
    acts = play(course)
    situation = Situation(SCHEME, fold(SCHEME, acts), acts[-1].on + timedelta(days=1), FACTS)
    valid = [act for number, act in enumerate(acts) if counts(acts, number)]
    for kind in SCHEME.acts:
        numbers = [act.seq for act in valid if act.kind == kind]
        assert [seen["volgnummer"] for seen in situation["alle"][kind]] == numbers
        assert (
            [situation["laatste"][kind]["volgnummer"]] == numbers[-1:] if numbers else kind not in situation["laatste"]
        )
