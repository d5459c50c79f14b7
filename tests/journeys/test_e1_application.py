"""E1: Bas of a vo school applies for Saar, on Monday 2 September 2024."""

import pytest

from tests.journeys.journey import SAAR, Journey, begins, declined
from tests.journeys.service import Service
from tests.regio36 import answers

FILES = [
    ("toestemmingsformulier", SAAR / "toestemmingsformulier.pdf"),
    ("bijlagen", SAAR / "opp.pdf"),
    ("bijlagen", SAAR / "offerte.docx"),
]
PUPIL = ("Saar", "Joosten", "Mirjam", "2009", "14-03")


@pytest.fixture
def monday(service: Service) -> Service:
    service.goes_to("2024-09-02")
    return service


def gate(case: Journey, name: str) -> dict[str, object]:
    return next(each for each in case.standing(case.school)["voorwaarden"] if each["id"] == name)


@pytest.mark.requirement("R36-30", "R36-45", "R36-31", "ALL-06")
def test_receipt_is_confirmed_within_seconds_without_a_name_and_with_the_date_to_expect(monday: Service) -> None:
    case = begins(monday, files=FILES)
    assert case.does("bas", "indienen")["zaaknummer"].startswith("2024-")
    assert case.phase == "controle volledigheid"
    assert case.mails() == [f"Uw aanvraag {case.number} is ontvangen"]
    (mail,) = monday.mails(case.number)
    assert mail.summary.recipients == "bas.coster@duinzicht.example"
    assert (
        "We streven ernaar te reageren binnen een week nadat uw aanvraag volledig is "
        "(bij volledigheid vandaag: 09-09-2024)." in mail.text
    )
    assert "Jolijn Waterman\n06-00000036, interventiebudget@regio36.example" in mail.text.replace("\r\n", "\n")
    assert ("Antwoord aan", "Jolijn Waterman <interventiebudget@regio36.example>") in mail.headers
    assert mail.sender.endswith("@maatwerk.example")
    everything = mail.text + mail.html + str(mail.headers)
    assert not [word for word in PUPIL if word in everything]


@pytest.mark.requirement("R36-30", "R36-33")
def test_without_the_consent_form_the_application_is_received_and_not_complete(monday: Service) -> None:
    case = begins(monday, files=()).is_filed()
    assert case.phase == "controle volledigheid"
    assert [each["plaats"] for each in case.offer("volledig_verklaren")["belemmeringen"]] == ["toestemmingsformulier"]
    assert declined(case.does, "jolijn", "volledig_verklaren").codes == ["ontbreekt"]
    assert case.phase == "controle volledigheid"


@pytest.mark.requirement("R36-24")
def test_who_can_be_helped_in_time_by_the_municipality_hears_why_and_where_to_ask(monday: Service) -> None:
    case = begins(monday, beschikbaar_extern=True, tijdig_extern=True)
    rule = gate(case, "geen_tijdig_extern")
    assert rule["voldaan"] is False
    assert rule["andereRoute"] == "adviesvraag"
    assert rule["waarden"] == {"aanvraag.beschikbaar_extern": True, "aanvraag.tijdig_extern": True}
    refusal = declined(case.does, "bas", "indienen")
    assert refusal.status == 422
    ((code, message, mend),) = refusal.grounds
    assert code == "geen_tijdig_extern"
    assert "tijdig beschikbaar vanuit een externe (gemeentelijke) voorziening" in message
    assert "vraag de ondersteuner om advies" in mend
    monday.person("bas").save(case.case_id, {"tijdig_extern": False})
    assert gate(case, "geen_tijdig_extern")["voldaan"] is True
    assert case.is_filed().phase == "controle volledigheid"


