"""ROOS VO (E9): registration without a form, participants before a trajectory, floors, three months without an offer."""

from dataclasses import replace
from datetime import date
from typing import Any

import lxml.html
import pytest

from maatwerk.rules.catching_up import alarms
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Forbidden, Invalid, Refused
from maatwerk.rules.scheme import DecisionDef
from maatwerk.tenancy import read_tenants
from maatwerk.web import rendering
from maatwerk.web.case import references
from tests.schemes import SMALL
from tests.tenants.cases import TENANTS, Case, scheme

SCHEME = scheme("roos-vo")
IN_REGION = {"school_in_verband": True}
SIGNAL = {"niveau": "beleid", "geadresseerde": "rea", "signaal": "Meer jongeren dan vorig jaar."}
INVOLVED = {"ouders": "doen_mee", "jongere": "doet_mee"}


def registration(**changes: Any) -> dict[str, Any]:
    """The five answers of a registration."""
    filled: dict[str, Any] = {
        "leerling": {"voornaam": "Noor", "achternaam": "Bakx", "geboortedatum": "2010-06-01"},
        "school": "Markzicht College", "initiatief": "school", "situatie": "thuiszitter", "start": "eerste_contact",
    }  # fmt: skip
    filled.update(changes)
    return {name: value for name, value in filled.items() if value is not None}


def registered(on: str = "2025-11-03", room: dict[str, int | None] | None = None, **changes: Any) -> Case:
    return Case(SCHEME, IN_REGION, room).do("aanmelden", on, registration(**changes))


def with_participants(case: Case, on: str = "2025-11-05") -> Case:
    case.do("deelnemer_vastleggen", on, {"soort": "school", "naam": "Tess"})
    case.do("betrokkenheid_vragen", on, INVOLVED)
    return case.do("deelnemer_vastleggen", on, {"soort": "jeugdprofessional", "naam": "Ward"})


def evaluated(*agreements: tuple[str, str, str], **changes: Any) -> dict[str, Any]:
    """A talk with everybody, with agreements of what, who and by when."""
    rows = [dict(zip(("wat", "wie", "uiterlijk"), each, strict=True)) for each in agreements]
    return {"aanwezig": ["school", "jeugdprofessional"], "verslag": "Goed gesprek.", "afspraken": rows} | changes


def test_the_project_leader_registers_with_five_answers_and_no_form() -> None:
    asked = [name for name, field in SCHEME.form.items() if "aanmelden" in field.required]
    assert len(asked) == 5
    case = registered()
    assert case.acts[0].by.role == "projectleider"
    assert case.at("2025-11-03").phase == "verkenning"
    assert {e.audience for e in case.acts[0].consequences.effects} == {"school"}


@pytest.mark.requirement("ROOS-30", "ROOS-31", "ROOS-33", "ROOS-40")
def test_it_is_a_provision_without_money_that_cites_what_was_agreed() -> None:
    assert SCHEME.valid_from == date(2017, 1, 1)
    assert {book.unit for book in SCHEME.books.values()} == {"traject", "contact"}
    assert not [field for field in SCHEME.form.values() if field.kind == "bedrag"]
    assert "langer dan drie maanden" in SCHEME.references["doel"].body
    assert len(SCHEME.references["aanpak"].items) == 7


@pytest.mark.requirement("ROOS-01", "ROOS-15")
def test_three_municipalities_and_who_lends_the_project_leader_take_part_in_the_partnership() -> None:
    (tenant,) = (each for each in read_tenants(TENANTS) if each.code == "roos-vo")
    partners = {(each["soort"], each["naam"]) for each in tenant.settings["organisatie"]}
    towns = {("gemeente", f"Gemeente {town}") for town in ("Moerdijk", "Halderberge", "Roosendaal")}
    assert partners >= towns | {("jeugdhulp", "Stichting SPRING")}
    assert {"projectleider", "orthopedagoog"} <= SCHEME.roles.keys()
    case = with_participants(registered()).do(
        "deelnemer_vastleggen", "2025-11-05", {"soort": "orthopedagoog", "naam": "I."}
    )
    case.do("traject_starten", "2025-11-05").do("signaleren", "2025-11-06", SIGNAL, role="orthopedagoog")
    assert case.acts[-1].by.role == "orthopedagoog"


