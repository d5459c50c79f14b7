"""Five ways of working on one service: votes and money, a director and money, capacity, a table with the last word, a legal process."""

from collections.abc import Iterator

import pytest

from tests.journeys.journey import Journey, begins, joins
from tests.journeys.parents import all_leave
from tests.journeys.service import Service
from tests.journeys.test_e8_de_verbinding import asks, individual
from tests.journeys.test_e9_roos_vo import registers
from tests.journeys.test_e10_de_meierij import brought_in
from tests.journeys.test_e11_kop_van_noord_holland import asked

DAYS = {
    "de-verbinding": "2022-01-17",
    "de-meierij": "2024-03-04",
    "regio-36": "2024-09-02",
    "kop-van-noord-holland": "2025-02-21",
    "roos-vo": "2025-11-03",
}


@pytest.fixture
def five(service: Service) -> Iterator[dict[str, Journey]]:
    """A case of each partnership, on a day of its own; all of them run on the last."""
    found = {}
    for tenant, day in DAYS.items():
        joins(service, tenant, day)
        match tenant:
            case "de-verbinding":
                found[tenant] = asks(service, individual(100_000))
                found[tenant].does("sanne", "indienen")
            case "de-meierij":
                found[tenant] = brought_in(service)
            case "regio-36":
                found[tenant] = begins(service).is_under_review()
            case "kop-van-noord-holland":
                found[tenant] = asked(service)
            case _:
                found[tenant] = registers(service)
    yield found
    all_leave()


@pytest.mark.requirement("ALL-10")
def test_five_partnerships_of_different_weight_run_side_by_side(five: dict[str, Journey]) -> None:
    seen = {tenant: case.standing() for tenant, case in five.items()}
    chairs = {tenant: sum(len(step["zetels"]) for step in found["stappen"]) for tenant, found in seen.items()}
    clocks = {tenant: {each["id"] for each in found["termijnen"]} for tenant, found in seen.items()}

    assert (seen["regio-36"]["fase"], chairs["regio-36"]) == ("beoordeling", 3)
    assert "reactie" in clocks["regio-36"]
    assert seen["regio-36"]["bekostiging"][0]["gevraagd"] > 0

    assert (seen["de-verbinding"]["fase"], chairs["de-verbinding"]) == ("bij de contactpersoon", 0)
    assert five["de-verbinding"].clock("beslistermijn")["uiterlijk"] == "2022-03-14"
    assert seen["de-verbinding"]["bekostiging"][0]["toekenbaar"] == 100_000

    assert (seen["roos-vo"]["fase"], chairs["roos-vo"]) == ("verkenning", 0)
    assert (seen["roos-vo"]["bekostiging"], clocks["roos-vo"]) == ([], set())

    levels = five["de-meierij"].standing("maud")["escalatie"]
    assert [(each["niveau"], each["macht"]) for each in levels] == [(1, "advies")]
    assert seen["de-meierij"]["bekostiging"] == []

    assert (seen["kop-van-noord-holland"]["fase"], chairs["kop-van-noord-holland"]) == ("besluit", 2)
    assert five["kop-van-noord-holland"].clock("besluit")["uiterlijk"] == "2025-04-22"

    ids = {case.case_id for case in five.values()}
    for case in five.values():
        listed = {each["id"] for each in case.person(case.ondersteuner).listed("/aanvragen")}
        assert listed & ids == {case.case_id}
