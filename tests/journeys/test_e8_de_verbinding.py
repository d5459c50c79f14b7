"""E8: schools ask De Verbinding for a maatwerkbudget; the director decides alone, by beschikking, on 31 January 2022."""

from typing import Any

import pytest

from tests.journeys.journey import SAAR, Journey, declined, joins, opens, words
from tests.journeys.service import Service
from tests.tenants.test_de_verbinding import answers, group, pupils

TENANT, SCHEME = "de-verbinding", "maatwerkbudget"
SPENT = "SELECT coalesce(sum(committed), 0) FROM book_envelope WHERE scheme_code = $1 AND period = '2021-2022'"
OPP = [("opp", SAAR / "opp.pdf")]
WHY = "De training vergroot de taakgerichtheid van alle zes."
GRANTED, NEARLY = 3_900_000, 13_950_000


@pytest.fixture
def january(service: Service) -> Service:
    return joins(service, TENANT, "2022-01-17")


def asks(service: Service, asked: dict[str, Any], school: str = "sanne") -> Journey:
    files = OPP if asked["product"] == "individueel" else []
    return opens(service, TENANT, school, SCHEME, asked, office="marloes", files=files)


def decided(case: Journey, amount: int, **more: str) -> Journey:
    """Filed by the school, put forward by the contact person, granted by the director."""
    case.does(case.school, "indienen")
    case.does("marloes", "voorleggen")
    case.does("diederik", "besluiten", besluit="toegekend", bedrag=amount, motivering=WHY, **more)
    return case


def individual(amount: int) -> dict[str, Any]:
    return answers(opp=None, kosten=[{"omschrijving": "Coach", "soort": "begeleiding", "bedrag": amount}])