@pytest.mark.requirement("ROOS-04", "ROOS-05")
def test_what_keeps_a_pupil_from_school_is_chosen_from_an_open_list_and_the_situation_from_a_closed_one() -> None:
    several = ["systeem", "scheiding", "armoede", "kindeigen", "sociaal_maatschappelijk", "trauma", "anders"]
    assert registered(problematiek=several).acts[0].fields["problematiek"] == several
    for situation in ("thuiszitter", "dreigend", "uitgevallen"):
        assert registered(situatie=situation).acts
    for wrong in ({"situatie": "ziek"}, {"problematiek": ["geld"]}):
        with pytest.raises(Invalid):
            registered(**wrong)


def test_a_school_outside_the_partnership_is_refused_and_so_is_one_that_is_not_known() -> None:
    for facts in ({"school_in_verband": False}, {}):
        with pytest.raises(Refused) as refusal:
            Case(SCHEME, facts).do("aanmelden", "2025-11-03", registration())
        assert [reason.code for reason in refusal.value.reasons] == ["school_in_verband"]


@pytest.mark.parametrize("role", ["leerplichtambtenaar", "jeugdprofessional"])
def test_who_may_not_register_can_tell_the_school_that_it_is_wanted(role: str) -> None:
    with pytest.raises(Forbidden):
        Case(SCHEME, IN_REGION).do("aanmelden", "2025-11-03", registration(), role=role)
    case = Case(SCHEME, IN_REGION).do("wenselijk_vinden", "2025-11-03", {"school": "Markzicht College"}, role=role)
    task = case.acts[0].consequences.effects[0]
    assert (task.kind, task.audience, task.done_by) == ("taak", "school", "aanmelden")
    assert case.at("2025-11-03").phase == "aanmelding"
    assert case.do("aanmelden", "2025-11-05", registration(), role="school").at("2025-11-05").phase == "verkenning"


def test_a_trajectory_needs_the_school_and_a_youth_professional() -> None:
    case = registered()
    offer = case.offer("traject_starten", "2025-11-03")
    assert offer is not None
    assert [block.code for block in offer.blocks] == ["beide_betrokken", "van_het_begin_af"]
    case.do("betrokkenheid_vragen", "2025-11-05", INVOLVED)
    case.do("deelnemer_vastleggen", "2025-11-05", {"soort": "school", "naam": "Tess"})
    with pytest.raises(Refused):
        case.do("traject_starten", "2025-11-05")
    case.do("deelnemer_vastleggen", "2025-11-05", {"soort": "jeugdprofessional", "naam": "Ward"})
    assert case.do("traject_starten", "2025-11-05").at("2025-11-05").phase == "traject"


@pytest.mark.requirement("ROOS-24", "ROOS-26")
@pytest.mark.parametrize(("lacking", "told"), [(2, False), (1, True), (0, True)])
def test_the_25th_and_26th_trajectory_are_accepted_with_a_note_on_capacity(lacking: int, told: bool) -> None:
    case = with_participants(registered(room={"trajecten": lacking})).do("traject_starten", "2025-11-05")
    notes = [e.title for e in case.acts[-1].consequences.effects if e.kind == "taak"]
    assert bool(notes) is told
    assert case.at("2025-11-05").books["trajecten"].committed == 1


