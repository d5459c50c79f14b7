"""E10, the escalation: in De Meierij support starts when education and municipality agree on the content; where they don't agree on the
money, a consultation advises on a case without a name, and the table decides."""

from typing import Any

import pytest

from tests.journeys.journey import Journey, declined, joins, opens
from tests.journeys.service import Service

TENANT, SCHEME, SCHOOL = "de-meierij", "escalatiemodel", "Dommeldal College"
PLAN = "Sem krijgt begeleiding in de klas en thuis. Moeder Kort is bij elk gesprek."
NAMES = ("Sem", "Kort")
ANSWERS: dict[str, Any] = {
    "jeugdige": {"voornaam": "Sem", "achternaam": "Kort", "geboortedatum": "2012-01-01"},
    "school": SCHOOL, "woongemeente": "Boxtel", "plan": PLAN, "ouders_betrokken": True,
}  # fmt: skip
ADVICE = "Begin met twee dagdelen; deel de kosten."
CONTENT = {"jeugdige.leeftijd", "school", "woongemeente", "plan", "ouders_betrokken"}


@pytest.fixture
def march(service: Service) -> Service:
    return joins(service, TENANT, "2024-03-04")


def brought_in(service: Service, who: str = "maud", **changes: Any) -> Journey:
    about = "" if who == "maud" else SCHOOL
    case = opens(service, TENANT, who, SCHEME, ANSWERS | changes, office="ruben", about=about)
    case.does(who, "inbrengen")
    return case


def agreed(service: Service) -> Journey:
    """Education says yes on 6 March, the municipality on the 8th."""
    case = brought_in(service)
    service.goes_to("2024-03-06")
    case.does("elin", "inhoud_beoordelen", stem="voor")
    service.goes_to("2024-03-08")
    case.does("renske", "inhoud_beoordelen", stem="voor")
    return case


def released(case: Journey) -> Any:
    """The pack, looked at and given to the chair by the secretary."""
    ruben, path = case.person("ruben"), f"{case.path}/pakket"
    for item in case.pack()["onderdelen"]:
        if item["belemmeringen"]:
            place = f"{path}/onderdelen/{item['id']}"
            ruben.upon(path, lambda tag, place=place: ruben.patch(place, {"gezien": True}, version=tag))  # type: ignore[misc]
    case.does("ruben", "casus_vrijgeven")
    return case.reads("huub")


def advised(case: Journey, outcome: str) -> Journey:
    released(case)
    case.does("huub", "advies_geven", advies=ADVICE)
    case.does("huub", "overleg_afronden", uitkomst=outcome)
    return case


@pytest.mark.requirement("DM-22", "DM-37")
def test_support_starts_on_the_day_of_agreement_on_content_while_the_money_is_open(march: Service) -> None:
    case = brought_in(march)
    asked = f"Uw oordeel wordt gevraagd: casus {case.number}"
    assert (case.mails("elin.brouns@"), case.mails("renske.kok@")) == ([asked], [asked])
    (mail, _) = march.mails(asked, tenant=TENANT)
    assert not [name for name in NAMES if name in mail.text + mail.html]
    for who in ("elin", "renske"):
        assert set(case.person(who).get(case.path)["antwoorden"]) == CONTENT
        assert case.person(who).get(case.path)["antwoorden"]["plan"] == PLAN
    assert set(case.person("stijn").get(case.path)["antwoorden"]) >= {"jeugdige", "plan"}
    march.goes_to("2024-03-06")
    case.does("elin", "inhoud_beoordelen", stem="voor")
    assert case.standing("maud")["fase"] == "overeenstemming zoeken"
    march.goes_to("2024-03-08")
    case.does("renske", "inhoud_beoordelen", stem="voor")
    assert case.standing("maud")["fase"] == "gestart, financiering open"
    for to in ("maud.peeters@", "stijn.verhoeven@"):
        assert f"De ondersteuning kan beginnen: casus {case.number}" in case.mails(to)
    case.does("stijn", "voortgang")
    case.does("renske", "verdeling_afspreken", deel_onderwijs=40, deel_gemeente=60)
    assert case.standing("maud")["fase"] == "gestart, financiering rond"