@pytest.fixture
def nearly_spent(january: Service) -> Service:
    """Grants of this school year that make € 139.500 together, with those of other journeys: 28 when there are none."""
    (spent,) = january.sql(SPENT, SCHEME)[0]
    left = int(NEARLY - spent)
    for amount in [*[500_000] * (left // 500_000), *([left % 500_000] if left % 500_000 else [])]:
        decided(asks(january, individual(500_000)), amount)
    return january


def book(case: Journey, year: str) -> dict[str, Any]:
    """The budget of a school year, as the controller reads it."""
    (found,) = [each for each in case.person("hessel").get("/boeken") if each["periode"] == year]
    return dict(found)


def refusals(change: Any, *arguments: Any, **fields: Any) -> set[str]:
    return set(declined(change, *arguments, **fields).codes)


@pytest.mark.requirement("DV-11", "DV-16", "DV-24")
def test_a_group_of_four_a_request_without_names_and_one_without_a_talk_are_refused(january: Service) -> None:
    four = asks(january, group(4))
    assert refusals(four.does, "sanne", "indienen") == {"minimaal_vijf"}
    nameless = asks(january, group(6, leerlingen=None))
    assert refusals(nameless.does, "sanne", "indienen") == {"ontbreekt"}
    silent = asks(january, group(6, besproken_op=None))
    assert refusals(silent.does, "sanne", "indienen") == {"ontbreekt"}
    later = asks(january, group(6, besproken_op="2022-01-18"))
    assert refusals(later.does, "sanne", "indienen") == {"eerst_besproken"}


@pytest.mark.requirement("DV-04", "DV-06", "DV-07", "DV-08", "DV-09", "DV-19", "DV-21", "DV-29", "DV-31", "DV-32")
def test_a_grant_past_the_budget_is_told_to_the_board_before_the_beschikking_leaves(nearly_spent: Service) -> None:
    case = asks(nearly_spent, group(6))
    (funding,) = case.standing("sanne")["bekostiging"]
    assert (funding["gevraagd"], funding["toekenbaar"], funding["geweigerd"]) == (4_100_000, GRANTED, 200_000)
    case.does("sanne", "indienen")
    assert case.mails("sanne.kuipers@") == [f"Uw aanvraag {case.number} is ontvangen"]
    assert case.clock("beslistermijn")["uiterlijk"] == "2022-03-14"
    assert declined(case.person("diederik").get, case.path).status == 403, (
        "he decides, and reads no more than that takes"
    )
    nearly_spent.goes_to("2022-01-20")
    case.does("marloes", "voorleggen")
    assert case.mails("diederik.prins@") == [f"Aanvraag {case.number} ligt voor u klaar"]
    assert case.number in {work["zaaknummer"] for work in case.person("diederik").listed("/werklijst")}

    nearly_spent.goes_to("2022-01-31")
    fields = {"besluit": "toegekend", "bedrag": GRANTED, "motivering": WHY}
    assert refusals(case.does, "diederik", "besluiten", **fields | {"bedrag": 4_100_000}) >= {"bedrag_past"}
    assert refusals(case.does, "diederik", "besluiten", **fields) == {"onderbouwing"}
    because = "Zes leerlingen blijven zo in het regulier vo."
    before = book(case, "2021-2022")
    assert before["raming"] == {"leerlingen": 30, "gemiddelde": 500_000, "som": 15_000_000}
    case.does("diederik", "besluiten", **fields, onderbouwing=because)
    assert (case.standing("sanne")["fase"], case.standing("diederik")["fase"]) == ("besluit", "bestuur informeren")
    assert not [step for step in case.standing("sanne")["stappen"] if step["stap"] == "toekenning" and step["uitkomst"]]
    assert declined(case.does, "diederik", "beschikking_verzenden").status == 409
    case.does("diederik", "bestuur_informeren", onderbouwing=because)
    assert "Overschrijding van het Maatwerkbudget" in subjects(nearly_spent, "wilma.terpstra@")
    board = case.person("wilma")
    assert board.get(case.path)["antwoorden"] == {"product": "groep", "school": "Kasteel College"}
    told = {act["handeling"]: act["velden"] for act in board.get(f"{case.path}/handelingen")}
    assert told["bestuur_informeren"] == {"onderbouwing": because}
    assert told["besluiten"] == {"bedrag": GRANTED, "onderbouwing": because}
    assert "Kind" not in str(told)

    case.does("diederik", "beschikking_verzenden")
    envelope = book(case, "2021-2022")
    assert (envelope["vastgelegd"], envelope["plafond"]) == (17_850_000, 15_000_000)
    pupils = before["werkelijk"]["leerlingen"] + 6
    assert envelope["werkelijk"] == {"leerlingen": pupils, "gemiddelde": (2 * 17_850_000 + pupils) // (2 * pupils)}
    assert f"Beschikking op uw aanvraag {case.number}" in case.mails("sanne.kuipers@")
    letter = words(case.letter())
    assert "kent u € 39.000,00 toe" in letter
    assert "geldt voor het schooljaar 2021-2022" in letter
    assert WHY in letter
    assert "tot en met 14 maart 2022 een bezwaarschrift sturen aan het bestuur" in letter
    assert "Kind" not in letter

    for pupil in range(1, 7):
        assert declined(case.does, "marloes", "afronden").codes == ["opp_rond"]
        case.does("sanne", "opp_bijwerken", leerling=pupil, datum="2022-02-14")
    (opp,) = [step for step in case.standing()["stappen"] if step["stap"] == "opp"]
    assert (opp["status"], opp["uitkomst"]) == ("beëindigd", "rond")


def subjects(service: Service, to: str) -> list[str]:
    service.settles()
    return [mail.summary.subject for mail in service.mails("", to, TENANT)]


@pytest.mark.requirement("DV-18", "DV-30")
def test_the_talks_come_every_three_calendar_months_from_the_grant_and_a_late_one_is_told(january: Service) -> None:
    january.goes_to("2022-01-31")
    case = decided(asks(january, individual(400_000)), 400_000, onderbouwing="Nodig om uitval te voorkomen.")
    if case.offer("bestuur_informeren", "diederik"):
        case.does("diederik", "bestuur_informeren", onderbouwing="Nodig om uitval te voorkomen.")
    case.does("diederik", "beschikking_verzenden")
    assert case.clock("voortgang")["uiterlijk"] == "2022-04-30"
    january.goes_to("2022-04-16")
    assert "Plan het voortgangsgesprek" in case.tasks("sanne")
    january.goes_to("2022-04-30")
    case.does("marloes", "voortgang_bespreken", verslag="Het gaat beter in de klas.")
    assert case.clock("voortgang")["uiterlijk"] == "2022-07-31"
    january.goes_to("2022-08-01")
    assert "Het voortgangsgesprek is te laat" in case.tasks("marloes")
    assert f"Een termijn is verstreken bij {case.number}" in case.mails("marloes.vink@")


@pytest.mark.requirement("DV-16")
def test_a_question_before_a_request_goes_to_the_contact_person_and_the_director_has_none(january: Service) -> None:
    sanne = january.person("sanne", TENANT)
    version = next(each["id"] for each in sanne.get("/regelingen"))
    asked = sanne.post("/adviesvragen", {"regelingId": version, "vraag": "Kan een coach uit dit budget?"})
    marloes, diederik = january.person("marloes", TENANT), january.person("diederik", TENANT)
    assert "Adviesvraag van een school beantwoorden" in [task["titel"] for task in marloes.listed("/taken")]
    assert "Adviesvraag van een school beantwoorden" not in [task["titel"] for task in diederik.listed("/taken")]
    path = f"/adviesvragen/{asked['id']}"
    assert declined(diederik.get, path).status == 403
    assert declined(diederik.post, f"{path}/_beantwoord", {"antwoord": "Ja."}).status == 403
    marloes.post(f"{path}/_beantwoord", {"antwoord": "Ja, als zij aan leervoorwaarden werkt."})
    assert sanne.get(path)["antwoord"] == "Ja, als zij aan leervoorwaarden werkt."


def test_another_school_of_the_partnership_sees_nothing_of_it(january: Service) -> None:
    case = asks(january, individual(100_000))
    case.does("sanne", "indienen")
    jorrit = january.person("jorrit", TENANT)
    assert case.number not in {each.get("zaaknummer") for each in jorrit.listed("/aanvragen")}
    for path in (case.path, f"{case.path}/stand", f"{case.path}/handelingen", f"{case.path}/bijlagen"):
        assert declined(jorrit.get, path).status == 403
    assert pupils(1)[0]["voornaam"] not in str(list(jorrit.listed("/aanvragen")))


@pytest.mark.requirement("DV-33")
def test_a_group_from_which_pupils_leave_is_reported_to_the_contact_person_and_nothing_is_taken_back(
    service: Service,
) -> None:
    september = joins(service, TENANT, "2022-09-05")
    case = decided(asks(september, group(6)), 600_000)
    case.does("diederik", "beschikking_verzenden")
    left = {"voornaam": "Kind", "achternaam": "Een"}
    case.does("sanne", "groep_wijzigen", aantal=5, weg=[left])
    told = "De groep telt minder dan 5 leerlingen: bespreek met de school hoe het verder gaat"
    assert told not in case.tasks("marloes")
    case.does("sanne", "groep_wijzigen", aantal=4, weg=[left])
    assert told in case.tasks("marloes")
    subject = f"De groep van {case.number} telt minder dan 5 leerlingen"
    assert subject in case.mails("marloes.vink@")
    (mail,) = september.mails(subject, tenant=TENANT)
    assert "Kind" not in mail.text
    assert book(case, "2022-2023")["vastgelegd"] == 600_000
    assert case.phase == "uitvoering"