@pytest.mark.requirement("ROOS-26")
def test_with_twenty_trajectories_the_rest_of_the_year_is_planned() -> None:
    case = with_participants(registered(room={"trajecten": 6})).do("traject_starten", "2025-11-05")
    assert [e.title for e in case.acts[-1].consequences.effects if e.kind == "taak"] == [
        "Plan de capaciteit voor de rest van het jaar (Intensieve leerlingtrajecten: 80 procent is vastgelegd)"
    ]


@pytest.mark.requirement("ROOS-26")
def test_who_waits_stands_on_the_waiting_list_and_counts_in_the_year_in_which_he_begins() -> None:
    case = with_participants(registered(zonder_aanbod_sinds="2025-09-15", room={"trajecten": 0}))
    case.do("op_wachtlijst_zetten", "2025-11-10")
    found = case.at("2025-11-10")
    assert (found.phase, found.books["trajecten"].reserved, found.books["trajecten"].committed) == ("wachtlijst", 1, 0)
    assert case.status("zonder_aanbod", "2025-12-15") == "verstreken"
    case.do("traject_starten", "2026-01-12")
    found = case.at("2026-01-12")
    assert (found.phase, found.books["trajecten"].reserved, found.books["trajecten"].committed) == ("traject", 0, 1)
    gone = with_participants(registered()).do("op_wachtlijst_zetten", "2025-11-10").do("niet_starten", "2025-12-01")
    assert (gone.at("2025-12-01").closed, gone.at("2025-12-01").books["trajecten"].reserved) == ("geen traject", 0)


@pytest.mark.requirement("ROOS-35")
def test_when_parties_do_not_agree_somebody_with_the_last_word_decides() -> None:
    case = with_participants(registered()).do("traject_starten", "2025-11-05")
    (rung,) = case.at("2025-11-05").rungs
    assert (rung.words, rung.next.title if rung.next else None) == ("niveau 1 van 2", "Doorzettingsmacht")
    case.do("doorzetting_vragen", "2025-12-01", role="school")
    (rung,) = case.at("2025-12-01").rungs
    assert (rung.words, rung.level.power, rung.is_open, rung.next) == ("niveau 2 van 2", "bindend", True, None)
    with pytest.raises(Forbidden):
        case.do("doorzetten", "2025-12-08", {"besluit": "x"}, role="school")
    case.do("doorzetten", "2025-12-08", {"besluit": "Twee dagen school vanaf 5 januari."})
    assert case.at("2025-12-08").phase == "traject"


def test_information_and_advice_is_counted_and_needs_no_pupil() -> None:
    case = Case(SCHEME).do("advies_geven", "2026-02-02", {"aan": "gemeente"})
    found = case.at("2026-02-02")
    assert (found.closed, found.books["contacten"].committed) == ("advies gegeven", 1)


def test_three_months_without_an_offer_warn_and_are_reached_on_15_december() -> None:
    case = registered(zonder_aanbod_sinds="2025-09-15")
    assert case.due("zonder_aanbod", "2025-11-03") == date(2025, 12, 15)
    assert case.status("zonder_aanbod", "2025-12-14") == "loopt"
    assert case.status("zonder_aanbod", "2025-12-15") == "verstreken"
    told = alarms(SCHEME, case.acts, date(2025, 11, 3), date(2025, 12, 31))
    assert [(a.kind, a.on) for a in told] == [
        ("waarschuwing", date(2025, 11, 15)),
        ("waarschuwing", date(2025, 12, 1)),
        ("verstreken", date(2025, 12, 15)),
    ]


@pytest.mark.requirement("ROOS-03", "ROOS-06")
def test_an_offer_stops_the_counter_and_an_interruption_lengthens_it() -> None:
    case = registered(zonder_aanbod_sinds="2025-09-15")
    case.do("aanbod_onderbroken", "2025-11-10").do("aanbod_weer_weg", "2025-11-20")
    assert case.due("zonder_aanbod", "2025-11-20") == date(2025, 12, 24)
    case.do("passend_aanbod", "2025-12-01", {"aanbod": "beide"})
    assert case.status("zonder_aanbod", "2026-03-01") == "gestopt"
    assert [(act.kind, dict(act.fields)) for act in case.acts[1:]] == [
        ("aanbod_onderbroken", {}),
        ("aanbod_weer_weg", {}),
        ("passend_aanbod", {"aanbod": "beide"}),
    ]


