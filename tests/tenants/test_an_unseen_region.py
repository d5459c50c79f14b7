"""E12: a region that nobody has seen, written down as data only: several products side by side, a rate times hours times months
with caps, a monthly tariff by attribute and by year, a product without end with a municipality that pays along."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.acts import Earlier
from maatwerk.rules.eligibility import examine
from maatwerk.rules.funding import Funding
from maatwerk.rules.loading import load, parse
from maatwerk.rules.refusals import Refused
from tests.tenants.cases import Case

TEXT = (Path(__file__).parent / "verre_streek.toml").read_text(encoding="utf-8")
SCHEME = load(TEXT)
FILED = "2025-03-03"
PUPIL = {"voornaam": "Lot", "achternaam": "Vonk", "geboortedatum": "2010-10-01"}


def answers(product: str, **changes: Any) -> dict[str, Any]:
    """A complete application for a product; a change to None removes an answer."""
    own: dict[str, dict[str, Any]] = {
        "begeleiding": {"kosten": [line("begeleiding", 70_00, 10, 5)]},
        "arrangement": {"zwaarte": "hoog", "maanden": 4, "verlenging": False},
        "langdurig": {"kosten_per_maand": 1_000_00, "woont_in_streek": True},
    }
    filled = {
        "product": product,
        "school": "De Kreek",
        "leerling": PUPIL,
        "vanaf": "2025-04-01",
        "weigert": ["diagnose"],
        **own[product],
    }
    return {name: value for name, value in {**filled, **changes}.items() if value is not None}


def line(kind: str, rate: int, hours: int, months: int, *, exempt: bool = True) -> dict[str, Any]:
    return {"wat": kind, "soort": kind, "uurtarief": rate, "uren": hours, "maanden": months, "vrijgesteld": exempt}


def funded(product: str, **changes: Any) -> Funding:
    found = examine(SCHEME, answers(product, **changes), date.fromisoformat(FILED))
    assert not found.wrong
    (applying,) = [funding for funding in found.fundings if funding.applies]
    assert applying.id == product
    return applying


def filed(product: str, *earlier: Earlier, **changes: Any) -> Case:
    return Case(SCHEME, earlier=earlier).do("indienen", FILED, answers(product, **changes))


def refused(case: Case, kind: str, fields: dict[str, Any] | None = None) -> set[str]:
    with pytest.raises(Refused) as refusal:
        case.do(kind, FILED, fields)
    return {reason.field if reason.code == "ontbreekt" else reason.code for reason in refusal.value.reasons}


def test_an_hourly_rate_is_capped_by_rate_hours_and_months_with_vat_and_refused_kinds() -> None:
    found = funded(
        "begeleiding",
        kosten=[
            line("begeleiding", 70_00, 10, 5, exempt=False),
            line("begeleiding", 90_00, 25, 12),
            line("materiaal", 200_00, 1, 1),
            line("materiaal", 100_00, 1, 1),
            line("reiskosten", 50_00, 1, 3),
        ],
    )
    assert [each.asked for each in found.lines] == [4_235_00, 27_000_00, 200_00, 100_00, 150_00]
    assert [each.grantable for each in found.lines] == [4_235_00, 16_000_00, 166_67, 83_33, 0]
    assert [cut.message for each in found.lines[1:] for cut in each.cuts] == [
        "Hooguit € 80,- per uur, 20 uur per maand en 10 maanden.",
        "Materiaal samen hooguit € 250,-.",
        "Materiaal samen hooguit € 250,-.",
        "Deze kosten betaalt het fonds niet.",
    ]
    assert (found.own, found.total, found.cuts[0].amount) == (500_00, 12_000_00, 7_985_00)


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({}, 4 * 950_00),
        ({"vanaf": "2025-08-01"}, 4 * 985_00),
        ({"zwaarte": "laag", "maanden": 20}, 12 * 410_00),
        ({"vanaf": "2024-07-31"}, None),  # before the first amount that is known
    ],
)
def test_a_monthly_tariff_goes_by_attribute_and_by_the_school_year_it_begins_in(
    changes: dict[str, Any], total: int | None
) -> None:
    found = funded("arrangement", **changes)
    assert (None if found.unclear else found.total) == total


def test_a_product_without_end_is_paid_with_a_municipality() -> None:
    found = funded("langdurig")
    assert (found.asked, found.total, found.cofunded) == (4_000_00, 2_400_00, 1_600_00)
    elsewhere = funded("langdurig", woont_in_streek=False)
    assert (elsewhere.percent, elsewhere.total, elsewhere.cofunded) == (40, 1_600_00, 2_400_00)


def test_each_product_asks_its_own_questions_and_goes_its_own_way() -> None:
    assert refused(Case(SCHEME), "indienen", answers("arrangement", zwaarte=None)) == {"zwaarte"}
    assert refused(Case(SCHEME), "indienen", answers("langdurig", school="De Duinpan")) == {"langdurig_scholen"}
    assert filed("begeleiding", school="De Duinpan").acts
    long, short = filed("langdurig").do("volledig", FILED), filed("begeleiding").do("volledig", FILED)
    assert (long.at(FILED).phase, short.at(FILED).phase) == ("inhoud", "besluit")
    assert short.at(FILED).steps["inhoud"].why.endswith("Alleen voor: Langdurige zorg in onderwijstijd.")
    long.do("inhoud_beoordelen", FILED)
    for case, amount, clock in ((long, 2_400_00, "herbeoordeling"), (short, 3_000_00, "evaluatie")):
        assert refused(case, "toekennen", {"bedrag": amount + 1}) == {"past"}
        case.do("toekennen", FILED, {"bedrag": amount})
        assert [each.id for each in case.at(FILED).clocks] == [clock]


def test_the_age_counts_on_the_first_of_october_of_the_school_year() -> None:
    too_old = {**PUPIL, "geboortedatum": "2004-10-01"}  # 20 on 1 October 2024
    assert refused(Case(SCHEME), "indienen", answers("begeleiding", leerling=too_old)) == {"leeftijd"}
    assert filed("begeleiding", leerling={**PUPIL, "geboortedatum": "2004-10-02"}).acts


def test_a_diagnosis_is_given_or_expressly_not_given() -> None:
    assert refused(Case(SCHEME), "indienen", answers("begeleiding", weigert=None)) == {"diagnose"}
    assert filed("begeleiding", weigert=None, diagnose="adhd").acts


GRANTED = Earlier(
    "steun",
    "arrangement",
    False,
    "ontvangen",
    ("evaluatie.ontvangen",),
    "afgerond",
    filed_on=date(2024, 9, 1),
    granted=1,
)


def test_what_the_pupil_had_before_decides_on_exclusion_extension_and_repetition() -> None:
    running = Earlier("steun", "begeleiding", filed_on=date(2025, 1, 6))
    assert refused(filed("arrangement", running), "volledig") == {"arrangement_sluit_uit_volledig"}
    assert filed("begeleiding", running).do("volledig", FILED).acts
    assert refused(filed("arrangement", verlenging=True), "volledig") == {"verlenging"}
    assert filed("arrangement", GRANTED, verlenging=True).do("volledig", FILED).acts
    again = Earlier("steun", "begeleiding", False, "afgewezen", (), "afgewezen", filed_on=date(2024, 9, 1))
    assert filed("begeleiding", again).do("volledig", FILED).acts[-1].consequences.warned == ("herhaling",)
    assert filed("begeleiding", GRANTED).do("volledig", FILED).acts[-1].consequences.warned == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("regel.uurtarief * regel.uren * regel.maanden", "regel.tarief * regel.uren", "bekostiging.begeleiding.regel"),
        ('"tarief.maand * ', '"tarief.maandbedrag * ', "bekostiging.arrangement.vast"),
        ('producten = ["langdurig"]\nuitleg', 'producten = ["langdurend"]\nuitleg', "stap.inhoud.producten"),
        ('scholen = "pilotscholen"', 'scholen = "pilot"', "product.langdurig.scholen"),
        ('na = ["stap.inhoud.beoordeeld", "stap.inhoud.overgeslagen"]', 'na = ["stap.inhoud.beoordeeld"]', "product.begeleiding"),
        ("? 60 : 40", "? 60 : '40'", "bekostiging.langdurig.aandeel"),
        ("regel.soort == 'materiaal'", "regel.soort == 'materialen'", "bekostiging.begeleiding.grenzen.2.als"),
        ("aanvraag.verlenging ||", "aanvraag.verlengd ||", "voorwaarde.verlenging.als"),
        ("[tarief.maand]\n", "[tarief.maand]\npijldag = 'x'\n", "tarief.maand.pijldag"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_admin_is_one_dutch_fault_at_its_key(old: str, new: str, key: str) -> None:
    assert TEXT.count(old) == 1
    scheme, faults = parse(TEXT.replace(old, new))
    assert scheme is None
    mine = [fault for fault in faults if fault.key == key]
    assert mine, [str(fault) for fault in faults]
    assert mine[0].line > 1
    assert mine[0].mend
