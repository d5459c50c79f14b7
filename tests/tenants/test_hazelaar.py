"""Hazelaar, an invented region for secondary schools: signals, registrations, crisis places that come free again, a joint decision
with a table behind it, support that runs before the money is settled, and a coach who is paid on his own invoice.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.acts import Earlier
from maatwerk.rules.disclosure import disclose, rules_for
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.loading import load, parse
from maatwerk.rules.refusals import Invalid, Refused
from tests.tenants.cases import Case

FILE = Path(__file__).parent / "hazelaar.toml"
TEXT = FILE.read_text(encoding="utf-8")
SCHEME = load(TEXT)
BACK = json.loads(FILE.with_suffix(".json").read_text(encoding="utf-8"))["antwoorden"]
FILED = "2026-02-02"
OWN: dict[str, dict[str, Any]] = {
    "terugkeer": {},
    "crisisplek": {"weg_sinds": None, "zorg": None},
    "doorgaande_lijn": {"weg_sinds": None, "zorg": None, "tot_en_met": "2026-05-31", "coach": "Coachpraktijk Noot"},
    "signaal": dict.fromkeys(("weg_sinds", "zorg", "vanaf", "sector")),
}
MONTHLY = {"kosten_per_maand": 1_000_00, "besproken": True}


def answers(product: str = "terugkeer", **changes: Any) -> dict[str, Any]:
    filled = {**BACK, "product": product, **OWN[product], **changes}
    return {name: value for name, value in filled.items() if value is not None}


def registered(
    product: str = "terugkeer", *earlier: Earlier, room: dict[str, int | None] | None = None, **changes: Any
) -> Case:
    act = "signaleren" if product == "signaal" else "registreren"
    return Case(SCHEME, room=room, earlier=earlier).do(act, FILED, answers(product, **changes), role="school")


def signed(case: Case, *who: str) -> Case:
    for each in who or ("ouder", "jongere"):
        case.do("toestemming_vastleggen", FILED, {"wie": each, "stand": "gegeven"}, role="bureau")
    return case


def agreed(product: str = "terugkeer", **more: Any) -> Case:
    fields = MONTHLY if product == "terugkeer" else {}
    return signed(registered(product, **more)).do("inhoud_rond", "2026-02-03", fields)


def both(case: Case, regio: str, gemeente: str) -> Case:
    case.do("samen_beslissen", "2026-02-04", {"stem": regio}, seat="regio")
    return case.do("samen_beslissen", "2026-02-05", {"stem": gemeente}, seat="gemeente")


def refused(case: Case, kind: str, fields: dict[str, Any] | None = None, on: str = "2026-02-06") -> set[str]:
    with pytest.raises(Refused) as refusal:
        case.do(kind, on, fields)
    return {reason.field if reason.code == "ontbreekt" else reason.code for reason in refusal.value.reasons}


def test_a_signal_is_confirmed_and_nothing_is_decided() -> None:
    case = registered("signaal")
    assert [clock.id for clock in case.at(FILED).clocks] == []
    found = case.do("bevestigen", FILED).at(FILED)
    assert (found.closed, dict(found.books)) == ("genoteerd", {})


def test_who_may_see_it_signs_by_age_and_nothing_goes_on_without() -> None:
    case = registered()
    assert refused(case, "inhoud_rond", MONTHLY) == {"getekend"}
    assert refused(signed(case, "ouder"), "inhoud_rond", MONTHLY) == {"getekend"}  # fifteen: both
    assert signed(case, "jongere").do("inhoud_rond", "2026-02-06", MONTHLY).acts
    sixteen = registered(jongere={**BACK["jongere"], "geboortedatum": "2010-02-02"})
    assert signed(sixteen, "jongere").do("inhoud_rond", "2026-02-06", MONTHLY).acts


def test_care_with_a_cross_is_always_talked_about() -> None:
    case = signed(registered())
    assert refused(case, "inhoud_rond", {**MONTHLY, "besproken": False}) == {"kruisje"}
    quiet = signed(registered(zorg=["verpleging"]))
    assert quiet.do("inhoud_rond", "2026-02-06", {**MONTHLY, "besproken": False}).acts
    with pytest.raises(Invalid) as too_many:
        registered(zorg=["toezicht", "verpleging", "begeleiding"])
    assert too_many.value.reasons[0].mend == "Geef hooguit 2; het zijn er nu 3."


def test_they_decide_together_and_the_table_decides_when_they_differ() -> None:
    assert both(agreed(), "voor", "voor").at("2026-02-05").phase == "de hulp loopt, het geld nog niet"
    assert both(agreed(), "tegen", "tegen").at("2026-02-05").closed == "niet akkoord"
    split = both(agreed(), "voor", "tegen")
    found = split.at("2026-02-05")
    (rung,) = found.rungs
    assert (found.phase, rung.number, rung.level.power) == ("regiotafel", 2, "bindend")
    assert split.due("regiotafel", "2026-02-05") == date(2026, 2, 19)
    assert split.do("regiotafel_beslissen", "2026-02-09", {"besluit": "akkoord"}).open_acts("2026-02-09") >= {
        "verdelen"
    }


def test_the_region_pays_sixty_percent_and_the_boards_divide_all_of_it() -> None:
    case = both(agreed(room={"trajecten": 5}), "voor", "voor")
    (shared,) = [f for f in examine(SCHEME, {}, date(2026, 2, 5), None, case.acts).fundings if f.applies]
    assert (shared.asked, shared.total, shared.cofunded) == (12_000_00, 7_200_00, 4_800_00)
    parts = [{"bestuur": "Stichting Els", "bedrag": 5_000_00}, {"bestuur": "Stichting Iep", "bedrag": 2_000_00}]
    assert refused(case, "verdelen", {"besturen": parts}) == {"verdeeld"}
    parts[1]["bedrag"] = 2_200_00
    held = case.do("verdelen", "2026-02-06", {"besturen": parts}).at("2026-02-06").held
    assert {pot.part: balance.committed for pot, balance in held.items() if pot.book == "besturen"} == {
        "Stichting Els": 5_000_00,
        "Stichting Iep": 2_200_00,
    }


def test_a_crisis_place_is_found_in_three_working_days_and_comes_free_again() -> None:
    case = agreed("crisisplek", room={"plekken": 1})
    assert case.due("plaatsing", FILED) == date(2026, 2, 5)
    both(case, "voor", "voor").do("plaatsen", "2026-02-06", {"einde": "2026-04-03"})
    assert case.at("2026-02-06").books["plekken"].committed == 1
    assert case.due("crisisplek", "2026-02-06") > date(2026, 3, 20)  # six weeks and the holiday
    case.do("terug", "2026-03-02")
    assert case.at("2026-03-02").books["plekken"].committed == 0
    with pytest.raises(Refused) as full:
        agreed("crisisplek", room={"plekken": 0})
    assert [reason.code for reason in full.value.reasons] == ["plafond"]
    old = {**BACK["jongere"], "geboortedatum": "2003-02-02"}
    with pytest.raises(Refused) as too_old:
        registered("crisisplek", jongere=old)
    assert [reason.code for reason in too_old.value.reasons] == ["leeftijd"]


def test_a_place_is_kept_longer_once_after_a_talk_and_when_asked_in_time() -> None:
    def placed() -> Case:
        return both(agreed("crisisplek"), "voor", "voor").do("plaatsen", "2026-02-06", {"einde": "2026-03-20"})

    assert placed().due("vragen_om_verlenging", "2026-02-06") == date(2026, 3, 6)
    assert refused(placed(), "verlengen", on="2026-03-02") == {"verlengen"}
    case = placed().do("evalueren", "2026-03-02").do("verlengen", "2026-03-02")
    assert refused(case, "verlengen", on="2026-03-03") == {"verlengen"}
    late = placed().do("evalueren", "2026-03-02")
    assert refused(late, "verlengen", on="2026-03-07") == {"verlengen"}


def test_a_coach_is_paid_on_his_own_invoice_by_the_tariff_of_the_day_it_begins() -> None:
    for since, until, amount in (
        ("2026-02-02", "2026-05-31", 4 * 340_00),
        ("2026-03-01", "2026-12-31", 5 * 355_00),
        ("2026-11-16", "2027-02-28", 2 * 355_00),  # paid until the year ends
    ):
        case = agreed("doorgaande_lijn", vanaf=since, tot_en_met=until, room={"regiobudget": 90_000_00})
        case.do("toekennen", "2026-02-04")
        (entry,) = [effect for effect in case.acts[-1].consequences.effects if effect.book]
        assert (entry.amount, entry.payee, entry.reference) == (amount, "coach", "HZ {{zaaknummer}}")
    assert case.due("proef", "2026-02-04") == date(2026, 6, 1)
    assert case.due("gesprek", "2026-02-04") == date(2026, 3, 18)


def test_past_the_budget_the_treasurer_hears_why_first() -> None:
    case = agreed("doorgaande_lijn", room={"regiobudget": 1_000_00})
    assert refused(case, "toekennen") == {"onderbouwing"}
    case.do("toekennen", "2026-02-06", {"waarom": "Anders valt zij uit."})
    task, entry = case.acts[-1].consequences.effects[:2]
    assert (task.audience, task.title) == (
        "penningmeester",
        "Het regiobudget gaat over de grens (Regiobudget: € 360,00 boven het plafond)",
    )
    assert (entry.book, entry.over) == ("regiobudget", 360_00)


def test_nobody_stays_at_home_longer_than_three_months_and_nobody_goes_two_ways() -> None:
    case = registered()
    assert case.due("thuis", FILED) == date(2026, 4, 12)
    assert case.status("thuis", "2026-04-12") == "verstreken"
    line = Earlier("terug_naar_school", "doorgaande_lijn", filed_on=date(2026, 1, 5))
    assert refused(signed(registered("terugkeer", line)), "inhoud_rond", MONTHLY) == {"terugkeer_sluit_uit_inhoud_rond"}
    assert SCHEME.advice.audience == "bureau"


def test_the_table_reads_the_case_without_the_name() -> None:
    case = agreed()
    history = fold(SCHEME, case.acts)
    (rule,) = rules_for(SCHEME, "tafel", history)
    shown = disclose(SCHEME, rule, history.answers, date(2026, 2, 4), frozenset())
    assert set(shown.fields) == {"product", "school", "vanaf", "zorg", "jongere.leeftijd"}
    assert shown.act_texts == ("inhoud_rond.kosten_per_maand",)
    assert not rules_for(SCHEME, "voorzitter", history)


@pytest.mark.requirement("ALL-03")
@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('eenheid = "plaats"', 'eenheid = "euro"', "boek.plekken.eenheid", "geld staat in hele eurocenten"),
        ('eenheid = "plaats"', 'eenheid = "6 plaatsen"', "boek.plekken.eenheid", "kan niet worden geteld"),
        ("vloer = 20\nplafond = 30", "vloer = 40\nplafond = 30", "boek.trajecten.vloer", "hoger dan het plafond"),
        ('zetels = ["regio", "gemeente"]', 'zetels = ["regio", "rijk"]', "stap.samen.panelen.0", "bestaat niet"),
        ('keuzes_uit = "zorg"\nmaximum = 2', 'keuzes_uit = "zorg"\nminimum = 4', "formulier.zorg.minimum", "maar 3 keuzes"),
        ('beleid = "melden"\nplafond', 'beleid = "melden"\nsubsidieplafond = true\nplafond', "boek.regiobudget.beleid", "Awb 4:25"),
        ("laatste.inhoud_rond.kosten_per_maand * 12", "laatste.inhoud_klaar.kosten_per_maand * 12", "bekostiging.terugkeer.vast", "bestaat niet"),
        ("aanvraag.vanaf, vroegste_dag(", "aanvraag.vanaf, vroegste(", "bekostiging.coach.vast", "'vroegste' bestaat niet"),
        ('na = ["stap.samen.oneens"]', 'na = ["stap.regiotafel.akkoord"]', "stap.regiotafel", "nooit te bereiken"),
        ('duur = "P6W"\neenheid = "schoolweek"', 'duur = "P6M"\neenheid = "schoolweek"', "termijn.crisisplek.duur", "schoolweken"),
        ('begunstigde = "coach"', 'begunstigde = "vanaf"', "handeling.toekennen.effecten.0.begunstigde", "niemand die betaald"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_dutch_fault_at_its_line(old: str, new: str, key: str, message: str) -> None:
    assert TEXT.count(old) == 1, TEXT.count(old)
    scheme, faults = parse(TEXT.replace(old, new))
    assert scheme is None
    found = [fault for fault in faults if fault.key == key]
    assert found, [str(fault) for fault in faults]
    assert message in found[0].message
    assert found[0].line > 1
    assert found[0].mend
