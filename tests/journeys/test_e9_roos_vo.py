"""E9: the Plusvoorziening of ROOS VO: the project leader registers with five answers, others only give the school a hint; 25 is a
floor; three months without an offer are told."""

from typing import Any

import pytest

from tests.journeys.journey import SAAR, Journey, declined, joins, opens
from tests.journeys.service import Service
from tests.tenants.test_roos_vo import INVOLVED, SIGNAL, evaluated, registration

TENANT, SCHEME, SCHOOL = "roos-vo", "plusvoorziening", "Markzicht College"
PUPIL = ("Noor", "Bakx")


@pytest.fixture
def november(service: Service) -> Service:
    return joins(service, TENANT, "2025-11-03")


@pytest.fixture
def next_year(service: Service) -> Service:
    joins(service, TENANT, "2025-11-03").goes_to("2026-02-02")
    return service


def registers(service: Service, who: str = "anouk", **changes: Any) -> Journey:
    about = SCHOOL if who != "tess" else ""
    case = opens(service, TENANT, who, SCHEME, registration(**changes), office="anouk", about=about)
    case.school = "tess"
    case.does(who, "aanmelden")
    return case


def hints(service: Service, who: str = "loes") -> Journey:
    """What somebody of the municipality tells the school."""
    case = opens(service, TENANT, who, SCHEME, {}, office="anouk", about=SCHOOL)
    sent = case.does(who, "wenselijk_vinden", school=SCHOOL, leerling={"voornaam": PUPIL[0], "achternaam": PUPIL[1]})
    assert "zaaknummer" not in sent
    case.school = "tess"
    (told,) = case.person("tess").get(f"{case.path}/handelingen")
    case.number = told["zaaknummer"]
    return case


def starts(case: Journey) -> Journey:
    """The trajectory, with those who must take part."""
    for kind, name in (("school", "Tess Mulder"), ("jeugdprofessional", "Ward Smits")):
        case.does("anouk", "deelnemer_vastleggen", soort=kind, naam=name)
    case.does("anouk", "betrokkenheid_vragen", **INVOLVED)
    case.does("anouk", "traject_starten")
    return case


@pytest.mark.requirement("ROOS-16", "ROOS-17", "ROOS-18", "ROOS-19", "ROOS-20", "ROOS-23")
def test_when_the_school_phones_the_project_leader_registers_with_five_answers(november: Service) -> None:
    case = registers(november)
    assert case.phase == "verkenning"
    assert case.tasks("tess") == ["Deel gegevens uit het OPP"]
    (subject,) = case.mails("tess.mulder@")
    (mail,) = november.mails(subject, tenant=TENANT)
    assert subject == f"Aanmelding {case.number} is vastgelegd"
    assert not [name for name in PUPIL if name in mail.text + mail.html]
    assert "plusvoorziening@roosvo.example" in mail.text
    case.person("tess").upload(case.case_id, "opp", SAAR / "opp.pdf")
    files = [each["id"] for each in case.person("tess").get(f"{case.path}/bijlagen")]
    case.does("tess", "aanvullen", opp=files)
    assert case.tasks("tess") == []
    assert case.person("anouk").get(case.path)["antwoorden"]["opp"] == files
    assert declined(case.person("bram").get, case.path).status == 403, "another school"


@pytest.mark.requirement("ROOS-17")
def test_a_registration_is_about_a_school_of_the_partnership_and_about_the_one_that_it_names(november: Service) -> None:
    for school, code in (("Verre School", "andere_school"), ("Donge Lyceum", "andere_school")):
        case = opens(november, TENANT, "anouk", SCHEME, registration(school=school), office="anouk", about=SCHOOL)
        assert declined(case.does, "anouk", "aanmelden").codes == [code]
    nobodys = opens(november, TENANT, "anouk", SCHEME, registration(), office="anouk")
    assert declined(nobodys.does, "anouk", "aanmelden").codes == ["geen_school"]
    own = opens(november, TENANT, "tess", SCHEME, registration(school="Verre School"), office="anouk")
    assert declined(own.does, "tess", "aanmelden").codes == ["school_in_verband"]


