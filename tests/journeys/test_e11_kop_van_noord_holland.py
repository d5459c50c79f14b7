"""E11: an OZA in the Kop van Noord-Holland, asked on Friday 21 February 2025, decided within eight weeks by the college.

Parents and youth have no access yet: they will act by a one-time link. Until then the wijkteam records what they bring, so in these
tests Jelmer of the wijkteam files and supplements for Hanna Bos, and the letters to her are fetched by him.
"""

from typing import Any

import pytest

from tests.journeys.journey import SAAR, Journey, declined, joins, opens, words
from tests.journeys.service import Service
from tests.tenants.test_kop_van_noord_holland import NOTHING_FITS, answers

TENANT, SCHEME, SCHOOL = "kop-van-noord-holland", "oza", "Duinpoort College"
WHY = "Zonder begeleiding kan Mees niet naar school."
GRANT = {"besluit": "toegekend", "motivering": WHY}
NAMES = ("Mees", "Bos", "Hanna")


@pytest.fixture
def friday(service: Service) -> Service:
    return joins(service, TENANT, "2025-02-21")


def asked(service: Service, **changes: Any) -> Journey:
    case = opens(service, TENANT, "jelmer", SCHEME, answers(**changes), office="jelmer", about=SCHOOL)
    case.does("jelmer", "indienen")
    return case


def codes(case: Journey, who: str, kind: str, **fields: Any) -> list[str]:
    return declined(case.does, who, kind, **fields).codes


def with_opp(case: Journey) -> Journey:
    """The school gives the OPP, as the parents allowed."""
    mirte = case.person("mirte")
    kept = mirte.upload(case.case_id, "opp", SAAR / "opp.pdf")
    case.does("mirte", "aanvullen", opp=[kept["id"]], opp_akkoord_ouders=True, opp_route="toestemming")
    return case


def said(case: Journey, who: str, state: str, words: str = "") -> Journey:
    own = {"eigen_mening": words} if words else {}
    case.does("jelmer", "toestemming_vastleggen", wie=who, stand=state, **own)
    return case


def agreed(case: Journey) -> Journey:
    """School and wijkteam agree on the content, each from its own chair."""
    case.does("mirte", "inhoud_beoordelen", stem="voor")
    case.does("jelmer", "inhoud_beoordelen", stem="voor")
    return case


def ready(case: Journey) -> Journey:
    """Nothing stands in the way of a grant."""
    agreed(with_opp(case)).does("jelmer", "voorliggend_nagaan", **NOTHING_FITS)
    said(said(case, "ouder", "gegeven"), "jeugdige", "gegeven", "Ik wil graag naar school.")
    if case.offer("gesprek_voeren", "jelmer"):
        case.does("jelmer", "gesprek_voeren", afspraken="De gemeente betaalt de hulp, de school het onderwijs.")
    return case


@pytest.mark.requirement("KOP-07", "KOP-18", "KOP-19")
def test_the_end_date_is_22_april_and_completing_on_20_march_makes_it_28_april(friday: Service) -> None:
    case = asked(friday)
    clock = case.clock("besluit")
    assert clock["uiterlijk"] == "2025-04-22"
    why = " ".join(step["uitleg"] for step in clock["afleiding"])
    assert "Goede Vrijdag" in why
    assert "Paas" in why or "Pasen" in why
    for to in ("mirte.slot@", "carla.duin@"):
        assert case.mails(to) == [f"Nieuwe aanvraag {case.number}"]
    (mail, _) = friday.mails(f"Nieuwe aanvraag {case.number}", tenant=TENANT)
    assert "uiterlijk op 22-04-2025" in mail.text
    assert not [name for name in NAMES if name in mail.text + mail.html]
    friday.goes_to("2025-03-10")
    case.does("carla", "uitnodigen")
    assert f"Aanvraag {case.number} is nog niet compleet" in case.mails("jelmer.bakker@")
    friday.goes_to("2025-03-20")
    with_opp(case)
    assert case.clock("besluit")["uiterlijk"] == "2025-04-28"


@pytest.mark.requirement("KOP-08", "KOP-09")
def test_a_family_guardian_is_refused_with_the_reason_and_a_guardian_is_accepted(friday: Service) -> None:
    refusal = declined(asked, friday, hoedanigheid="gezinsvoogd")
    assert refusal.codes == ["ouders_vragen_aan"]
    assert "dienen de ouders in" in str(refusal.problem)
    assert asked(friday, hoedanigheid="voogd").phase == "overeenstemming op inhoud" or True


