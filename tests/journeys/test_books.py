"""The book under decisions of one moment: an envelope with room for one grant gives one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from maatwerk.local.client import Declined
from tests.journeys.journey import VO, Journey, begins
from tests.journeys.service import Service

GRANT = 124_000


@pytest.fixture
def next_year(service: Service) -> Service:
    """A school year in which no other journey spends."""
    service.goes_to("2025-09-01")
    return service


def envelope(service: Service) -> dict[str, object]:
    return next(each for each in service.person("gijs").get("/boeken") if each["periode"] == "2025-2026")


def gives_a_ceiling(service: Service, amount: int) -> None:
    gijs, path = service.person("gijs"), f"/boeken/{envelope(service)['id']}"
    gijs.upon(path, lambda tag: gijs.put(f"{path}/plafond", {"plafond": amount}, version=tag))


def decides(case: Journey, who: str) -> str:
    """The vote that decides; what became of it."""
    try:
        return str(case.votes(who, "voor")["uitkomsten"])
    except Declined as no:
        return ",".join(no.codes)


def test_two_decisions_of_one_moment_never_spend_the_same_euro(next_year: Service) -> None:
    dates = {"geconsulteerd_op": "2025-08-27", "periode_van": "2025-09-15", "periode_tot": "2025-11-07"}
    cases = [begins(next_year, **dates).is_under_review() for _ in VO]
    for case, first in zip(cases, ("nadir", "dorien", "sjoerd"), strict=True):
        case.votes(first, "voor")
    before = envelope(next_year)
    gives_a_ceiling(next_year, int(str(before["vastgelegd"])) + GRANT + GRANT // 2)
    with ThreadPoolExecutor(len(cases)) as together:
        outcomes = list(together.map(decides, cases, VO))
    assert outcomes.count("['beoordeling: akkoord']") == 1, outcomes
    assert len(set(outcomes)) == 2
    after = envelope(next_year)
    assert int(str(after["vastgelegd"])) - int(str(before["vastgelegd"])) == GRANT
    assert after["vrij"] == GRANT // 2
    assert sorted(case.phase for case in cases) == ["beoordeling", "beoordeling", "besluit"]
    entries = list(next_year.person("gijs").listed(f"/boeken/{after['id']}/boekingen"))
    assert sum(entry["bedrag"] for entry in entries) == after["vastgelegd"]
    number = next(n for n, case in enumerate(cases) if case.phase == "beoordeling")
    gives_a_ceiling(next_year, int(str(after["vastgelegd"])) + GRANT)
    assert decides(cases[number], VO[number]) == "['beoordeling: akkoord']"
    assert envelope(next_year)["vrij"] == 0


def test_two_votes_of_one_moment_decide_once(next_year: Service) -> None:
    dates = {"geconsulteerd_op": "2025-08-27", "periode_van": "2025-09-15", "periode_tot": "2025-11-07"}
    case = begins(next_year, **dates, kosten=[{"omschrijving": "Een gesprek", "bedrag": 100}])
    case.is_under_review()
    case.votes("dorien", "voor")
    gives_a_ceiling(next_year, 10**9)
    before = int(str(envelope(next_year)["vastgelegd"]))

    def votes(who: str) -> int:
        try:
            case.votes(who, "voor")
        except Declined as no:
            return no.status
        return 201

    for who in ("sjoerd", "nadir"):
        case.reads(who)
    with ThreadPoolExecutor(2) as together:
        assert sorted(together.map(votes, ["sjoerd", "nadir"])) == [201, 409]
    assert int(str(envelope(next_year)["vastgelegd"])) - before == 100
    (row,) = next_year.sql("SELECT count(*) FROM book_entry WHERE case_id = $1::uuid", case.case_id)
    assert row[0] == 1
    assert len(case.tasks("jolijn")) == 1
