"""De Verbinding (E8): individual and group, one director, a beschikking, a soft ceiling, talks every three months."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.catching_up import alarms
from maatwerk.rules.eligibility import examine
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Forbidden, Invalid, Refused
from maatwerk.rules.telling import told
from tests.tenants.cases import TENANTS, Case, scheme

SCHEME = scheme("de-verbinding")
GROUP_COSTS = [
    {"omschrijving": "Begeleiding", "soort": "begeleiding", "bedrag": 3_900_000},
    {"omschrijving": "Lesontwikkeling", "soort": "ontwikkeltijd", "bedrag": 200_000},
]


def pupils(count: int) -> list[dict[str, str]]:
    return [{"voornaam": f"Kind{n}", "achternaam": "Vos", "geboortedatum": "2008-05-01"} for n in range(count)]


def answers(**changes: Any) -> dict[str, Any]:
    """A complete individual request."""
    filled: dict[str, Any] = {
        "product": "individueel", "doelgroep": "regulier", "school": "Kasteel College",
        "aanvrager": {"voornaam": "Ilse", "achternaam": "Brand"}, "leerlingen": pupils(1),
        "basis_ontoereikend": True, "richt_zich_op": ["leervoorwaarden"],
        "besproken_op": "2022-01-10", "besproken_met": "Marloes Vink", "opp": ["opp.pdf"],
        "periode_van": "2022-02-01", "periode_tot": "2022-07-01",
        "kosten": [{"omschrijving": "Coach", "soort": "begeleiding", "bedrag": 500_000}],
    }  # fmt: skip
    filled.update(changes)
    return {name: value for name, value in filled.items() if value is not None}


def group(count: int = 6, **changes: Any) -> dict[str, Any]:
    plan = {"plan_ondersteuning": "Training in kleine groepen.", "plan_doelen": "Meer taakgerichtheid; meting in mei."}
    return answers(
        **{"product": "groep", "leerlingen": pupils(count), "opp": None, "kosten": GROUP_COSTS, **plan, **changes}
    )


def codes(fields: dict[str, Any], on: str = "2022-01-17") -> set[str]:
    with pytest.raises(Refused) as refusal:
        Case(SCHEME).do("indienen", on, fields)
    return {reason.code if reason.code != "ontbreekt" else reason.field for reason in refusal.value.reasons}


DECISION = {"besluit": "toegekend", "motivering": "Past bij de pilot."}


def granted(
    room: int | None = None, fields: dict[str, Any] | None = None, amount: int = 3_900_000, **more: str
) -> Case:
    case = Case(SCHEME, room={"maatwerkbudget": room})
    case.do("indienen", "2022-01-17", fields or group()).do("voorleggen", "2022-01-20")
    return case.do("besluiten", "2022-01-31", DECISION | {"bedrag": amount, **more})


def test_an_individual_request_goes_by_the_contact_person_to_the_director() -> None:
    case = Case(SCHEME).do("indienen", "2022-01-17", answers())
    assert case.at("2022-01-17").phase == "bij de contactpersoon"
    assert case.due("beslistermijn", "2022-01-17") == date(2022, 3, 14)
    case.do("voorleggen", "2022-01-20")
    with pytest.raises(Refused):
        case.do(
            "besluiten", "2022-01-25", {"besluit": "toegekend", "bedrag": 500_000, "motivering": "x"}, role="school"
        )
    case.do("besluiten", "2022-01-25", {"besluit": "toegekend", "bedrag": 450_000, "motivering": "Past."})
    assert case.at("2022-01-25").books["maatwerkbudget"].committed == 450_000


@pytest.mark.requirement("DV-01", "DV-02", "DV-05", "DV-42")
def test_the_pilot_says_how_long_it_lasts_what_it_is_for_from_which_line_it_is_paid_and_who_wrote_it() -> None:
    assert SCHEME.status == "pilot"
    assert (SCHEME.valid_from, SCHEME.valid_until) == (date(2021, 8, 1), date(2023, 7, 31))
    assert "verwijzing naar het vso te voorkomen" in SCHEME.references["doel"].body
    assert SCHEME.books["maatwerkbudget"].code == "stelpost Ontwikkeling en innovatie"
    assert SCHEME.author == "Programmadirecteur SWV De Verbinding, september 2021"


def test_an_estimate_above_the_ceiling_is_warned_about_and_holds_up_nothing() -> None:
    text = (TENANTS / "de-verbinding" / "scheme.toml").read_text(encoding="utf-8")
    scheme, warnings = parse(text.replace("leerlingen = 30", "leerlingen = 31"))
    assert scheme is not None
    assert [(fault.key, fault.severity, fault.message) for fault in warnings] == [
        (
            "boek.maatwerkbudget.raming",
            "waarschuwing",
            "de raming komt op € 155.000,00, boven het plafond van € 150.000,00.",
        )
    ]
    assert parse(text)[1] == ()


@pytest.mark.requirement("DV-03")
def test_it_is_for_one_of_three_kinds_of_pupils() -> None:
    for kind in ("regulier", "onderinstroom", "vso_naar_vo"):
        assert Case(SCHEME).do("indienen", "2022-01-17", answers(doelgroep=kind)).acts
    with pytest.raises(Invalid):
        Case(SCHEME).do("indienen", "2022-01-17", answers(doelgroep="vso"))
    assert codes(answers(doelgroep=None)) == {"doelgroep"}


@pytest.mark.requirement("DV-09")
@pytest.mark.parametrize("role", ["contactpersoon", "programmadirecteur", "bestuur"])
def test_only_a_school_asks(role: str) -> None:
    with pytest.raises(Forbidden):
        Case(SCHEME).do("indienen", "2022-01-17", answers(), role=role)


@pytest.mark.requirement("DV-13", "DV-14", "DV-15", "DV-22")
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"basis_ontoereikend": False}, {"basis_ontoereikend"}),
        ({"richt_zich_op": ["didactisch"]}, {"niet_didactisch"}),
        ({"richt_zich_op": ["sociaal_emotioneel", "didactisch"]}, {"niet_didactisch"}),
        ({"richt_zich_op": []}, {"richt_zich_op", "niet_didactisch"}),
        ({"besproken_op": "2022-01-18"}, {"eerst_besproken"}),
        ({"besproken_met": None}, {"besproken_met"}),
    ],
)
def test_the_four_conditions_hold_for_one_pupil_and_for_a_group(changes: dict[str, Any], refused: set[str]) -> None:
    for request_ in (answers, group):
        found = codes(request_(**changes))
        assert found
        assert found <= refused
        for aim in ("sociaal_emotioneel", "leervoorwaarden"):
            assert Case(SCHEME).do("indienen", "2022-01-17", request_(richt_zich_op=[aim])).acts


@pytest.mark.requirement("DV-23", "DV-25", "DV-26", "DV-27", "DV-28")
@pytest.mark.parametrize("field", ["plan_ondersteuning", "plan_doelen", "periode_van", "periode_tot", "kosten"])
def test_a_group_is_asked_for_each_part_of_its_plan_and_for_no_opp(field: str) -> None:
    assert field in codes(group(**{field: None}))
    assert "opp" not in group()
    assert Case(SCHEME).do("indienen", "2022-01-17", group()).acts
    assert "geëvalueerd" in SCHEME.form["plan_doelen"].title
    assert codes(group(periode_tot="2022-01-31")) == {"periode"}


@pytest.mark.requirement("DV-13", "DV-15", "DV-16", "DV-17")
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"basis_ontoereikend": False}, {"basis_ontoereikend"}),
        ({"richt_zich_op": ["didactisch"]}, {"niet_didactisch"}),
        ({"richt_zich_op": ["leervoorwaarden", "didactisch"]}, {"niet_didactisch"}),
        ({"besproken_op": "2022-01-18"}, {"eerst_besproken"}),
        ({"besproken_op": None}, {"besproken_op"}),
        ({"opp": None}, {"opp"}),
        ({"leerlingen": pupils(2)}, {"een_leerling"}),
        ({"kosten": [{"omschrijving": "x", "soort": "begeleiding", "bedrag": 800_001}]}, {"maximaal_individueel"}),
    ],
)
def test_an_individual_request_is_held_against_each_condition(changes: dict[str, Any], refused: set[str]) -> None:
    assert codes(answers(**changes)) == refused


@pytest.mark.requirement("DV-11")
def test_a_group_has_five_pupils_or_more_a_plan_and_at_most_40_000_euro() -> None:
    assert codes(group(4)) == {"minimaal_vijf"}
    assert codes(group(plan_doelen=None)) == {"plan_doelen"}
    assert Case(SCHEME).do("indienen", "2022-01-17", group(5)).acts
    assert codes(group(8, kosten=[{"omschrijving": "x", "soort": "training", "bedrag": 4_000_001}])) == {
        "maximaal_groep"
    }


@pytest.mark.requirement("DV-29")
def test_development_time_is_a_refused_line_and_the_rest_is_accepted() -> None:
    found = examine(SCHEME, group(), date(2022, 1, 17))
    individual, funding = found.fundings
    assert not individual.applies
    assert (funding.asked, funding.total, funding.refused) == (4_100_000, 3_900_000, 200_000)
    support, development = funding.lines
    assert (support.grantable, support.cuts) == (3_900_000, ())
    assert development.is_refused
    assert [(cut.message, cut.source) for cut in development.cuts] == [
        ("Ontwikkeltijd kan niet uit een groepsaanpak worden bekostigd.", "DV-29")
    ]
    case = Case(SCHEME).do("indienen", "2022-01-17", group())
    assert case.acts[0].consequences.warned == ("ontwikkeltijd",)
    case.do("voorleggen", "2022-01-20")
    with pytest.raises(Refused) as refusal:
        case.do("besluiten", "2022-01-31", {"besluit": "toegekend", "bedrag": 3_900_001, "motivering": "Alles."})
    assert refusal.value.reasons[0].code == "bedrag_past"
    assert case.do("besluiten", "2022-01-31", {"besluit": "toegekend", "bedrag": 3_900_000, "motivering": "Past."}).acts


def test_an_individual_request_may_cost_development_time_and_is_asked_for_an_opp_alone() -> None:
    line = {"omschrijving": "Programma op maat", "soort": "ontwikkeltijd", "bedrag": 300_000}
    found = examine(SCHEME, answers(kosten=[line], plan_doelen="Niet gevraagd."), date(2022, 1, 17))
    assert [funding.total for funding in found.fundings] == [300_000, 0]
    assert all(gate.holds for gate in found.gates if "indienen" in gate.at)
    assert {"een_leerling", "maximaal_individueel"} <= {gate.id for gate in found.gates}
    assert not {"minimaal_vijf", "ontwikkeltijd"} & {gate.id for gate in found.gates}
    assert "plan_doelen" not in found.answers
    assert codes(answers(product=None)) == {"product"}


@pytest.mark.requirement("DV-12")
def test_a_group_of_eight_gets_no_more_than_one_of_five_and_the_share_of_each_follows() -> None:
    full = [{"omschrijving": "Training", "soort": "training", "bedrag": 4_000_000}]
    for count, share in ((5, 800_000), (8, 500_000)):
        found = examine(SCHEME, group(count, kosten=full), date(2022, 1, 17))
        assert (found.fundings[1].total, found.answers["kosten_per_leerling"]) == (4_000_000, share)
        assert Case(SCHEME).do("indienen", "2022-01-17", group(count, kosten=full)).acts
    assert examine(SCHEME, group(6), date(2022, 1, 17)).answers["kosten_per_leerling"] == 650_000
    assert "kosten_per_leerling" not in examine(SCHEME, answers(), date(2022, 1, 17)).answers


@pytest.mark.requirement("DV-10", "DV-11")
@pytest.mark.parametrize(("request_", "limit"), [(answers, 800_000), (group, 4_000_000)])
def test_the_maximum_of_each_product_is_reached_and_not_passed(request_: Any, limit: int) -> None:
    line = {"omschrijving": "Begeleiding", "soort": "begeleiding", "bedrag": limit}
    assert Case(SCHEME).do("indienen", "2022-01-17", request_(kosten=[line])).acts
    assert len(codes(request_(kosten=[{**line, "bedrag": limit + 1}]))) == 1


@pytest.mark.requirement("DV-07", "DV-08")
def test_past_the_ceiling_a_grant_needs_a_written_reason_and_the_board_hears_before_it() -> None:
    with pytest.raises(Refused) as refusal:
        granted(room=15_000_000 - 13_950_000)
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.field) == ("onderbouwing", "onderbouwing")
    assert "€ 28.500,00 boven het plafond" in reason.message
    case = granted(room=15_000_000 - 13_950_000, onderbouwing="Meer aanvragen dan geraamd.")
    effects = case.acts[-1].consequences.effects
    assert [(e.kind, e.audience, e.amount, e.over) for e in effects] == [
        ("melding", "bestuur", 0, 0),
        ("vastleggen", "", 3_900_000, 2_850_000),
        ("taak", "programmadirecteur", 0, 0),
    ]
    assert effects[1].passed == (100,)
    assert case.at("2022-01-31").phase == "bestuur informeren"
    assert case.offer("beschikking_verzenden", "2022-01-31") is None
    with pytest.raises(Refused):
        case.do("bestuur_informeren", "2022-02-01")
    case.do("bestuur_informeren", "2022-02-01", {"onderbouwing": "Meer aanvragen dan geraamd."})
    case.do("beschikking_verzenden", "2022-02-02")
    assert [(e.kind, e.text) for e in case.acts[-1].consequences.effects] == [("brief", "toekenning")]


@pytest.mark.requirement("DV-08")
def test_the_director_hears_at_75_90_and_100_percent_of_the_budget() -> None:
    for spent, passed in ((0, ()), (8_000_000, (75,)), (9_700_000, (75, 90)), (11_100_000, (75, 90, 100))):
        case = granted(room=15_000_000 - spent)
        titles = [e.title for e in case.acts[-1].consequences.effects if e.kind == "taak"]
        assert len(titles) == len(passed)
        assert all(f"{each} procent" in title for each, title in zip(passed, titles, strict=True))


def test_within_the_ceiling_the_beschikking_leaves_at_once_with_the_last_day_to_object() -> None:
    case = granted(room=15_000_000)
    assert case.at("2022-01-31").steps["bestuur"].status == "overgeslagen"
    case.do("beschikking_verzenden", "2022-02-01")
    assert case.due("bezwaar", "2022-02-01") == date(2022, 3, 15)
    assert "{{bezwaar_tot}}" in SCHEME.texts["toekenning"].sections["bezwaar"]


def test_the_talks_are_due_every_three_months_from_the_grant() -> None:
    case = granted().do("beschikking_verzenden", "2022-02-01")
    assert case.due("voortgang", "2022-02-01") == date(2022, 4, 30)
    case.do("voortgang_bespreken", "2022-04-30", {"verslag": "Gaat goed."})
    assert case.due("voortgang", "2022-05-01") == date(2022, 7, 31)
    assert [a.on for a in alarms(SCHEME, case.acts, date(2022, 7, 1), date(2022, 9, 1)) if a.id == "voortgang"] == [
        date(2022, 7, 17),
        date(2022, 8, 1),
    ]


def test_the_use_stands_in_the_opp_of_each_of_the_six_before_it_is_done() -> None:
    case = granted().do("beschikking_verzenden", "2022-02-01")
    for number in range(1, 6):
        case.do("opp_bijwerken", "2022-02-10", {"leerling": number, "datum": "2022-02-09"})
    assert case.offer("afronden", "2022-02-10").blocks  # type: ignore[union-attr]
    case.do("opp_bijwerken", "2022-02-10", {"leerling": 6, "datum": "2022-02-09"})
    assert case.at("2022-02-10").steps["opp"].outcome == "rond"
    assert case.do("afronden", "2022-07-01").at("2022-07-01").closed == "afgerond"


def test_a_rejection_is_a_beschikking_too_and_the_term_to_object_runs_on() -> None:
    case = Case(SCHEME).do("indienen", "2022-01-17", answers()).do("voorleggen", "2022-01-20")
    case.do("besluiten", "2022-01-31", {"besluit": "afgewezen", "motivering": "Valt onder basisondersteuning."})
    case.do("beschikking_verzenden", "2022-02-01")
    assert case.at("2022-02-01").closed == "afgewezen"
    assert case.status("bezwaar", "2022-03-15") == "loopt"
    assert case.status("bezwaar", "2022-03-16") == "verstreken"
    assert case.status("beslistermijn", "2022-03-16") == "gestopt"


def test_an_invitation_to_complete_suspends_the_term() -> None:
    case = Case(SCHEME).do("indienen", "2022-01-17", answers())
    case.do("uitnodigen", "2022-01-24", {"ontbrekend": "De begroting."})
    case.do("aanvullen", "2022-01-31", {"samenwerking_vso": True}, role="school")
    assert case.due("beslistermijn", "2022-02-01") == date(2022, 3, 21)  # Sunday 20 March rolls
    with pytest.raises(Invalid):
        case.do("aanvullen", "2022-02-01", {"product": "duo"})


def test_the_school_hears_of_the_decision_with_the_beschikking_also_when_the_board_hears_it_first() -> None:
    refusal = {"besluit": "afgewezen", "motivering": "Past niet."}
    refused = Case(SCHEME).do("indienen", "2022-01-17", group()).do("voorleggen", "2022-01-20")
    for case in (
        granted(room=0, onderbouwing="De pilot groeit."),
        granted(),
        refused.do("besluiten", "2022-01-31", refusal),
    ):
        assert [act.kind for act in told(SCHEME, case.acts, "school")] == ["indienen", "voorleggen"]
        if "bestuur_informeren" in case.open_acts("2022-02-01"):
            case.do("bestuur_informeren", "2022-02-01", {"onderbouwing": "De pilot groeit."})
        assert "besluiten" not in [act.kind for act in told(SCHEME, case.acts, "school")]
        case.do("beschikking_verzenden", "2022-02-02")
        assert told(SCHEME, case.acts, "school") == tuple(case.acts)


@pytest.mark.requirement("DV-33")
@pytest.mark.parametrize(("count", "told"), [(5, []), (4, ["taak", "melding"]), (0, ["taak", "melding"])])
def test_a_group_that_falls_below_five_is_told_and_keeps_its_grant(count: int, told: list[str]) -> None:
    case = granted(amount=100_000).do("beschikking_verzenden", "2022-01-31")
    with pytest.raises(Refused):
        case.do("groep_wijzigen", "2022-03-01", {})
    case.do("groep_wijzigen", "2022-03-01", {"aantal": count})
    effects = case.acts[-1].consequences.effects
    assert [(effect.kind, effect.audience) for effect in effects] == [(kind, "contactpersoon") for kind in told]
    found = case.at("2022-03-01")
    assert (found.phase, found.books["maatwerkbudget"].committed) == ("uitvoering", 100_000)
