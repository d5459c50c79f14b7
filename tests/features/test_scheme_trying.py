"""Trying a version before it counts, by the API: an example, a comparison, a budget. Nothing of what is tried stays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from maatwerk import clock as wall
from maatwerk.rules.loading import load
from maatwerk.rules.trial import run_trial
from maatwerk.rules.trial_data import as_data
from maatwerk.rules.trial_input import application_of
from maatwerk.tenancy import scope
from tests.accounts import Clock
from tests.databases import Database
from tests.isolation.victim import state_of
from tests.partnership import Partnership, enlist
from tests.publishing import NEWER, SOURCE, as_member, published, two_admins, written
from tests.regio36 import answers

COURSE: dict[str, Any] = {
    "op": "2024-09-06",
    "antwoorden": answers(toestemmingsformulier=None),
    "bijlagen": {"toestemmingsformulier": ["toestemming.pdf"]},
    "handelingen": [
        {"handeling": "indienen", "op": "2024-09-02"},
        {"handeling": "volledig_verklaren", "op": "2024-09-02"},
        {"handeling": "vrijgeven", "op": "2024-09-03", "feiten": {"pakket_klaar": True, "pakket_blokkades": 0}},
        {
            "handeling": "stemmen",
            "op": "2024-09-04",
            "zetel": "de_meierij",
            "velden": {"stem": "voor", "motivering": "Past."},
        },
    ],
    "zetels": {"de_meierij": ["dorien", {"persoon": "harm", "vervanger": True}]},
    "ruimte": {"interventiebudget": 500_000},
    "eerder": [{"regeling": "interventiebudget", "ingediend_op": "2023-09-04", "gesloten": "afgewezen"}],
}


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await two_admins()
    await enlist(found, "gijs", ["financial_controller"])
    return found


@pytest.mark.parametrize("name", ["jolijn", "astrid"])
async def test_the_answer_is_that_of_scheme_try_for_who_handles_and_for_who_administers(
    app: Database, region: Partnership, name: str
) -> None:
    async with as_member(app, region, name) as client:
        answer = await client.post(f"/regelingen/{region.scheme_id}/proef", json=COURSE)
    assert answer.status_code == 200, answer.text
    scheme = load(SOURCE)
    given = {key: value for key, value in COURSE.items() if key != "op"}
    trial = run_trial(scheme, application_of(scheme, given), wall.today().fromisoformat("2024-09-06"))
    expected = as_data(scheme, trial)
    found = answer.json()
    assert found.keys() == expected.keys()
    assert found["fase"] == "beoordeling"
    assert [deed["gelukt"] for deed in found["handelingen"]] == [True] * 4
    assert found["zetels"][0]["persoon"] == "dorien"
    assert found["bekostiging"][0]["toekenbaar"] == 124_000
    assert [case["gesloten"] for case in found["eerder"]] == ["afgewezen"]
    for key in (
        "voorwaarden",
        "termijnen",
        "toestemmingen",
        "bedragen",
        "ontbreekt",
        "zetels",
        "bekostiging",
        "eerder",
    ):
        assert found[key] == [{**each} for each in _listed(expected[key])]


def _listed(value: Any) -> Any:
    """Tuples as the lists that JSON has."""
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, list | tuple) else value


async def test_a_concept_is_tried_with_its_own_rules(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, NEWER.replace("< 23", "< 15"))
        answer = await astrid.post(f"/regelingen/{version}/proef", json={**COURSE, "handelingen": []})
    deed = answer.json()["handelingen"][0]
    assert (deed["gelukt"], [reason["code"] for reason in deed["redenen"]]) == (False, ["leeftijd"])


@pytest.mark.parametrize("name", ["bas", "de_meierij", "gijs"])
async def test_nobody_else_tries_a_scheme(app: Database, region: Partnership, name: str) -> None:
    async with as_member(app, region, name) as client:
        assert (await client.post(f"/regelingen/{region.scheme_id}/proef", json=COURSE)).status_code == 403


async def test_nothing_of_a_trial_is_stored_or_logged(
    app: Database, region: Partnership, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = {"antwoorden": {"leerling": {"voornaam": "Quirien", "vreemd": 1}, "Quirien": 2}, "zetels": {"Quirien": []}}
    async with as_member(app, region, "jolijn") as client:
        before = await state_of(app, region.tenant_id)
        for body in (COURSE, odd, {"antwoorden": odd["antwoorden"]}):
            answer = await client.post(f"/regelingen/{region.scheme_id}/proef", json=body)
            assert answer.status_code in (200, 400)
        assert await state_of(app, region.tenant_id) == before
    told = capfd.readouterr()
    assert "Quirien" not in told.out + told.err
    assert "Saar" not in told.out + told.err


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"antwoord": {}}, "antwoord"),
        ({"handelingen": [{"op": "2024-09-02"}]}, "handelingen[0].handeling"),
        ({"handelingen": [{"handeling": "indienen", "op": "2024-09-02"}] * 101}, "handelingen"),
        ({"zetels": {"troon": []}}, "zetels.troon"),
        ({"feiten": {"weer": True}}, "feiten.weer"),
        ({"ruimte": {"interventiebudget": "veel"}}, "ruimte.interventiebudget"),
    ],
)
async def test_what_can_not_be_tried_is_refused_with_its_place(
    app: Database, region: Partnership, body: Any, place: str
) -> None:
    async with as_member(app, region, "jolijn") as client:
        answer = await client.post(f"/regelingen/{region.scheme_id}/proef", json=body)
        assert (answer.status_code, [each["veld"] for each in answer.json()["invalidParams"]]) == (400, [place])
        large = await client.post(f"/regelingen/{region.scheme_id}/proef", json={"antwoorden": {"x": "y" * 200_000}})
        assert large.status_code == 413


async def test_versions_are_compared_in_sentences(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid)
        answer = await astrid.get(f"/regelingen/{version}/verschillen", params={"met": str(region.scheme_id)})
        assert [(each["groep"], each["sleutel"], each["uitleg"]) for each in answer.json()] == [
            ("Algemeen", "versie", "De regeling, versie: was “2024-2025”, wordt “2025-2026”."),
            (
                "Stappen",
                "stap.beoordeling.regel.nodig",
                "Stap 'Beoordeling', hoe zij eindigt, aantal stemmen dat nodig is: was 2, wordt 3.",
            ),
        ]
        none = await astrid.get(f"/regelingen/{version}/verschillen", params={"met": str(uuid4())})
        assert none.status_code == 404
        assert (await astrid.get(f"/regelingen/{version}/verschillen")).json() == answer.json()
        other = await written(astrid, NEWER.replace('code = "interventiebudget"', 'code = "anders"'))
        lone = await astrid.get(f"/regelingen/{other}/verschillen")
        assert (lone.status_code, lone.json()["code"]) == (422, "niets_te_vergelijken")


async def test_the_day_that_was_chosen_is_part_of_a_published_version(app: Database, region: Partnership) -> None:
    later = wall.today() + timedelta(days=40)
    version = await published(app, region, day=later)
    async with as_member(app, region, "jolijn") as client:
        found = (await client.get(f"/regelingen/{version}/verschillen", params={"met": str(region.scheme_id)})).json()
    assert [each["sleutel"] for each in found] == ["versie", "geldig_van", "stap.beoordeling.regel.nodig"]


async def test_a_budget_of_thirty_times_five_thousand_and_a_group_of_forty_thousand(
    app: Database, region: Partnership
) -> None:
    body = {
        "boek": "interventiebudget",
        "plafond": 15_000_000,
        "aantal": 30,
        "gemiddelde": 500_000,
        "groepsMaximum": 4_000_000,
    }
    async with as_member(app, region, "gijs") as gijs:
        found = (await gijs.post(f"/regelingen/{region.scheme_id}/begroting", json=body)).json()
    assert (found["passend"], found["som"], found["rest"], found["groepsDeel"]) == (30, 15_000_000, 0, 27)
    assert [(each["deel"], each["zaak"]) for each in found["bereikt"]] == [(75, 23), (90, 27), (100, 30)]
    assert "op" not in found["bereikt"][0]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"boek": "kas", "aantal": 1, "gemiddelde": 1}, "boek"),
        ({"boek": "interventiebudget", "plafond": 1}, "bedragen"),
        ({"boek": "interventiebudget", "plafond": 1, "aantal": 1, "gemiddelde": 1, "bedragen": [1]}, "bedragen"),
        ({"boek": "interventiebudget", "plafond": 1, "aantal": 1}, "aantal"),
        ({"boek": "interventiebudget", "plafond": 1, "vorigJaar": True}, ""),
        ({"boek": "interventiebudget", "aantal": 1, "gemiddelde": 1}, "plafond"),
    ],
)
async def test_a_budget_that_can_not_be_reckoned_says_what_is_lacking(
    app: Database, region: Partnership, body: Any, place: str
) -> None:
    async with as_member(app, region, "astrid") as astrid:
        answer = await astrid.post(f"/regelingen/{region.scheme_id}/begroting", json={"op": "2030-01-01", **body})
    assert (answer.status_code, [each["veld"] for each in answer.json()["invalidParams"]]) == (400, [place])


async def test_what_was_granted_last_year_gives_amounts_and_pace(
    app: Database, region: Partnership, clock: Clock
) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET ceiling = 20000000 WHERE tenant_id = $1", region.tenant_id)
    days = []
    for _ in range(2):
        case_id = await region.to_review()
        for seat in ("de_meierij", "swv_3006"):
            await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
        days.append(wall.today())
        clock.forward(timedelta(days=3))
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Een vergissing.")
    next_year = days[0].replace(year=days[0].year + 1, day=min(days[0].day, 28))
    body = {"boek": "interventiebudget", "plafond": 124_000, "vorigJaar": True, "op": next_year.isoformat()}
    async with as_member(app, region, "gijs") as gijs:
        found = (await gijs.post(f"/regelingen/{region.scheme_id}/begroting", json=body)).json()
    assert (found["aantal"], found["som"], found["passend"]) == (1, 124_000, 1)
    assert found["bereikt"][2] == {"deel": 100, "zaak": 1, "op": days[0].replace(year=days[0].year + 1).isoformat()}
