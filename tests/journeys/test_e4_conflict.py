"""E4: a student of KW1C, 22 years old, turns 23 on 1 November 2024; the specialist of that school knows the student."""

from typing import Any

import pytest

from tests.journeys.journey import EXAMPLES, Journey, begins, declined
from tests.journeys.service import Service

STUDENT: dict[str, Any] = {
    "sector": "mbo",
    "school": "KW1C",
    "leerling": {"voornaam": "Wouter", "achternaam": "Sprenkels", "geboortedatum": "2001-11-01"},
    "ouders": None,
    "behoefte": "Wouter heeft een vaste begeleider nodig bij zijn laatste stage.",
    "motivatie_coordinator": "Zonder begeleiding valt Wouter uit.",
}
SETTLE = "Een school vermoedt dat iemand betrokken is bij een leerling: bevestig of verwerp dat"
FILE = [
    ("toestemmingsformulier", "01-vo-akkoord/toestemmingsformulier.pdf"),
    ("bijlagen", "02-mbo-akkoord/offerte.docx"),
]


@pytest.fixture
def october(service: Service) -> Service:
    service.goes_to("2024-10-15")
    return service


def applies(service: Service, **changes: Any) -> Journey:
    return begins(service, "okke", files=[(field, EXAMPLES / path) for field, path in FILE], **STUDENT | changes)


def member(service: Service, name: str) -> str:
    return next(str(each["id"]) for each in service.person("jolijn").listed("/leden") if each["naam"] == name)


def seats(case: Journey) -> dict[str, str]:
    return {each["stoel"]: each.get("naam", "") for each in case.person("jolijn").get(f"{case.path}/zetels")}


def suspected(case: Journey, name: str) -> str:
    """The school says whom it thinks involved."""
    return str(case.person("okke").post(f"{case.path}/vermoedens", {"naam": name, "hoe": "begeleiding"})["id"])


def settled(case: Journey, suspicion: str, verdict: str, **body: str) -> None:
    case.person("jolijn").post(f"{case.path}/vermoedens/{suspicion}/_{verdict}", body or None)


@pytest.mark.requirement("R36-39", "R36-60")
def test_an_mbo_student_is_judged_by_kw1c_the_leerwerkloket_and_the_jongerenaanpak(october: Service) -> None:
    case = applies(october).is_under_review()
    assert seats(case) == {
        "kw1c_expertiseteam": "Karin Wouda",
        "leerwerkloket": "Lotte Verhagen",
        "jongerenaanpak": "Nadir Bennani",
    }


@pytest.mark.requirement("R36-39", "R36-40", "R36-41")
def test_a_specialist_whom_the_school_names_is_passed_over_for_a_substitute_of_the_same_seat(october: Service) -> None:
    case = applies(october).is_complete()
    suspected(case, "mevrouw Wouda")
    case.looks_over()
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    assert seats(case)["kw1c_expertiseteam"] == "Pim Aldenhof"
    assert case.mails("pim.aldenhof@") == [f"Uw advies wordt gevraagd bij {case.number}"]
    assert case.mails("karin.wouda@") == []
    place = next(e for e in case.person("jolijn").get(f"{case.path}/zetels") if e["stoel"] == "kw1c_expertiseteam")
    assert {each["naam"]: each["geschikt"] for each in place["kandidaten"]} == {
        "Karin Wouda": False,
        "Pim Aldenhof": True,
    }
    assert "1 betrokkene overgeslagen" in place["waarom"]


