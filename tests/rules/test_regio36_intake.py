"""Regio 36, from the checks to a complete application (E1, E4, E5): what is asked, what is refused and why, and the other road."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules import form
from maatwerk.rules.acts import Act, Actor
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, Refused
from maatwerk.rules.standing import standing
from tests.regio36 import COORDINATOR, FACTS, ONDERSTEUNER, SCHEME, answers, do, filed


def refused(on: str = "2024-09-02", **changes: Any) -> dict[str, str]:
    """Code -> message of every reason for which filing is refused."""
    with pytest.raises(Refused) as refusal:
        filed(on, **changes)
    return {reason.code: reason.message for reason in refusal.value.reasons}


def mends(on: str = "2024-09-02", **changes: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        filed(on, **changes)
    return [reason.mend for reason in refusal.value.reasons]


def missing(**changes: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        filed(**changes)
    return {reason.field for reason in refusal.value.reasons if reason.code == "ontbreekt"}


@pytest.mark.requirement("R36-30", "R36-32")
def test_filing_brings_a_case_to_the_check_on_completeness_and_a_confirmation_leaves() -> None:
    acts = filed()
    found = standing(SCHEME, acts, date(2024, 9, 2), FACTS)
    assert found.phase == "controle volledigheid"
    assert [(e.kind, e.text, e.audience) for e in acts[0].consequences.effects] == [
        ("melding", "ontvangst", "coordinator")
    ]
    assert found.steps["beoordeling"].status == "wacht"


@pytest.mark.requirement("R36-10")
@pytest.mark.parametrize("role", ["ouder", "leerling", "beoordelaar", "ondersteuner"])
def test_only_the_coordinator_of_a_school_files(role: str) -> None:
    with pytest.raises(Forbidden):
        do([], "indienen", Actor(role, "iemand"), "2024-09-02", answers())


@pytest.mark.requirement("R36-12", "R36-24")
@pytest.mark.parametrize(
    "question", ["beeld_binnen_school", "beeld_buiten_school", "leerling_op_de_hoogte", "ouders_op_de_hoogte"]
)
def test_each_of_the_four_questions_on_the_present_situation_must_be_yes(question: str) -> None:
    assert "situatie_in_beeld" in refused(**{question: False})


@pytest.mark.requirement("R36-12")
def test_the_present_situation_has_four_questions() -> None:
    asked = [name for name, field in SCHEME.form.items() if field.group == "Huidige situatie"]
    assert len(asked) == 4
    assert all(SCHEME.form[name].kind == "ja_nee" for name in asked)


@pytest.mark.requirement("R36-13", "R36-24")
@pytest.mark.parametrize(
    ("available", "in_time", "gate"),
    [
        ("beschikbaar_passend", "tijdig_passend", "geen_tijdig_passend_onderwijs"),
        ("beschikbaar_extern", "tijdig_extern", "geen_tijdig_extern"),
    ],
)
def test_support_that_is_available_in_time_elsewhere_points_to_that_road(
    available: str, in_time: str, gate: str
) -> None:
    assert "tijdig beschikbaar" in refused(**{available: True, in_time: True})[gate]
    assert SCHEME.gates[gate].redirect == "adviesvraag"
    assert "advies" in mends(**{available: True, in_time: True})[0]
    assert filed(**{available: True, in_time: False})


@pytest.mark.requirement("R36-13")
def test_whether_it_can_be_in_time_is_asked_only_when_it_is_available() -> None:
    assert missing(beschikbaar_passend=True) == {"tijdig_passend"}
    assert missing(beschikbaar_extern=True) == {"tijdig_extern"}
    kept = filed(tijdig_passend=True)[0].fields
    assert "tijdig_passend" not in kept


@pytest.mark.requirement("R36-14")
def test_the_preconditions_are_eight_questions_and_a_statement() -> None:
    group = {name: field for name, field in SCHEME.form.items() if field.group == "Randvoorwaarden"}
    sources = {field.source for field in group.values()} | {
        SCHEME.gates["leeftijd"].source,
        SCHEME.form["kosten"].source,
    }
    assert sources == {f"R36-{number}" for number in range(15, 24)}
    assert group["uitbetaling_begrepen"].kind == "verklaring"


@pytest.mark.requirement("R36-15")
@pytest.mark.parametrize(
    ("birth", "on", "fits"),
    [
        ("2012-09-02", "2024-09-02", True),  # twelve today
        ("2012-09-03", "2024-09-02", False),  # eleven until tomorrow
        ("2001-09-03", "2024-09-02", True),  # twenty-two until tomorrow
        ("2001-09-02", "2024-09-02", False),  # twenty-three today
        ("2012-02-29", "2025-02-28", True),
        ("2002-02-28", "2025-02-28", False),
        ("2002-02-29", "2025-02-28", None),  # no such day
        ("2000-02-29", "2023-02-28", True),  # twenty-three on 1 March
        ("2000-02-29", "2023-03-01", False),
    ],
)
def test_the_age_limits_hold_on_the_birthday_itself(birth: str, on: str, fits: bool | None) -> None:
    pupil = {"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": birth}
    changes: dict[str, Any] = {"leerling": pupil, "geconsulteerd_op": on}
    if fits:
        assert filed(on, **changes)
    elif fits is None:
        with pytest.raises(Invalid):
            filed(on, **changes)
    else:
        assert "12 tot en met 22 jaar" in refused(on, **changes)["leeftijd"]


@pytest.mark.requirement("R36-15")
def test_the_student_of_e4_fits_on_15_october_and_is_refused_on_his_birthday() -> None:
    student = {"voornaam": "Daan", "achternaam": "Vos", "geboortedatum": "2001-11-01"}
    assert filed("2024-10-15", sector="mbo", leerling=student)
    assert refused("2024-11-01", sector="mbo", leerling=student).keys() == {"leeftijd"}


@pytest.mark.requirement("R36-16", "R36-17", "R36-18", "R36-20")
@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"startkwalificatie": True}, "geen_startkwalificatie"),
        ({"startkwalificatie_haalbaar": False}, "geen_startkwalificatie"),
        ({"dreigende_uitval": False}, "dreigende_uitval"),
        ({"overbelast": False}, "overbelast"),
        ({"reguliere_middelen_ontoereikend": False}, "reguliere_middelen"),
    ],
)
def test_each_precondition_refuses_on_its_own_with_a_mend_and_another_road(changes: dict[str, Any], gate: str) -> None:
    assert refused(**changes).keys() == {gate}
    assert mends(**changes)[0]
    assert SCHEME.gates[gate].redirect == "adviesvraag"


@pytest.mark.requirement("R36-19")
@pytest.mark.parametrize("who", ["smw", "wijkteam", "cjg"])
def test_one_of_the_three_consulted_is_enough_with_name_and_day(who: str) -> None:
    assert filed(geconsulteerd=who)
    assert missing(geconsulteerd=who, geconsulteerd_wie=None) == {"geconsulteerd_wie"}
    assert missing(geconsulteerd=who, geconsulteerd_op=None) == {"geconsulteerd_op"}


@pytest.mark.requirement("R36-19")
def test_nobody_consulted_or_only_later_refuses() -> None:
    assert refused(geconsulteerd="niemand", geconsulteerd_wie=None, geconsulteerd_op=None).keys() == {"geconsulteerd"}
    assert refused(geconsulteerd_op="2024-09-03").keys() == {"geconsulteerd"}


@pytest.mark.requirement("R36-03", "R36-04", "R36-05")
def test_only_individual_support_is_possible_inside_or_outside_the_school() -> None:
    for kind in ("standaard_traject", "vaste_groep"):
        assert refused(soort_ondersteuning=kind).keys() == {"individueel_maatwerk"}
    for place in ("binnen", "buiten", "beide"):
        assert filed(plaats_ondersteuning=place)
    assert SCHEME.subject.kind == "individu"


@pytest.mark.requirement("R36-06", "R36-08")
def test_the_goals_and_the_road_from_below_are_asked() -> None:
    assert {*SCHEME.form["doelen"].choices} == {"minder_overbelasting", "vervolg_opleiding"}
    assert missing(doelen=None, signaal=None, besproken_zorgteam=False, zorg_bekeken=None) == {
        "doelen",
        "signaal",
        "besproken_zorgteam",
        "zorg_bekeken",
    }


@pytest.mark.requirement("R36-11")
def test_other_means_are_an_open_list_that_must_be_answered_before_completeness() -> None:
    assert {*SCHEME.form["andere_middelen"].choices} == {
        "leergeld", "mbo_studentenfonds", "bijzondere_bijstand", "pgb", "zorgindicatie", "anders",
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        do(filed(andere_middelen=None), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    assert [reason.field for reason in refusal.value.reasons] == ["andere_middelen"]


@pytest.mark.requirement("R36-21", "R36-22", "R36-30", "R36-32", "R36-33")
@pytest.mark.parametrize(
    "absent",
    ["voorziening", "kosten", "periode_van", "periode_tot", "motivatie_coordinator", "motivatie_tweede",
     "toestemmingsformulier"],
)  # fmt: skip
def test_what_is_missing_for_completeness_is_named_and_no_review_starts(absent: str) -> None:
    acts = filed(**{absent: None})
    found = standing(SCHEME, acts, date(2024, 9, 2), FACTS)
    offer = next(offer for offer in found.offers if offer.act == "volledig_verklaren")
    assert absent in {block.field for block in offer.blocks}
    with pytest.raises(Refused):
        do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    with pytest.raises(Conflict):
        do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02")


@pytest.mark.requirement("R36-33")
def test_an_incomplete_case_goes_back_with_a_list_and_returns_to_the_same_place() -> None:
    acts = filed(motivatie_tweede=None)
    acts = do(acts, "terugsturen", ONDERSTEUNER, "2024-09-03", {"ontbrekend": "De tweede motivatie ontbreekt."})
    assert {effect.kind for effect in acts[-1].consequences.effects} == {"melding", "taak"}
    acts = do(acts, "aanvullen", COORDINATOR, "2024-09-05", {"motivatie_tweede": "De overbelasting is groot."})
    found = standing(SCHEME, acts, date(2024, 9, 5), FACTS)
    assert found.phase == "controle volledigheid"
    acts = do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-05")
    target = next(c for c in standing(SCHEME, acts, date(2024, 9, 5), FACTS).clocks if c.id == "reactie")
    assert target.due == date(2024, 9, 12)


@pytest.mark.requirement("R36-33")
def test_a_supplement_may_not_take_away_what_filing_needed_and_is_held_against_the_same_rules() -> None:
    acts = filed()
    with pytest.raises(Refused) as refusal:
        do(acts, "aanvullen", COORDINATOR, "2024-09-03", {"school": None})
    assert [reason.field for reason in refusal.value.reasons] == ["school"]
    with pytest.raises(Refused) as refusal:
        do(acts, "aanvullen", COORDINATOR, "2024-09-03", {"dreigende_uitval": False})
    assert [reason.code for reason in refusal.value.reasons] == ["dreigende_uitval"]


def test_a_supplement_keeps_the_rest_and_can_take_an_answer_away() -> None:
    acts = do(filed(), "aanvullen", COORDINATOR, "2024-09-03", {"opleiding": "3 havo", "plaats_ondersteuning": None})
    kept = {name: value for name, value in acts[-1].fields.items() if value is not None}
    assert kept == {**{k: v for k, v in answers().items() if k != "plaats_ondersteuning"}, "opleiding": "3 havo"}
    with pytest.raises(Refused) as refusal:
        do(
            do(acts, "aanvullen", COORDINATOR, "2024-09-03", {"kosten": None}),
            "volledig_verklaren",
            ONDERSTEUNER,
            "2024-09-03",
        )
    assert "kosten" in {reason.field for reason in refusal.value.reasons}


@pytest.mark.requirement("R36-23")
def test_the_statement_on_payout_must_be_confirmed() -> None:
    assert missing(uitbetaling_begrepen=False) == {"uitbetaling_begrepen"}
    assert "realisatie, ontvangen facturen en evaluatie" in SCHEME.form["uitbetaling_begrepen"].title


@pytest.mark.requirement("R36-26")
def test_a_waiting_list_alone_refuses() -> None:
    assert refused(wachtlijst=True, overbrugging=False).keys() == {"geen_wachtlijst"}


BRIDGING = {
    "wachtlijst": True, "overbrugging": True, "overbrugging_van": "2024-11-30", "overbrugging_tot": "2025-02-28",
    "periode_van": "2024-11-30", "periode_tot": "2025-02-28",
    "overname_organisatie": "Jeugdteam Noord", "overname_op": "2025-02-28", "overbrugging_reden": "De intake is pas in maart.",
}  # fmt: skip


@pytest.mark.requirement("R36-27")
@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"overbrugging_tot": "2025-03-30"}, "overbrugging_kort"),  # four months
        ({"overbrugging_tot": "2025-03-01"}, "overbrugging_kort"),  # a day over three calendar months
        ({"overbrugging_tot": "2024-11-29"}, "overbrugging_kort"),
        ({"periode_tot": "2025-03-30"}, "overbrugging_kort"),
        ({"overname_op": "2025-03-01"}, "overname_op_tijd"),
    ],
)
def test_a_bridging_of_more_than_three_calendar_months_is_refused(changes: dict[str, str], gate: str) -> None:
    assert refused("2024-11-04", **{**BRIDGING, **changes}).keys() == {gate}


@pytest.mark.requirement("R36-27")
def test_three_months_from_30_november_end_on_28_february_and_need_organisation_day_and_reason() -> None:
    acts = filed("2024-11-04", **BRIDGING)
    cap = next(c for c in standing(SCHEME, acts, date(2024, 12, 1), FACTS).clocks if c.id == "overbrugging")
    assert (cap.due, cap.passes_on) == (date(2025, 2, 28), date(2025, 2, 28))
    for needed in ("overname_organisatie", "overname_op", "overbrugging_reden", "overbrugging_van", "overbrugging_tot"):
        assert needed in missing(**{**BRIDGING, needed: None})


@pytest.mark.requirement("R36-59")
def test_the_pupil_may_live_in_another_municipality_than_the_school() -> None:
    assert SCHEME.form["woongemeente"].kind == "gemeente"
    assert filed(woongemeente="Zaltbommel")[0].fields["woongemeente"] == "Zaltbommel"


@pytest.mark.requirement("R36-60")
def test_the_sector_is_one_of_two_and_decides_the_panel() -> None:
    assert {*SCHEME.form["sector"].choices} == {"vo", "mbo"}
    with pytest.raises(Invalid):
        filed(sector="po")


def test_every_wrong_answer_is_named_at_once() -> None:
    wrong = answers(
        sector="po", kosten=[{"omschrijving": "Coaching", "bedrag": 12.5}, {"bedrag": -1}, "vier"], periode_van="2024-W36-1",
        doelen=["rust"], leerling={"voornaam": "Saar", "bsn": "1"}, onbekend="x", overbelast="ja", behoefte="x\ud800",
    )  # fmt: skip
    found = {reason.field for reason in form.check(SCHEME.form, wrong)}
    assert found == {
        "sector", "kosten.0.bedrag", "kosten.1.bedrag", "kosten.1.omschrijving", "kosten.2", "periode_van", "doelen",
        "leerling.bsn", "onbekend", "overbelast", "behoefte",
    }  # fmt: skip
    with pytest.raises(Invalid):
        judge(SCHEME, [], Act("indienen", date(2024, 9, 2), COORDINATOR, wrong), FACTS)


def test_a_number_that_passes_the_bsn_test_is_refused_until_it_is_marked() -> None:
    text = {"behoefte": "Bekend onder 111222333 bij het wijkteam."}
    assert refused(**text).keys() == {"bsn"}
    act = Act("indienen", date(2024, 9, 2), COORDINATOR, answers(**text), not_bsn={"111222333": "Een ordernummer."})
    assert judge(SCHEME, [], act, FACTS).not_bsn == {"111222333": "Een ordernummer."}


def test_an_act_can_lie_in_the_past_of_its_recording_but_not_in_the_future_or_before_filing() -> None:
    acts = filed("2024-09-02")
    late = Act("volledig_verklaren", date(2024, 9, 3), ONDERSTEUNER)
    assert judge(SCHEME, acts, late, FACTS, date(2024, 9, 10)).on == date(2024, 9, 3)
    with pytest.raises(Invalid):
        judge(SCHEME, acts, late, FACTS, date(2024, 9, 2))
    with pytest.raises(Invalid):
        do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-01")