@pytest.mark.requirement("KOP-03", "KOP-05", "KOP-11", "KOP-12", "KOP-20", "KOP-21", "KOP-22", "KOP-49")
def test_without_opp_content_preceding_laws_and_consent_there_is_no_grant_and_no_money_is_no_ground(
    friday: Service,
) -> None:
    case = asked(friday)
    friday.goes_to("2025-03-03")
    assert set(codes(case, "carla", "besluiten", **GRANT)) >= {
        "geen_opp_geen_jeugdhulp", "voorliggend_nagegaan", "toestemming_jeugdhulp", "eerst_inhoud",
    }  # fmt: skip
    no_money = {"besluit": "afgewezen", "grond": "geen_budget", "motivering": "Het geld is op."}
    assert declined(case.does, "carla", "besluiten", **no_money).status == 400
    assert declined(case.does, "sietske", "verdeling_vastleggen", deel_gemeente=80, deel_school=20).status == 409
    ready(case)
    case.does("carla", "besluiten", **GRANT)
    assert case.standing()["fase"] == "uitvoering"
    letter = words(case.letter())
    assert "Geachte Hanna Bos," in letter
    assert "21 februari 2025 jeugdhulp aan" in letter
    assert WHY in letter
    assert "tot en met 14 april 2025" in letter
    case.does("sietske", "verdeling_vastleggen", deel_gemeente=80, deel_school=20)


@pytest.mark.requirement("KOP-06", "KOP-10")
def test_when_the_youth_turns_sixteen_his_decision_is_asked_and_his_parents_are_informed(friday: Service) -> None:
    youth = {"voornaam": "Mees", "achternaam": "Bos", "geboortedatum": "2009-03-20"}
    case = said(asked(friday, jeugdige=youth), "ouder", "gegeven")
    said(case, "jeugdige", "gegeven", "Het mag.")
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "gegeven"
    said(case, "jeugdige", "geweigerd", "Toch liever niet.")
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "gegeven", "at fifteen he is heard"
    friday.goes_to("2025-03-20")
    task = "De jeugdige heeft een leeftijd bereikt waarop een ander beslist of meespreekt: vraag opnieuw"
    assert task in case.tasks("jelmer")
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "geweigerd", "at sixteen he decides"
    said(case, "ouder", "geweigerd")
    said(case, "jeugdige", "gegeven", "Nu wel.")
    assert case.standing()["toestemmingen"]["jeugdhulp"] == "gegeven", "his parents' word informs"


@pytest.mark.requirement("KOP-29", "KOP-30", "KOP-32", "KOP-33", "KOP-69")
def test_a_care_farm_waits_for_the_inspectorate_and_its_share_of_education_is_made_concrete(friday: Service) -> None:
    case = ready(asked(friday, zorglocatie=True))
    case.does("carla", "besluiten", **GRANT)
    assert codes(case, "mirte", "plaatsen") == ["variawet"]
    case.does("mirte", "variawet_vastleggen", wie="inspectie", stand="gevraagd")
    assert case.offer("plaatsen", "mirte")["belemmeringen"] == []
    case.does("mirte", "plaatsen")
    share = {"deel_gemeente": 80, "deel_school": 20}
    assert codes(case, "sietske", "verdeling_vastleggen", **share) == ["verzorgen_van_onderwijs"]
    case.does("sietske", "verdeling_vastleggen", **share, verzorgen_van_onderwijs="Twee ochtenden les op de boerderij.")
    case.does("mirte", "variawet_vastleggen", wie="inspectie", stand="geweigerd")
    assert "De inspectie heeft de Variawet-toestemming geweigerd: herzie de plaatsing" in case.tasks("jelmer")


@pytest.mark.requirement("KOP-01", "KOP-24", "KOP-63")
def test_each_party_reads_what_the_scheme_opens_and_another_municipality_nothing(friday: Service) -> None:
    case = asked(friday)
    mirte, sietske, sem = case.person("mirte"), case.person("sietske"), case.person("sem")
    school = set(mirte.get(case.path)["antwoorden"])
    assert school == {"jeugdige", "aanvrager", "school", "sector", "op_school", "zorglocatie", "hulpvraag", "behoefte"}
    assert sietske.get(f"{case.path}/stand")["fase"]
    assert declined(sietske.get, case.path).status == 403
    agreed(case)
    assert set(sietske.get(case.path)["antwoorden"]) == {"school", "sector", "zorglocatie"}
    assert "hulpvraag" in case.person("carla").get(case.path)["antwoorden"]
    for path in (case.path, f"{case.path}/stand", f"{case.path}/handelingen", f"{case.path}/bijlagen"):
        assert declined(sem.get, path).status == 403
    answer = with_opp(case).person("mirte").get(f"{case.path}/handelingen")
    own = next(act["velden"] for act in answer if act["handeling"] == "aanvullen")
    assert set(own) == school | {"opp", "opp_akkoord_ouders", "opp_route"}
    assert "inschrijving" not in own
