"""Clocks of a running case: warned, breached and told once, by the ticker; the clock is moved for all processes."""

import pytest

from tests.journeys.journey import begins
from tests.journeys.service import Service
from tests.journeys.test_e5_rejection import BRIDGING

SOON, PAST = "De streeftermijn van een week loopt bijna af", "De streeftermijn van een week is verstreken"
ENDS, ENDED = "De overbrugging eindigt bijna: vraag naar de overname", "De overbrugging is voorbij: verlengen kan niet"


@pytest.mark.requirement("R36-45")
def test_the_week_warns_and_passes_and_the_case_goes_on(service: Service) -> None:
    service.goes_to("2024-09-02")
    case = begins(service).is_complete()
    service.goes_to("2024-09-06")
    assert case.tasks("jolijn") == []
    service.goes_to("2024-09-07")
    assert case.tasks("jolijn") == [SOON]
    assert f"Termijn nadert bij {case.number}" in case.mails("jolijn.waterman@")
    service.goes_to("2024-09-09", hour=23)
    assert case.clock("reactie")["status"] == "loopt"
    service.goes_to("2024-09-10", hour=1)
    assert case.clock("reactie")["status"] == "verstreken"
    assert case.tasks("jolijn") == [SOON, PAST]
    assert f"Termijn verstreken bij {case.number}" in case.mails("jolijn.waterman@")
    service.goes_to("2024-09-12")
    assert case.tasks("jolijn") == [SOON, PAST]
    assert case.mails("jolijn.waterman@").count(f"Termijn verstreken bij {case.number}") == 1
    case.pack()
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    assert case.phase == "beoordeling"


@pytest.mark.requirement("R36-33", "R36-45")
def test_the_week_starts_when_the_application_is_complete_not_when_it_came_in(service: Service) -> None:
    service.goes_to("2024-09-02")
    case = begins(service, motivatie_tweede=None).is_filed()
    case.does("jolijn", "terugsturen", ontbrekend="De tweede motivatie.")
    assert "reactie" not in [clock["id"] for clock in case.standing()["termijnen"]]
    service.goes_to("2024-09-11")
    case.does("bas", "aanvullen", motivatie_tweede="De overbelasting is groot.")
    case.does("jolijn", "volledig_verklaren")
    assert case.clock("reactie")["uiterlijk"] == "2024-09-18"
    received = case.clock("reactie_vanaf_ontvangst")
    assert received["uiterlijk"] == "2024-09-17"
    assert [step["code"] for step in received["afleiding"]].count("suspended") == 1


@pytest.mark.requirement("R36-28")
def test_bridging_warns_two_weeks_before_its_end_and_ends_on_the_day_itself(service: Service) -> None:
    service.goes_to("2024-11-25")
    case = begins(service, **BRIDGING).is_under_review()
    case.votes("dorien", "voor")
    case.votes("nadir", "voor")
    case.does("jolijn", "besluit_verzenden")
    service.goes_to("2025-02-13")
    assert ENDS not in case.tasks("jolijn")
    service.goes_to("2025-02-14")
    assert case.tasks("jolijn") == [ENDS]
    assert (case.clock("overbrugging")["status"], case.clock("overbrugging")["uiterlijk"]) == ("loopt", "2025-02-28")
    service.goes_to("2025-02-28")
    assert case.tasks("jolijn") == [ENDS, ENDED]
    assert case.clock("overbrugging")["status"] == "verstreken"
    assert case.mails("jolijn.waterman@").count(f"Termijn verstreken bij {case.number}") == 1


@pytest.mark.requirement("R36-28")
def test_a_cap_that_ends_in_a_weekend_stays_there(service: Service) -> None:
    service.goes_to("2024-11-25")
    dates = {"overbrugging_van": "2024-12-01", "overbrugging_tot": "2025-03-01", "overname_op": "2025-03-01"}
    case = begins(service, **BRIDGING | dates).is_filed()
    assert case.clock("overbrugging")["uiterlijk"] == "2025-03-01"
    service.goes_to("2025-03-01")
    assert case.clock("overbrugging")["status"] == "verstreken"
