"""Tariffs: the first row that applies on the reference day, and nothing at all when that can't be told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Facts
from maatwerk.rules.conditions import holds
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.rates import applicable
from maatwerk.rules.situation import Situation
from tests.schemes import done, small

RATES = """
[lijst.duur]
titel = "Dure scholen"
waarden = ["De Top"]
[tarief.maand]
titel = "Maandbedrag"
bron = "art. 3"
rijen = [
  { als = "aanvraag.aantal >= 5", vanaf = 2024-08-01, tot = 2025-07-31, bedrag = 900, titel = "groot, 2024-2025" },
  { als = "aanvraag.aantal >= 5", vanaf = 2025-08-01, bedrag = 950, titel = "groot, vanaf 2025-2026", bron = "Staatscourant" },
  { als = "aanvraag.vraag in lijst.duur", bedrag = 700 },
  { vanaf = 2024-08-01, bedrag = 500, titel = "overig" },
]
[tarief.peil]
titel = "Op de eerste dag van het schooljaar"
peildag = "schooljaar_begin(aanvraag.vanaf)"
rijen = [{ tot = 2024-07-31, bedrag = 1 }, { vanaf = 2024-08-01, bedrag = 2 }]
"""
FUNDED = """
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
kolommen.bedrag = { soort = "bedrag", titel = "Bedrag" }
[bekostiging.steun]
titel = "Steun"
tabel = "kosten"
als = "aanvraag.aantal > 1 // nor is this a tarief"
vast = "tarief.maand"
"""
SCHEME = small(RATES)


def rate(name: str, filed: str, **answers: Any) -> int | None:
    situation = {"aanvraag": answers, "zaak": {"ingediend_op": filed}, "lijst": SCHEME.constants["lijst"]}
    found = applicable(SCHEME, name, situation)
    return found.row.amount if found else None


@pytest.mark.parametrize(
    ("filed", "answers", "amount"),
    [
        ("2024-08-01", {"aantal": 5, "vraag": "x"}, 900),
        ("2025-07-31", {"aantal": 5, "vraag": "x"}, 900),  # the last day counts
        ("2025-08-01", {"aantal": 5, "vraag": "x"}, 950),
        ("2024-09-02", {"aantal": 4, "vraag": "De Top"}, 700),
        ("2024-09-02", {"aantal": 4, "vraag": "De Dal"}, 500),
        ("2024-07-31", {"aantal": 4, "vraag": "De Dal"}, None),  # no row on that day
        ("2024-09-02", {"vraag": "De Dal"}, None),  # the first row can't be judged: a later one is no answer
        ("2024-07-31", {"vraag": "De Top"}, 700),  # the first rows don't count on that day
        ("gisteren", {"aantal": 4, "vraag": "x"}, None),
    ],
)
def test_the_first_row_that_applies_on_the_day_of_filing_counts(
    filed: str, answers: dict[str, Any], amount: int | None
) -> None:
    assert rate("maand", filed, **answers) == amount


def test_a_reference_day_of_its_own_decides_which_year_counts() -> None:
    assert rate("peil", "2025-01-01", vanaf="2024-07-31") == 1
    assert rate("peil", "2023-01-01", vanaf="2024-08-01") == 2
    assert rate("peil", "2024-09-02") is None


def test_a_condition_reads_a_tariff_and_one_that_is_absent_never_holds() -> None:
    acts = done(SCHEME, ("indienen", "2024-09-02", {"vraag": "x", "aantal": 6}))
    situation = Situation(SCHEME, fold(SCHEME, acts), date(2026, 1, 1), Facts())
    assert holds("tarief.maand * 3 == 2700", situation) is True
    assert holds("tarief.peil > 0 || tarief.peil <= 0", situation) is None
    found = dict(examine(SCHEME, acts[0].fields, date(2024, 9, 2)).rates)
    assert (found["peil"], found["maand"] and found["maand"].row.title) == (None, "groot, 2024-2025")


def test_a_comment_in_the_condition_of_a_tariff_changes_nothing() -> None:
    noted = small(
        RATES.replace('als = "aanvraag.aantal >= 5"', 'als = "aanvraag.aantal >= 5 // that isn\'t bekostiging"')
        + FUNDED
    )
    answers = {"vraag": "x", "aantal": 6, "kosten": [{"bedrag": 2}]}
    found = examine(noted, answers, date(2024, 9, 2))
    assert [rate and rate.row.amount for _, rate in found.rates] == [900, None]
    assert [funding.total for funding in found.fundings] == [902]


@given(st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.integers(0, 9), st.sampled_from(["De Top", "x"]))
def test_a_tariff_is_one_of_its_rows_and_its_dates_hold_that_day(day: date, number: int, school: str) -> None:
    amount = rate("maand", day.isoformat(), aantal=number, vraag=school)
    if amount is None:
        assert day < date(2024, 8, 1)
        return
    row = next(row for row in SCHEME.rates["maand"].rows if row.amount == amount)
    assert (row.first or date.min) <= day <= (row.last or date.max)