@pytest.mark.requirement("DM-28", "DM-29", "DM-30", "DM-38", "DM-42")
def test_without_agreement_on_money_the_chair_advises_on_a_case_without_a_name_and_the_table_decides(
    march: Service,
) -> None:
    case = agreed(march)
    march.goes_to("2024-03-15")
    assert case.offer("voortgang", "stijn"), "support goes on while the money is open"
    assert declined(case.person("ruben").get, f"{case.path}/stand").status == 403, (
        "the office has nothing to do in it yet"
    )
    assert declined(case.person("huub").get, f"{case.path}/stand").status == 403
    case.does("renske", "geen_overeenstemming")
    assert case.phase == "gestart, financiering open: integraal lokaal overleg"
    assert case.tasks("ruben") == ["Maak de casus klaar voor het overleg"]
    march.goes_to("2024-03-20")
    assert declined(case.reads, "huub").status == 404, "nothing was released"
    assert declined(case.does, "huub", "overleg_afronden", uitkomst="overeenstemming").codes == ["advies_gegeven"]

    read = released(case)
    assert case.tasks("ruben") == []
    assert f"Casus {case.number} ligt klaar voor het overleg" in case.mails("huub.claessens@")
    assert {each["pad"]: each["waarde"] for each in read["gegevens"]} == {
        "jeugdige.leeftijd": 12, "school": SCHOOL, "woongemeente": "Boxtel",
    }  # fmt: skip
    (text,) = read["teksten"]
    assert "begeleiding in de klas" in text["ontdaan"]
    assert not [name for name in NAMES if name in str(read)]
    for path in (case.path, f"{case.path}/bijlagen"):
        assert declined(case.person("huub").get, path).status == 403, "the pack is all that the chair reads"
    for who in ("elin", "renske", "maud", "ruben"):
        assert declined(case.reads, who).status == 403

    case.does("huub", "advies_geven", advies=ADVICE)
    assert f"Advies over casus {case.number}" in case.mails("maud.peeters@")
    told = {act["handeling"]: act["velden"] for act in case.person("renske").get(f"{case.path}/handelingen")}
    assert told["advies_geven"] == {"advies": ADVICE}
    assert told["inbrengen"] == {"school": SCHOOL, "woongemeente": "Boxtel", "plan": PLAN, "ouders_betrokken": True}
    case.does("huub", "overleg_afronden", uitkomst="geen_overeenstemming")
    assert case.phase == "gestart, financiering open: overlegtafel"

    march.goes_to("2024-04-02")
    split = {"deel_onderwijs": 50, "deel_gemeente": 50, "motivering": "Beide dragen bij."}
    assert declined(case.does, "renske", "tafel_besluiten", **split).status == 403
    assert declined(case.does, "huub", "tafel_besluiten", **split | {"deel_gemeente": 40}).codes == [
        "verdeling_volledig"
    ]
    case.does("huub", "tafel_besluiten", **split)
    assert case.standing("maud")["fase"] == "gestart, financiering rond"
    for to in ("maud.peeters@", "stijn.verhoeven@", "elin.brouns@", "renske.kok@"):
        assert f"Besluit van de overlegtafel over casus {case.number}" in case.mails(to)
    case.does("maud", "afsluiten")
    assert case.standing("maud")["afloop"] == "afgesloten"


@pytest.mark.requirement("DM-28", "DM-29", "DM-30")
def test_no_agreement_on_content_goes_to_the_same_levels_and_support_waits(march: Service) -> None:
    case = brought_in(march, "stijn")
    case.does("elin", "inhoud_beoordelen", stem="voor")
    case.does("renske", "inhoud_beoordelen", stem="tegen")
    assert case.standing("maud")["fase"] == "integraal lokaal overleg"
    advised(case, "geen_overeenstemming")
    assert case.standing("stijn")["fase"] == "overlegtafel"
    case.does("huub", "tafel_besluiten", deel_onderwijs=30, deel_gemeente=70, motivering="Het kind kan niet wachten.")
    assert case.standing("maud")["fase"] == "gestart, financiering rond"


def test_a_case_of_one_municipality_is_not_anothers_and_a_wrong_one_is_refused(march: Service) -> None:
    case = brought_in(march)
    wout = case.person("wout")
    for path in (case.path, f"{case.path}/stand", f"{case.path}/handelingen", f"{case.path}/bijlagen"):
        assert declined(wout.get, path).status == 403
    assert case.number not in {each.get("zaaknummer") for each in wout.listed("/aanvragen")}
    assert case.number not in {each.get("zaaknummer") for each in wout.listed("/werklijst", rol="gemeente")}
    assert case.mails("wout.sanders@") == []
    other = opens(march, TENANT, "maud", SCHEME, ANSWERS | {"woongemeente": "Utrecht"}, office="ruben")
    assert declined(other.does, "maud", "inbrengen").codes == ["gemeente_doet_mee"]


@pytest.mark.requirement("DM-09", "DM-11")
def test_the_secretary_begins_the_programme_and_who_pulls_an_action_reports_on_it(march: Service) -> None:
    case = opens(march, TENANT, "ruben", "ontwikkelagenda", {}, office="ruben")
    case.does("ruben", "vaststellen")
    assert declined(case.does, "femke", "ondersteuning_starten").status == 409
    case.does("femke", "onderzoek_starten")
    case.does("femke", "onderzoek_bijwerken", voortgang="Twintig jongeren zijn gesproken.")
    case.does("femke", "onderzoek_afronden", uitkomst="gereed")
    assert case.offer("ondersteuning_starten", "femke") is not None
    assert declined(case.person("maud").get, f"{case.path}/stand").status == 403
