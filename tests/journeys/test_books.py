"""The book under decisions of one moment: an envelope with room for one grant gives one, whatever happens in another part."""

import json
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest

from maatwerk.local.client import Declined
from tests.journeys.journey import VO, Journey, begins, declined
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


REGION = "gemeenteregio"
TENANT = """
code = "gemeenteregio"
naam = "Gemeenteregio"
[ondersteuner]
naam = "Jolijn Waterman"
mail = "budget@gemeenteregio.example"
"""
SAME_PEOPLE = ("Bas Coster", "Jolijn Waterman", "Dorien Meijs", "Sjoerd Linnartz", "Nadir Bennani", "Gijs Teunisse")
BY_TOWN = 'per = "woongemeente"\ndelen = { Oss = 186_000, Meierijstad = 124_000 }\n'


@pytest.fixture
def by_town(service: Service) -> Service:
    """A region whose budget lies in an envelope per municipality, with people who work in regio 36 too."""
    home, folder = service.settings.tenants / "regio-36", service.settings.tenants / REGION
    if not folder.exists():
        folder.mkdir()
        known = tomllib.loads((home / "demo.toml").read_text(encoding="utf-8"))["account"]
        places = tomllib.loads((home / "tenant.toml").read_text(encoding="utf-8"))["organisatie"]
        people = [account for account in known if account["naam"] in SAME_PEOPLE]
        (folder / "demo.toml").write_text(tables("account", people), encoding="utf-8")
        (folder / "tenant.toml").write_text(TENANT + tables("organisatie", places), encoding="utf-8")
        scheme = (home / "scheme.toml").read_text(encoding="utf-8")
        book = "[boek.interventiebudget]\n"
        assert book in scheme
        (folder / "scheme.toml").write_text(scheme.replace(book, book + BY_TOWN), encoding="utf-8")
        service.loads_tenants()
    service.goes_to("2025-09-01")
    return service


def tables(name: str, rows: list[dict[str, object]]) -> str:
    """Rows of texts and lists of texts as TOML; JSON writes both as TOML does."""
    lines = (f"[[{name}]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in row.items()) for row in rows)
    return "".join(lines)


def in_town(service: Service, town: str) -> Journey:
    dates = {"geconsulteerd_op": "2025-08-27", "periode_van": "2025-09-15", "periode_tot": "2025-11-07"}
    return begins(service, tenant=REGION, woongemeente=town, **dates).is_under_review()


def test_decisions_of_one_moment_in_different_parts_all_stand_and_in_one_part_share_its_room(by_town: Service) -> None:
    cases = [in_town(by_town, town) for town in ("Oss", "Oss", "Meierijstad")]
    for case, first in zip(cases, ("nadir", "dorien", "sjoerd"), strict=True):
        case.votes(first, "voor")
    with ThreadPoolExecutor(len(cases)) as together:
        outcomes = list(together.map(decides, cases, VO))
    assert sorted(outcomes[:2]) == ["['beoordeling: akkoord']", "plafond"], outcomes
    assert outcomes[2] == "['beoordeling: akkoord']"
    books = {each["boekdeel"]: each for each in by_town.person("gijs", REGION).get("/boeken")}
    assert {town: (each["vastgelegd"], each["vrij"]) for town, each in books.items()} == {
        "Oss": (GRANT, 186_000 - GRANT),
        "Meierijstad": (GRANT, 0),
    }


def test_a_municipality_without_a_budget_is_refused_with_a_sentence(by_town: Service) -> None:
    case = in_town(by_town, "Tiel")
    case.votes("nadir", "voor")
    no = declined(case.votes, "dorien", "voor")
    assert no.codes == ["deel_onbekend"]
    assert "'Tiel' heeft hier geen budget" in str(no)
    assert "Tiel" not in {each["boekdeel"] for each in by_town.person("gijs", REGION).get("/boeken")}
