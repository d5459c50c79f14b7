"""Funding: of what is asked, which part can be granted, by which line and why not more; in whole cents, whatever the order."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.rules.acts import Facts
from maatwerk.rules.conditions import evaluate
from maatwerk.rules.eligibility import examine
from maatwerk.rules.funding import Funding, divided, fund
from maatwerk.rules.history import fold
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.situation import Situation
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done

TABLE = """
[formulier.maanden]
soort = "getal"
titel = "Maanden"
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
[formulier.kosten.kolommen.wat]
soort = "tekst"
titel = "Wat"
[formulier.kosten.kolommen.soort]
soort = "keuze"
titel = "Soort"
keuzes = { coach = "coach", spullen = "spullen", reis = "reis", tijd = "ontwikkeltijd" }
verplicht = ["indienen"]
[formulier.kosten.kolommen.uren]
soort = "getal"
titel = "Uren"
[formulier.kosten.kolommen.bedrag]
soort = "bedrag"
titel = "Bedrag"
verplicht = ["indienen"]
btw = "exclusief"
[bekostiging.steun]
titel = "Steun"
tabel = "kosten"
"""
LIMITS = """
grenzen = [
  { als = "regel.soort == 'tijd'", maximum = "0", melding = "Ontwikkeltijd niet.", bron = "art. 7" },
  { als = "regel.soort == 'coach'", maximum = "euro(80) * regel.uren", melding = "Hooguit € 80,- per uur." },
  { als = "regel.soort == 'reis'", maximum = "euro(50)", over = "samen", melding = "Reiskosten hooguit € 50,-." },
  { als = "regel.soort != 'coach'", maximum = "euro(120)", over = "samen", melding = "Alles behalve coaching hooguit € 120,-." },
]
"""


def scheme(funding: str = "", table: str = TABLE) -> Scheme:
    return load(SMALL + table + funding)


def line(kind: str, amount: int, hours: int = 1) -> dict[str, Any]:
    return {"soort": kind, "bedrag": amount, "uren": hours}


def funded(of: Scheme, *rows: dict[str, Any], **answers: Any) -> Funding:
    case: dict[str, Any] = {
        "aanvraag": {"kosten": list(rows), **answers},
        "zaak": {},
        "laatste": {},
        "lijst": {},
        "tarief": {},
    }
    return fund(of, "steun", case)


PLAIN, LIMITED = scheme(), scheme(LIMITS)


def test_without_limits_every_line_is_granted_as_it_was_asked() -> None:
    found = funded(PLAIN, line("coach", 100_00), line("reis", 7_50))
    assert [(each.asked, each.grantable, each.cuts) for each in found.lines] == [(10000, 10000, ()), (750, 750, ())]
    assert (found.asked, found.total, found.refused) == (10750, 10750, 0)


def test_a_line_is_refused_or_capped_with_the_reason() -> None:
    found = funded(LIMITED, line("tijd", 200_00), line("coach", 500_00, hours=5))
    tijd, coach = found.lines
    assert (tijd.is_refused, tijd.cuts[0].message, tijd.cuts[0].source) == (True, "Ontwikkeltijd niet.", "art. 7")
    assert (coach.grantable, coach.is_refused, coach.cuts[0].amount) == (400_00, False, 100_00)
    assert (found.asked, found.total, found.refused) == (700_00, 400_00, 300_00)


def test_a_limit_of_lines_together_divides_what_there_is_in_proportion() -> None:
    found = funded(LIMITED, line("reis", 40_00), line("reis", 60_00), line("spullen", 100_00))
    assert [each.grantable for each in found.lines] == [16_00, 24_00, 80_00]
    assert found.eligible == 120_00
    assert [cut.message[:5] for cut in found.lines[0].cuts] == ["Reisk", "Alles"]


@pytest.mark.parametrize(
    ("keys", "asked", "expected"),
    [
        ('maximum = "euro(100)"\nmelding = "Hooguit € 100,-."', 150_00, (100_00, 50_00, 0, 0)),
        ('maximum = "euro(100)"\nmelding = "Hooguit € 100,-."', 100_00, (100_00, 0, 0, 0)),
        ('eigen_bijdrage = "euro(30)"', 100_00, (70_00, 0, 30_00, 0)),
        ('eigen_bijdrage = "euro(300)"', 100_00, (0, 0, 100_00, 0)),
        ('aandeel = "60"\nmedefinancier = "gemeente"', 100_01, (60_01, 0, 0, 40_00)),
        ('aandeel = "0"', 100_00, (0, 0, 0, 100_00)),
        # off comes the own contribution, then the share is taken, then the maximum
        ('eigen_bijdrage = "euro(20)"\naandeel = "50"\nmaximum = "euro(30)"\nmelding = "x"', 100_00, (30_00, 10_00, 20_00, 40_00)),
    ],
)  # fmt: skip
def test_own_contribution_share_and_maximum_come_in_that_order(
    keys: str, asked: int, expected: tuple[int, ...]
) -> None:
    found = funded(scheme(keys), line("coach", asked))
    assert (found.total, found.refused, found.own, found.cofunded) == expected
    assert [cut.amount for cut in found.cuts] == ([expected[1]] if expected[1] else [])


def test_vat_is_added_before_the_limits() -> None:
    of = scheme("btw = \"regel.soort == 'coach' ? 21 : 0\"" + LIMITS)
    found = funded(of, line("coach", 100_00, hours=2), line("spullen", 10_01))
    assert [(each.asked, each.vat, each.grantable) for each in found.lines] == [
        (121_00, 21_00, 121_00),
        (10_01, 0, 10_01),
    ]
    assert funded(of, line("coach", 200_00, hours=2)).total == 160_00


def test_a_line_is_reckoned_by_its_columns_and_a_fixed_amount_needs_no_lines() -> None:
    rate = scheme('regel = "minste(regel.bedrag, euro(80)) * minste(regel.uren, 10)"')
    assert funded(rate, line("coach", 100_00, hours=12)).total == 800_00
    fixed = scheme('vast = "euro(250) * aanvraag.maanden"')
    assert funded(fixed, line("coach", 1_00), maanden=3).total == 751_00
    case: dict[str, Any] = {"aanvraag": {"maanden": 2}, "zaak": {}, "laatste": {}, "lijst": {}, "tarief": {}}
    assert fund(fixed, "steun", case).total == 500_00


@pytest.mark.parametrize(
    ("keys", "rows", "answers", "where"),
    [
        ("", [{"soort": "coach", "uren": 1}], {}, "kosten.0: regel"),
        ('regel = "regel.bedrag - 100"', [line("coach", 1)], {}, "kosten.0: regel"),
        ("btw = \"regel.soort == 'coach' ? 21 : 121\"", [line("coach", 1), line("reis", 1)], {}, "kosten.1: btw"),
        (LIMITS, [{"soort": "coach", "bedrag": 1}], {}, "kosten.0: grenzen.1"),
        ('vast = "aanvraag.maanden * 100"', [line("coach", 1)], {}, "vast"),
        ('aandeel = "aanvraag.maanden"', [line("coach", 1)], {"maanden": 101}, "aandeel"),
        ('eigen_bijdrage = "aanvraag.maanden - 5"', [line("coach", 1)], {"maanden": 1}, "eigen_bijdrage"),
        ('maximum = "aanvraag.maanden * 100"\nmelding = "x"', [line("coach", 1)], {}, "maximum"),
        ('als = "aanvraag.maanden > 2"', [line("coach", 1)], {}, "als"),
        ("grenzen = [{ maximum = \"aanvraag.maanden\", over = 'samen', melding = 'x' }]", [line("coach", 1)], {}, "grenzen.0"),
    ],
)  # fmt: skip
def test_what_can_not_be_determined_makes_the_whole_unclear_and_grants_nothing(
    keys: str, rows: list[dict[str, Any]], answers: dict[str, Any], where: str
) -> None:
    found = funded(scheme(keys), *rows, **answers)
    assert (found.unclear, found.total) == (where, 0)


def test_a_table_that_was_not_filled_in_is_unclear() -> None:
    assert (
        fund(PLAIN, "steun", {"aanvraag": {}, "zaak": {}, "laatste": {}, "lijst": {}, "tarief": {}}).unclear
        == "aanvraag.kosten"
    )


def test_a_funding_that_is_not_for_this_case_gives_nothing() -> None:
    found = funded(scheme('als = "aanvraag.maanden > 2"'), line("coach", 1), maanden=2)
    assert (found.applies, found.unclear, set(found.sums.values())) == (False, "", {0})


GATED = """
grenzen = [{ als = "regel.soort == 'tijd'", maximum = "0", melding = "Niet." }]
[boek.geld]
titel = "Geld"
eenheid = "eurocent"
beleid = "hard"
[voorwaarde.past]
bij = ["toekennen"]
als = "deze.bedrag <= bekostiging.steun.toekenbaar"
melding = "Meer dan kan."
[handeling.toekennen]
titel = "Toekennen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "geld", bedrag = "bekostiging.steun.toekenbaar" }]
[handeling.toekennen.velden.bedrag]
soort = "bedrag"
titel = "Bedrag"
[stap.zwaar]
titel = "Zwaar"
fase = "zwaar"
na = ["stap.intake.ingediend"]
als = "bekostiging.steun.toekenbaar > euro(100)"
handelingen = ["besluiten"]
"""


def test_conditions_amounts_and_steps_read_what_can_be_granted() -> None:
    of = scheme(GATED)
    day = date(2024, 9, 2)
    rows = [line("coach", 90_00), line("tijd", 20_00)]
    acts = done(of, ("indienen", "2024-09-02", {"vraag": "x", "kosten": rows}))
    assert standing(of, acts, day).steps["zwaar"].status == "overgeslagen"
    situation = Situation(of, fold(of, acts), day, Facts())
    sums = "[bekostiging.steun.gevraagd, bekostiging.steun.toekenbaar, bekostiging.steun.geweigerd]"
    assert evaluate(sums, situation) == [110_00, 90_00, 20_00]
    rich = done(of, ("indienen", "2024-09-02", {"vraag": "x", "kosten": [line("coach", 101_00)]}))
    assert standing(of, rich, day).steps["zwaar"].status == "open"
    granted = done(of, ("indienen", "2024-09-02", {"vraag": "x", "kosten": rows}), ("toekennen", "2024-09-02", {"bedrag": 90_00}))  # fmt: skip
    assert granted[-1].consequences.effects[0].amount == 90_00
    assert examine(of, acts[0].fields, day).amounts == (("vastleggen", "geld", 90_00),)


KINDS = ("coach", "spullen", "reis", "tijd")
rows = st.lists(st.builds(line, st.sampled_from(KINDS), st.integers(0, 300_00), st.integers(0, 4)), max_size=8)
ALL = scheme(
    LIMITS.replace("]\n", '  { maximum = "euro(200)", over = "samen", melding = "Samen hooguit € 200,-." },\n]\n')
    + 'btw = "21"\neigen_bijdrage = "euro(10)"\naandeel = "65"\nmaximum = "euro(90)"\nmelding = "Hooguit € 90,-."\n'
)


@settings(deadline=None, max_examples=150)
@given(rows)
def test_never_more_than_asked_nor_than_any_limit_and_every_cent_is_accounted_for(asked: list[dict[str, Any]]) -> None:
    found = funded(ALL, *asked)
    assert found.asked == found.total + found.refused + found.own + found.cofunded
    assert all(value >= 0 for value in found.sums.values())
    assert found.total <= min(found.asked, 90_00)
    assert found.eligible <= 200_00
    for row, each in zip(asked, found.lines, strict=True):
        assert 0 <= each.grantable <= each.asked
        assert each.grantable == each.asked - sum(cut.amount for cut in each.cuts)
        assert all(cut.amount > 0 for cut in each.cuts)
        assert row["soort"] != "tijd" or each.grantable == 0
        assert row["soort"] != "coach" or each.grantable <= 80_00 * row["uren"]
    for kinds, most in ((("reis",), 50_00), (("reis", "spullen", "tijd"), 120_00)):
        assert sum(e.grantable for row, e in zip(asked, found.lines, strict=True) if row["soort"] in kinds) <= most


@settings(deadline=None, max_examples=100)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(asked: list[dict[str, Any]], chance: Any) -> None:
    other = list(asked)
    chance.shuffle(other)
    first, second = funded(ALL, *asked), funded(ALL, *other)
    assert first.sums == second.sums
    amounts = [sorted((repr(row), each.grantable) for row, each in zip(given, found.lines, strict=True))
               for given, found in ((asked, first), (other, second))]  # fmt: skip
    assert amounts[0] == amounts[1]


@settings(deadline=None, max_examples=100)
@given(rows, st.integers(0, 300_00))
def test_a_refused_line_changes_nothing_of_the_rest(asked: list[dict[str, Any]], amount: int) -> None:
    before, after = funded(ALL, *asked), funded(ALL, *asked, line("tijd", amount))
    assert after.lines[:-1] == before.lines
    assert (after.total, after.own, after.cofunded) == (before.total, before.own, before.cofunded)
    assert after.asked - after.refused == before.asked - before.refused


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), max_size=9))
def test_what_is_divided_is_given_to_the_cent(total: int, parts: list[int]) -> None:
    shares = divided(total, parts, [str(part) for part in parts])
    assert sum(shares) == min(total, sum(parts))
    assert all(0 <= share <= part for share, part in zip(shares, parts, strict=True))
    assert all(abs(share * sum(parts) - total * part) <= sum(parts) for share, part in zip(shares, parts, strict=True) if total < sum(parts))  # fmt: skip
