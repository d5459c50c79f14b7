"""The legal day of an act: dated back as far as there was something to act upon, and no further."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Act, Actor
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Invalid, Reason
from maatwerk.rules.rejudge import rejudge
from tests.regio36 import COORDINATOR, ONDERSTEUNER, SCHEME, do, filed, under_review, vote
from tests.rules.test_core_properties import courses, play, quick


def refused(acts: list[Act], kind: str, by: Actor, on: str, **fields: Any) -> Reason:
    with pytest.raises(Invalid) as caught:
        do(acts, kind, by, on, fields)
    (reason,) = caught.value.reasons
    return reason


def test_a_vote_can_not_be_dated_before_the_pack_was_released() -> None:
    acts = do(filed("2024-09-02"), "volledig_verklaren", ONDERSTEUNER, "2024-09-04")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-05")
    reason = refused(
        acts, "stemmen", Actor("beoordelaar", "dm1", "de_meierij"), "2024-09-04", stem="voor", motivering="Past."
    )
    assert (reason.code, reason.field) == ("voor_de_stap", "op")
    assert reason.message == (
        "Advies uitbrengen kan niet op woensdag 4 september 2024 zijn gedaan: "
        "de stap Beoordeling begon pas op donderdag 5 september 2024."
    )
    assert reason.mend == "Kies donderdag 5 september 2024 of een latere dag."
    assert len(vote(acts, "de_meierij", "dm1", "voor", "2024-09-05")) == len(acts) + 1


def test_a_later_act_may_be_dated_before_another_of_its_step() -> None:
    acts = do(filed("2024-09-02"), "terugsturen", ONDERSTEUNER, "2024-09-06", {"ontbrekend": "De begroting."})
    acts = do(acts, "aanvullen", COORDINATOR, "2024-09-04", {"opleiding": "3 havo"})
    assert acts[-1].on == date(2024, 9, 4)


def test_in_a_new_round_nothing_is_dated_before_the_case_went_back() -> None:
    acts = do(
        under_review("2024-09-02"), "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-06", {"reden": "Een vergissing."}
    )
    assert refused(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-05").code == "voor_de_stap"
    assert len(do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-06")) == len(acts) + 1


def test_nobody_goes_back_before_what_is_undone_was_done() -> None:
    acts = vote(under_review("2024-09-02"), "de_meierij", "dm1", "voor", "2024-09-05")
    reason = refused(acts, "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-04", reden="Een vergissing.")
    assert reason.message.endswith("in de stap Beoordeling gebeurde nog iets op donderdag 5 september 2024.")


def test_an_act_outside_any_step_is_dated_back_to_the_filing_and_no_further() -> None:
    acts = under_review("2024-09-04")
    consent = {"wie": "ouder", "stand": "gegeven"}
    assert refused(acts, "toestemming_vastleggen", COORDINATOR, "2024-09-03", **consent).code == "voor_indiening"
    assert len(do(acts, "toestemming_vastleggen", COORDINATOR, "2024-09-04", consent)) == len(acts) + 1


def test_a_late_act_on_a_closed_case_may_be_dated_back_to_before_it_closed() -> None:
    bridging = {"wachtlijst": True, "overbrugging": True, "overbrugging_van": "2024-09-16",
                "overbrugging_tot": "2024-12-10", "overname_organisatie": "De gemeente", "overname_op": "2024-12-10",
                "overbrugging_reden": "De wachttijd is lang."}  # fmt: skip
    acts = do(filed("2024-09-02", **bridging), "intrekken", COORDINATOR, "2024-12-20")
    acts = do(acts, "overgenomen", ONDERSTEUNER, "2024-12-10")
    assert acts[-1].on == date(2024, 12, 10)
    assert refused(acts, "overgenomen", ONDERSTEUNER, "2024-09-01").code == "voor_indiening"


@quick
@given(courses, st.integers(0, 9))
def test_every_act_lies_within_the_round_of_its_step_and_is_judged_so_again(course: list[Any], back: int) -> None:
    acts = play(course, back=back)
    for number, act in enumerate(acts):
        opened = fold(SCHEME, acts[:number]).steps[act.step].opened_on if act.step else acts[0].on
        assert opened is None or act.on >= opened
    assert rejudge(SCHEME, acts) is None