@pytest.mark.requirement("ROOS-21")
@pytest.mark.parametrize("who", ["loes", "ward"])
def test_who_may_not_register_can_only_tell_the_school_and_hears_nothing_of_what_follows(
    november: Service, who: str
) -> None:
    with_form = declined(opens, november, TENANT, who, SCHEME, registration(), office="anouk", about=SCHOOL)
    assert (with_form.status, with_form.codes) == (403, ["geen_formulier"])
    draft = opens(november, TENANT, who, SCHEME, {}, office="anouk", about=SCHOOL)
    assert declined(draft.does, who, "aanmelden").status == 403
    case = hints(november, who)
    person = case.person(who)
    for path in (case.path, f"{case.path}/stand", f"{case.path}/handelingen"):
        assert declined(person.get, path).status == 403
    assert case.number not in {each.get("zaaknummer") for each in person.listed("/aanvragen")}

    assert case.tasks("tess") == ["Een jeugdprofessional of leerplichtambtenaar vindt aanmelding wenselijk"]
    assert case.mails("tess.mulder@") == [f"Een seintje over de Plusvoorziening: {case.number}"]
    (told,) = case.person("tess").get(f"{case.path}/handelingen")
    assert told["velden"]["leerling"] == {"voornaam": "Noor", "achternaam": "Bakx"}
    assert declined(case.person("bram").get, f"{case.path}/stand").status == 403
    assert declined(case.does, "anouk", "aanmelden", **registration()).codes == ["school_beslist"]
    case.person("tess").save(case.case_id, registration(gemeente="Roosendaal"))
    case.does("tess", "aanmelden")
    assert case.phase == "verkenning"
    assert case.tasks("tess") == ["Deel gegevens uit het OPP"]
    assert declined(person.get, f"{case.path}/stand").status == 403


@pytest.mark.requirement("ROOS-21")
def test_a_school_may_leave_a_hint_at_that(november: Service) -> None:
    case = hints(november)
    case.does("tess", "niet_aanmelden")
    assert case.standing()["afloop"] == "niet aangemeld"
    assert case.tasks("tess") == []


@pytest.mark.requirement("ROOS-07", "ROOS-22")
def test_a_youth_professional_of_the_home_municipality_sees_five_answers_once_the_trajectory_runs(
    november: Service,
) -> None:
    case = registers(november, gemeente="Roosendaal", zonder_aanbod_sinds="2025-09-15", problematiek=["scheiding"])
    ward, niek = case.person("ward"), case.person("niek")
    assert declined(ward.get, f"{case.path}/stand").status == 403
    starts(case)
    assert set(ward.get(case.path)["antwoorden"]) == {
        "leerling",
        "school",
        "situatie",
        "zonder_aanbod_sinds",
        "gemeente",
    }
    told = {act["handeling"]: set(act["velden"]) for act in ward.get(f"{case.path}/handelingen")}
    assert told.pop("aanmelden") == set(ward.get(case.path)["antwoorden"])
    assert set().union(*told.values()) == set()
    assert ward.get(f"{case.path}/bijlagen") == []
    assert [each.get("zaaknummer") for each in ward.listed("/aanvragen")].count(case.number) == 1
    for path in (case.path, f"{case.path}/stand"):
        assert declined(niek.get, path).status == 403, "of another municipality"
    assert case.number not in {each.get("zaaknummer") for each in niek.listed("/aanvragen")}
    ilse = case.person("ilse")
    assert ilse.get(f"{case.path}/stand")["fase"] == "traject"
    assert declined(ilse.get, case.path).status == 403, "the orthopedagoog follows and reads no answers"
    version = next(each["id"] for each in ward.get("/regelingen"))
    ward.post("/adviesvragen", {"regelingId": version, "vraag": "Wat kan de Plusvoorziening in de thuissituatie doen?"})
    assert "Adviesvraag van een school beantwoorden" in [
        task["titel"] for task in case.person("anouk").listed("/taken")
    ]


@pytest.mark.requirement("ROOS-22", "ROOS-24", "ROOS-25", "ROOS-26")
def test_the_25th_and_26th_trajectory_are_accepted_with_a_note_on_the_capacity(next_year: Service) -> None:
    for _ in range(25):
        contact = opens(next_year, TENANT, "anouk", SCHEME, {}, office="anouk")
        contact.does("anouk", "advies_geven", aan="gemeente")
    cases = [starts(registers(next_year)) for _ in range(26)]
    books = {each["boek"]: each for each in cases[0].person("yvonne").get("/boeken") if each["periode"] == "2026"}
    assert (books["trajecten"]["vastgelegd"], books["contacten"]["vastgelegd"]) == (26, 25)
    note = "De afgesproken 25 trajecten zijn bereikt of voorbij: bespreek de capaciteit"
    told = [[title for title in case.tasks("anouk") if title.startswith(note)] for case in cases[23:]]
    counted = [f"{note} (Intensieve leerlingtrajecten: {count} van ten minste 25)" for count in (25, 26)]
    assert told == [[], counted[:1], counted[1:]]
    assert {case.phase for case in cases[23:]} == {"traject"}