@pytest.mark.requirement("ROOS-11", "ROOS-14")
def test_a_family_plan_comes_after_consultation_and_the_end_after_a_hand_over() -> None:
    case = with_participants(registered()).do("traject_starten", "2025-11-05")
    with pytest.raises(Refused):
        case.do("gezinsplan_opstellen", "2025-11-10")
    with pytest.raises(Refused):
        case.do("overleg_jeugdprofessional", "2025-11-10", {})
    case.do("overleg_jeugdprofessional", "2025-11-10", {"naam": "Ward"}).do("gezinsplan_opstellen", "2025-11-11")
    with pytest.raises(Refused):
        case.do("traject_afsluiten", "2026-02-02")
    case.do("overdragen", "2026-02-02").do("traject_afsluiten", "2026-02-02")
    assert [e.title for e in case.acts[-1].consequences.effects] == [
        "Tevredenheid van de ouders vragen",
        "Tevredenheid van de zorgcoördinator vragen",
    ]
    assert case.due("uitkomst_opvragen", "2026-02-02") == date(2027, 2, 2)
    asked = alarms(SCHEME, case.acts, date(2027, 1, 1), date(2027, 3, 1))
    assert [(a.follow.role, a.on) for a in asked if a.id == "uitkomst_opvragen"] == [("school", date(2027, 2, 3))]
    assert (
        case.do("uitkomst_vastleggen", "2027-02-10", {"uitkomst": "doorstroom"}).at("2027-02-10").closed == "afgesloten"
    )


@pytest.mark.requirement("ROOS-10")
def test_a_talk_is_with_everybody_and_its_agreements_are_followed_until_they_are_done() -> None:
    case = with_participants(registered()).do("traject_starten", "2025-11-05")
    without_ward = evaluated(aanwezig=["school"])
    with pytest.raises(Refused):
        case.do("evaluatie_bespreken", "2025-11-20", without_ward)
    case.do("evaluatie_bespreken", "2025-11-20", {**without_ward, "afwezig_omdat": "Ward was ziek."})
    with pytest.raises(Refused):
        case.do("evaluatie_bespreken", "2025-11-27", evaluated(("Bellen", "school", "")))
    case.do(
        "evaluatie_bespreken",
        "2025-11-27",
        evaluated(("Bellen", "school", "2025-12-01"), ("Rooster", "school", "2025-12-05")),
    )
    assert [(point.number, point.state(date(2025, 12, 3))) for point in case.at("2025-12-03").points["afspraken"]] == [
        (1, "te_laat"),
        (2, "open"),
    ]
    assert [(a.kind, a.id, a.on) for a in alarms(SCHEME, case.acts, date(2025, 11, 27), date(2025, 12, 31))] == [
        ("waarschuwing", "afspraken.1", date(2025, 11, 28)),
        ("verstreken", "afspraken.1", date(2025, 12, 2)),
        ("waarschuwing", "afspraken.2", date(2025, 12, 2)),
        ("verstreken", "afspraken.2", date(2025, 12, 6)),
    ]
    case.do("afspraak_afvinken", "2025-12-04", {"nummer": 1}, role="school")
    case.do("overdragen", "2025-12-05")
    case.do("traject_afsluiten", "2025-12-05")
    assert case.acts[-1].consequences.warned == ("afspraken_open",)


