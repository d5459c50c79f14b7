"""E12: two admins who are no developers write down a region that the service has never seen, from a page of text: its mistakes are
told, it is tried, published by the second of them, changed a year later, and nobody deploys anything.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from maatwerk.local.client import Person, wait_for
from tests.journeys.journey import Journey, declined, opens
from tests.journeys.regions import rules_of, settles_in, welcomes_workers
from tests.journeys.service import Service
from tests.tenants.test_an_unseen_region import answers, line

TENANT, SCHEME = "verre-streek", "steun"
RULES = rules_of("verre_streek")
NEWER = (
    RULES.replace('versie = "2025"', 'versie = "2026"')
    .replace('maximum = "euro(12000)"', 'maximum = "euro(10000)"')
    .replace("hooguit € 12.000,-", "hooguit € 10.000,-")
)
PANEL = """
[zetel.een]
titel = "Een"
rol = "bureau"
[zetel.twee]
titel = "Twee"
rol = "bureau"
[stap.commissie]
titel = "Commissie"
fase = "commissie"
na = ["stap.volledigheid.volledig"]
handelingen = ["inhoud_beoordelen"]
panelen = [{ zetels = ["een", "twee"] }]
regel = { soort = "quorum", nodig = 3, voor = "beoordeeld", tegen = "afgekeurd" }
"""
LONG_TERM = """
[termijn.bezwaar]
titel = "Bezwaar"
soort = "wettelijk"
start = ["stap.geld.toegekend"]
duur = "P13W"
rol = "werkdag"
"""
DEAR = {"kosten": [line("begeleiding", 80_00, 20, 7), line("reiskosten", 50_00, 1, 3)]}  # € 11.200 and travel


@pytest.fixture
def march(service: Service) -> Iterator[Service]:
    """The region as a tenant without rules, on a day of its own."""
    yield settles_in(service, TENANT, "2025-03-03")


def sends(admin: Person, text: str) -> str:
    headers = {"Content-Type": "application/toml", "Idempotency-Key": str(uuid4())}
    return str(admin.request("POST", "/regelingen", content=text.encode(), headers=headers).json()["id"])


def changes(admin: Person, version: str, what: str, **body: str) -> Any:
    path = f"/regelingen/{version}"
    return admin.upon(path, lambda tag: admin.put(f"{path}/{what}", body, version=tag))


def faults(admin: Person, text: str) -> list[tuple[int, str, str, str]]:
    """(line, key, message, mend) of all that is wrong."""
    refusal = declined(sends, admin, text)
    assert refusal.status == 400
    return [(e["regel"], e["veld"], e["melding"], e["herstel"]) for e in refusal.problem["invalidParams"]]


def asks(service: Service, product: str, **changed: Any) -> Journey:
    case = opens(service, TENANT, "sjoukje", SCHEME, answers(product, **changed), office="bouke")
    case.does("sjoukje", "indienen")
    return case


def is_decided(case: Journey, amount: int) -> Journey:
    case.does("bouke", "volledig")
    if case.offer("inhoud_beoordelen"):
        case.does("bouke", "inhoud_beoordelen")
    case.does("bouke", "toekennen", bedrag=amount)
    return case


@pytest.mark.requirement("ALL-02", "ALL-03")
def test_an_unseen_region_is_written_tried_published_and_changed_without_a_developer(march: Service) -> None:
    noortje, tjitte = march.person("noortje", TENANT), march.person("tjitte", TENANT)
    assert noortje.get("/regelingen") == []

    ((at, key, message, mend),) = faults(noortje, RULES.replace("sluit_uit = [", "sluit_uitt = [", 1))
    assert RULES.splitlines()[at - 1].startswith("sluit_uit = ")
    assert (key, message) == ("product.arrangement.sluit_uitt", "de sleutel 'sluit_uitt' is onbekend.")
    assert mend == "bedoelde u 'sluit_uit'?"
    told = {key: message for _, key, message, _ in faults(noortje, RULES + PANEL + LONG_TERM)}
    assert told["stap.commissie.regel.nodig"] == "3 stemmen uit 2 zetels kan niet."
    assert "meer dan twaalf weken" in told["termijn.bezwaar.rol"]
    ((_, key, message, _),) = faults(noortje, RULES.replace("aanvraag.verlenging ||", "aanvraag.verlengd ||"))
    assert (key, message) == ("voorwaarde.verlenging.als", "CEL, positie 10: het veld 'verlengd' bestaat niet.")

    version = sends(noortje, RULES)
    tried = noortje.post(
        f"/regelingen/{version}/proef", {"antwoorden": answers("begeleiding", **DEAR), "op": "2025-03-03"}
    )
    (hours,) = [each for each in tried["bekostiging"] if each["geldt"]]
    assert (hours["gevraagd"], hours["toekenbaar"], hours["eigenBijdrage"]) == (11_350_00, 10_700_00, 500_00)
    assert [cut["melding"] for row in hours["regels"] for cut in row["redenen"]] == [
        "Deze kosten betaalt het fonds niet."
    ]
    assert {each["id"] for each in tried["nogNietBegonnen"]} == {"evaluatie"}

    changes(noortje, version, "voorstel")
    assert declined(changes, noortje, version, "publicatie", geldigVan="2025-03-03").codes == ["vier_ogen"]
    assert declined(changes, tjitte, version, "publicatie", geldigVan="2025-03-02").status == 400
    changes(tjitte, version, "publicatie", geldigVan="2025-03-03")
    welcomes_workers(march, TENANT)

    refusal = declined(
        asks,
        march,
        "langdurig",
        school="De Kreek",
        leerling={**answers("langdurig")["leerling"], "geboortedatum": "2004-10-01"},
    )
    assert refusal.grounds[0][:2] == (
        "leeftijd",
        "Het fonds is voor leerlingen die op 1 oktober van het schooljaar 4 tot en met 19 jaar zijn.",
    )
    dear = asks(march, "begeleiding", **DEAR)
    dear.does("bouke", "volledig")
    too_much = declined(dear.does, "bouke", "toekennen", bedrag=10_700_01)
    assert too_much.grounds[0][:2] == ("past", "Er kan niet meer worden toegekend dan uit de bekostiging volgt.")
    dear.does("bouke", "toekennen", bedrag=10_700_00)
    cheap = is_decided(asks(march, "arrangement"), 3_800_00)
    open_ended = asks(march, "langdurig")
    open_ended.does("bouke", "volledig")
    assert open_ended.phase == "inhoud"
    open_ended.does("bouke", "inhoud_beoordelen")
    open_ended.does("bouke", "toekennen", bedrag=2_400_00)

    march.goes_to("2026-03-02")
    running = asks(march, "begeleiding", **DEAR, vanaf="2026-04-01")
    newer = sends(noortje, NEWER)
    sentences = [each["uitleg"] for each in noortje.get(f"/regelingen/{newer}/verschillen")]
    assert any("€ 12.000,-" in each and "€ 10.000,-" in each for each in sentences), sentences
    period = {"eersteDag": "2025-03-01", "laatsteDag": "2026-02-28"}
    run = noortje.post(f"/regelingen/{newer}/proefdraaien", period)["id"]
    done = wait_for(lambda: (now := noortje.get(f"/proefdraaien/{run}"))["status"] == "klaar" and now)
    assert (done["gewijzigd"], done["ongewijzigd"]) == (1, 2)
    (change,) = noortje.listed(f"/proefdraaien/{run}/wijzigingen")
    assert (change["zaaknummer"], change["handeling"], change["wordt"]) == (dear.number, "toekennen", "geweigerd")
    assert change["waaromGeweigerd"] == ["Er kan niet meer worden toegekend dan uit de bekostiging volgt."]
    assert cheap.number != dear.number

    changes(noortje, newer, "voorstel")
    changes(tjitte, newer, "publicatie", geldigVan="2026-04-01")
    assert declined(running.does, "bouke", "toekennen", bedrag=1).status == 409
    march.goes_to("2026-04-01")
    is_decided(running, 10_700_00)
    new = asks(march, "begeleiding", **DEAR, vanaf="2026-05-01")
    new.does("bouke", "volledig")
    assert declined(new.does, "bouke", "toekennen", bedrag=10_000_01).codes == ["past"]
    new.does("bouke", "toekennen", bedrag=10_000_00)
    assert {file.name for file in (march.settings.tenants / TENANT).iterdir()} == {"tenant.toml", "demo.toml"}
