"""Waterrand on the running service: a placement goes from a school to four experts who read it without names, to a chair when they are
tied, to the category from which the money follows, and to a decision by letter.
"""

from typing import Any

import pytest

from maatwerk.local.client import wait_for
from tests.journeys.journey import Journey, declined, opens, words
from tests.journeys.regions import settles_in
from tests.journeys.service import Service
from tests.tenants.test_waterrand import answers

TENANT, SCHEME = "waterrand", "op_maat"
EXPERTS = ("gerlof", "zoe", "otte", "jesse")
PUPIL = {"voornaam": "Fem", "achternaam": "Dijkhuizen", "geboortedatum": "2018-03-04"}
WHY = "De plaats past bij wat zij nodig heeft."


@pytest.fixture
def august(service: Service) -> Service:
    return settles_in(service, TENANT, "2025-08-25", rules="waterrand")


def asks(service: Service, product: str, school: str = "ibe", **changes: Any) -> Journey:
    asked = answers(product, leerling=PUPIL, **changes)
    case = opens(service, TENANT, school, SCHEME, asked, office="hiske")
    case.does(school, "melden" if product == "nieuwkomer" else "indienen")
    return case


def reaches_the_committee(service: Service, case: Journey) -> Journey:
    service.goes_to("2025-09-01")
    case.does("hiske", "compleet_verklaren")
    case.pack()
    service.goes_to("2025-09-11")
    case.does("hiske", "voorleggen")
    return case


def decides(case: Journey, amount: int) -> Any:
    return case.does("olivier", "besluiten", besluit="toegekend", bedrag=amount, motivering=WHY)


@pytest.mark.requirement("ALL-03")
def test_the_content_is_settled_without_names_and_the_money_follows_from_it(august: Service) -> None:
    case = asks(august, "plaatsing", vanaf="2026-02-15", spoed=True)
    assert case.mails("ibe.sluis@") == [f"Uw aanvraag {case.number} is ontvangen"]
    reaches_the_committee(august, case)
    assert case.clock("spoed")["uiterlijk"] == "2025-09-08"
    assert case.clock("besluit")["uiterlijk"] == "2025-10-27"
    pack = wait_for(lambda: case.reads("gerlof"))
    assert "Dijkhuizen" not in str(pack)
    assert declined(case.person("gerlof").get, case.path).status == 403
    for who, vote in zip(EXPERTS, ("voor", "tegen", "onthouding"), strict=False):
        done = case.does(who, "stemmen", stem=vote)
    assert done["uitkomsten"] == ["inhoud: gestaakt"]
    assert declined(case.does, "jesse", "stemmen", stem="voor").status == 409
    case.does("hiske", "doorhakken", oordeel="positief")
    (before,) = case.standing()["bekostiging"]
    assert "toekenbaar" not in before
    case.does("hiske", "categorie_vaststellen", categorie="so_hoog")
    (after,) = case.standing("olivier")["bekostiging"]
    assert after["toekenbaar"] == 6 * 2_150_00 * 2 // 5
    (tariff,) = after["tarieven"]
    assert (tariff["rij"], tariff["bedrag"], tariff["bron"]) == ("so, hoog", 2_150_00, "par. 2")
    too_much = declined(decides, case, after["toekenbaar"] + 1)
    assert too_much.grounds[0][:2] == ("past", "Er kan niet meer worden toegekend dan uit de bekostiging volgt.")
    decides(case, after["toekenbaar"])
    letter = words(case.letter())
    assert "Het toegekende bedrag is € 5.160,00, vanaf 15 februari 2026 tot en met 31 juli 2026." in letter
    assert "Vastgestelde categorie: so, hoog." in letter
    assert "tot en met 23 oktober 2025 bezwaar maken" in letter
    assert "Dijkhuizen" not in letter


@pytest.mark.requirement("ALL-03")
def test_a_municipality_has_a_ceiling_of_the_school_year_in_which_support_begins(august: Service) -> None:
    lines = [{"wat": "x", "wie": "verpleegkundige", "vanaf": "2026-08-31", "uren": 6, "weken": 40, "rekening": 0}]
    granted = 0
    for _ in range(5):
        case = asks(august, "zorguren", gemeente="Polderveen", vanaf="2026-08-24", inzet=lines)
        reaches_the_committee(august, case)
        for who in EXPERTS[:3]:
            case.does(who, "stemmen", stem="voor")
        (funded,) = case.standing("olivier")["bekostiging"]
        assert [each["rij"] for row in funded["kostenregels"] for each in row["tarieven"]] == [
            "verpleegkundige, vanaf 2026"
        ]
        assert (funded["gevraagd"], funded["toekenbaar"]) == (240 * 70_00, 240 * 70_00 - 750_00)
        if granted + funded["toekenbaar"] > 60_000_00:
            refusal = declined(decides, case, funded["toekenbaar"])
            assert refusal.codes == ["plafond"]
            break
        decides(case, funded["toekenbaar"])
        granted += funded["toekenbaar"]
        august.goes_to("2025-08-25")
    (envelope,) = [e for e in case.person("loet").get("/boeken") if e.get("boekdeel") == "Polderveen 2026-2027"]
    assert (envelope["vastgelegd"], envelope["plafond"]) == (granted, 60_000_00)
    assert granted == 3 * 16_050_00


@pytest.mark.requirement("ALL-05")
def test_what_was_granted_is_accounted_for_by_a_computed_day_and_settled(august: Service) -> None:
    case = asks(august, "kenmerk", vanaf="2025-09-01", spoed=False)
    reaches_the_committee(august, case)
    assert not [clock for clock in case.standing()["termijnen"] if clock["id"] == "spoed"]
    for who in EXPERTS[:3]:
        case.does(who, "stemmen", stem="voor")
    decides(case, 1_100_00)
    assert case.clock("verantwoording")["uiterlijk"] == "2026-09-30"
    august.goes_to("2026-08-05")
    assert "Verantwoord de ondersteuning" in case.tasks("ibe")
    case.does("ibe", "verantwoorden", werkelijk=900_00, eindmeting=8)
    case.does("hiske", "vaststellen")
    assert case.phase == "vastgesteld"


def test_a_newcomer_is_notified_and_no_other_school_reads_it(august: Service) -> None:
    case = asks(august, "nieuwkomer")
    assert declined(case.person("wendela").get, case.path).status == 403
    case.does("hiske", "overmaken")
    assert case.phase == "verwerkt"
    talent = opens(
        august, TENANT, "wendela", SCHEME, answers("kenmerk", school="De Wieken", gemeente="Watersloot"), office="hiske"
    )
    assert declined(talent.does, "wendela", "indienen").grounds[0][:2] == (
        "talentschool",
        "Het bedrag bij hoogbegaafdheid is er alleen op de talentscholen.",
    )