@pytest.mark.requirement("ROOS-08", "ROOS-09")
def test_what_the_casemanager_did_is_recorded_by_its_kind_and_with_whom() -> None:
    case = with_participants(registered()).do("traject_starten", "2025-11-05")
    kinds = SCHEME.acts["activiteit_vastleggen"].fields["soort"].choices
    for kind in kinds:
        case.do("activiteit_vastleggen", "2025-11-06", {"soort": kind, "met": ["ouder", "school"]})
    assert [act.fields["soort"] for act in case.acts if act.kind == "activiteit_vastleggen"] == [
        "sectoren_verbinden", "communicatie", "adviseren", "verantwoordelijkheden", "hulpvraag", "inzicht", "bemiddelen",
    ]  # fmt: skip
    for kind, met in (("hulpvraag", ["school"]), ("sectoren_verbinden", ["school"])):
        with pytest.raises(Refused):
            case.do("activiteit_vastleggen", "2025-11-07", {"soort": kind, "met": met})
    with pytest.raises(Invalid):
        case.do("activiteit_vastleggen", "2025-11-07", {"soort": "vergaderen", "met": ["school"]})


@pytest.mark.requirement("ROOS-32")
def test_parents_and_where_possible_the_pupil_are_asked_before_a_trajectory_and_a_no_has_its_reason() -> None:
    case = registered()
    case.do("deelnemer_vastleggen", "2025-11-05", {"soort": "school", "naam": "Tess"})
    case.do("deelnemer_vastleggen", "2025-11-05", {"soort": "jeugdprofessional", "naam": "Ward"})
    with pytest.raises(Refused) as refusal:
        case.do("traject_starten", "2025-11-05")
    assert [reason.code for reason in refusal.value.reasons] == ["van_het_begin_af"]
    for lacking in ({"jongere": "niet_mogelijk"}, {"ouders": "niet_gevraagd"}, {"ouders": "willen_niet"}):
        with pytest.raises(Refused):
            case.do("betrokkenheid_vragen", "2025-11-05", {**INVOLVED, **lacking})
    told = {**INVOLVED, "jongere": "niet_mogelijk", "jongere_omdat": "Hij is nu opgenomen."}
    case.do("betrokkenheid_vragen", "2025-11-05", told)
    assert case.do("traject_starten", "2025-11-05").at("2025-11-05").phase == "traject"
    assert "worden vanaf het begin betrokken" in SCHEME.references["uitgangspunt"].body


@pytest.mark.requirement("ROOS-37", "ROOS-39")
def test_where_the_approach_was_fixed_and_what_comes_back_every_year_stand_with_each_case() -> None:
    shelf = rendering.ENVIRONMENT.from_string('{% from "lists.html" import shelf %}{{ shelf(references) }}')
    read = lxml.html.fromstring(shelf.render(references=references(SCHEME, ["school"])))
    found = {each.findtext("summary"): " ".join(each.text_content().split()) for each in read.xpath("//details")}
    fixed = found["Vastgesteld in het OOGO (Thuiszitterspact, punt 5)"]
    assert "Vastgesteld door OOGO van gemeenten en samenwerkingsverband; de dag is nog niet opgegeven." in fixed
    assert "Ieder jaar, door OCW en VWS; er is nog geen dag opgegeven." in found["Thuiszitterstop"]
    known = replace(
        SCHEME.references["vastgesteld"], decision=DecisionDef(body="OOGO", on=date(2025, 1, 31), reference="25/3")
    )
    dated = replace(SCHEME.references["thuiszitterstop"], days=(date(2025, 2, 3), date(2026, 2, 2)))
    words = " ".join(lxml.html.fromstring(shelf.render(references=[known, dated])).text_content().split())
    assert "Vastgesteld door OOGO op 31 januari 2025, kenmerk 25/3." in words
    assert "Ieder jaar, door OCW en VWS: 3 februari 2025, 2 februari 2026." in words


def test_days_without_anybody_who_organises_them_are_refused() -> None:
    _, faults = parse(SMALL + '[naslag.x]\ntitel = "X"\ndata = [2025-01-31]\n')
    assert [fault.key for fault in faults] == ["naslag.x.data"]
