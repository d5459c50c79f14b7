"""Waterrand, an invented region for primary schools: care hours by a tariff per line, a tariff that follows from what a committee
decided, tied votes, a term for some cases only, and envelopes per municipality and school year.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.acts import Earlier
from maatwerk.rules.disclosure import disclose, rules_for
from maatwerk.rules.eligibility import examine
from maatwerk.rules.funding import Funding
from maatwerk.rules.history import fold
from maatwerk.rules.loading import load, parse
from maatwerk.rules.refusals import Invalid, Refused
from tests.tenants.cases import Case

FILE = Path(__file__).parent / "waterrand.toml"
TEXT = FILE.read_text(encoding="utf-8")
SCHEME = load(TEXT)
CARE = json.loads(FILE.with_suffix(".json").read_text(encoding="utf-8"))["antwoorden"]
FILED = "2025-08-25"
READY = {"pakket_klaar": True, "pakket_blokkades": 0}
OWN: dict[str, dict[str, Any]] = {
    "zorguren": {},
    "plaatsing": {"inzet": None, "weigert": None, "dagen": 2, "vanaf": "2026-02-15"},
    "kenmerk": {"inzet": None, "weigert": None, "kenmerk": "hoogbegaafd"},
    "nieuwkomer": dict.fromkeys(("inzet", "weigert", "spoed", "hulpvraag", "nulmeting")),
}


def answers(product: str = "zorguren", **changes: Any) -> dict[str, Any]:
    filled = {**CARE, "product": product, **OWN[product], **changes}
    return {name: value for name, value in filled.items() if value is not None}


def hours(who: str, hours: int, weeks: int, bill: int = 0, since: str = "2025-09-01") -> dict[str, Any]:
    return {"wat": who, "wie": who, "vanaf": since, "uren": hours, "weken": weeks, "rekening": bill}


def funded(product: str, **changes: Any) -> Funding:
    found = examine(SCHEME, answers(product, **changes), date.fromisoformat(FILED))
    assert not found.wrong, found.wrong
    (applying,) = [funding for funding in found.fundings if funding.applies]
    return applying


def filed(product: str = "zorguren", *earlier: Earlier, **changes: Any) -> Case:
    case = Case(SCHEME, READY, earlier=earlier)
    act = "melden" if product == "nieuwkomer" else "indienen"
    return case.do(act, FILED, answers(product, **changes))


def before_the_committee(product: str = "zorguren", **changes: Any) -> Case:
    return filed(product, **changes).do("compleet_verklaren", "2025-09-01").do("voorleggen", "2025-09-11")


def votes(case: Case, *given: str) -> Case:
    for seat, vote in zip(("gedrag", "zorg", "onderwijs", "jeugd"), given, strict=False):
        case.do("stemmen", "2025-09-11", {"stem": vote}, seat=seat)
    return case


def refused(case: Case, kind: str, fields: dict[str, Any] | None = None, on: str = FILED) -> set[str]:
    with pytest.raises(Refused) as refusal:
        case.do(kind, on, fields)
    return {reason.field if reason.code == "ontbreekt" else reason.code for reason in refusal.value.reasons}


def decided(case: Case, amount: int) -> Case:
    return case.do("besluiten", "2025-09-18", {"besluit": "toegekend", "bedrag": amount, "motivering": "Nodig."})


def test_care_hours_follow_the_tariff_of_who_does_it_on_the_day_of_the_line() -> None:
    found = funded("zorguren")
    assert [line.asked for line in found.lines] == [20 * 92_00, 20 * 94_00]
    assert [rate.row.title for line in found.lines for rate in line.rates] == [
        "orthopedagoog, 2025",
        "orthopedagoog, vanaf 2026",
    ]
    assert (found.own, found.total) == (750_00, 20 * 92_00 + 20 * 94_00 - 750_00)


def test_hours_weeks_materials_and_the_total_are_capped_and_travel_is_refused() -> None:
    found = funded(
        "zorguren",
        inzet=[
            hours("orthopedagoog", 8, 50),
            hours("materiaal", 1, 1, 1_000_00),
            hours("materiaal", 1, 1, 500_00),
            hours("reiskosten", 1, 1, 90_00),
        ],
    )
    assert [line.asked for line in found.lines] == [400 * 92_00, 1_000_00, 500_00, 90_00]
    assert [line.grantable for line in found.lines] == [240 * 92_00, 800_00, 400_00, 0]
    assert [cut.message for line in found.lines for cut in line.cuts] == [
        "Hooguit 6 uur per week en 40 weken.",
        "Materiaal samen hooguit € 1.200,- per leerling.",
        "Materiaal samen hooguit € 1.200,- per leerling.",
        "Reiskosten betalen wij niet.",
    ]
    assert (found.total, found.cuts[0].amount) == (18_000_00, 240 * 92_00 + 1_200_00 - 750_00 - 18_000_00)


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({"vanaf": "2025-09-01"}, 10 * 110_00),  # eleven months begin, ten are paid
        ({"vanaf": "2026-05-31"}, 3 * 110_00),  # 31 May to 31 July
        ({"vanaf": "2026-05-31", "kenmerk": "dyslexie"}, 3 * 85_00),
    ],
)
def test_an_attribute_has_a_monthly_amount_for_every_month_begun(changes: dict[str, Any], total: int) -> None:
    assert funded("kenmerk", **changes).total == total


def test_the_amount_of_a_placement_follows_from_the_category_that_the_committee_gives() -> None:
    assert funded("plaatsing").unclear == "vast"  # nobody gave a category yet
    case = votes(before_the_committee("plaatsing"), "voor", "voor", "voor")
    assert case.at("2025-09-11").phase == "categorie"
    case.do("categorie_vaststellen", "2025-09-12", {"categorie": "so_midden"})
    months = 6  # 15 February to 31 July
    (placed,) = [f for f in examine(SCHEME, {}, date(2025, 9, 12), None, case.acts).fundings if f.id == "plaatsing"]
    assert placed.total == months * 1_490_00 * 2 // 5
    assert refused(case, "besluiten", {"besluit": "toegekend", "bedrag": placed.total + 1, "motivering": "x"},
                   "2025-09-18") == {"past"}  # fmt: skip
    assert decided(case, placed.total).at("2025-09-18").phase == "loopt"


def test_three_votes_decide_on_the_content_and_the_chair_when_they_are_tied() -> None:
    assert votes(before_the_committee(), "voor", "voor").at("2025-09-11").phase == "inhoud"
    assert votes(before_the_committee(), "voor", "voor", "voor").at("2025-09-11").phase == "besluit"
    against = votes(before_the_committee(), "tegen", "tegen", "tegen").at("2025-09-11")
    assert against.steps["inhoud"].outcome == "negatief"
    for given in (("voor", "voor", "tegen", "tegen"), ("voor", "voor", "onthouding", "tegen")):
        tied = votes(before_the_committee(), *given)
        state = tied.at("2025-09-11").steps["inhoud"]
        assert state.outcome == "gestaakt"
        assert state.why.endswith("voor geen van beide zijn er 3 haalbaar.")
        assert tied.open_acts("2025-09-11") >= {"doorhakken"}
        assert tied.do("doorhakken", "2025-09-12", {"oordeel": "positief"}).at("2025-09-12").phase == "besluit"


def test_only_an_urgent_case_has_the_short_term_and_says_so_after_erasure() -> None:
    usual, urgent = (filed(spoed=spoed).do("compleet_verklaren", "2025-09-01") for spoed in (False, True))
    assert {clock.id for clock in usual.at("2025-09-01").clocks} == {"commissie", "besluit"}
    assert urgent.due("spoed", "2025-09-01") == date(2025, 9, 8)
    assert urgent.due("besluit", "2025-09-01") == date(2025, 10, 27)
    assert [moment.name for moment in fold(SCHEME, urgent.acts).dates("termijn.spoed.geldt")] == ["termijn.spoed.geldt"]


def test_a_supplement_that_takes_the_urgency_away_takes_the_term_away() -> None:
    case = filed(spoed=True)
    assert fold(SCHEME, case.acts).dates("termijn.spoed.geldt")
    case.do("aanvullen", "2025-08-26", {"spoed": False}).do("compleet_verklaren", "2025-09-01")
    assert "spoed" not in {clock.id for clock in case.at("2025-09-01").clocks}


def test_the_committee_meets_on_a_planned_day_when_the_application_was_complete_in_time() -> None:
    for complete, meets in (("2025-09-01", "2025-09-11"), ("2025-09-02", "2025-10-09")):
        case = filed().do("compleet_verklaren", complete)
        assert case.due("commissie", complete) == date.fromisoformat(meets), complete


def test_a_decision_is_put_off_once_and_before_its_term_has_passed() -> None:
    case = filed().do("compleet_verklaren", "2025-09-01").do("verdagen", "2025-09-15")
    assert case.due("besluit_na_verdagen", "2025-09-15") == date(2025, 10, 27)
    assert case.status("besluit", "2025-09-15") == "gestopt"
    assert refused(case, "verdagen", on="2025-09-16") == {"een_keer_verlengen"}
    late = filed().do("compleet_verklaren", "2025-09-01")
    assert refused(late, "verdagen", on="2025-10-28") == {"een_keer_verlengen"}


def test_money_lies_with_the_municipality_of_the_school() -> None:
    with pytest.raises(Refused) as refusal:
        filed(gemeente="Elders")
    assert [reason.code for reason in refusal.value.reasons] == ["in_waterrand"]
    case = votes(before_the_committee("kenmerk", gemeente="Watersloot"), "voor", "voor", "voor")
    held = decided(case, 100_00).at("2025-09-18").held
    assert [pot.part for pot in held] == ["Watersloot 2025-2026"]


def test_an_approval_in_spring_counts_for_the_school_year_after() -> None:
    case = votes(before_the_committee("kenmerk", vanaf="2026-08-17"), "voor", "voor", "voor")
    held = decided(case, 100_00).at("2025-09-18").held
    assert {(pot.part, balance.committed) for pot, balance in held.items()} == {("Randmeer 2026-2027", 100_00)}


def test_what_was_granted_is_settled_afterwards_and_the_rest_goes_back() -> None:
    case = votes(before_the_committee("kenmerk"), "voor", "voor", "voor")
    decided(case, 1_100_00)
    assert case.due("verantwoording", "2026-09-01") == date(2026, 9, 30)
    (reminder,) = [clock for clock in case.at("2026-08-01").clocks if clock.id == "verantwoording"]
    assert reminder.warn_on == (date(2026, 8, 5),)
    case.do("verantwoorden", "2026-09-01", {"werkelijk": 900_00, "eindmeting": 7})
    assert case.acts[-1].fields["verschil"] == 3
    found = case.do("vaststellen", "2026-09-15").at("2026-09-15")
    (balance,) = found.books.values()
    assert (balance.granted, balance.settled, balance.committed) == (1_100_00, 900_00, 900_00)
    assert found.closed == "vastgesteld"
    rejected = votes(before_the_committee("kenmerk"), "tegen", "tegen", "tegen")
    rejected.do("besluiten", "2025-09-18", {"besluit": "afgewezen", "motivering": "Niet nodig."})
    assert "verantwoording" not in {clock.id for clock in rejected.at("2025-09-18").clocks}


def test_a_newcomer_is_only_notified_and_a_school_chooses_the_form_of_its_own_plan() -> None:
    case = filed("nieuwkomer")
    assert case.open_acts(FILED) == {"overmaken", "afwijken", "verdagen"}
    paid = case.do("overmaken", FILED).at(FILED)
    assert (paid.closed, paid.books["op_maat"].committed) == ("verwerkt", 900_00)
    assert refused(Case(SCHEME), "indienen", answers(hulpvraag=None)) == {"plan_of_vraag"}
    assert filed(hulpvraag=None, eigen_plan=["plan.pdf"]).acts
    with pytest.raises(Invalid) as too_many:
        filed(hulpvraag=None, eigen_plan=["1.pdf", "2.pdf", "3.pdf", "4.pdf"])
    assert too_many.value.reasons[0].mend == "Geef hooguit 3; het zijn er nu 4."


def test_age_talent_schools_and_exclusion_refuse_with_their_reason_and_the_director_may_deviate() -> None:
    old = {**CARE["leerling"], "geboortedatum": "2012-02-01"}  # fourteen on 1 February 2026
    case = filed(leerling=old)
    assert refused(case, "compleet_verklaren") == {"leeftijd"}
    case.do("afwijken", FILED, {"waarom": "Hij blijft een jaar langer."})
    assert case.do("compleet_verklaren", FILED).acts
    assert refused(Case(SCHEME), "indienen", answers("kenmerk", school="De Wieken")) == {"talentschool"}
    running = Earlier("op_maat", "zorguren", filed_on=date(2025, 6, 2))
    assert refused(filed("kenmerk", running), "compleet_verklaren") == {"kenmerk_sluit_uit_compleet_verklaren"}


def test_who_reads_without_names_gets_an_age_and_no_letter_betrays_the_pupil() -> None:
    case = before_the_committee()
    history = fold(SCHEME, case.acts)
    (rule,) = rules_for(SCHEME, "deskundige", history)
    shown = disclose(SCHEME, rule, history.answers, date(2025, 9, 11), frozenset())
    assert shown.anonymous
    assert shown.fields == {"leerling.leeftijd": 7, "product": "zorguren", "vanaf": "2025-09-01", "nulmeting": 4}
    assert rules_for(SCHEME, "directeur", history)
    assert not rules_for(SCHEME, "deskundige", fold(SCHEME, filed().acts))


@pytest.mark.requirement("ALL-03")
@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("nodig = 3", "nodig = 2", "stap.inhoud.panelen.0", "voor en tegen allebei 2 stemmen"),
        (', staken = "gestaakt"', "", "stap.inhoud.regel", "wie zich onthoudt"),
        ('na = ["stap.inhoud.gestaakt"]', 'na = ["stap.inhoud.gestakt"]', "stap.voorzitter.na", "kent deze uitkomst niet"),
        ('tabel = "inzet"\npeildag', 'tabel = "uren"\npeildag', "tarief.uurbedrag.tabel", "geen bekostiging leest"),
        ("regel.wie == 'verpleegkundige'\", tot", "regel.wat\", tot", "tarief.uurbedrag.rijen.2.als", "hier hoort ja of nee"),
        ('als = "aanvraag.spoed"', 'als = "aanvraag.haast"', "termijn.spoed.als", "het veld 'haast' bestaat niet"),
        ('als = "aanvraag.spoed"', 'als = "termijn.besluit.verstreken"', "termijn.spoed.als", "hier niet te lezen"),
        ('start = ["formulier.verantwoorden_voor"]', 'start = ["formulier.leeftijd"]', "termijn.verantwoording.start", "is geen datum"),
        ("aanvraag.gemeente + ' ' +", "aanvraag.leerling.voornaam + ' ' +", "boek.op_maat.per", "mag niemand aanwijzen"),
        ('soort = "ja_nee"\ntitel = "Is er spoed?"', 'soort = "ja_nee"\nmaximum = 1\ntitel = "Is er spoed?"', "formulier.spoed.maximum", "heeft geen minimum of maximum"),
        ("minimum = 1\nmaximum = 12", "minimum = 13\nmaximum = 12", "formulier.inzet.minimum", "groter dan het maximum"),
        ('velden = ["leerling.leeftijd",', 'velden = ["leerling.achternaam",', "inzage.3.velden", "wijst een persoon aan"),
        ('bezwaar = "Bent u het niet eens met dit besluit? Dan kunt u tot en met {{bezwaar_tot}} bezwaar maken bij het bestuur."', 'groet = "Vriendelijke groet"', "tekst.beschikking.alineas", "rechtsmiddelenclausule"),
        ("{{aanvraag.vanaf}}", "{{aanvraag.kenmerk}}", "tekst.beschikking", "'aanvraag.kenmerk' bestaat niet"),
        ("{{aanvraag.vanaf}}", "{{aanvraag.leerling}}", "tekst.beschikking", "'aanvraag.leerling' bestaat niet"),
        ("{{aanvraag.vanaf}}", "{{laatste.besluiten.motivering}}", "tekst.beschikking", "bestaat niet"),
        ("laatste.categorie_vaststellen.categorie == 'sbo'", "laatste.categorie_vaststellen.cat == 'sbo'", "tarief.categorie.rijen.0.als", "het veld 'cat' bestaat niet"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_dutch_fault_at_its_line(old: str, new: str, key: str, message: str) -> None:
    assert TEXT.count(old) == 1, TEXT.count(old)
    scheme, faults = parse(TEXT.replace(old, new))
    assert scheme is None
    (fault,) = [fault for fault in faults if fault.key == key]
    assert message in fault.message
    assert fault.line > 1
    assert fault.mend
