"""`maatwerk scheme try` shows what newer constructs lead to, as text and as data: parts of a book, a matrix, a ladder, meetings."""

import json
from pathlib import Path
from typing import Any

import pytest

from maatwerk import cli
from tests.schemes import SMALL

ROOT = Path(__file__).parents[2]
REGION = """
[formulier.gemeente]
soort = "gemeente"
titel = "Gemeente"
verplicht = ["indienen"]
[formulier.aanbieder]
soort = "tekst"
titel = "Aanbieder"
[handeling.toekennen]
titel = "Toekennen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "budget", bedrag = "deze.bedrag", begunstigde = "aanbieder", kenmerk = "MW {{zaaknummer}}" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["toekennen"] }
[handeling.vaststellen]
titel = "Vaststellen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vaststellen", boek = "budget", bedrag = "deze.bedrag" }]
velden.bedrag = { soort = "bedrag", titel = "Bedrag", verplicht = ["vaststellen"] }
[boek.budget]
titel = "Budget"
eenheid = "eurocent"
beleid = "hard"
per = "gemeente"
delen = { Boxtel = 100_000 }
drempels = [50]
bij_drempel = { taak = "Let op het budget", rol = "bureau" }
[vergadering.commissie]
titel = "Commissie"
data = [2025-03-13]
inleveren = "P10D"
bij_geen_datum = { taak = "Plan een vergadering", rol = "bureau" }
[termijn.commissie]
titel = "Vergadering van de commissie"
soort = "streef"
start = ["handeling.indienen"]
vergadering = "commissie"
"""
COURSE = {
    "antwoorden": {"vraag": "x", "gemeente": "Boxtel", "aanbieder": "De Hoeve"},
    "handelingen": [
        {"handeling": "indienen", "op": "2025-03-04"},
        {"handeling": "toekennen", "op": "2025-03-05", "velden": {"bedrag": 70_000}},
        {"handeling": "vaststellen", "op": "2025-03-06", "velden": {"bedrag": 60_000}},
    ],
    "ruimte": {"budget": {"boxtel": 80_000}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scheme.toml").write_text(SMALL + REGION, encoding="utf-8")
    (tmp_path / "aanvraag.json").write_text(json.dumps(COURSE), encoding="utf-8")
    return tmp_path


def tried(capsys: pytest.CaptureFixture[str], folder: Path, *more: str) -> str:
    path = str(folder / "aanvraag.json")
    assert cli.main(["scheme", "try", str(folder), path, "--at", "2025-03-07", *more]) == 0
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tried(capsys, folder, "--json"))
    return found


def test_entries_show_their_part_their_thresholds_and_where_the_payee_stands(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = data(capsys, folder)
    entry = found["handelingen"][1]["gevolgen"]["effecten"][0]
    wanted = {
        "boek": "budget",
        "deel": "Boxtel",
        "bedrag": 70_000,
        "drempels": [50],
        "begunstigde": "aanbieder",
        "kenmerk": "MW {{zaaknummer}}",
    }
    assert {key: entry[key] for key in wanted} == wanted
    sums = {"vastgelegd": 60_000, "vastgesteld": 60_000, "verleend": 70_000}
    assert found["boeken"]["budget"].items() >= sums.items()
    assert [(part["boek"], part["deel"], part["verleend"]) for part in found["delen"]] == [("budget", "Boxtel", 70_000)]
    told = tried(capsys, folder)
    assert "vastleggen op budget, Boxtel: € 700,00, aan wie bij aanbieder staat, kenmerk MW {{zaaknummer}}" in told
    assert "taak: Let op het budget (Budget (Boxtel): 50 procent is vastgelegd) (aan bureau)" in told
    assert "budget, Boxtel: vastgelegd € 600,00, vastgesteld € 600,00, verleend € 700,00" in told


def test_what_the_part_has_left_decides(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "aanvraag.json").write_text(
        json.dumps(COURSE | {"ruimte": {"budget": {"Boxtel": 69_999}}}), encoding="utf-8"
    )
    refused = data(capsys, folder)["handelingen"][1]
    assert [reason["code"] for reason in refused["redenen"]] == ["plafond"]


def test_a_meeting_without_a_date_is_told_and_the_partnerships_own_file_adds_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = data(capsys, folder)
    assert (found["termijnen"], [each["vergadering"] for each in found["ongepland"]]) == ([], ["commissie"])
    assert "VERGADERINGEN ZONDER DATUM" in tried(capsys, folder)
    planned = '[[vergadering]]\nregeling = "klein"\nvergadering = "commissie"\ndata = [2025-04-08]\n'
    (folder / "tenant.toml").write_text(f'code = "x"\nnaam = "X"\n{planned}', encoding="utf-8")
    found = data(capsys, folder)
    assert found["ongepland"] == []
    assert found["termijnen"][0]["uiterlijk"] == "2025-04-08"
    assert "Ingeleverd na de sluiting van maandag 3 maart 2025" in tried(capsys, folder)


def example(capsys: pytest.CaptureFixture[str], tenant: str, on: str, *more: str) -> str:
    paths = [str(ROOT / "tenants" / tenant), str(ROOT / "examples/proberen" / f"{tenant}.json")]
    assert cli.main(["scheme", "try", *paths, "--at", on, *more]) == 0
    return capsys.readouterr().out


def test_a_matrix_says_who_pays_and_that_a_talk_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(example(capsys, "kop-van-noord-holland", "2025-03-24", "--json"))
    (matrix,) = found["matrix"]
    assert (matrix["gesprek"], matrix["betalers"], [row["code"] for row in matrix["rijen"]]) == (
        "altijd", ["gemeente"], ["zorgboerderij"],
    )  # fmt: skip
    assert "een gesprek is altijd nodig" in example(capsys, "kop-van-noord-holland", "2025-03-24")


def test_a_ladder_says_its_level_and_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(example(capsys, "de-meierij", "2024-03-15", "--json"))
    rung = next(each for each in found["escalatie"] if each["id"] == "financiering")
    assert (rung["niveau"], rung["niveaus"], rung["open"]) == (2, 3, True)
    told = example(capsys, "de-meierij", "2024-03-15")
    assert "Wie betaalt wat?: niveau 2 van 3: Integraal lokaal overleg" in told
    assert "komt men er niet uit, dan: Overlegtafel met doorzettingsmacht" in told
