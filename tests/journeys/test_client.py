"""The client of demo and tests, where it does more than a request."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.journey import begins, declined
from tests.journeys.service import Service


def test_a_list_is_read_to_its_last_page(service: Service) -> None:
    service.goes_to("2024-09-02")
    jolijn = service.person("jolijn")
    whole = [each["id"] for each in jolijn.listed("/leden", pageSize=100)]
    assert len(whole) > 10
    assert [each["id"] for each in jolijn.listed("/leden", pageSize=3)] == whole


def test_who_was_away_for_long_logs_in_again(service: Service) -> None:
    service.goes_to("2024-09-02")
    jolijn = service.person("jolijn")
    sessions = {each["id"] for each in jolijn.listed("/sessies")}
    service.after(hours=11)
    assert sessions.isdisjoint(each["id"] for each in jolijn.listed("/sessies"))


def test_who_was_not_first_looks_again_and_acts_then(service: Service) -> None:
    service.goes_to("2024-09-02")
    case = begins(service).is_filed()
    said = [("bas", "ouder"), ("jolijn", "leerling")]
    with ThreadPoolExecutor(2) as together:
        list(
            together.map(lambda each: case.does(each[0], "toestemming_vastleggen", wie=each[1], stand="gegeven"), said)
        )
    assert case.standing()["volgnummer"] == 3
    body = {"handeling": "intrekken", "velden": {}}
    assert declined(service.person("bas").post, f"{case.path}/handelingen", body, version='"1"').status == 412


def test_threads_that_were_away_together_log_in_once(service: Service) -> None:
    service.goes_to("2024-09-02")
    jolijn = service.person("jolijn")
    jolijn.get("/sessies")
    service.after(hours=11)
    with ThreadPoolExecutor(8) as together:
        answers = list(together.map(lambda _: jolijn.get("/sessies"), range(8)))
    assert len({each["id"] for answer in answers for each in answer["resultaten"] if each["huidig"]}) == 1
