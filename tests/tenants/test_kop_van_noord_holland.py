"""Kop van Noord-Holland (E11): the OZA in eight weeks, its OPP, who consents at which age, content before money, the Variawet."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.catching_up import alarms
from maatwerk.rules.consent import signatories
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, Refused
from tests.tenants.cases import TENANTS, Case, scheme

SCHEME = scheme("kop-van-noord-holland")
GRANT = {"besluit": "toegekend", "motivering": "Nodig om naar school te kunnen."}
NOTHING_FITS = {"zvw": "past_niet", "wlz": "past_niet", "wmo": "past_niet"}
OPP = {"opp": ["opp.pdf"], "opp_akkoord_ouders": True, "opp_route": "overgelegd"}


def answers(**changes: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "jeugdige": {"voornaam": "Mees", "achternaam": "Bos", "geboortedatum": "2010-06-15"},
        "aanvrager": {"voornaam": "Hanna", "achternaam": "Bos"}, "hoedanigheid": "ouder_met_gezag",
        "inschrijving": "ingeschreven", "school": "Duinpoort College", "sector": "vo",
        "woongemeente": "Den Helder", "hulpvraag": "Begeleiding in de klas.", "op_school": True, "zorglocatie": False,
        "behoefte": ["diagnostiek"],
    }  # fmt: skip
    filled.update(changes)
    return {name: value for name, value in filled.items() if value is not None}


def filed(on: str = "2025-02-21", **changes: Any) -> Case:
    return Case(SCHEME).do("indienen", on, answers(**changes))


def said(case: Case, who: str, state: str, on: str) -> Case:
    return case.do("toestemming_vastleggen", on, {"wie": who, "stand": state}, role="wijkteam")


def agreed(case: Case, on: str = "2025-03-03") -> Case:
    case.do("inhoud_beoordelen", on, {"stem": "voor"}, role="school", seat="onderwijs")
    return case.do("inhoud_beoordelen", on, {"stem": "voor"}, role="wijkteam", seat="toegang")


def ready(**changes: Any) -> Case:
    """A case in which nothing stands in the way of a grant."""
    case = agreed(filed(**{**OPP, **changes})).do("voorliggend_nagaan", "2025-03-04", NOTHING_FITS)
    return said(said(case, "ouder", "gegeven", "2025-03-04"), "jeugdige", "gegeven", "2025-03-04")


def blocks(case: Case, on: str = "2025-03-05", **decision: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        case.do("besluiten", on, {**GRANT, **decision})
    return {reason.code for reason in refusal.value.reasons}


@pytest.mark.requirement("KOP-18", "KOP-19")
def test_the_decision_is_due_on_22_april_and_the_reason_is_told() -> None:
    case = filed()
    clock = next(c for c in case.at("2025-02-21").clocks if c.id == "besluit")
    assert clock.due == date(2025, 4, 22)
    why = " ".join(step.text for step in clock.steps)
    assert "Goede Vrijdag" in why
    assert "Tweede Paasdag" in why


@pytest.mark.requirement("KOP-18")
def test_completing_on_20_march_makes_it_28_april() -> None:
    case = filed().do("uitnodigen", "2025-03-10").do("aanvullen", "2025-03-20", OPP, role="school")
    assert case.due("besluit", "2025-03-20") == date(2025, 4, 28)


def test_time_to_complete_that_passes_unused_opens_leaving_it_untreated() -> None:
    case = filed().do("uitnodigen", "2025-03-10")
    with pytest.raises(Refused):
        case.do("buiten_behandeling_laten", "2025-03-24")
    case.do("buiten_behandeling_laten", "2025-03-25")
    assert case.at("2025-03-25").closed == "buiten behandeling"
    assert case.due("bezwaar", "2025-03-25") == date(2025, 5, 6)


@pytest.mark.requirement("KOP-07", "KOP-08", "KOP-09")
@pytest.mark.parametrize(
    ("capacity", "may"),
    [
        ("ouder_met_gezag", True),
        ("voogd", True),
        ("gezinsvoogd", False),
        ("ouder_zonder_gezag", False),
        ("jeugdige", False),
    ],
)
def test_parents_or_a_guardian_file_and_a_family_guardian_does_not(capacity: str, may: bool) -> None:
    if may:
        assert filed(hoedanigheid=capacity).acts
        return
    with pytest.raises(Refused) as refusal:
        filed(hoedanigheid=capacity)
    assert [reason.code for reason in refusal.value.reasons] == ["ouders_vragen_aan"]
    assert "gezinsvoogd" in refusal.value.reasons[0].message


@pytest.mark.requirement("KOP-27", "KOP-28")
@pytest.mark.parametrize("enrolment", ["aangemeld", "vrijgesteld", "niet"])
def test_only_an_enrolled_youth_can_have_an_oza(enrolment: str) -> None:
    with pytest.raises(Refused) as refusal:
        filed(inschrijving=enrolment, school=None)
    leerplicht = ["leerplicht"] if enrolment == "niet" else []
    assert sorted(reason.code for reason in refusal.value.reasons) == sorted(["ingeschreven", *leerplicht])


def test_with_everything_in_place_the_college_grants() -> None:
    case = ready().do("besluiten", "2025-03-05", GRANT)
    assert [(e.kind, e.text) for e in case.acts[-1].consequences.effects] == [("brief", "toekenning")]
    assert case.at("2025-03-05").steps["uitvoering"].status == "open"
    assert case.due("bezwaar", "2025-03-05") == date(2025, 4, 16)


@pytest.mark.requirement("KOP-20", "KOP-21", "KOP-22", "KOP-61")
@pytest.mark.parametrize("changes", [{"opp": None}, {"opp_akkoord_ouders": False}, {"opp_route": None}])
def test_without_an_opp_no_youth_care_at_school(changes: dict[str, Any]) -> None:
    assert blocks(ready(**changes)) == {"geen_opp_geen_jeugdhulp"}


@pytest.mark.requirement("KOP-12")
def test_agreement_on_content_preceding_laws_and_consent_come_before_a_grant() -> None:
    assert blocks(filed(**OPP)) == {"eerst_inhoud", "voorliggend_nagegaan", "toestemming_jeugdhulp"}
    case = agreed(filed(**OPP)).do("voorliggend_nagaan", "2025-03-04", {**NOTHING_FITS, "zvw": "past"})
    case = said(said(case, "ouder", "gegeven", "2025-03-04"), "jeugdige", "gegeven", "2025-03-04")
    assert blocks(case) == {"voorliggend_nagegaan"}


def test_a_youth_of_14_speaks_along_and_his_parents_decide() -> None:
    case = said(filed(), "ouder", "gegeven", "2025-03-03")
    assert case.at("2025-03-03").consents["jeugdhulp"] == "gevraagd"
    case = said(case, "jeugdige", "geweigerd", "2025-03-04")
    assert case.at("2025-03-04").consents["jeugdhulp"] == "gegeven"


def test_on_his_sixteenth_birthday_the_decision_is_his_and_somebody_hears_of_it() -> None:
    young = {"voornaam": "Mees", "achternaam": "Bos", "geboortedatum": "2009-03-20"}
    case = said(filed(jeugdige=young), "ouder", "gegeven", "2025-03-03")
    case = said(case, "jeugdige", "gevraagd", "2025-03-03")
    assert case.at("2025-03-19").next_moment == date(2025, 3, 20)
    assert case.at("2025-03-20").consents["jeugdhulp"] == "gevraagd"
    told = alarms(SCHEME, case.acts, date(2025, 3, 19), date(2025, 3, 20))
    assert [(a.kind, a.id, a.follow.role) for a in told] == [("leeftijd", "jeugdhulp", "wijkteam")]
    case = said(case, "ouder", "geweigerd", "2025-03-21")
    case = said(case, "jeugdige", "gegeven", "2025-03-21")
    assert case.at("2025-03-21").consents["jeugdhulp"] == "gegeven"


def young(born: str) -> dict[str, str]:
    return {"voornaam": "Mees", "achternaam": "Bos", "geboortedatum": born}


@pytest.mark.requirement("KOP-10")
@pytest.mark.parametrize(
    ("age", "born", "asked_before", "asked_after", "before", "after"),
    [
        (12, "2013-03-20", {"ouder"}, {"ouder", "jeugdige"}, "gegeven", "gevraagd"),
        (16, "2009-03-20", {"ouder", "jeugdige"}, {"jeugdige"}, "gegeven", "geweigerd"),
        (18, "2007-03-20", {"jeugdige"}, {"jeugdige"}, "geweigerd", "geweigerd"),
    ],
)
def test_a_birthday_during_the_case_opens_the_consent_again_and_makes_a_task(
    age: int, born: str, asked_before: set[str], asked_after: set[str], before: str, after: str
) -> None:
    case = said(filed(jeugdige=young(born)), "ouder", "gegeven", "2025-03-03")
    if age > 12:
        case = said(case, "jeugdige", "geweigerd", "2025-03-03")
    consent = SCHEME.consents["jeugdhulp"]
    for years, wanted in ((age - 1, asked_before), (age, asked_after)):
        counting = [who.role for who in signatories(consent, years) if who.weight != "informatief"]
        assert set(counting) == wanted
    assert case.at("2025-03-19").next_moment == date(2025, 3, 20)
    assert [case.at(day).consents["jeugdhulp"] for day in ("2025-03-19", "2025-03-20")] == [before, after]
    told = alarms(SCHEME, case.acts, date(2025, 3, 19), date(2025, 3, 20))
    assert [(a.kind, a.on, a.follow.role, bool(a.follow.task)) for a in told] == [
        ("leeftijd", date(2025, 3, 20), "wijkteam", True)
    ]


@pytest.mark.requirement("KOP-05", "KOP-06")
def test_the_house_rule_of_12_to_16_is_warned_about_and_that_of_16_matches_the_law() -> None:
    _, found = parse((TENANTS / "kop-van-noord-holland/scheme.toml").read_text(encoding="utf-8"))
    assert [(fault.key, fault.severity) for fault in found] == [("toestemming.jeugdhulp.wie", "waarschuwing")]
    assert "van 12 tot 16 jaar" in found[0].message
    assert "Jeugdwet art. 7.3.4 lid 1" in found[0].message


def test_nobody_is_told_of_birthdays_before_the_application() -> None:
    young = {"voornaam": "Mees", "achternaam": "Bos", "geboortedatum": "2009-03-20"}
    told = alarms(SCHEME, filed(jeugdige=young).acts, date.min, date(2025, 3, 20))
    assert [a.on for a in told if a.kind == "leeftijd"] == [date(2025, 3, 20)]


@pytest.mark.requirement("KOP-11")
def test_no_money_is_no_ground_to_choose() -> None:
    grounds = SCHEME.acts["besluiten"].fields["grond"].choices
    assert not any("budget" in name or "geld" in text for name, text in grounds.items())
    with pytest.raises(Invalid):
        ready().do("besluiten", "2025-03-05", {"besluit": "afgewezen", "grond": "geen_budget", "motivering": "x"})
    assert [book.policy for book in SCHEME.books.values()] == ["nooit"]


@pytest.mark.requirement("KOP-03")
def test_money_can_be_entered_only_after_agreement_on_content() -> None:
    case = filed(**OPP)
    with pytest.raises(Conflict):
        case.do("verdeling_vastleggen", "2025-03-03", {"deel_gemeente": 50, "deel_school": 50})
    agreed(case).do("verdeling_vastleggen", "2025-03-03", {"deel_gemeente": 50, "deel_school": 50})
    assert case.at("2025-03-03").steps["financiering"].outcome == "verdeeld"


@pytest.mark.requirement("KOP-69")
def test_the_split_is_booked_per_payer_and_a_lack_of_money_never_blocks() -> None:
    rows = [
        {"bekostiger": "gemeente", "bedrag": 800_000, "uitvoerder": "De Hoeve"},
        {"bekostiger": "swv", "bedrag": 200_000},
    ]
    case = agreed(filed(**OPP))
    case.do("verdeling_vastleggen", "2025-03-03", {"deel_gemeente": 80, "deel_school": 20, "regels": rows})
    effects = case.acts[-1].consequences.effects
    assert [(e.part, e.amount, e.payee, e.reference) for e in effects] == [
        ("gemeente", 800_000, "regels.0.uitvoerder", "OZA {{zaaknummer}}"),
        ("swv", 200_000, "", "OZA {{zaaknummer}}"),
    ]
    assert case.at("2025-03-03").books["oza"].committed == 1_000_000


def needing(*needs: str, **changes: Any) -> Case:
    return filed(**OPP, behoefte=list(needs), **changes)


SPLIT = {"deel_gemeente": 50, "deel_school": 50}


@pytest.mark.requirement("KOP-36")
def test_a_porous_need_always_asks_a_talk_before_the_money_is_divided() -> None:
    case = agreed(needing("vraag_jeugdige"))
    (needs,) = case.at("2025-03-03").needs
    assert (needs.talk, needs.payers) == ("altijd", ("afhankelijk van de situatie",))
    assert case.at("2025-03-03").steps["gesprek"].status == "open"
    with pytest.raises(Refused) as refusal:
        case.do("verdeling_vastleggen", "2025-03-04", SPLIT)
    assert [reason.code for reason in refusal.value.reasons] == ["eerst_gesprek"]
    case.do("gesprek_voeren", "2025-03-05", {"afspraken": "School de begeleiding, wijkteam de hulp thuis."})
    assert (
        case.do("verdeling_vastleggen", "2025-03-05", SPLIT).at("2025-03-05").steps["financiering"].outcome
        == "verdeeld"
    )


@pytest.mark.requirement("KOP-37", "KOP-70")
@pytest.mark.parametrize("flagged", ["before", "after"])
def test_without_a_porous_need_a_talk_may_take_place_and_a_grey_area_starts_it(flagged: str) -> None:
    case = needing("behandeling")
    if flagged == "before":
        case.do("grijs_gebied_melden", "2025-02-24", role="swv")
        assert case.at("2025-02-24").steps["gesprek"].status == "open"
    case = agreed(case)
    assert case.at("2025-03-03").needs[0].talk == "kan"
    if flagged == "after":
        assert case.at("2025-03-03").steps["gesprek"].status == "overgeslagen"
        case.do("grijs_gebied_melden", "2025-03-03", role="school")
    assert sorted(e.audience for act in case.acts for e in act.consequences.effects if "Grijs" in e.title) == [
        "swv",
        "wijkteam",
    ]
    with pytest.raises(Refused):
        case.do("verdeling_vastleggen", "2025-03-04", SPLIT)
    case.do("gesprek_voeren", "2025-03-05", {"afspraken": "Het wijkteam betaalt."})
    assert case.do("verdeling_vastleggen", "2025-03-05", SPLIT)


@pytest.mark.requirement("KOP-36")
def test_a_need_for_secondary_education_cannot_be_chosen_in_primary_education() -> None:
    with pytest.raises(Refused) as refusal:
        needing("tijdelijk_vso", sector="po")
    assert "alleen voor voortgezet onderwijs" in refusal.value.reasons[0].message
    assert needing("tijdelijk_vso").acts


def test_content_is_agreed_on_only_when_it_is_known_what_is_needed() -> None:
    case = filed(**OPP, behoefte=None)
    with pytest.raises(Refused) as refusal:
        case.do("inhoud_beoordelen", "2025-03-03", {"stem": "voor"}, role="school", seat="onderwijs")
    assert [reason.field for reason in refusal.value.reasons] == ["behoefte"]
    case.do("aanvullen", "2025-03-03", {"behoefte": ["leerproblemen"]}, role="school")
    assert agreed(case).at("2025-03-03").steps["inhoud"].outcome == "eens"


@pytest.mark.requirement("KOP-13", "KOP-15", "KOP-16", "KOP-67")
def test_the_matrix_says_what_the_source_says_of_who_pays() -> None:
    rows = {row.code: row for row in SCHEME.matrices["misk"].rows}
    assert (rows["leerproblemen"].payer, rows["behandeling"].payer, rows["vraag_ouders"].payer) == (
        "school", "gemeente", "gemeente",
    )  # fmt: skip
    assert rows["zorgboerderij"].payer == rows["dagbehandeling"].payer == "gemeente"
    assert {code for code, row in rows.items() if row.porous} >= {
        "zorgboerderij",
        "vraag_jeugdige",
        "vermoeden_stoornis",
    }
    assert all(row.source.startswith("KOP-") for row in rows.values())


def test_when_they_disagree_they_talk_again_and_a_new_round_begins() -> None:
    case = filed(**OPP)
    case.do("inhoud_beoordelen", "2025-03-03", {"stem": "tegen"}, role="school", seat="onderwijs")
    assert case.at("2025-03-03").steps["overleg"].status == "open"
    case.do("opnieuw_overleggen", "2025-03-05")
    assert (case.at("2025-03-05").steps["inhoud"].round, case.at("2025-03-05").steps["overleg"].status) == (2, "wacht")
    case.do("inhoud_beoordelen", "2025-03-06", {"stem": "tegen"}, role="school", seat="onderwijs")
    assert case.at("2025-03-06").steps["overleg"].status == "open"
    agreed(case.do("opnieuw_overleggen", "2025-03-07"), "2025-03-10")
    assert case.at("2025-03-10").steps["inhoud"].outcome == "eens"


PERIOD = "Drie ochtenden per week, tot de zomer."


def established(case: Case, *votes: str, on: str = "2025-03-05") -> Case:
    """Education and access to youth care each say whether there is a period without education."""
    for (role, seat), vote in zip((("school", "onderwijs"), ("wijkteam", "toegang")), votes, strict=False):
        case.do("afwezigheid_vaststellen", on, {"stem": vote, "periode": PERIOD}, role=role, seat=seat)
    return case


def farm() -> Case:
    return established(ready(zorglocatie=True), "voor", "voor").do("besluiten", "2025-03-05", GRANT)


def inspectorate(case: Case, state: str, on: str) -> Case:
    return case.do("variawet_vastleggen", on, {"wie": "inspectie", "stand": state})


@pytest.mark.requirement("KOP-29", "KOP-30")
def test_a_care_farm_waits_for_the_variawet_and_a_request_opens_it_with_a_warning() -> None:
    case = farm()
    offer = case.offer("plaatsen", "2025-03-06")
    assert offer is not None
    assert [block.code for block in offer.blocks] == ["variawet"]
    inspectorate(case, "gevraagd", "2025-03-06")
    offer = case.offer("plaatsen", "2025-03-06")
    assert offer is not None
    assert (offer.blocks, [w.code for w in offer.warnings]) == ((), ["variawet_nog_open"])
    case.do("plaatsen", "2025-03-07")
    assert case.acts[-1].consequences.warned == ("variawet_nog_open",)
    inspectorate(case, "geweigerd", "2025-04-01")
    assert [(e.kind, e.audience) for e in case.acts[-1].consequences.effects] == [("taak", "wijkteam")]
    assert case.acts[-1].consequences.became == ("toestemming.variawet.geweigerd",)


@pytest.mark.requirement("KOP-14", "KOP-33")
def test_at_a_care_farm_providing_education_must_be_made_concrete() -> None:
    case = farm()
    with pytest.raises(Refused) as refusal:
        case.do("verdeling_vastleggen", "2025-03-06", {"deel_gemeente": 80, "deel_school": 20})
    assert [reason.code for reason in refusal.value.reasons] == ["verzorgen_van_onderwijs"]
    lessons = "Twee ochtenden per week les van een docent op de boerderij."
    case.do(
        "verdeling_vastleggen",
        "2025-03-06",
        {
            "deel_gemeente": 80,
            "deel_school": 20,
            "verzorgen_van_onderwijs": lessons,
            "doel_en_perspectief": "Terug naar school.",
        },
    )
    assert case.acts[-1].fields["verzorgen_van_onderwijs"] == lessons


def test_without_a_care_location_there_is_no_placement_and_no_variawet() -> None:
    case = ready().do("besluiten", "2025-03-05", GRANT)
    assert {"plaatsen", "variawet_vastleggen"}.isdisjoint(case.open_acts("2025-03-05"))


@pytest.mark.requirement("KOP-26")
@pytest.mark.parametrize(("born", "needed"), [("2020-02-21", True), ("2020-02-22", False)])
def test_not_enrolled_needs_an_exemption_from_five_on_and_not_at_four(born: str, needed: bool) -> None:
    with pytest.raises(Refused) as refusal:
        filed(inschrijving="niet", school=None, jeugdige=young(born))
    assert ("leerplicht" in [reason.code for reason in refusal.value.reasons]) is needed


@pytest.mark.requirement("KOP-20", "KOP-23", "KOP-28")
def test_a_child_of_four_who_is_enrolled_needs_an_opp_as_well() -> None:
    kleuter = {"jeugdige": young("2020-12-01"), "sector": "po"}
    assert blocks(ready(**kleuter, opp=None)) == {"geen_opp_geen_jeugdhulp"}
    assert ready(**kleuter).do("besluiten", "2025-03-05", GRANT)


@pytest.mark.requirement("KOP-31")
def test_the_inspectorate_is_asked_only_with_an_opp() -> None:
    with pytest.raises(Refused) as refusal:
        inspectorate(filed(zorglocatie=True), "gevraagd", "2025-03-03")
    assert [reason.code for reason in refusal.value.reasons] == ["variawet_met_opp"]
    assert inspectorate(filed(zorglocatie=True, **OPP), "gevraagd", "2025-03-03").acts[-1].consequences.consent


@pytest.mark.requirement("KOP-32")
def test_a_period_without_education_is_established_by_both_before_placement() -> None:
    case = established(ready(zorglocatie=True), "voor").do("besluiten", "2025-03-05", GRANT)
    inspectorate(case, "gegeven", "2025-03-06")
    with pytest.raises(Refused) as refusal:
        case.do("plaatsen", "2025-03-06")
    assert [reason.code for reason in refusal.value.reasons] == ["periode_gezamenlijk"]
    case.do(
        "afwezigheid_vaststellen", "2025-03-06", {"stem": "tegen", "periode": PERIOD}, role="wijkteam", seat="toegang"
    )
    with pytest.raises(Refused):
        case.do("plaatsen", "2025-03-06")
    case.do("periode_opnieuw_bespreken", "2025-03-07")
    established(case, "voor", "voor", on="2025-03-07")
    assert case.do("plaatsen", "2025-03-10").acts[-1].kind == "plaatsen"


@pytest.mark.requirement("KOP-04")
def test_one_has_the_lead_at_a_time_who_had_it_before_stays_to_be_seen_and_a_grant_without_warns() -> None:
    case = ready()
    assert case.do("besluiten", "2025-03-05", GRANT).acts[-1].consequences.warned == ("een_regisseur",)
    for who in ("wijkteam", "school"):
        case.do("regisseur_aanwijzen", "2025-03-06", {"regisseur": who}, role="wijkteam")
    led = [act.fields["regisseur"] for act in case.acts if act.kind == "regisseur_aanwijzen"]
    assert led == ["wijkteam", "school"]
    with pytest.raises(Invalid):
        case.do("regisseur_aanwijzen", "2025-03-06", {"regisseur": ["school", "swv"]}, role="wijkteam")


@pytest.mark.requirement("KOP-46")
@pytest.mark.parametrize(
    ("kind", "may", "may_not"), [("advies_onderwijs", "swv", "wijkteam"), ("advies_jeugdhulp", "wijkteam", "swv")]
)
def test_each_advises_on_its_own_field_alone(kind: str, may: str, may_not: str) -> None:
    case = filed()
    with pytest.raises(Forbidden):
        case.do(kind, "2025-03-03", {"advies": "Zo."}, role=may_not)
    assert case.do(kind, "2025-03-03", {"advies": "Zo."}, role=may)


@pytest.mark.requirement("KOP-45", "KOP-57")
def test_wijkteam_and_swv_hear_of_every_application_and_a_school_can_ask_an_expert() -> None:
    case = filed()
    told = {effect.audience for effect in case.acts[-1].consequences.effects if effect.kind == "melding"}
    assert told >= {"school", "wijkteam", "swv", "college"}
    (task,) = case.do("deskundige_vragen", "2025-03-03").acts[-1].consequences.effects
    assert (task.kind, task.audience) == ("taak", "swv")


@pytest.mark.requirement("KOP-65", "KOP-66")
@pytest.mark.parametrize(("aimed", "aligned"), [(["kind"], True), (["ouder"], False), (["kind", "ouder"], True)])
def test_a_plan_of_the_wijkteam_that_is_about_the_child_is_aligned_with_school(aimed: list[str], aligned: bool) -> None:
    plan = {"probleem": "Angst.", "hulpvraag": "Rust.", "afspraken": "Wekelijks.", "met_school": "De mentor is erbij."}
    case = filed().do("plan_opstellen", "2025-03-03", {**plan, "gericht_op": aimed})
    tasks = [effect.audience for effect in case.acts[-1].consequences.effects]
    assert tasks == (["school"] if aligned else [])
    with pytest.raises(Refused) as refusal:
        case.do("plan_opstellen", "2025-03-03", {"gericht_op": aimed})
    assert {reason.field for reason in refusal.value.reasons} == set(plan)


@pytest.mark.requirement("KOP-47", "KOP-48", "KOP-68")
def test_observing_referring_and_who_helps_are_recorded_and_the_case_stays_open() -> None:
    case = filed().do("observeren", "2025-03-03", {"bevindingen": "Rustig in kleine groepen."})
    case.do("verwijzen", "2025-03-04", {"route": "huisarts", "waarvoor": "diagnostiek"})
    case.do("hulp_regelen", "2025-03-05", {"hoe": "tweede_lijn"})
    assert not case.at("2025-03-05").closed
    assert "hulp_regelen" in case.open_acts("2025-03-05")
    with pytest.raises(Refused):
        case.do("verwijzen", "2025-03-05", {"waarvoor": "behandeling"})


@pytest.mark.requirement("KOP-44")
@pytest.mark.parametrize(
    ("sector", "meeting"), [("po", "ondersteuningsteam (OT)"), ("vo", "multidisciplinair overleg (MDO)")]
)
def test_which_meeting_discusses_the_case_follows_from_the_sector(sector: str, meeting: str) -> None:
    assert filed(sector=sector).acts[0].fields["overleg"] == meeting


@pytest.mark.requirement("KOP-62")
def test_progress_is_discussed_after_the_grant() -> None:
    case = ready().do("besluiten", "2025-03-05", GRANT)
    case.do("bespreken", "2025-05-06", {"waarover": ["voortgang"], "verslag": "Het gaat beter."}, role="wijkteam")
    assert case.acts[-1].step == "uitvoering"


@pytest.mark.requirement("KOP-60")
def test_that_the_opp_was_discussed_with_the_parents_is_recorded_with_the_meeting_of_the_sector() -> None:
    case = filed(**OPP).do("bespreken", "2025-02-28", {"waarover": ["opp"], "verslag": "Samen besproken."})
    assert (case.acts[-1].step, case.acts[-1].fields["waarover"]) == ("inhoud", ["opp"])
    assert case.acts[0].fields["overleg"] == "multidisciplinair overleg (MDO)"
    with pytest.raises(Refused) as refusal:
        case.do("bespreken", "2025-02-28", {"verslag": "Iets besproken."})
    assert [reason.field for reason in refusal.value.reasons] == ["waarover"]


@pytest.mark.requirement("KOP-25")
def test_another_school_is_responsible_from_the_day_on_which_it_enrolled_the_youth() -> None:
    case, other = filed(), {"school": "Waddenlicht College"}
    with pytest.raises(Refused) as refusal:
        case.do("inschrijving_vastleggen", "2025-03-03", {**other, "per": "2025-03-04"})
    assert [reason.code for reason in refusal.value.reasons] == ["ingeschreven_op_die_dag"]
    effects = (
        case.do("inschrijving_vastleggen", "2025-03-04", {**other, "per": "2025-03-04"}).acts[-1].consequences.effects
    )
    assert effects[0].kind == "overdracht"
