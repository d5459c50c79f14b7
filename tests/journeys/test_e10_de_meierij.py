"""E10: the programme of De Meierij from its file; and the escalation: support starts when education and municipality agree on the
content; where they don't agree on the money, a consultation advises on a case without a name, and the table decides."""

from typing import Any
from uuid import uuid4

import pytest

from maatwerk.local.client import Person
from tests.journeys.journey import ROOT, Journey, declined, joins, opens
from tests.journeys.service import Service

ACTIONS = ROOT / "tenants/de-meierij/acties.csv"
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
    case.looks_over()
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


@pytest.mark.requirement("DM-03", "DM-05", "DM-07", "DM-09", "DM-11", "DM-12")
def test_the_programme_is_read_from_its_file_filtered_and_watched(march: Service) -> None:
    ruben, femke = march.person("ruben", TENANT), march.person("femke", TENANT)
    version = next(each["id"] for each in ruben.get("/regelingen") if each["regelingCode"] == "ontwikkelagenda")
    path = f"/regelingen/{version}/indeling"
    assert reads_in(ruben, f"{path}/proef")["toegevoegd"] == 34
    assert declined(reads_in, femke, f"{path}/regels").codes == ["rol"]
    assert reads_in(ruben, f"{path}/regels")["toegevoegd"] == 34
    assert reads_in(ruben, f"{path}/regels")["ongewijzigd"] == 34

    view = femke.get(path)
    assert [sum(each["niveau"] == level for each in view["koppen"]) for level in (1, 2)] == [5, 25]
    assert len(view["zaken"]) == 34
    narrow = femke.get(path, kenmerken="niveau:regionaal,gereed:2023")["zaken"]
    assert {each["indelingsnummer"] for each in narrow} >= {"1.2.1", "1.6.1", "5.4.1"}
    assert len(narrow) == 10
    assert [each["indelingsnummer"] for each in view["zaken"] if each["dekkingOnbekend"]] == [
        "1.6.2", "2.1.1", "2.1.2", "2.1.3", "4.4.1",
    ]  # fmt: skip
    assert view["kosten"]["uitleg"] == "12 onbekend"
    assert [each["leeg"] for each in view["koppen"] if "leeg" in each] == ["geen eigen actie, zie 5.3"]
    assert {each.get("uiterlijk", "")[:4] for each in view["zaken"] if each["teLaat"]} == {"2022", "2023"}
    cases = {
        each["indelingsnummer"]: Journey(march, each["aanvraagId"], "ruben", "ruben", TENANT) for each in view["zaken"]
    }
    assert {"handeling": "starten"}.items() <= cases["1.6.2"].offer("starten", "femke").items()
    assert declined(cases["1.6.2"].does, "femke", "starten").codes == ["voorganger_gereed"]

    march.goes_to("2024-03-05")
    assert "Het jaar is voorbij en de actie is niet gereed" in cases["1.4.1"].tasks("ruben")
    cases["3.3.1"].does("femke", "starten")
    cases["3.3.1"].does("femke", "voortgang", voortgang="De werkwijze is met twee scholen beproefd.")
    march.goes_to("2024-10-01")
    assert cases["3.3.1"].tasks("ruben") == ["De actie moet dit jaar gereed zijn"]
    march.goes_to("2024-12-31")
    assert not {"3.3.1", "3.3.2"} & late(femke, path)
    cases["3.3.1"].does("femke", "afronden")
    march.goes_to("2025-01-01")
    assert {"3.3.1", "3.3.2"} & late(femke, path) == {"3.3.2"}
    assert "Het jaar is voorbij en de actie is niet gereed" in cases["3.3.2"].tasks("ruben")

    cases["1.6.1"].does("femke", "starten")
    cases["1.6.1"].does("femke", "afronden")
    waits = next(each for each in femke.get(path)["zaken"] if each["indelingsnummer"] == "1.6.2")["wachtOp"]
    assert [(each["indelingsnummer"], each["gereed"]) for each in waits] == [("1.6.1", True)]
    cases["1.6.2"].does("femke", "starten")

    maud, renske = march.person("maud", TENANT), march.person("renske", TENANT)
    for stranger in (maud, renske):
        assert declined(stranger.get, path).status == 403
        assert declined(stranger.get, f"{cases['1.6.2'].path}/stand").status == 403


def late(person: Person, path: str) -> set[str]:
    """The numbers of the actions that are overdue."""
    return {each["indelingsnummer"] for each in person.get(path, teLaat="true")["zaken"]}


def reads_in(person: Person, path: str) -> Any:
    """The file of actions, as somebody sends it."""
    headers = {"Content-Type": "text/csv", "Idempotency-Key": str(uuid4())}
    return person.request("POST", path, content=ACTIONS.read_bytes(), headers=headers).json()


@pytest.mark.requirement("DM-36")
def test_a_decision_under_a_mandate_says_so_and_one_outside_it_is_refused_with_what_the_register_says(
    march: Service,
) -> None:
    case = agreed(march)
    refused = declined(case.does, "tjitske", "beschikking_afgeven", wet="wmo", inzet="Begeleiding.")
    assert (refused.status, refused.codes) == (403, ["geen_mandaat"])
    assert declined(case.does, "stijn", "beschikking_afgeven", wet="jeugdwet", inzet="Begeleiding.").codes == ["rol"]
    case.does("tjitske", "beschikking_afgeven", wet="jeugdwet", inzet="Begeleiding thuis.")
    done = case.person("maud").get(f"{case.path}/handelingen")[-1]
    assert (done["mandaat"]["titel"], done["mandaat"]["namens"]) == (
        "Jeugdhulp tot 18 jaar",
        "het college van de woongemeente",
    )
    version = next(e["id"] for e in case.person("maud").get("/regelingen") if e["regelingCode"] == SCHEME)
    register = case.person("maud").get(f"/regelingen/{version}")["inhoud"]["mandaat"]
    assert {(name, each["van"], each["bron"]) for name, each in register.items()} == {
        ("jeugdhulp", "2022-01-01", "DM-36: programma 5.2"),
        ("wmo", "2022-01-01", "DM-36: programma 5.2"),
    }


@pytest.mark.requirement("DM-27")
def test_a_birthday_of_16_and_of_18_during_a_case_gives_a_task_to_whom_it_concerns(march: Service) -> None:
    young = ANSWERS["jeugdige"] | {"geboortedatum": "2008-03-06"}
    case = brought_in(march, jeugdige=young, verlaat_vso=True)
    told = "Maak een toekomstperspectief: de jeugdige is 16 en verlaat het (v)so"
    assert told not in case.tasks("maud")
    march.goes_to("2024-03-06")
    assert told in case.tasks("maud")
    grown = ANSWERS["jeugdige"] | {"geboortedatum": "2006-03-08"}
    other = brought_in(march, jeugdige=grown, verlaat_vso=True)
    for who in ("elin", "renske"):
        other.does(who, "inhoud_beoordelen", stem="voor")
    assert other.tasks("tjitske") == []
    march.goes_to("2024-03-08")
    assert "De jeugdige is 18: jeugdhulp gaat over in Wmo" in other.tasks("tjitske")
