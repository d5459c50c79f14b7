"""Which roles come in by a link, who lets them in, and what they are asked."""

import pytest

from maatwerk.rules.links import asked_of, begins_for, choices, lets_in, spoken
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Invalid
from tests.schemes import SMALL
from tests.tenants.cases import Case, scheme
from tests.tenants.test_kop_van_noord_holland import answers

KOP = scheme("kop-van-noord-holland")
SCHOOL_FIELD = 'velden.naar = { soort = "school", titel = "Naar", verplicht = ["over"] }'
OVER = '[handeling.over]\ntitel = "Over"\ndoor = ["bureau"]\nwanneer = "open"\neffecten = [{ %s }]\n'


@pytest.mark.parametrize(
    ("extra", "key", "told"),
    [
        ('[rol.gast]\ntitel = "G"\nplaats = "bureau"\nlink_door = ["bureau"]\n', "rol.gast.link_door", "geen account"),
        ('[rol.gast]\ntitel = "G"\nplaats = "gezin"\nlink_door = ["niemand"]\n', "rol.gast.link_door", "bestaat niet"),
        ('[rol.gast]\ntitel = "G"\nplaats = "gezin"\nlink_door = ["gast"]\n', "rol.gast.link_door", "laat niemand"),
        (OVER % 'soort = "overdracht"', "handeling.over.effecten.0.school", "een school die de handeling noemt"),
        (OVER % 'soort = "overdracht", school = "weg"', "handeling.over.effecten.0.school", "die de handeling noemt"),
        (OVER % 'soort = "overdracht", school = "naar", als = "true"' + SCHOOL_FIELD, "handeling.over.effecten.0", "geldt altijd"),
        (OVER % 'soort = "taak", titel = "T", aan = "bureau", school = "naar"', "handeling.over.effecten.0.school", "draagt niets over"),
    ],
)  # fmt: skip
def test_a_link_or_a_handover_that_cannot_be_is_refused_at_load(extra: str, key: str, told: str) -> None:
    found = [fault for fault in parse(SMALL + extra)[1] if fault.key == key]
    assert found, parse(SMALL + extra)[1]
    assert any(told in fault.message for fault in found)
    assert all(fault.mend for fault in found)


def test_who_lets_whom_in_and_begins_for_whom_stands_in_the_scheme() -> None:
    assert lets_in(KOP, ("school",)) == ["ouder", "jeugdige"]
    assert lets_in(KOP, ("college", "swv")) == []
    assert [role for role in KOP.roles if begins_for(KOP, role)] == ["school", "wijkteam"]
    assert not begins_for(scheme("regio-36"), "coordinator")


def test_what_only_others_must_answer_is_not_asked_of_a_family() -> None:
    asked = asked_of(KOP, "ouder", "indienen")
    assert "behoefte" not in asked
    assert "overleg" not in asked, "computed"
    assert {"jeugdige", "hoedanigheid", "opp", "woongemeente"} <= asked.keys()


def test_whoever_is_asked_for_a_consent_answers_yes_or_no_for_himself_and_others_record_what_they_heard() -> None:
    act = KOP.acts["toestemming_vastleggen"]
    assert set(asked_of(KOP, "ouder", "toestemming_vastleggen")) == {"stand", "eigen_mening"}
    assert spoken(KOP, "jeugdige", act) == {"wie": "jeugdige"}
    assert list(choices(KOP, "ouder", "toestemming_vastleggen", "stand", act.fields["stand"])) == [
        "gegeven",
        "geweigerd",
    ]
    assert spoken(KOP, "wijkteam", act) == {}
    assert "gevraagd" in choices(KOP, "wijkteam", "toestemming_vastleggen", "stand", act.fields["stand"])
    case = Case(KOP).do("indienen", "2025-02-21", answers())
    with pytest.raises(Invalid) as refusal:
        case.do("toestemming_vastleggen", "2025-03-03", {"wie": "jeugdige", "stand": "gegeven"}, role="ouder")
    assert [reason.code for reason in refusal.value.reasons] == ["niet_voor_een_ander"]
    case.do("toestemming_vastleggen", "2025-03-03", {"wie": "jeugdige", "stand": "gegeven"}, role="wijkteam")
    case.do("toestemming_vastleggen", "2025-03-03", {"wie": "ouder", "stand": "gegeven"}, role="ouder")
