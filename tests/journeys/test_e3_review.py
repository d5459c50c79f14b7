"""E3: three seats review a vo application in the first week of September 2024; the second yes decides."""

import io

import pypdf
import pytest

from tests.journeys.journey import VO, Journey, begins, declined
from tests.journeys.service import Service


@pytest.fixture
def monday(service: Service) -> Service:
    service.goes_to("2024-09-02")
    return service


def steps(case: Journey, who: str = "") -> dict[str, dict[str, object]]:
    return {step["stap"]: step for step in case.standing(who)["stappen"]}


@pytest.mark.requirement("R36-38", "R36-43", "R36-44", "R36-45", "R36-46")
def test_two_of_three_decide_at_once_and_the_decision_leaves_before_the_week_is_over(monday: Service) -> None:
    case = begins(monday).is_under_review()
    seats = [chair["stoel"] for chair in steps(case)["beoordeling"]["zetels"]]
    assert seats == ["de_meierij", "swv_3006", "jongerenaanpak"]
    assert case.clock("reactie")["uiterlijk"] == "2024-09-09"

    monday.goes_to("2024-09-03")
    assert case.votes("dorien", "voor")["uitkomsten"] == []
    assert case.reads("sjoerd")["adviezen"] == []
    assert [act for act in case.person("sjoerd").get(f"{case.path}/handelingen") if act["handeling"] == "stemmen"] == []

    monday.goes_to("2024-09-05")
    assert case.votes("sjoerd", "voor")["uitkomsten"] == ["beoordeling: akkoord"]
    review = steps(case)["beoordeling"]
    assert (review["uitkomst"], review["waarom"]) == ("akkoord", "2 van de 3 stemmen voor; 2 nodig.")
    assert case.mails("nadir.bennani@") == [
        f"Uw advies wordt gevraagd bij {case.number}",
        f"Over {case.number} is beslist",
    ]
    assert f"Over {case.number} is beslist" not in case.mails("dorien.meijs@")
    assert case.tasks("jolijn") == ["Besluit verzenden"]
    assert declined(case.votes, "nadir", "tegen").status == 409

    case.does("jolijn", "besluit_verzenden")
    (subject,) = [each for each in case.mails("bas.coster@") if each.startswith("Besluit")]
    assert subject == f"Besluit op uw aanvraag {case.number}: akkoord"
    (mail,) = monday.mails(subject)
    assert ("Van", "Jolijn Waterman via maatwerk <no-reply@maatwerk.example>") in mail.headers
    assert ("Antwoord aan", "Jolijn Waterman <interventiebudget@regio36.example>") in mail.headers
    assert f"/zaken/{case.case_id}" in mail.text
    assert not [name for name in ("Saar", "Joosten") if name in mail.text + mail.html]
    assert case.clock("reactie")["status"] == "gestopt"
    assert case.tasks("jolijn") == []


@pytest.mark.requirement("R36-43")
def test_a_vote_is_hidden_until_ones_own_and_can_be_changed_until_it_is_decided(monday: Service) -> None:
    case = begins(monday).is_under_review()
    case.votes("dorien", "tegen", "De kosten zijn hoog.")
    assert case.reads("nadir")["adviezen"] == []
    assert [chair["gestemd"] for chair in steps(case, "nadir")["beoordeling"]["zetels"]] == [True, False, False]
    case.votes("nadir", "voor")
    assert {each["advies"] for each in case.reads("nadir")["adviezen"]} == {"voor", "tegen"}
    assert case.reads("sjoerd")["adviezen"] == []
    case.votes("dorien", "voor", "Bij nader inzien past het.")
    assert case.phase == "besluit"
    assert [each["advies"] for each in case.reads("dorien")["adviezen"]] == ["voor", "voor"]


@pytest.mark.requirement("R36-42")
def test_a_question_reaches_the_school_and_its_answer_comes_back_without_a_name(monday: Service) -> None:
    case = begins(monday).is_under_review()
    before = case.clock("reactie")
    case.does("sjoerd", "vragen", vraag="Wie neemt het na acht weken over?")
    assert case.tasks("bas") == ["Vraag van een beoordelaar beantwoorden"]
    (subject,) = [each for each in case.mails("bas.coster@") if each.startswith("Een vraag")]
    assert "acht weken" not in monday.mails(subject)[0].text
    case.does("bas", "antwoorden", antwoord="De mentor van Saar, meneer Van Beek, neemt het over.")
    item = next(each for each in case.pack()["onderdelen"] if each["soort"] == "handeling")
    assert "Saar" not in item["tekst"]["ontdaan"]
    assert case.reads("sjoerd")["vrijgegevenAntwoorden"] == []
    case.does("jolijn", "antwoord_vrijgeven")
    for who in VO:
        (answer,) = case.reads(who)["vrijgegevenAntwoorden"]
        assert "neemt het over" in answer["ontdaan"]
        assert not [name for name in ("Saar", "Joosten", "Beek") if name in str(case.reads(who))]
    assert f"Antwoord van de school bij {case.number}" in case.mails("sjoerd.linnartz@")
    assert case.clock("reactie") == before