@pytest.mark.requirement("R36-40", "ALL-04")
def test_who_turns_out_to_be_involved_reads_and_votes_no_more_and_a_substitute_is_asked(october: Service) -> None:
    case = applies(october).is_under_review()
    (attachment,) = case.reads("karin")["bijlagen"]
    suspicion = suspected(case, "Karin Wouda")
    paths = [f"{case.path}/beoordelingspakket", f"{case.path}/beoordelingspakket/bijlagen/{attachment['id']}"]
    refusals = [declined(case.person("karin").request, "GET", path) for path in paths]
    assert [(no.status, no.codes) for no in refusals] == [(403, ["betrokken"])] * 2
    assert declined(case.votes, "karin", "voor").status == 403
    log = [each for each in october.person("meryem").listed("/inzagelog", aanvraagId=case.case_id)
           if each["bijzonderheden"].get("uitkomst") == "geweigerd"]  # fmt: skip
    assert sorted(each["gedaan"] for each in log) == ["bijlage.gelezen", "pakket.gelezen"]
    assert {each["lidId"] for each in log} == {member(october, "Karin Wouda")}
    assert case.tasks("jolijn") == [SETTLE]
    settled(case, suspicion, "bevestig", lidId=member(october, "Karin Wouda"))
    assert declined(case.reads, "karin").codes == ["betrokken"]
    assert case.tasks("jolijn") == ["Een beoordelaar is betrokken: zet een vervanger op de zetel"]

    again = declined(
        case.does, "jolijn", "vervangen", zetel="kw1c_expertiseteam", persoon=member(october, "Karin Wouda")
    )
    assert again.codes == ["ongeschikt"]
    case.does("jolijn", "vervangen", zetel="kw1c_expertiseteam", persoon=member(october, "Pim Aldenhof"))
    assert case.tasks("jolijn") == []
    assert case.mails("pim.aldenhof@") == [f"Uw advies wordt gevraagd bij {case.number}"]
    case.votes("pim", "voor")
    assert case.votes("lotte", "voor")["uitkomsten"] == ["beoordeling: akkoord"]


@pytest.mark.requirement("R36-40")
def test_who_had_a_part_in_a_case_that_is_linked_later_keeps_no_chair_in_silence(october: Service) -> None:
    case, earlier = applies(october).is_under_review(), applies(october).is_filed()
    jolijn, karin = october.person("jolijn"), member(october, "Karin Wouda")
    settled(earlier, suspected(earlier, "Karin Wouda"), "bevestig", lidId=karin)
    assert case.reads("karin")["stoel"] == "kw1c_expertiseteam"
    jolijn.post(f"{case.path}/koppelingen", {"aanvraagId": earlier.case_id})
    october.settles()
    assert declined(case.reads, "karin").codes == ["betrokken"]
    look = "Een beoordelaar is betrokken bij een gekoppelde zaak: kijk of er een vervanger op de zetel moet"
    assert case.tasks("jolijn") == [look]
    assert earlier.tasks("jolijn").count(look) == 0


@pytest.mark.requirement("R36-40")
def test_a_reviewer_about_whom_a_school_is_mistaken_is_back_with_one_act(october: Service) -> None:
    case = applies(october).is_under_review()
    suspicion = suspected(case, "Karin Wouda")
    assert declined(case.votes, "karin", "voor").codes == ["betrokken"]
    settled(case, suspicion, "verwerp")
    assert case.tasks("jolijn") == []
    assert case.reads("karin")["stoel"] == "kw1c_expertiseteam"
    assert case.votes("karin", "voor")["uitkomsten"] == []


@pytest.mark.requirement("R36-40")
def test_who_is_named_in_the_application_counts_as_involved(october: Service) -> None:
    consulted = {"voornaam": "Karin", "achternaam": "Wouda", "functie": "ondersteuningsspecialist"}
    case = applies(october, geconsulteerd_wie=consulted).is_under_review()
    assert seats(case)["kw1c_expertiseteam"] == "Pim Aldenhof"


@pytest.mark.requirement("R36-15")
def test_on_the_birthday_the_age_gate_closes(october: Service) -> None:
    october.goes_to("2024-10-31", hour=23)
    assert applies(october).is_filed().phase == "controle volledigheid"
    october.goes_to("2024-11-01")
    case = applies(october)
    refusal = declined(case.does, "okke", "indienen")
    assert [(code, message) for code, message, _ in refusal.grounds] == [
        (
            "leeftijd",
            "De leerling moet ouder dan 11 jaar en jonger dan 23 jaar zijn: 12 tot en met 22 jaar op de dag van indiening.",
        )
    ]
    assert "Vraag de ondersteuner om advies" in refusal.grounds[0][2]
