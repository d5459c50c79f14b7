"""Hazelaar on the running service: a registration that region and municipality decide on together, support that begins before the
money is settled, places that come free, and a coach who is paid on his own invoice.
"""

from typing import Any

import pytest

from tests.journeys.journey import Journey, declined, opens
from tests.journeys.regions import settles_in
from tests.journeys.service import Service
from tests.tenants.test_hazelaar import MONTHLY, answers

TENANT, SCHEME = "hazelaar", "terug_naar_school"


@pytest.fixture
def february(service: Service) -> Service:
    return settles_in(service, TENANT, "2026-02-02", rules="hazelaar")


def registers(service: Service, product: str, **changes: Any) -> Journey:
    case = opens(service, TENANT, "mink", SCHEME, answers(product, **changes), office="beer")
    case.does("mink", "signaleren" if product == "signaal" else "registreren")
    return case


def agrees(case: Journey, **fields: Any) -> Journey:
    """Signed by both, and the content is settled."""
    for who in ("ouder", "jongere"):
        case.does("mink", "toestemming_vastleggen", wie=who, stand="gegeven")
    case.does("beer", "inhoud_rond", **fields)
    return case


def together(case: Journey, region: str, municipality: str) -> Any:
    case.does("rosa", "samen_beslissen", stem=region)
    return case.does("gijsbert", "samen_beslissen", stem=municipality)


def goes_back(case: Journey) -> None:
    """From the content on to the day when the pupil is at school again."""
    together(case, "voor", "voor")
    case.does("beer", "plaatsen", einde="2026-03-20")
    case.does("beer", "terug")


@pytest.mark.requirement("ALL-03")
def test_they_differ_so_the_table_decides_and_the_boards_share_what_the_region_pays(february: Service) -> None:
    case = registers(february, "terugkeer")
    assert declined(case.does, "beer", "inhoud_rond", **MONTHLY).grounds[0][:2] == (
        "getekend",
        "Er is nog geen toestemming om gegevens te delen.",
    )
    agrees(case, **MONTHLY)
    seen = case.person("rosa").get(case.path)["antwoorden"]
    assert "jongere" not in seen
    assert seen["jongere.leeftijd"] == 15
    assert together(case, "voor", "tegen")["uitkomsten"] == ["samen: oneens"]
    (ladder,) = case.standing()["escalatie"]
    assert (ladder["niveau"], ladder["macht"]) == (2, "bindend")
    case.does("vico", "regiotafel_beslissen", besluit="akkoord")
    assert case.phase == "de hulp loopt, het geld nog niet"
    (funded,) = case.standing()["bekostiging"]
    assert (funded["toekenbaar"], funded["medefinanciering"]) == (7_200_00, 4_800_00)
    shares = [{"bestuur": "Stichting Els", "bedrag": 4_000_00}, {"bestuur": "Stichting Iep", "bedrag": 3_000_00}]
    assert declined(case.does, "beer", "verdelen", besturen=shares).codes == ["verdeeld"]
    shares[1]["bedrag"] = 3_200_00
    case.does("beer", "verdelen", besturen=shares)
    envelopes = {
        e.get("boekdeel"): e["vastgelegd"] for e in case.person("lieke").get("/boeken") if e["boek"] == "besturen"
    }
    assert envelopes == {"Stichting Els": 4_000_00, "Stichting Iep": 3_200_00}


@pytest.mark.requirement("ALL-05")
def test_three_months_at_home_six_weeks_between_talks_and_three_working_days_each_count_their_own_way(
    february: Service,
) -> None:
    home, crisis = registers(february, "terugkeer"), registers(february, "crisisplek")
    assert (home.clock("thuis")["soort"], home.clock("thuis")["uiterlijk"]) == ("teller", "2026-04-12")
    assert crisis.clock("plaatsing")["uiterlijk"] == "2026-02-05"
    agrees(crisis)
    together(crisis, "voor", "voor")
    february.goes_to("2026-02-06")
    assert "De crisisplek is er nog niet" in crisis.tasks("beer")
    crisis.does("beer", "plaatsen", einde="2026-03-20")
    cap = crisis.clock("crisisplek")
    assert cap["soort"] == "maximum"
    assert cap["uiterlijk"] > "2026-03-20"
    assert any("vakantie" in step["uitleg"] for step in cap["afleiding"])
    assert crisis.clock("vragen_om_verlenging")["uiterlijk"] == "2026-03-06"
    assert crisis.clock("gesprek")["uiterlijk"] == "2026-03-20"
    assert declined(crisis.does, "mink", "verlengen").codes == ["verlengen"]
    february.goes_to("2026-03-02")
    crisis.does("mink", "evalueren")
    assert crisis.clock("gesprek")["uiterlijk"] == "2026-04-13"
    crisis.does("mink", "verlengen")
    crisis.does("beer", "terug")
    february.goes_to("2026-04-12")
    assert "Al drie maanden thuis" in home.tasks("beer")


def test_six_places_are_full_until_somebody_goes_back_to_school(february: Service) -> None:
    placed = [registers(february, "crisisplek") for _ in range(7)]
    for case in placed[:6]:
        agrees(case)
    for who in ("ouder", "jongere"):
        placed[6].does("mink", "toestemming_vastleggen", wie=who, stand="gegeven")
    full = declined(placed[6].does, "beer", "inhoud_rond")
    assert full.codes == ["plafond"]
    goes_back(placed[0])
    placed[6].does("beer", "inhoud_rond")
    (book,) = [e for e in placed[0].person("lieke").get("/boeken") if e["boek"] == "plekken"]
    assert (book["eenheid"], book["vastgelegd"], book["plafond"]) == ("plaats", 6, 6)
    for case in placed[1:]:
        goes_back(case)


def test_the_coach_sends_his_own_invoice_and_a_signal_only_waits_to_be_confirmed(february: Service) -> None:
    case = agrees(registers(february, "doorgaande_lijn"))
    assert case.clock("proef")["uiterlijk"] == "2026-06-01"
    case.does("beer", "toekennen")
    (book,) = [e for e in case.person("lieke").get("/boeken") if e["boek"] == "regiobudget"]
    assert book["vastgelegd"] >= 4 * 340_00
    signal = registers(february, "signaal")
    assert signal.standing()["termijnen"] == []
    signal.does("beer", "bevestigen")
    assert signal.phase == "genoteerd"