@pytest.mark.requirement("R36-42")
def test_a_talk_with_the_municipality_is_logged_for_the_other_seats_and_stops_no_clock(monday: Service) -> None:
    case = begins(monday).is_under_review()
    before = case.clock("reactie")
    fields = {"met": "woongemeente", "inhoud": "De gemeente kent het gezin en kan pas in november iets doen."}
    case.does("dorien", "contact_vastleggen", **fields)
    (note,) = case.reads("nadir")["aantekeningen"]
    assert note["velden"]["inhoud"] == fields["inhoud"]
    assert case.clock("reactie") == before


@pytest.mark.requirement("R36-46", "R36-31")
def test_the_letter_is_a_readable_pdf_with_amount_period_and_who_to_call(monday: Service) -> None:
    case = begins(monday).is_under_review()
    case.votes("dorien", "voor", "De ondersteuning is kort en gericht.")
    case.votes("nadir", "voor")
    case.does("jolijn", "besluit_verzenden")
    reader = pypdf.PdfReader(io.BytesIO(case.letter()))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert "een bijdrage toe van ten hoogste € 1.240,00" in text
    assert "16 september 2024 tot en met 8 november 2024" in text
    assert "De ondersteuning is kort en gericht." in text
    assert "Jolijn Waterman Ondersteuner Interventiebudget Telefoon 06-00000036" in text
    assert "Saar" not in text
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert reader.trailer["/Root"]["/Lang"].startswith("nl")
    assert declined(case.person("sjoerd").get, f"{case.path}/bijlagen").status == 403


@pytest.mark.requirement("R36-47", "R36-48")
def test_after_a_yes_the_ondersteuner_records_three_agreements_and_carries_the_case_on(monday: Service) -> None:
    case = begins(monday).is_under_review()
    case.votes("dorien", "voor")
    case.votes("sjoerd", "voor")
    case.does("jolijn", "besluit_verzenden")
    assert case.phase == "afspraken"
    assert declined(case.does, "jolijn", "afspraken_afronden").codes == ["afspraken_compleet"]
    assert declined(case.does, "bas", "afspraak_proces", afspraak="Zelf.", datum="2024-09-05").status == 403
    for kind in ("afspraak_proces", "afspraak_evaluatie", "afspraak_uitbetaling"):
        assert declined(case.does, "jolijn", kind, afspraak="Zonder dag.").codes == ["ontbreekt"]
        case.does("jolijn", kind, afspraak="Na acht weken.", datum="2024-11-22")
    case.does("jolijn", "afspraken_afronden")
    assert case.phase == "uitvoering"
    assert [each["rollen"] for each in case.standing()["mogelijk"] if each["stap"] == "uitvoering"] == [
        ["ondersteuner"]
    ]
    case.does("jolijn", "afronden")
    assert case.standing()["afloop"] == "afgerond"


@pytest.mark.requirement("R36-41")
def test_a_substitute_takes_the_seat_and_the_panel_keeps_its_quorum(monday: Service) -> None:
    case = begins(monday).is_under_review()
    case.votes("dorien", "voor")
    member = next(each["id"] for each in monday.person("jolijn").listed("/leden") if each["naam"] == "Iris Kamphof")
    case.does("jolijn", "vervangen", zetel="swv_3006", persoon=member)
    assert f"Uw advies wordt gevraagd bij {case.number}" in case.mails("iris.kamphof@")
    assert declined(case.reads, "sjoerd").status == 403
    assert declined(case.votes, "sjoerd", "voor").status == 403
    assert case.votes("iris", "voor")["uitkomsten"] == ["beoordeling: akkoord"]


@pytest.mark.requirement("R36-41")
def test_who_is_away_is_passed_over_when_the_panel_opens(monday: Service) -> None:
    monday.goes_to("2024-10-01")
    away = {"eersteDag": "2024-10-01", "laatsteDag": "2024-10-04"}
    monday.person("nadir").post("/afwezigheid", away)
    case = begins(monday).is_under_review()
    assert f"Uw advies wordt gevraagd bij {case.number}" in case.mails("tineke.roskam@")
    assert case.mails("nadir.bennani@") == []
    seat = next(each for each in case.person("jolijn").get(f"{case.path}/zetels") if each["stoel"] == "jongerenaanpak")
    assert seat["naam"] == "Tineke Roskam"
    assert "vervanger" in seat["waarom"]