@pytest.mark.requirement("R36-25")
def test_a_school_asks_for_advice_without_a_pupil_and_without_applying(monday: Service) -> None:
    bas, jolijn = monday.person("bas"), monday.person("jolijn")
    before = len(list(bas.listed("/aanvragen")))
    scheme = bas.get("/regelingen")[0]["id"]
    asked = bas.post("/adviesvragen", {"regelingId": scheme, "vraag": "Kan een coach van buiten de school?"})
    assert "antwoord" not in asked
    tasks = [task for task in jolijn.listed("/taken") if task["titel"] == "Adviesvraag van een school beantwoorden"]
    assert tasks
    jolijn.post(f"/adviesvragen/{asked['id']}/_beantwoord", {"antwoord": "Ja, met een offerte."})
    assert bas.get(f"/adviesvragen/{asked['id']}")["antwoord"] == "Ja, met een offerte."
    left = {task["id"] for task in jolijn.listed("/taken")}
    assert len(left.intersection(task["id"] for task in tasks)) == len(tasks) - 1
    assert len(list(bas.listed("/aanvragen"))) == before
    assert declined(monday.person("fenna").get, f"/adviesvragen/{asked['id']}").status == 403


def test_a_draft_is_saved_and_taken_up_again_and_nobody_else_has_it(monday: Service) -> None:
    bas = monday.person("bas")
    scheme = bas.get("/regelingen")[0]["id"]
    draft = bas.post("/aanvragen", {"regelingId": scheme, "antwoorden": {"sector": "vo"}})
    bas.save(draft["id"], {"woongemeente": "Meierijstad"})
    bas.save(draft["id"], answers(woongemeente=None, toestemmingsformulier=None))
    found = bas.get(f"/aanvragen/{draft['id']}")
    assert found["antwoorden"]["woongemeente"] == "Meierijstad"
    assert found["fase"] == "aanvraag"
    assert "zaaknummer" not in found
    assert declined(monday.person("fenna").get, f"/aanvragen/{draft['id']}").status == 403


@pytest.mark.requirement("R36-35")
def test_a_number_that_may_be_a_bsn_does_not_come_in_until_it_is_said_to_be_none(monday: Service) -> None:
    case = begins(monday)
    bas = monday.person("bas")
    refusal = declined(bas.save, case.case_id, {"behoefte": "Dossier 111222333 is bekend."})
    assert (refusal.status, refusal.codes) == (400, ["bsn"])
    assert "111222333" not in str(refusal.problem)
    marked = [{"nummer": "111222333", "reden": "Dit is het dossiernummer van de coach."}]
    bas.save(case.case_id, {"behoefte": "Dossier 111222333 is bekend."}, marked)
    assert case.is_filed().phase == "controle volledigheid"


@pytest.mark.requirement("R36-59")
def test_a_pupil_may_live_in_another_municipality_than_the_school(monday: Service) -> None:
    case = begins(monday, woongemeente="Boxtel").is_filed()
    school = next(each for each in monday.person("bas").listed("/scholen") if each["naam"] == "Duinzicht College")
    assert school["gemeente"] == "'s-Hertogenbosch"
    assert monday.person("jolijn").get(case.path)["antwoorden"]["woongemeente"] == "Boxtel"
    (row,) = monday.sql("SELECT home_municipality, sector FROM support_case WHERE id = $1::uuid", case.case_id)
    assert (row["home_municipality"], row["sector"]) == ("Boxtel", "vo")


@pytest.mark.requirement("R36-01")
def test_the_scheme_is_found_by_its_former_name(monday: Service) -> None:
    found = monday.person("bas").get("/regelingen", zoek="plusvoorziening")
    assert [(each["titel"], each["regelingVersie"], each["regio"]) for each in found] == [
        ("Interventiebudget", "2024-2025", "regio 36")
    ]


@pytest.mark.requirement("R36-10")
def test_only_a_coordinator_applies(monday: Service) -> None:
    scheme = monday.person("jolijn").get("/regelingen")[0]["id"]
    for who in ("jolijn", "dorien", "astrid", "gijs", "meryem"):
        refusal = declined(monday.person(who).post, "/aanvragen", {"regelingId": scheme, "antwoorden": {}})
        assert refusal.status == 403