@pytest.mark.requirement("ROOS-02", "ROOS-03")
def test_three_months_without_an_offer_warn_and_are_told_on_15_december(november: Service) -> None:
    case = registers(november, zonder_aanbod_sinds="2025-09-15")
    november.goes_to("2025-11-15")
    assert "Een leerling zit bijna drie maanden zonder passend aanbod" in case.tasks("anouk")
    november.goes_to("2025-12-14")
    assert case.clock("zonder_aanbod")["status"] == "loopt"
    november.goes_to("2025-12-15")
    assert case.clock("zonder_aanbod")["status"] == "verstreken"
    assert "Een leerling zit drie maanden zonder passend aanbod" in case.tasks("anouk")
    told = [each for each in case.mails("anouk.dalen@") if "zonder passend aanbod" in each]
    assert told[-1] == f"Drie maanden zonder passend aanbod: {case.number}"
    assert len(told) == 3


@pytest.mark.requirement("ROOS-14")
def test_a_year_after_the_end_the_school_is_asked_how_it_went_on(november: Service) -> None:
    case = starts(registers(november))
    assert declined(case.does, "anouk", "traject_afsluiten").codes == ["overdracht"]
    case.does("anouk", "overdragen")
    case.does("anouk", "traject_afsluiten")
    assert {"Tevredenheid van de ouders vragen", "Tevredenheid van de zorgcoördinator vragen"} <= set(
        case.tasks("anouk")
    )
    november.goes_to("2026-11-04")
    assert "Geef doorstroom, slagingsresultaat en uitstroom door" in case.tasks("tess")
    assert f"Hoe ging het verder? Zaak {case.number}" in case.mails("tess.mulder@")
    case.does("tess", "uitkomst_vastleggen", uitkomst="doorstroom")
    assert case.standing()["afloop"] == "afgesloten"


def followed(case: Journey, who: str, name: str) -> list[Any]:
    """The points of a list as somebody is told of them."""
    return next((each["punten"] for each in case.standing(who)["opvolging"] if each["id"] == name), [])


@pytest.mark.requirement("ROOS-10")
def test_agreements_of_a_talk_stand_with_the_case_are_told_when_late_and_are_done_one_by_one(november: Service) -> None:
    case = starts(registers(november, gemeente="Roosendaal"))
    agreed = evaluated(("Rooster maken", "school", "2025-11-17"), ("Ouders bellen", "jeugdprofessional", "2025-11-21"))
    case.does("anouk", "evaluatie_bespreken", **agreed)
    one, two = followed(case, "ward", "afspraken")
    assert (two["wat"], two["wie"]) == ("Ouders bellen", "jeugdprofessional")
    assert (one["puntnummer"], one["wat"], one["wie"], one["uiterlijk"], one["status"]) == (
        *(1, "Rooster maken", "school", "2025-11-17", "open"),
    )
    assert "verslag" not in str(case.person("ward").get(f"{case.path}/handelingen"))
    assert set(followed(case, "ilse", "afspraken")[0]) == {"puntnummer", "status", "op", "kenmerken", "uiterlijk"}

    assert declined(case.does, "ward", "afspraak_afvinken", nummer=3).codes == ["punt_onbekend"]
    case.does("ward", "afspraak_afvinken", nummer=2)
    november.goes_to("2025-11-18")
    assert [each["status"] for each in followed(case, "tess", "afspraken")] == ["te_laat", "afgedaan"]
    assert "Een afspraak is niet op tijd nagekomen (nummer 1)" in case.tasks("anouk")
    assert case.mails("anouk.dalen@")[-1] == f"Een afspraak is niet op tijd nagekomen: {case.number}"
    (mail,) = november.mails(f"Een afspraak is niet op tijd nagekomen: {case.number}", tenant=TENANT)
    assert "17-11-2025" in mail.text
    assert "Rooster" not in mail.text
    case.does("tess", "afspraak_afvinken", nummer=1)
    november.goes_to("2025-11-25")
    assert [each.get("afgedaanOp") for each in followed(case, "anouk", "afspraken")] == ["2025-11-18", "2025-11-03"]
    assert not [title for title in case.tasks("anouk") if title.endswith("(nummer 2)")]


@pytest.mark.requirement("ROOS-12")
def test_signals_on_a_case_and_on_policy_have_an_addressee_and_a_day_on_which_they_were_passed_on(
    november: Service,
) -> None:
    case = starts(registers(november))
    case.does("ilse", "signaleren", **SIGNAL)
    case.does("anouk", "signaleren", niveau="casus", geadresseerde="jeugdhulp", signaal="Meer uren begeleiding.")
    first, second = followed(case, "anouk", "signalen")
    assert first["wie"] == "onderwijs en gemeenten, in de regionaal educatieve agenda"
    assert [each["antwoord"][:11] for each in (*first["kenmerken"], *second["kenmerken"])] == [
        "een doelgro",
        "deze leerli",
    ]
    november.goes_to("2025-11-10")
    case.does("anouk", "signaal_doorgeven", nummer=1)
    assert [(each["status"], each.get("afgedaanOp")) for each in followed(case, "ilse", "signalen")] == [
        ("afgedaan", "2025-11-10"),
        ("open", None),
    ]
