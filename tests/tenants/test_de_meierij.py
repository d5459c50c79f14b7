"""De Meierij (E10): support starts at agreement on content, money is settled level by level. The programme has tests of its own."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.catching_up import alarms
from maatwerk.rules.disclosure import disclose, rules_for
from maatwerk.rules.history import fold
from maatwerk.rules.meetings import planned, with_dates
from maatwerk.rules.refusals import Forbidden, Refused
from maatwerk.rules.standing import standing
from tests.tenants.cases import Case, scheme

LADDER = scheme("de-meierij")


def brought_in() -> Case:
    answers = {
        "jeugdige": {"voornaam": "Sem", "achternaam": "Kort", "geboortedatum": "2012-01-01"},
        "school": "Rivierschool", "woongemeente": "Boxtel", "plan": "Begeleiding in de klas en thuis.", "ouders_betrokken": True,
    }  # fmt: skip
    return Case(LADDER).do("inbrengen", "2024-03-04", answers)


def judged(case: Case, role: str, stem: str, on: str) -> Case:
    return case.do("inhoud_beoordelen", on, {"stem": stem}, role=role, seat=role)


def agreed() -> Case:
    return judged(judged(brought_in(), "onderwijs", "voor", "2024-03-06"), "gemeente", "voor", "2024-03-08")


def split(education: int, municipality: int, **more: Any) -> dict[str, Any]:
    return {"deel_onderwijs": education, "deel_gemeente": municipality, **more}


def test_support_starts_on_the_day_of_agreement_on_content_while_the_money_is_open() -> None:
    case = judged(brought_in(), "onderwijs", "voor", "2024-03-06")
    assert case.at("2024-03-06").phase == "overeenstemming zoeken"
    found = judged(case, "gemeente", "voor", "2024-03-08").at("2024-03-08")
    assert found.phase == "gestart, financiering open"
    assert (found.steps["ondersteuning"].status, found.steps["ondersteuning"].opened_on) == ("open", date(2024, 3, 8))
    assert "voortgang" in case.open_acts("2024-03-08")


def test_a_local_agreement_on_the_split_settles_the_money() -> None:
    case = agreed()
    with pytest.raises(Refused):
        case.do("verdeling_afspreken", "2024-03-11", split(50, 40))
    case.do("verdeling_afspreken", "2024-03-11", split(40, 60))
    assert case.at("2024-03-11").phase == "gestart, financiering rond"


def test_without_agreement_on_money_advice_comes_first_and_then_the_table_decides() -> None:
    case = agreed().do("geen_overeenstemming", "2024-03-15", role="gemeente")
    assert case.at("2024-03-15").phase == "gestart, financiering open: integraal lokaal overleg"
    with pytest.raises(Refused) as refusal:
        case.do("overleg_afronden", "2024-03-20", {"uitkomst": "geen_overeenstemming"})
    assert refusal.value.reasons[0].code == "advies_gegeven"
    case.do("advies_geven", "2024-03-20", {"advies": "Deel de kosten."})
    case.do("overleg_afronden", "2024-03-20", {"uitkomst": "geen_overeenstemming"})
    found = case.at("2024-03-20")
    assert found.phase == "gestart, financiering open: overlegtafel"
    assert found.steps["ondersteuning"].opened_on == date(2024, 3, 8)
    with pytest.raises(Forbidden):
        case.do("tafel_besluiten", "2024-04-02", split(50, 50, motivering="x"), role="gemeente")
    case.do("tafel_besluiten", "2024-04-02", split(50, 50, motivering="Beide dragen bij."))
    assert case.at("2024-04-02").phase == "gestart, financiering rond"
    assert case.do("afsluiten", "2024-07-01").at("2024-07-01").closed == "afgesloten"


def test_no_agreement_on_content_goes_to_the_same_levels_and_support_waits() -> None:
    case = judged(brought_in(), "onderwijs", "voor", "2024-03-06")
    case = judged(case, "gemeente", "tegen", "2024-03-08")
    assert case.at("2024-03-08").phase == "integraal lokaal overleg"
    assert case.at("2024-03-08").steps["ondersteuning"].status == "wacht"
    case.do("advies_geven", "2024-03-12", {"advies": "Begin klein."})
    case.do("overleg_afronden", "2024-03-12", {"uitkomst": "geen_overeenstemming"})
    case.do("tafel_besluiten", "2024-03-20", split(30, 70, motivering="Het kind kan niet wachten."))
    assert case.at("2024-03-20").steps["ondersteuning"].opened_on == date(2024, 3, 20)


def rung(case: Case, on: str, ladder: str = "financiering") -> tuple[str, str, str, str | None]:
    """(words, title, power, next) of where the case is on a ladder."""
    found = next(each for each in case.at(on).rungs if each.id == ladder)
    return found.words, found.level.title, found.level.power, found.next.title if found.next else None


@pytest.mark.requirement("DM-28", "DM-29", "DM-30")
def test_each_level_of_the_ladder_is_told_with_what_comes_next_and_the_last_one_binds() -> None:
    case = agreed()
    local, table = "Integraal lokaal overleg van onderwijs en jeugdhulp", "Overlegtafel met doorzettingsmacht"
    assert rung(case, "2024-03-08") == ("niveau 1 van 3", "Lokaal, bij school en wijkteam", "advies", local)
    case.do("geen_overeenstemming", "2024-03-15", role="gemeente")
    assert rung(case, "2024-03-15") == ("niveau 2 van 3", local, "advies", table)
    case.do("advies_geven", "2024-03-20", {"advies": "Deel de kosten."})
    case.do("overleg_afronden", "2024-03-20", {"uitkomst": "geen_overeenstemming"})
    assert rung(case, "2024-03-20") == ("niveau 3 van 3", table, "bindend", None)
    assert rung(case, "2024-03-20", "inhoud")[0] == "niveau 1 van 3"
    assert "financiering open" in case.at("2024-03-20").phase


@pytest.mark.requirement("DM-38")
def test_a_case_for_the_table_waits_for_its_date_and_somebody_is_asked_to_plan_one() -> None:
    case = agreed().do("geen_overeenstemming", "2024-03-15").do("advies_geven", "2024-03-20", {"advies": "Deel."})
    case.do("overleg_afronden", "2024-03-20", {"uitkomst": "geen_overeenstemming"})
    assert [(e.kind, e.audience) for e in case.acts[-1].consequences.effects] == [("taak", "voorzitter")]
    assert [each.id for each in case.at("2024-03-20").undated] == ["overlegtafel"]
    dates = {"vergadering": [{"regeling": "escalatiemodel", "vergadering": "overlegtafel", "data": ["2024-04-02"]}]}
    wider = with_dates(LADDER, planned(dates, LADDER))
    found = standing(wider, case.acts, date(2024, 3, 20))
    assert (found.undated, found.clocks[0].due) == ((), date(2024, 4, 2))
    assert next(each for each in found.rungs if each.id == "financiering").clock == found.clocks[0]
    case.do("tafel_besluiten", "2024-04-02", split(50, 50, motivering="Beide dragen bij."))
    assert case.at("2024-04-02").undated == ()


def test_case_material_at_a_consultation_is_stripped() -> None:
    case = agreed().do("geen_overeenstemming", "2024-03-15")
    history = fold(LADDER, case.acts)
    (rule,) = rules_for(LADDER, "voorzitter", history)
    shown = disclose(LADDER, rule, history.answers, date(2024, 3, 15), frozenset())
    assert shown.fields == {"jeugdige.leeftijd": 12, "school": "Rivierschool", "woongemeente": "Boxtel"}
    assert shown.texts == ("plan",)


def leaving(born: str, on: str = "2024-03-04") -> Case:
    """A case of somebody who leaves the (v)so, agreed on its content."""
    case = brought_in()
    answers = {**case.acts[0].fields, "verlaat_vso": True}
    answers["jeugdige"] = {**answers["jeugdige"], "geboortedatum": born}
    case = Case(LADDER).do("inbrengen", on, answers)
    return judged(judged(case, "onderwijs", "voor", on), "gemeente", "voor", on)


@pytest.mark.requirement("DM-36")
@pytest.mark.parametrize(
    ("on", "born", "law", "mandate"),
    [
        ("2021-12-31", "2010-01-01", "jeugdwet", ""),
        ("2022-01-01", "2010-01-01", "jeugdwet", "jeugdhulp"),
        ("2024-03-03", "2006-03-04", "jeugdwet", "jeugdhulp"),
        ("2024-03-04", "2006-03-04", "jeugdwet", ""),
        ("2024-03-03", "2006-03-04", "wmo", ""),
        ("2024-03-04", "2006-03-04", "wmo", "wmo"),
    ],
)
def test_the_contact_point_decides_within_its_mandate_and_on_no_day_outside_it(
    on: str, born: str, law: str, mandate: str
) -> None:
    case = leaving(born, "2021-12-01")
    deed = {"wet": law, "inzet": "Begeleiding."}
    if mandate:
        case.do("beschikking_afgeven", on, deed)
        assert case.acts[-1].consequences.mandate == mandate
        return
    with pytest.raises(Forbidden) as refusal:
        case.do("beschikking_afgeven", on, deed)
    (reason,) = refusal.value.reasons
    assert (reason.code, "Vast aanspreekpunt heeft op" in reason.message) == ("geen_mandaat", True)
    assert "Jeugdhulp tot 18 jaar namens het college van de woongemeente, vanaf zaterdag 1 januari 2022" in reason.mend


@pytest.mark.requirement("DM-27")
def test_who_leaves_from_16_on_has_a_perspective_before_support_ends() -> None:
    young, old = leaving("2008-06-01"), leaving("2008-03-01")
    assert young.do("afsluiten", "2024-03-05").at("2024-03-05").closed == "afgesloten"
    with pytest.raises(Refused) as refusal:
        old.do("afsluiten", "2024-03-05")
    assert [reason.code for reason in refusal.value.reasons] == ["toekomstperspectief"]
    for lacking in ({"perspectief": "Werk."}, {"na_18": "Wmo."}):
        with pytest.raises(Refused):
            old.do("toekomstperspectief_maken", "2024-03-05", lacking)
    old.do("toekomstperspectief_maken", "2024-03-05", {"perspectief": "Werk met begeleiding.", "na_18": "Wmo."})
    assert old.do("afsluiten", "2024-03-05").at("2024-03-05").closed == "afgesloten"


@pytest.mark.requirement("DM-27")
def test_the_birthdays_of_16_and_18_that_pass_during_a_case_are_told_and_stand_nowhere() -> None:
    case = leaving("2008-06-01")
    assert [
        (a.id, a.on.isoformat(), a.follow.role) for a in alarms(LADDER, case.acts, date(2024, 3, 4), date(2026, 7, 1))
    ] == [
        ("leeftijd.zestien", "2024-06-01", "school"),
        ("leeftijd.achttien", "2025-12-01", "wijkteam"),
        ("leeftijd.achttien", "2026-06-01", "aanspreekpunt"),
    ]
    assert case.at("2024-03-04").next_moment == date(2024, 6, 1)
    assert not [clock for clock in case.at("2024-03-04").clocks if clock.due == date(2024, 6, 1)]
    case.do("toekomstperspectief_maken", "2024-03-05", {"perspectief": "Werk.", "na_18": "Wmo."})
    told = alarms(LADDER, case.acts, date(2024, 3, 4), date(2026, 7, 1))
    assert {alarm.id for alarm in told} == {"leeftijd.achttien"}
    staying = Case(LADDER).do("inbrengen", "2024-03-04", {**case.acts[0].fields, "verlaat_vso": False})
    assert "leeftijd.zestien" not in {a.id for a in alarms(LADDER, staying.acts, date(2024, 3, 4), date(2026, 7, 1))}
